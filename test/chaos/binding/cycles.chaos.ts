import { expect } from 'vitest';
import { rigFromEnv } from '../../rig/client.ts';
import { longTest } from '../long-test.ts';
import { seeded, seedOfRun } from '../support/random.ts';
import { runCycles } from './cycles.ts';
import { measureLoopDelay } from './loop-delay.ts';
import { measure } from './resources.ts';

const CYCLES = 10_000;
/** V8's heap, malloc's arenas and libvirt's caches have grown to their size by then. */
const WARM_UP = 5_000;
/** Less than 200 bytes a cycle in JavaScript, 400 outside it: the smallest handle or call that was lost costs more. */
const HEAP_BOUND_BYTES = 2e6;
const NATIVE_BOUND_BYTES = 4e6;

const rig = rigFromEnv();

/**
 * One host of each libvirt that the rig has, but for split daemons: virtqemud keeps some of its own connections to
 * virtstoraged when clients are cut in the midst of calls (libvirt 11.3: all 200 that a rig's daemon takes, in two minutes).
 */
const whole = rig.hosts.filter(({ split }) => !split).toReversed();
const libvirts = new Map(whole.map(({ suite, name }) => [`libvirt${suite === null ? '' : ` of ${suite}`}`, name]));

for (const [libvirt, name] of libvirts) {
  longTest(
    `${CYCLES} cycles of open, call, abort and close with a live and a frozen ${libvirt}`,
    async (note) => {
      const daemon = {
        uri: rig.host(name).uris.unix,
        freeze: () => rig.fault(name, 'freeze'),
        thaw: () => rig.fault(name, 'thaw'),
      };
      const seed = seedOfRun();
      note(`seed ${seed}`);
      const random = seeded(seed);
      await runCycles(daemon, WARM_UP, random);
      const before = await measure();
      const { cycles, answered, failed } = await runCycles(daemon, CYCLES, random);
      const after = await measure(before);
      note(`${answered} calls answered, ${failed} cut off or not answered, as they had to be`);
      const kilobytes = (bytes: number): string => `${(bytes / 1000).toFixed(0)} kB`;
      note(
        `after ${WARM_UP} cycles to warm up: descriptors ${before.descriptors} → ${after.descriptors}, threads ${before.threads} → ${after.threads}, heap ${kilobytes(before.heapBytes)} → ${kilobytes(after.heapBytes)}, native ${kilobytes(before.nativeBytes)} → ${kilobytes(after.nativeBytes)}`,
      );
      expect(cycles).toBe(CYCLES);
      expect(after.descriptors, JSON.stringify({ before, after })).toBeLessThanOrEqual(before.descriptors);
      expect(after.threads).toBeLessThanOrEqual(before.threads);
      expect(after.heapBytes - before.heapBytes).toBeLessThan(HEAP_BOUND_BYTES);
      expect(after.nativeBytes - before.nativeBytes).toBeLessThan(NATIVE_BOUND_BYTES);
      const { idleMs, busyMs } = await measureLoopDelay(daemon.uri, 1_000);
      note(`event loop delay, p99: ${busyMs.toFixed(1)} ms during 1,000 calls, ${idleMs.toFixed(1)} ms without`);
      expect(busyMs).toBeLessThan(20 + idleMs);
    },
    1_800_000,
  );
}

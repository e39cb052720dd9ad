import { expect, test } from 'vitest';
import { rigFromEnv } from '../../rig/client.ts';
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

/** On the libvirt of each host of the rig, whichever that is. */
test.each(rig.hosts.map(({ name }) => name))(
  `binding: ${CYCLES} cycles of open, call, abort and close with a live and a frozen libvirtd on %s`,
  async (name) => {
    const daemon = {
      uri: rig.host(name).uris.unix,
      freeze: () => rig.fault(name, 'freeze'),
      thaw: () => rig.fault(name, 'thaw'),
    };
    const seed = seedOfRun();
    console.info(`seed ${seed} (VIRTFLEET_SEED)`);
    const random = seeded(seed);
    await runCycles(daemon, WARM_UP, random);
    const before = await measure();
    const counts = await runCycles(daemon, CYCLES, random);
    const after = await measure(before);
    console.info(JSON.stringify({ name, counts, before, after }));
    expect(counts.cycles).toBe(CYCLES);
    expect(after.descriptors, JSON.stringify({ before, after })).toBeLessThanOrEqual(before.descriptors);
    expect(after.threads).toBeLessThanOrEqual(before.threads);
    expect(after.heapBytes - before.heapBytes).toBeLessThan(HEAP_BOUND_BYTES);
    expect(after.nativeBytes - before.nativeBytes).toBeLessThan(NATIVE_BOUND_BYTES);
    const { idleMs, busyMs } = await measureLoopDelay(daemon.uri, 1_000);
    console.info(`event loop delay, p99: ${busyMs.toFixed(1)} ms during calls, ${idleMs.toFixed(1)} ms without`);
    expect(busyMs).toBeLessThan(20 + idleMs);
  },
  1_800_000,
);

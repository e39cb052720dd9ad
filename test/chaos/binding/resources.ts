import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { getHeapStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { counters } from '@virtfleet/libvirt';

export interface Resources {
  descriptors: number;
  /** How many of each kind: what was lost can be told from it. */
  kinds: Record<string, number>;
  threads: number;
  /** What JavaScript objects take, after a collection. */
  heapBytes: number;
  /** Pages that this process alone has written, without V8's heap, which takes and gives back by rules of its own. */
  nativeBytes: number;
}

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

const SETTLE_MS = 10_000;

/**
 * What the process holds once everything of the binding is let go, and finalisers have run. The event loop's thread closes
 * sockets a moment after their connection: with `before`, it is given time to come down to that.
 */
export async function measure(before?: Resources): Promise<Resources> {
  const deadline = performance.now() + 30_000;
  for (;;) {
    collectGarbage();
    await delay(50);
    const { connections, handles, calls, threads, subscriptions } = counters();
    if (connections + handles + calls + threads + subscriptions === 0) break;
    if (performance.now() > deadline) throw new Error(`the binding holds on to ${JSON.stringify(counters())}`);
  }
  const settled = performance.now() + SETTLE_MS;
  let seen = now();
  for (let quiet = 0; quiet < 10 && performance.now() < settled; ) {
    await delay(20);
    const next = now();
    const came = next.threads < seen.threads || next.descriptors < seen.descriptors;
    const above = before && (next.threads > before.threads || next.descriptors > before.descriptors);
    quiet = came || above ? 0 : quiet + 1;
    seen = next;
  }
  return seen;
}

function now(): Resources {
  const rollup = readFileSync('/proc/self/smaps_rollup', 'utf8');
  const dirty = rollup.match(/^Private_Dirty:\s+(\d+) kB/m)?.[1];
  if (dirty === undefined) throw new Error('/proc/self/smaps_rollup tells no Private_Dirty');
  const heap = getHeapStatistics();
  const kinds = descriptorKinds();
  return {
    descriptors: Object.values(kinds).reduce((sum, count) => sum + count, 0),
    kinds,
    threads: readdirSync('/proc/self/task').length,
    heapBytes: heap.used_heap_size,
    nativeBytes: Number(dirty) * 1024 - heap.total_physical_size,
  };
}

function descriptorKinds(): Record<string, number> {
  const kinds: Record<string, number> = {};
  for (const number of readdirSync('/proc/self/fd')) {
    try {
      const kind = readlinkSync(`/proc/self/fd/${number}`).replace(/:\[\d+\]$/, '');
      kinds[kind] = (kinds[kind] ?? 0) + 1;
    } catch {
      // The one that the folder was read with is gone by now.
    }
  }
  return kinds;
}

import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { getHeapStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { counters } from '@virtfleet/libvirt';

export interface Resources {
  descriptors: number;
  threads: number;
  /** What JavaScript objects take, after a collection. */
  heapBytes: number;
  /** Pages that this process alone has written, without V8's heap, which takes and gives back by rules of its own. */
  nativeBytes: number;
}

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

/** What the process holds once everything of the binding is let go, and finalisers have run. */
export async function measure(): Promise<Resources> {
  const deadline = performance.now() + 30_000;
  for (;;) {
    collectGarbage();
    await delay(50);
    const { connections, handles, calls, threads, subscriptions } = counters();
    if (connections + handles + calls + threads + subscriptions === 0) break;
    if (performance.now() > deadline) throw new Error(`the binding holds on to ${JSON.stringify(counters())}`);
  }
  // A worker counts itself out a moment before its thread is gone.
  let seen = now();
  for (let quiet = 0; quiet < 5; ) {
    await delay(20);
    const next = now();
    quiet = next.threads < seen.threads || next.descriptors < seen.descriptors ? 0 : quiet + 1;
    seen = next;
  }
  return seen;
}

function now(): Resources {
  const rollup = readFileSync('/proc/self/smaps_rollup', 'utf8');
  const dirty = rollup.match(/^Private_Dirty:\s+(\d+) kB/m)?.[1];
  if (dirty === undefined) throw new Error('/proc/self/smaps_rollup tells no Private_Dirty');
  const heap = getHeapStatistics();
  return {
    descriptors: readdirSync('/proc/self/fd').length,
    threads: readdirSync('/proc/self/task').length,
    heapBytes: heap.used_heap_size,
    nativeBytes: Number(dirty) * 1024 - heap.total_physical_size,
  };
}

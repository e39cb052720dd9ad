import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import * as lv from '@virtfleet/libvirt';

/** p99 of the event loop's delay, milliseconds: with nothing to do, and while calls are made. */
export interface LoopDelay {
  idleMs: number;
  busyMs: number;
}

const IN_FLIGHT = 8;

/**
 * A shared machine delays everybody: so the idle loop is measured right before, and of several rounds the calmest
 * counts. What we do to the loop ourselves is in every round.
 */
export async function measureLoopDelay(uri: string, calls: number, rounds = 3): Promise<LoopDelay> {
  const connect = await lv.open(uri, { timeoutMs: 20_000, events: false });
  try {
    let best: LoopDelay | null = null;
    for (let round = 0; round < rounds; round += 1) {
      const idleMs = await p99(() => delay(1_000));
      const busyMs = await p99(() => manyCalls(connect, calls));
      if (best === null || busyMs - idleMs < best.busyMs - best.idleMs) best = { idleMs, busyMs };
    }
    if (best === null) throw new Error('nothing was measured');
    return best;
  } finally {
    await connect.close();
  }
}

async function p99(work: () => Promise<unknown>): Promise<number> {
  const histogram = monitorEventLoopDelay({ resolution: 1 });
  histogram.enable();
  await work();
  histogram.disable();
  return histogram.percentile(99) / 1e6;
}

async function manyCalls(connect: lv.Connect, calls: number): Promise<void> {
  let left = calls;
  const lane = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      if (left % 3 === 0) await connect.getCapabilities();
      else if (left % 3 === 1) await connect.getAllDomainStats(0, lv.VIR_CONNECT_GET_ALL_DOMAINS_STATS_NOWAIT);
      else await connect.listAllDomains();
    }
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, lane));
}

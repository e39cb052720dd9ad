/**
 * What else runs on a host: domains that are not ours take room, too. Their sizes come from one bulk call, made when
 * the set of foreign domains has changed or a minute has passed; no host is asked about machines one by one.
 */
import { domainStats, isActiveState } from '#hostpool/ensure.ts';
import type { DomainRecord, Host as HostEntry } from '#hostpool/types.ts';
import type { Clock } from '#platform/clock.ts';

export interface Load {
  cpuMilli: number;
  memoryBytes: number;
}

const STATS_BALLOON = 2;
const STATS_VCPU = 8;
const AGAIN_MS = 60_000;

export class ForeignLoads {
  readonly #clock: Clock;
  readonly #known = new Map<string, { key: string; at: number; load: Load }>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** The room that these domains take on the host; the last figure when it cannot be asked now. */
  async of(host: HostEntry, foreign: readonly DomainRecord[]): Promise<Load> {
    const running = foreign.filter(isActiveState).map(({ uuid }) => uuid);
    if (running.length === 0) return { cpuMilli: 0, memoryBytes: 0 };
    const key = running.toSorted().join(' ');
    const known = this.#known.get(host.uid);
    const now = this.#clock.monotonicMs();
    if (known && (!host.inSight || (known.key === key && now - known.at < AGAIN_MS))) return known.load;
    if (!host.inSight) return { cpuMilli: 0, memoryBytes: 0 };
    const wanted = new Set(running);
    const stats = await domainStats(host, STATS_BALLOON | STATS_VCPU);
    const load = { cpuMilli: 0, memoryBytes: 0 };
    for (const { uuid, params } of stats) {
      if (!wanted.has(uuid)) continue;
      load.cpuMilli += Number(params['vcpu.current'] ?? 0) * 1000;
      load.memoryBytes += Number(params['balloon.current'] ?? params['balloon.maximum'] ?? 0) * 1024;
    }
    this.#known.set(host.uid, { key, at: now, load });
    return load;
  }

  forget(uid: string): void {
    this.#known.delete(uid);
  }
}

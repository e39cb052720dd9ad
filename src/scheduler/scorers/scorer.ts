import type { Sees } from '../filters/neighbours.ts';
import type { Query } from '../query.ts';
import type { HostState } from '../state/host-state.ts';
import type { PlacementRequest } from '../types.ts';

/** The shares of CPU and memory that are taken once the machine is there, 0 to 1. */
export interface Shares {
  cpu: number;
  memory: number;
}

interface Scorer {
  /** It has something to say of this machine; if not, its weight does not count. */
  applies(query: Query): boolean;
}

export interface RoomScorer extends Scorer {
  /** 0 (worst) to 1 (best), for the shares with the machine. */
  score(query: Query, host: HostState, after: Shares): number;
}

/** One whose answer does not come from room on the host. */
export interface TraitScorer extends Scorer {
  /** 0 (worst) to 1 (best). */
  score(query: Query, host: HostState): number;
  /**
   * No less than the score of any host that shares with `host` all that `sees` may look at, beside those hosts that are
   * looked at one by one (`Query.named`). It lets the search pass over the others without looking at each.
   */
  best(query: Query, host: HostState, sees: Sees): number;
}

/** Of a machine that takes these on a host with so much in all. */
export function shareOf(used: number, total: number): number {
  if (total <= 0) return used > 0 ? 1 : 0;
  return Math.min(1, Math.max(0, used / total));
}

export function sharesAfter(request: PlacementRequest, host: HostState): Shares {
  const { cpuMilli, memoryBytes } = host.size;
  return {
    cpu: shareOf(host.cpuUsed + host.cpuOf(request), cpuMilli),
    memory: shareOf(host.memoryUsed + request.memoryBytes, memoryBytes),
  };
}

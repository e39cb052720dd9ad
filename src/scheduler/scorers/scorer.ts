import type { Ledger } from '../ledger.ts';
import type { HostView, PlacementRequest, Resources } from '../types.ts';

export interface Scorer {
  readonly name: string;
  readonly weight: number;
  /** 0 (worst) to 1 (best). */
  score(request: PlacementRequest, host: HostView, ledger: Ledger): number;
}

/** The shares of CPU and memory that are taken once the machine is there. */
export function sharesAfter(
  request: PlacementRequest,
  host: HostView,
  ledger: Ledger,
): { cpu: number; memory: number } {
  const allocated = ledger.allocated(host);
  const share = (field: keyof Resources): number => {
    const total = host.allocatable[field];
    const used = allocated[field] + request[field];
    return total <= 0 ? (used > 0 ? 1 : 0) : Math.min(1, Math.max(0, used / total));
  };
  return { cpu: share('cpuMilli'), memory: share('memoryBytes') };
}

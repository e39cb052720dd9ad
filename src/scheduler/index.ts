import { compareText } from './candidate.ts';
import { FleetIndex, type SchedulerOptions } from './fleet-index.ts';
import type { Decision, Fleet, PlacementRequest } from './types.ts';

export { FleetIndex, type SchedulerOptions } from './fleet-index.ts';
export { chooseDomainType } from './hypervisor.ts';
export { defaultWeights, type ScorerName, type Weights, weightsOf } from './scorers/index.ts';
export { isSelected, unmetRequirements } from './selector.ts';
export type * from './types.ts';

/** Who is placed first: higher priority, then who waits longer, then by namespace, name and uid. */
export function compareRequests(a: PlacementRequest, b: PlacementRequest): number {
  return (
    b.priority - a.priority ||
    a.createdAt - b.createdAt ||
    compareText(a.namespace, b.namespace) ||
    compareText(a.name, b.name) ||
    compareText(a.uid, b.uid)
  );
}

/**
 * Places all requests in one pass: each decision counts for the next ones, so a batch spreads and never overfills a host.
 * The same input gives the same decisions, whatever the order of its lists. Decisions come in the order they were made
 * (see compareRequests); a request that fits nowhere takes nothing from those behind it.
 */
export function schedule(
  requests: readonly PlacementRequest[],
  fleet: Fleet,
  options: SchedulerOptions = {},
): Decision[] {
  const index = new FleetIndex(fleet, options);
  return requests.toSorted(compareRequests).map((request) => index.place(request));
}

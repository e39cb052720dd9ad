import { filters } from './filters/index.ts';
import { chooseDomainType } from './hypervisor.ts';
import { Ledger } from './ledger.ts';
import { groupRejections, type HostRejection, nowhereMessage } from './reasons.ts';
import { scorers } from './scorers/index.ts';
import type { Decision, HostView, PlacementRequest } from './types.ts';

export { chooseDomainType } from './hypervisor.ts';
export { isSelected, unmetRequirements } from './selector.ts';
export type * from './types.ts';

const filterNames = filters.map(({ name }) => name);

interface Candidate {
  host: HostView;
  score: number;
  byScorer: Record<string, number>;
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Who is placed first: higher priority, then who waits longer, then by namespace, name and uid. */
function compareRequests(a: PlacementRequest, b: PlacementRequest): number {
  return (
    b.priority - a.priority ||
    a.createdAt - b.createdAt ||
    compareText(a.namespace, b.namespace) ||
    compareText(a.name, b.name) ||
    compareText(a.uid, b.uid)
  );
}

/** The tie-break: the better score (to a thousandth), then more free memory, then the host's name. */
function isBetter(a: Candidate, b: Candidate, ledger: Ledger): boolean {
  if (a.score !== b.score) return a.score > b.score;
  const free = ({ host }: Candidate): number => host.allocatable.memoryBytes - ledger.allocated(host).memoryBytes;
  return free(a) !== free(b) ? free(a) > free(b) : compareText(a.host.name, b.host.name) < 0;
}

function firstRejection(request: PlacementRequest, host: HostView, ledger: Ledger): HostRejection | null {
  for (const filter of filters) {
    const rejection = filter.check(request, host, ledger);
    if (rejection !== null) return { host: host.name, filter: filter.name, rejection };
  }
  return null;
}

function scoreHost(request: PlacementRequest, host: HostView, ledger: Ledger): Candidate {
  const byScorer: Record<string, number> = {};
  let total = 0;
  for (const scorer of scorers) {
    const points = scorer.weight * scorer.score(request, host, ledger);
    byScorer[scorer.name] = Math.round(points * 1000) / 1000;
    total += points;
  }
  return { host, score: Math.round(total * 1000) / 1000, byScorer };
}

function scheduleOne(request: PlacementRequest, hosts: readonly HostView[], ledger: Ledger): Decision {
  const rejections: HostRejection[] = [];
  let best: Candidate | null = null;
  for (const host of hosts) {
    const rejection = firstRejection(request, host, ledger);
    if (rejection !== null) {
      rejections.push(rejection);
      continue;
    }
    const candidate = scoreHost(request, host, ledger);
    if (best === null || isBetter(candidate, best, ledger)) best = candidate;
  }
  const rejected = groupRejections(rejections);
  if (best === null)
    return { uid: request.uid, rejected, message: nowhereMessage(hosts.length, rejected, filterNames) };
  ledger.claim(best.host, request);
  const fitting = hosts.length - rejections.length;
  return {
    uid: request.uid,
    host: best.host.name,
    hostUid: best.host.uid,
    domainType: chooseDomainType(request.hypervisor, best.host.domainTypes) ?? undefined,
    score: best.score,
    byScorer: best.byScorer,
    rejected,
    message: `Placed on ${best.host.name}, the best of ${fitting} ${fitting === 1 ? 'host that fits' : 'hosts that fit'} out of ${hosts.length} (score ${best.score}).`,
  };
}

/**
 * Places all requests in one pass: each decision counts for the next ones, so a batch never overfills a host.
 * The same input gives the same decisions, whatever the order of its lists. Decisions come in the order they were made
 * (see compareRequests); a request that fits nowhere takes nothing from those behind it.
 */
export function schedule(requests: readonly PlacementRequest[], hosts: readonly HostView[]): Decision[] {
  const ledger = new Ledger(hosts);
  return [...requests].sort(compareRequests).map((request) => scheduleOne(request, hosts, ledger));
}

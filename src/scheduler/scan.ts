/**
 * The plain way: every host is asked. It is what the index must equal, and it says why nothing fits, which happens
 * seldom enough to be asked of every host.
 */
import { type Candidate, isBetter } from './candidate.ts';
import { firstRejection, fixedRejection } from './filters/index.ts';
import type { EligibleDomains } from './neighbours/around.ts';
import { domainOf } from './neighbours/domain.ts';
import { type Query, queryOf } from './query.ts';
import type { HostRejection } from './reasons.ts';
import { Scoring, type Weights } from './scorers/index.ts';
import type { FleetState } from './state/fleet-state.ts';
import type { PlacementRequest, Strategy } from './types.ts';

/** Domains of the hosts that pass all fixed filters. */
export function domainsByScan(request: PlacementRequest, fleet: FleetState): EligibleDomains {
  return (topologyKey) => {
    const domains = new Set<string>();
    for (const { view } of fleet.hosts.values()) {
      const domain = domainOf(view, topologyKey);
      if (domain !== undefined && !domains.has(domain) && fixedRejection(request, view) === null) domains.add(domain);
    }
    return domains;
  };
}

export function scan(
  request: PlacementRequest,
  fleet: FleetState,
  { weights, strategy }: { weights: Weights; strategy: Strategy },
): Candidate | null {
  const query = queryOf(request, fleet, domainsByScan(request, fleet), strategy);
  const scoring = new Scoring(query, weights);
  let best: Candidate | null = null;
  for (const host of fleet.hosts.values()) {
    if (firstRejection(query, host) !== null) continue;
    const candidate = { host, score: scoring.score(host) };
    if (best === null || isBetter(candidate, best)) best = candidate;
  }
  return best;
}

/** What keeps the machine from each host that does not fit. */
export function* rejections(query: Query): Iterable<HostRejection> {
  for (const host of query.fleet.hosts.values()) {
    const first = firstRejection(query, host);
    if (first !== null) yield { host: host.view.name, filter: first.filter, rejection: first.rejection };
  }
}

/** All that a request's terms come to against the fleet of this moment, worked out once a decision. */
import type { PlacementRequest } from '../types.ts';
import { type DomainCounts, groupOf } from './counts.ts';
import type { Neighbours } from './index.ts';
import type { MachineTerm, SpreadConstraint } from './types.ts';

export interface RequiredNear {
  counts: DomainCounts;
  /** Nobody of the group is anywhere and the machine belongs to it: it may be the first, wherever there is a domain. */
  mayBeFirst: boolean;
}

export interface Preference {
  counts: DomainCounts;
  weight: number;
  /** True for affinity, false for anti-affinity. */
  wantsCompany: boolean;
}

export interface Spreading {
  constraint: SpreadConstraint;
  counts: DomainCounts;
  /** Of all domains in which the machine might be, the fewest. */
  least: number;
  /** 1 when the machine itself is counted. */
  self: number;
}

export interface Around {
  near: readonly RequiredNear[];
  apart: readonly DomainCounts[];
  keptAwayBy: readonly DomainCounts[];
  preferences: readonly Preference[];
  spreading: readonly Spreading[];
}

const NOBODY: Around = { near: [], apart: [], keptAwayBy: [], preferences: [], spreading: [] };

/** Domains (by topology key) of hosts that pass the fixed filters: a zone of other hardware does not count as empty. */
export type EligibleDomains = (topologyKey: string) => ReadonlySet<string>;

export function lookAround(request: PlacementRequest, neighbours: Neighbours, eligible: EligibleDomains): Around {
  const keptAwayBy = neighbours.keptAwayBy(request);
  const { affinity, antiAffinity, spread, namespace } = request;
  if (affinity === undefined && antiAffinity === undefined && spread === undefined) {
    return keptAwayBy.length === 0 ? NOBODY : { ...NOBODY, keptAwayBy };
  }
  const countsOf = (term: Pick<MachineTerm, 'topologyKey' | 'selector' | 'namespaces'>): DomainCounts =>
    neighbours.counts(groupOf(term, namespace));
  return {
    near: (affinity?.required ?? []).map((term) => {
      const counts = countsOf(term);
      return { counts, mayBeFirst: counts.byDomain.size === 0 && counts.includes(request) };
    }),
    apart: (antiAffinity?.required ?? []).map(countsOf),
    keptAwayBy,
    preferences: [
      ...(affinity?.preferred ?? []).map(({ term, weight }) => ({
        counts: countsOf(term),
        weight,
        wantsCompany: true,
      })),
      ...(antiAffinity?.preferred ?? []).map(({ term, weight }) => ({
        counts: countsOf(term),
        weight,
        wantsCompany: false,
      })),
    ],
    spreading: (spread ?? []).map((constraint) => {
      const counts = countsOf(constraint);
      return {
        constraint,
        counts,
        least: leastOf(counts, eligible(constraint.topologyKey)),
        self: counts.includes(request) ? 1 : 0,
      };
    }),
  };
}

function leastOf(counts: DomainCounts, domains: ReadonlySet<string>): number {
  // Fewer domains with machines than domains: one of them has none.
  if (counts.byDomain.size < domains.size) return 0;
  let least = Number.POSITIVE_INFINITY;
  for (const domain of domains) least = Math.min(least, counts.count(domain));
  return Number.isFinite(least) ? least : 0;
}

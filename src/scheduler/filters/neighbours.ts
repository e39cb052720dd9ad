/** The machines around: affinity, anti-affinity in both directions, and spread. */
import type { DomainCounts } from '../neighbours/counts.ts';
import { domainOf } from '../neighbours/domain.ts';
import type { HostView } from '../types.ts';
import { type Filter, rejected } from './filter.ts';

/** Which labels of a host may be looked at: all of them, or those that all hosts of a class share. */
export type Sees = (topologyKey: string) => boolean;
export const seesAll: Sees = () => true;

const hasCompany = (host: HostView, counts: DomainCounts): boolean => {
  const domain = domainOf(host, counts.group.topologyKey);
  return domain !== undefined && counts.count(domain) > 0;
};

export interface NeighbourFilter extends Filter {
  check(
    query: Parameters<Filter['check']>[0],
    host: Parameters<Filter['check']>[1],
    sees?: Sees,
  ): ReturnType<Filter['check']>;
}

export const affinity: NeighbourFilter = {
  name: 'Affinity',
  check({ around }, { view }, sees = seesAll) {
    for (const { counts, mayBeFirst } of around.near) {
      const { topologyKey } = counts.group;
      if (!sees(topologyKey)) continue;
      if (domainOf(view, topologyKey) === undefined) return rejected('has', 'have', `no label ${topologyKey}`);
      if (!mayBeFirst && !hasCompany(view, counts))
        return rejected('has', 'have', `no machine beside which it must be (by ${topologyKey})`);
    }
    return null;
  },
};

export const antiAffinity: NeighbourFilter = {
  name: 'AntiAffinity',
  check({ around }, { view }, sees = seesAll) {
    for (const counts of around.apart) {
      const { topologyKey } = counts.group;
      if (sees(topologyKey) && hasCompany(view, counts))
        return rejected('has', 'have', `a machine beside which it must not be (by ${topologyKey})`);
    }
    for (const counts of around.keptAwayBy) {
      const { topologyKey } = counts.group;
      if (sees(topologyKey) && hasCompany(view, counts))
        return rejected('has', 'have', `a machine that wants none of its kind beside it (by ${topologyKey})`);
    }
    return null;
  },
};

export const spread: NeighbourFilter = {
  name: 'Spread',
  check({ around }, { view }, sees = seesAll) {
    for (const { constraint, counts, least, self } of around.spreading) {
      const { topologyKey, maxSkew, whenUnsatisfiable } = constraint;
      if (whenUnsatisfiable !== 'DoNotSchedule' || !sees(topologyKey)) continue;
      const domain = domainOf(view, topologyKey);
      if (domain === undefined) return rejected('has', 'have', `no label ${topologyKey}`);
      if (counts.count(domain) + self - least > maxSkew)
        return rejected(
          'would',
          'would',
          `have more than ${maxSkew} above the fewest of its group (by ${topologyKey})`,
        );
    }
    return null;
  },
};

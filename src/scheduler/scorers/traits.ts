/** Scorers of what a host is or has, beside room. */
import { type Sees, seesAll } from '../filters/neighbours.ts';
import { isTolerated } from '../filters/taints.ts';
import { domainOf } from '../neighbours/domain.ts';
import { MOST_NAMED, type Query } from '../query.ts';
import type { HostView } from '../types.ts';
import type { TraitScorer } from './scorer.ts';

/** A copy of the image that is there already saves minutes. */
export const imageThere: TraitScorer = {
  applies: ({ imageHosts }) => imageHosts.size > 0,
  score: ({ imageHosts }, { view }) => (imageHosts.has(view.name) ? 1 : 0),
  best: ({ imageHosts }) => (imageHosts.size > MOST_NAMED ? 1 : 0),
};

/** Staying costs nothing; a move must be worth it. */
export const moving: TraitScorer = {
  applies: ({ request }) => request.currentHost !== undefined,
  score: ({ request }, { view }) => (request.currentHost === view.name ? 1 : 0),
  best: () => 0,
};

export const taintPreference: TraitScorer = {
  applies: () => true,
  score: ({ request }, { view }) => tolerance(request.tolerations, view.taints),
  best: ({ request }, { view }) => tolerance(request.tolerations, view.taints),
};

function tolerance(tolerations: Query['request']['tolerations'], taints: HostView['taints']): number {
  let disliked = 0;
  for (const taint of taints)
    if (taint.effect === 'PreferNoSchedule' && !isTolerated(taint, tolerations)) disliked += 1;
  return 1 / (1 + disliked);
}

/** The share of its preferences, by weight, that are met. */
export const preferredAffinity: TraitScorer = {
  applies: ({ around }) => around.preferences.length > 0,
  score: (query, { view }) => preferred(query, view, seesAll),
  best: (query, { view }, sees) => preferred(query, view, sees),
};

function preferred({ around }: Query, host: HostView, sees: Sees): number {
  let met = 0;
  let all = 0;
  for (const { counts, weight, wantsCompany } of around.preferences) {
    all += weight;
    const { topologyKey } = counts.group;
    if (!sees(topologyKey)) met += weight;
    else {
      const domain = domainOf(host, topologyKey);
      const hasCompany = domain !== undefined && counts.count(domain) > 0;
      if (hasCompany === wantsCompany) met += weight;
    }
  }
  return all === 0 ? 1 : met / all;
}

/** The fewer of its group are in the domain, against the domain with the fewest, the better. Hard constraints, too. */
export const evenSpread: TraitScorer = {
  applies: ({ around }) => around.spreading.length > 0,
  score: (query, { view }) => evenness(query, view, seesAll),
  best: (query, { view }, sees) => evenness(query, view, sees),
};

function evenness({ around }: Query, host: HostView, sees: Sees): number {
  let sum = 0;
  for (const { constraint, counts, least } of around.spreading) {
    const { topologyKey, maxSkew } = constraint;
    if (!sees(topologyKey)) sum += 1;
    else {
      const domain = domainOf(host, topologyKey);
      if (domain !== undefined) sum += 1 / (1 + Math.max(0, counts.count(domain) - least) / maxSkew);
    }
  }
  return around.spreading.length === 0 ? 1 : sum / around.spreading.length;
}

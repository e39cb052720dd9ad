import type { Sees } from '../filters/neighbours.ts';
import type { Query } from '../query.ts';
import type { HostState } from '../state/host-state.ts';
import {
  type Box,
  balance,
  bestBalance,
  bestPacking,
  bestSpread,
  dominantShare,
  packing,
  packingBalance,
} from './room.ts';
import { sharesAfter, type TraitScorer } from './scorer.ts';
import { evenSpread, imageThere, moving, preferredAffinity, taintPreference } from './traits.ts';

export type { Box } from './room.ts';
export { type Shares, shareOf } from './scorer.ts';

const traits = {
  PreferredAffinity: preferredAffinity,
  EvenSpread: evenSpread,
  ImageThere: imageThere,
  Moving: moving,
  TaintPreference: taintPreference,
} as const satisfies Record<string, TraitScorer>;
const traitNames = Object.keys(traits) as (keyof typeof traits)[];
const room = {
  DominantShare: dominantShare,
  Balance: balance,
  Packing: packing,
  PackingBalance: packingBalance,
} as const;
const roomNames = Object.keys(room) as (keyof typeof room)[];

export type ScorerName = keyof typeof room | keyof typeof traits;
/** How much each scorer says against the others; 0 silences it. */
export type Weights = Readonly<Record<ScorerName, number>>;

/**
 * Room comes first: a host that is a fourth fuller loses against one without the image. Preferences that a person wrote
 * into the machine outweigh what is merely quicker. A score is out of 100 over the scorers that apply to the machine.
 */
export const defaultWeights: Weights = {
  DominantShare: 60,
  Balance: 15,
  Packing: 60,
  PackingBalance: 60,
  PreferredAffinity: 40,
  EvenSpread: 40,
  ImageThere: 15,
  Moving: 15,
  TaintPreference: 10,
};

/** Weights by the names of scorers, as a person gave them. Throws RangeError for a name or a weight that is none. */
export function weightsOf(given: Readonly<Record<string, number>>): Partial<Weights> {
  for (const [name, weight] of Object.entries(given)) {
    if (!Object.hasOwn(defaultWeights, name))
      throw new RangeError(`there is no scorer ${name}; there are ${Object.keys(defaultWeights).join(', ')}`);
    if (!(weight >= 0 && weight <= 1000)) throw new RangeError(`the weight of ${name} must be between 0 and 1000`);
  }
  return given;
}

/** Scores hosts for one query, by the weights of the scorers that apply to it. */
export class Scoring {
  readonly #query: Query;
  readonly #traits: { name: keyof typeof traits; scorer: TraitScorer; points: number }[] = [];
  readonly #room: number;
  readonly #balance: number;
  readonly #isSpread: boolean;

  constructor(query: Query, weights: Weights) {
    this.#query = query;
    const applying = traitNames.filter((name) => traits[name].applies(query) && weights[name] > 0);
    this.#isSpread = dominantShare.applies(query);
    const roomWeight = this.#isSpread ? weights.DominantShare : weights.Packing;
    const balanceWeight = this.#isSpread ? weights.Balance : weights.PackingBalance;
    const all = applying.reduce((sum, name) => sum + weights[name], roomWeight + balanceWeight);
    const unit = all > 0 ? 100 / all : 0;
    for (const name of applying) this.#traits.push({ name, scorer: traits[name], points: weights[name] * unit });
    this.#room = roomWeight * unit;
    this.#balance = balanceWeight * unit;
  }

  /** Out of 100, to a thousandth. */
  score(host: HostState): number {
    return this.total(this.room(host), this.#traitsOf(host));
  }

  total(room: number, traits: number): number {
    return thousandth(room + traits);
  }

  /** What the host gets for its room: the same for hosts of one size with the same use. */
  room(host: HostState): number {
    const after = sharesAfter(this.#query.request, host);
    const fill = (this.#isSpread ? dominantShare : packing).score(this.#query, host, after);
    return fill * this.#room + balance.score(this.#query, host, after) * this.#balance;
  }

  byScorer(host: HostState): Record<string, number> {
    const after = sharesAfter(this.#query.request, host);
    const found: Record<string, number> = {};
    for (const name of roomNames) {
      const points = name === 'Balance' || name === 'PackingBalance' ? this.#balance : this.#room;
      if (room[name].applies(this.#query))
        found[name] = thousandth(room[name].score(this.#query, host, after) * points);
    }
    for (const { name, scorer, points } of this.#traits)
      found[name] = thousandth(scorer.score(this.#query, host) * points);
    return found;
  }

  /** What hosts like this one can get at most for all but room. */
  bestTraits(host: HostState, sees: Sees): number {
    let total = 0;
    for (const { scorer, points } of this.#traits) total += scorer.best(this.#query, host, sees) * points;
    return total;
  }

  /** What a host in the box can get at most for its room. */
  bestRoom(box: Box): number {
    return (this.#isSpread ? bestSpread(box) : bestPacking(box)) * this.#room + bestBalance(box) * this.#balance;
  }

  #traitsOf(host: HostState): number {
    let total = 0;
    for (const { scorer, points } of this.#traits) total += scorer.score(this.#query, host) * points;
    return total;
  }
}

const thousandth = (value: number): number => Math.round(value * 1000) / 1000;

import type { Query } from '../query.ts';
import type { HostState } from '../state/host-state.ts';
import type { HostView, PlacementRequest } from '../types.ts';

/** How much is missing, so that the nearest miss can be named. */
export interface Shortfall {
  /** In `unit`s. */
  amount: number;
  unit: 'bytes' | 'cpuMilli' | 'pieces';
  /** "of memory", "of CPU", "in the pool fast". */
  where: string;
}

export interface Rejection {
  /** For one host: "has the taint gpu=true". */
  singular: string;
  /** For several: "have the taint gpu=true". */
  plural: string;
  shortfall?: Shortfall;
}

/** Looks at what a host is, not at what is on it: its answer holds until the host itself changes. */
export interface FixedFilter {
  readonly name: string;
  /** Null when the host passes. */
  check(request: PlacementRequest, host: HostView): Rejection | null;
}

/** Looks at what is taken, and at who else is there. */
export interface Filter {
  readonly name: string;
  /** Null when the host passes. */
  check(query: Query, host: HostState): Rejection | null;
}

/** "is/are X", "has/have X": most rejections differ in their verb alone. */
export function rejected(singularVerb: string, pluralVerb: string, rest: string): Rejection {
  return { singular: `${singularVerb} ${rest}`, plural: `${pluralVerb} ${rest}` };
}

export function lacks(shortfall: Shortfall): Rejection {
  const known = lacking.get(shortfall.where);
  const words = known ?? rejected('lacks', 'lack', shortfall.where);
  if (known === undefined && lacking.size < MOST_WORDS) lacking.set(shortfall.where, words);
  return { singular: words.singular, plural: words.plural, shortfall };
}

/** Thousands of hosts may lack the same: their words are one string, which is compared at once. */
const lacking = new Map<string, Rejection>();
const MOST_WORDS = 256;

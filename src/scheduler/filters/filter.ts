import type { Ledger } from '../ledger.ts';
import type { HostView, PlacementRequest } from '../types.ts';

/** How much is missing, so that the nearest miss can be named. */
export interface Shortfall {
  /** In `unit`s. */
  amount: number;
  unit: 'bytes' | 'cpuMilli';
  /** "of memory", "of CPU", "in pool fast". */
  where: string;
}

export interface Rejection {
  /** For one host: "has the taint gpu=true". */
  singular: string;
  /** For several: "have the taint gpu=true". */
  plural: string;
  shortfall?: Shortfall;
}

export interface Filter {
  readonly name: string;
  /** Null when the host passes. */
  check(request: PlacementRequest, host: HostView, ledger: Ledger): Rejection | null;
}

/** "is/are X", "has/have X": most rejections differ in their verb alone. */
export function rejected(singularVerb: string, pluralVerb: string, rest: string): Rejection {
  return { singular: `${singularVerb} ${rest}`, plural: `${pluralVerb} ${rest}` };
}

export function lacks(shortfall: Shortfall): Rejection {
  return { ...rejected('lacks', 'lack', shortfall.where), shortfall };
}

/** One machine's question to the fleet: what filters and scorers are given. */
import { type Around, type EligibleDomains, lookAround } from './neighbours/around.ts';
import type { FleetState } from './state/fleet-state.ts';
import type { PlacementRequest, Strategy } from './types.ts';

export interface Query {
  request: PlacementRequest;
  fleet: FleetState;
  around: Around;
  strategy: Strategy;
  imageHosts: ReadonlySet<string>;
  /** Hosts that have a score that their like do not have: its image, or the machine itself is there. */
  named: ReadonlySet<string>;
}

/** An image on more hosts than these is taken to be anywhere. */
export const MOST_NAMED = 512;

export function queryOf(
  request: PlacementRequest,
  fleet: FleetState,
  eligible: EligibleDomains,
  strategy: Strategy,
): Query {
  const imageHosts = setOf(request.preferredImagesOn);
  const named = imageHosts.size > MOST_NAMED ? NONE : imageHosts;
  return {
    request,
    fleet,
    around: lookAround(request, fleet.neighbours, eligible),
    strategy: request.strategy ?? strategy,
    imageHosts,
    named: request.currentHost === undefined ? named : new Set([...named, request.currentHost]),
  };
}

const NONE: ReadonlySet<string> = new Set();
/** Machines of a batch share the list of their image's hosts. */
const sets = new WeakMap<readonly string[], ReadonlySet<string>>();

function setOf(names: readonly string[] | undefined): ReadonlySet<string> {
  if (names === undefined || names.length === 0) return NONE;
  const known = sets.get(names);
  if (known !== undefined) return known;
  const made = new Set(names);
  sets.set(names, made);
  return made;
}

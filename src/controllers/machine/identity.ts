/**
 * Where a machine is, judged from what the hosts say: the first question of every reconcile, and the one
 * whose wrong answer runs a machine twice. Pure: sightings in, a closed set of answers out.
 */
import type { Stamp } from '#libvirt/stamp.ts';

/** One domain on one host that may be this machine: its UUID or its stamp's namespace and name match. */
export interface Sighting {
  host: string;
  hostUid: string;
  /** The host's inventory is current. A sighting on a host out of sight is what was last known of it. */
  inSight: boolean;
  domainUuid: string;
  domainName: string;
  /** The domain has a process (running, paused, shutting down). */
  active: boolean;
  /** It has a process whose CPUs stand still: paused by somebody, waiting for a move to end, or left over from one. */
  paused: boolean;
  stamp: Stamp | null;
}

/** A host whose inventory is not current now. */
export interface HostOutOfSight {
  name: string;
  /** When the host was last listed, wall-clock ms; null when it never was (since this process started and in status). */
  lastInventoryAt: number | null;
}

export interface IdentityInput {
  fleet: string;
  namespace: string;
  name: string;
  uid: string;
  createdAt: number;
  /** `spec.uuid`, when the user asked for one. */
  specUuid: string | undefined;
  /** The recorded decision; null before there is one. */
  recorded: { uuid: string; host: string; hostUid: string; incarnation: number } | null;
  /** The move that stands in status, with the host that it goes to. */
  move?: Move | null;
  sightings: Sighting[];
  outOfSight: HostOutOfSight[];
  /** Made while this process decided, which has decided nothing about it: no host can have it, whatever cannot be seen. */
  isNewHere?: boolean;
}

/** While it stands in status, two hosts may have the machine. */
export interface Move {
  source: { name: string; uid: string };
  target: { name: string; uid: string };
  /** That it has at the target. */
  incarnation: number;
}

export type Located =
  /** No decision, no domain anywhere that could be this machine: it may be placed. */
  | { kind: 'New'; uuid: string }
  /** A host that cannot be seen may hold it: nothing is decided until it answers. `own`: those where it may be this object's. */
  | { kind: 'Hidden'; hosts: string[]; own: string[] }
  /** The decision's host cannot be seen: what it runs is unknown. */
  | { kind: 'HostOutOfSight'; host: string }
  | { kind: 'Present'; sighting: Sighting }
  /** The decision's host is in sight and does not have it, and no other host in sight does. */
  | { kind: 'Absent'; hiddenHosts: string[] }
  /** Status was lost or rolled back, or the user takes a machine over: the stamp on the host is believed. */
  | { kind: 'Believe'; sighting: Sighting; incarnation: number; why: 'StatusBehind' | 'TakeOver' }
  | Migrating
  | { kind: 'IdentityConflict'; sighting: Sighting }
  | { kind: 'UuidInUse'; sighting: Sighting }
  | { kind: 'SplitBrain'; sightings: Sighting[] }
  | { kind: 'StaleCopy'; sighting: Sighting };

/** It is being moved. What a host that is out of sight has is not known, and not in `source` and `target`. */
export interface Migrating {
  kind: 'Migrating';
  move: Move;
  source: Sighting | null;
  target: Sighting | null;
  /** Source and target, as far as they cannot be seen. */
  hidden: string[];
  /** Where it executes, or would be started from; null: that is not known. */
  at: Sighting | null;
}

/** Decides where the machine is. Order matters: what would run a machine twice is ruled out first. */
export function locate(input: IdentityInput): Located {
  const uuid = input.recorded?.uuid ?? input.specUuid ?? input.uid;
  const mine = input.sightings.filter((s) => isOurs(s, input, uuid));
  const executing = mine.filter((s) => s.active && s.inSight);
  if (input.move && input.recorded) return locateMoving(input, input.move, uuid, mine, executing);
  if (new Set(executing.map((s) => s.host)).size > 1) return { kind: 'SplitBrain', sightings: executing };

  const foreign = foreignTwin(input, uuid);
  if (foreign) return { kind: 'UuidInUse', sighting: foreign };

  return input.recorded ? locateRecorded(input, input.recorded, mine) : locateUnrecorded(input, uuid, mine);
}

const foreignTwin = (input: IdentityInput, uuid: string): Sighting | undefined =>
  input.sightings.find((s) => s.domainUuid === uuid && !isOurs(s, input, uuid));

/**
 * Two hosts may have a process of it: the one that it leaves and the one that it goes to, of which one runs. Both running,
 * or a third host with a process, is what must never be, and nothing is done.
 */
function locateMoving(
  input: IdentityInput,
  move: Move,
  uuid: string,
  mine: Sighting[],
  executing: Sighting[],
): Located {
  const isParty = ({ host }: Sighting): boolean => host === move.source.name || host === move.target.name;
  const running = executing.filter((s) => isParty(s) && !s.paused);
  if (running.length > 1) return { kind: 'SplitBrain', sightings: running };
  if (executing.some((s) => !isParty(s))) return { kind: 'SplitBrain', sightings: executing };
  const foreign = foreignTwin(input, uuid);
  if (foreign) return { kind: 'UuidInUse', sighting: foreign };
  const third = mine.find((s) => !isParty(s));
  // Status was rolled back to a move that is long over.
  if (third && (third.stamp?.incarnation ?? 0) > move.incarnation) {
    return { kind: 'Believe', sighting: third, incarnation: third.stamp?.incarnation ?? 0, why: 'StatusBehind' };
  }
  if (third) return { kind: 'StaleCopy', sighting: third };
  const names = [move.source.name, move.target.name];
  const hidden = names.filter((name) => input.outOfSight.some((h) => h.name === name));
  const on = (name: string): Sighting | null =>
    hidden.includes(name) ? null : (mine.find((s) => s.host === name && s.inSight) ?? null);
  const [source, target] = [on(move.source.name), on(move.target.name)];
  return { kind: 'Migrating', move, source, target, hidden, at: whereItIs(source, target, hidden) };
}

/** The one that runs; else the one with a process, else the source's. A host out of sight may run what stands still here. */
function whereItIs(source: Sighting | null, target: Sighting | null, hidden: readonly string[]): Sighting | null {
  const both = [source, target].filter((s) => s !== null);
  const running = both.find((s) => s.active && !s.paused);
  if (running) return running;
  if (hidden.length > 0) return null;
  return both.find((s) => s.active) ?? both[0] ?? null;
}

/** Same fleet, namespace and name, and either this object's uid or the UUID that the user named in the spec. */
function isOurs(s: Sighting, input: IdentityInput, uuid: string): boolean {
  if (!sameName(s, input)) return false;
  return s.stamp?.uid === input.uid || s.domainUuid === uuid;
}

function sameName(s: Sighting, input: IdentityInput): boolean {
  return s.stamp?.fleet === input.fleet && s.stamp.namespace === input.namespace && s.stamp.name === input.name;
}

function locateUnrecorded(input: IdentityInput, uuid: string, mine: Sighting[]): Located {
  const [first, ...others] = mine;
  if (first && others.length > 0) return { kind: 'SplitBrain', sightings: mine };
  if (first) {
    const why = first.stamp?.uid === input.uid ? 'StatusBehind' : 'TakeOver';
    return { kind: 'Believe', sighting: first, incarnation: first.stamp?.incarnation ?? 1, why };
  }
  const namesake = input.sightings.find((s) => sameName(s, input));
  if (namesake) return { kind: 'IdentityConflict', sighting: namesake };
  const own = input.isNewHere ? [] : hostsThatMayHide(input);
  // A UUID that the user names is that of a machine that was made before, on any host, for an object that is gone.
  const hosts = input.specUuid === undefined ? own : input.outOfSight.map(({ name }) => name);
  return hosts.length > 0 ? { kind: 'Hidden', hosts, own } : { kind: 'New', uuid };
}

function locateRecorded(
  input: IdentityInput,
  recorded: NonNullable<IdentityInput['recorded']>,
  mine: Sighting[],
): Located {
  const here = mine.find((s) => s.host === recorded.host);
  const elsewhere = mine.filter((s) => s.host !== recorded.host);
  const newer = elsewhere.find((s) => (s.stamp?.incarnation ?? 0) > recorded.incarnation);
  if (newer) {
    return {
      kind: 'Believe',
      sighting: newer,
      incarnation: newer.stamp?.incarnation ?? recorded.incarnation,
      why: 'StatusBehind',
    };
  }
  const hidden = input.outOfSight.some((h) => h.name === recorded.host);
  if (hidden) return { kind: 'HostOutOfSight', host: recorded.host };
  const believed = (sighting: Sighting): Located => ({
    kind: 'Believe',
    sighting,
    incarnation: sighting.stamp?.incarnation ?? recorded.incarnation,
    why: 'StatusBehind',
  });
  const [stale, ...more] = elsewhere;
  // Moved by hand: it is gone from where it was, and the only one there is has all that status knows of.
  if (stale && !here && more.length === 0 && stale.stamp?.incarnation === recorded.incarnation) return believed(stale);
  if (stale) return { kind: 'StaleCopy', sighting: stale };
  // The Host was made anew under its name, or status is older than the stamp.
  if (here && (here.hostUid !== recorded.hostUid || (here.stamp?.incarnation ?? 0) > recorded.incarnation))
    return believed(here);
  if (here) return { kind: 'Present', sighting: here };
  return { kind: 'Absent', hiddenHosts: hostsThatMayHide(input) };
}

/**
 * A machine that is younger than a host's last inventory by nobody's clock but the API server's could only have
 * come to that host through a decision in its status; without one it cannot be there. An older one may be.
 */
function hostsThatMayHide({ outOfSight, createdAt }: IdentityInput): string[] {
  return outOfSight
    .filter(({ lastInventoryAt }) => lastInventoryAt === null || createdAt <= lastInventoryAt)
    .map(({ name }) => name);
}

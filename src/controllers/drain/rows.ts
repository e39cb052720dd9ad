/** Each machine of a host that is drained: what is the matter with it. Pure; read from top to bottom, the first that holds counts. */
import type { DrainedMachine, HostDrainReason } from '#api/v1alpha1/host-drain.ts';
import type { Obstacle, Power } from '../leaving.ts';

/** A move that was asked for and has not ended. */
export interface MoveView {
  namespace: string;
  name: string;
  uid: string;
  phase: 'Pending' | 'Preparing' | 'Running';
  reason: string | null;
  message: string | null;
  target: string | null;
  /** Asked for by a drain of this host; null: by somebody else, or by an earlier drain. */
  attempt: number | null;
  /** A drain of this host has asked for it, this one or one before. */
  isOurs: boolean;
  isDeleting: boolean;
}

export interface EndedView {
  attempt: number;
  name: string;
  phase: 'Succeeded' | 'Failed' | 'Cancelled';
  message: string | null;
  finishedAt: number | null;
}

export interface MachineView {
  namespace: string;
  name: string;
  uid: string;
  power: Power;
  isDeleting: boolean;
  /** What keeps it here, wherever there is room. */
  obstacle: Obstacle | null;
  bytes: number;
  /** Machines that may not all be away at once; how many of the others are not available now, without those that move. */
  group: { name: string; maxUnavailable: number; away: number } | null;
  move: MoveView | null;
  /** The last attempt of this drain that has ended. */
  ended: EndedView | null;
  /** What status.drain said of it. */
  before: DrainedMachine | null;
}

/** What the scheduler says of it. */
export interface PlaceView {
  to: string | null;
  order: number;
  message: string;
}

export interface Row {
  machine: MachineView;
  state: DrainedMachine['state'];
  reason: HostDrainReason | null;
  message: string | null;
  order: number;
  target: string | null;
  attempt: number;
  migration: string | null;
  retryAt: number | null;
  /** Nothing but its turn is missing. */
  isReady: boolean;
}

export const FIRST_RETRY_MS = 10_000;
const LAST_RETRY_MS = 600_000;
/** From so many failures on a person should look. */
export const MANY_ATTEMPTS = 3;

export function rowOf(machine: MachineView, place: PlaceView | undefined, now: number): Row {
  const attempt = attemptsOf(machine);
  const retryAt = machine.move ? null : retryAtOf(machine, attempt, now);
  const row: Row = {
    machine,
    state: 'Waiting',
    reason: null,
    message: null,
    order: place?.order ?? 0,
    target: place?.to ?? null,
    attempt,
    migration: machine.move?.name ?? machine.ended?.name ?? machine.before?.migration ?? null,
    retryAt: retryAt !== null && retryAt > now ? retryAt : null,
    isReady: false,
  };
  return { ...row, ...verdict(machine, place, row) };
}

function verdict(machine: MachineView, place: PlaceView | undefined, { attempt, retryAt }: Row): Partial<Row> {
  const { move, power, obstacle } = machine;
  if (machine.isDeleting) return waits('MachineDeleting', 'It is being deleted.');
  if (move && isHopeless(machine, place))
    return blocked('Unschedulable', nowhere(place?.message ?? move.message ?? ''));
  if (move) return { state: 'Moving', message: move.message, target: move.target ?? place?.to ?? null };
  if (obstacle) return blocked(obstacle.reason, obstacle.message);
  if (power === 'Unknown') return waits('NotKnown', 'Whether it runs is not known: see its status.message.');
  if (place?.to === null) return blocked('Unschedulable', nowhere(place.message));
  // The cache shows the end of its move before it shows the machine where it is now.
  if (retryAt !== null && machine.ended?.phase === 'Succeeded') return { state: 'Moving' };
  if (retryAt !== null) return again(machine, attempt);
  return power === 'Off' ? { state: 'Off', isReady: true } : { ...waits('Queued', null), isReady: true };
}

/** A move of ours that found no host, while the plan has none either: it would hold the place of others. */
export function isHopeless({ move }: MachineView, place: PlaceView | undefined): boolean {
  return (
    move?.isOurs === true &&
    move.phase !== 'Running' &&
    move.target === null &&
    move.reason === 'Unschedulable' &&
    place?.to === null
  );
}

/** Objects that are gone count: status has their number. */
function attemptsOf({ move, ended, before }: MachineView): number {
  return Math.max(move?.attempt ?? 0, ended?.attempt ?? 0, before?.attempt ?? 0);
}

/** From the end of the last attempt on; when that was deleted, from the moment at which we saw that. */
function retryAtOf({ ended, before }: MachineView, attempt: number, now: number): number | null {
  if (attempt === 0) return null;
  if (before?.retryAt !== undefined && before.attempt === attempt) return Date.parse(before.retryAt);
  // Its turn has come again, and the next attempt was not asked for yet.
  if (before?.attempt === attempt && before.state !== 'Moving') return null;
  const end = ended?.attempt === attempt ? (ended.finishedAt ?? now) : now;
  return Math.ceil((end + Math.min(FIRST_RETRY_MS * 2 ** (attempt - 1), LAST_RETRY_MS)) / 1000) * 1000;
}

function again({ ended }: MachineView, attempt: number): Partial<Row> {
  const last = ended?.attempt === attempt ? ended : null;
  const end = last?.phase === 'Failed' ? 'failed' : 'was cancelled';
  const why = last?.message ? `: ${last.message}` : '.';
  if (attempt < MANY_ATTEMPTS) return waits('Retrying', `Attempt ${attempt} ${end}${why}`);
  return blocked(
    'MoveFailed',
    `${attempt} attempts, and the last ${end}${why} Three ways out: mend that; set its spec.migration.policy to Offline, so that it may be stopped, moved and started; or stop or delete it.`,
  );
}

const waits = (reason: HostDrainReason, message: string | null): Partial<Row> => ({
  state: 'Waiting',
  reason,
  message,
});
const blocked = (reason: HostDrainReason, message: string): Partial<Row> => ({
  state: 'Blocked',
  reason,
  message,
  target: null,
});

const nowhere = (message: string): string =>
  `${message} Three ways out: make room on another host, or add one; loosen its spec.scheduling; or delete it.`;

/**
 * A machine's part in its move: pure, one step at a time. The migration asks in its own object; here the target is chosen
 * and made ready, and after the job the side that was left is cleared and the host in status is changed. While a target
 * stands in status nothing is started and no operation is carried out: two hosts may have the machine.
 */
import type { MigrationStatus } from '#api/v1alpha1/virtual-machine-status.ts';
import type { Migrating, Sighting } from './identity.ts';
import { list, type Observation, type Step, stall, wait } from './plan.ts';
import { planStop } from './plan-power.ts';

/** What has become of the object of the move that stands in status. */
export interface MoveObject {
  /** Its phase says that it is over. */
  isEnded: boolean;
  /** Somebody wants it to end: nothing more is prepared. */
  isUnwanted: boolean;
  /** An executor has taken it: only its outcome tells that nothing happens any more. */
  isClaimed: boolean;
  /** Copies of its disks were made at the target, and not removed again. */
  hasCopies: boolean;
  outcome: 'Succeeded' | 'Failed' | 'Cancelled' | null;
}

export interface MoveView {
  /** As it stands in status. */
  current: MigrationStatus | null;
  /** Null: there is no such object any more. */
  object: MoveObject | null;
  /** Uid of the migration of this machine whose turn it is, and which has no final answer yet. */
  next: string | null;
  /** Networks and reservations were seen in order at the target a moment ago. */
  isNetworkReady: boolean;
  /** Copies of images that must be at the target first and are not, in words. */
  missing: string[];
}

export type Rest = Extract<Step, { do: 'Wait' | 'Stall' | 'Settle' | 'AwaitMove' }>;

/** Why a machine is not moved now, though the rest of its plan is at rest: it is on its way somewhere else. */
const BUSY = new Set(['Stopping', 'DetachPending', 'Reading']);

const isRest = (step: Step): step is Rest =>
  step.do === 'Settle' || step.do === 'Wait' || step.do === 'Stall' || step.do === 'AwaitMove';

/** A machine that is where status says: a move is begun, or its answer taken back, when nothing else is to be done. */
export function planBeginning(o: Observation, ordinary: Step): Step {
  const { move } = o;
  if (!move || !isRest(ordinary)) return ordinary;
  const { current, object, next } = move;
  const isOver = current !== null && (object === null || object.isEnded || object.isUnwanted);
  if (isOver) return { do: 'ClearMove', why: 'its migration is over' };
  if (next === null || o.deleting || o.pendingRequest || o.request?.phase === 'Accepted') return ordinary;
  if (o.stop || ((ordinary.do === 'Wait' || ordinary.do === 'Stall') && BUSY.has(ordinary.reason))) return ordinary;
  return { do: 'PlanMove', migration: next, otherwise: ordinary };
}

/** A machine that two hosts may have. */
export function planMove(o: Observation, located: Migrating): Step {
  const { move } = o;
  const current = move?.current;
  if (!move || !current) return wait('Migrating', 'the record of its move is being read');
  const { object } = move;
  if (object?.outcome === 'Succeeded') return planArrival(located);
  const isOver = object === null || object.outcome !== null || (object.isEnded && !object.isClaimed);
  if (isOver) return planWithdrawal(o, located, move);
  if (current.phase === 'Planned' && !object.isEnded && !object.isUnwanted && !o.deleting) {
    return planPreparation(o, move, current, located);
  }
  return awaitMove(located, current.phase === 'Refused' ? (current.message ?? '') : '');
}

/** The executor says that it is there: what this process sees itself decides. */
function planArrival(located: Migrating): Step {
  if (located.hidden.length > 0) return outOfSight(located);
  return hasArrived(located) ? { do: 'CommitMove' } : awaitMove(located, 'the hosts are being looked at');
}

const hasArrived = ({ source, target, hidden, move }: Migrating): boolean =>
  hidden.length === 0 && source === null && target !== null && (target.stamp?.incarnation ?? 0) >= move.incarnation;

/** It came to nothing, or nobody knows of it any more: the host that has the machine is believed. */
function planWithdrawal(o: Observation, located: Migrating, { current, object }: MoveView): Step {
  const { source, target, hidden, move } = located;
  if (hasArrived(located)) return { do: 'CommitMove' };
  if (hidden.includes(move.target.name)) return outOfSight(located);
  if (target === null) {
    // Without its object nobody knows how far the move had come.
    const mayHaveCopies = object ? object.hasCopies : current?.phase === 'Prepared';
    if (source !== null || o.deleting || !mayHaveCopies) return { do: 'ClearMove', why: 'it was not moved' };
    return hidden.length > 0 ? outOfSight(located) : stall('NewestUnknown', newestUnknown(move));
  }
  if (hidden.length > 0) return outOfSight(located);
  if (wasMovedByHand(located)) return { do: 'ClearMove', why: 'somebody has moved it' };
  const why = object === null ? 'its VirtualMachineMigration is gone' : 'its move has ended';
  return stall('StaleCopy', `${why}, and host ${target.host} ${staleCopy(target, source)}`);
}

/** It is at the target with all that status knows of, and not by this move: without a move that is believed. */
const wasMovedByHand = ({ source, target, move }: Migrating): boolean =>
  source === null && target?.stamp?.incarnation === move.incarnation - 1;

function staleCopy({ active, domainName }: Sighting, source: Sighting | null): string {
  const undefine = `virsh undefine ${domainName}`;
  if (source) {
    return `has a copy of it beside the one on host ${source.host}: nothing is done until what is not the machine is removed there (virsh destroy and ${undefine})`;
  }
  const what = active ? 'runs an older definition of it' : 'has an older definition of it';
  return `${what}, and no other host has it: nothing is done until that is removed there (${undefine})`;
}

/** Made anew from the files at the source it could go on from an older state than it had at the target. */
const newestUnknown = ({ source, target }: Migrating['move']): string =>
  `it vanished from host ${source.name} and host ${target.name} while it was moved, and which of its copied files are the newest is not known: define it again where they are (virsh define), or delete it; nothing is done until then`;

function planPreparation(o: Observation, move: MoveView, current: MigrationStatus, located: Migrating): Step {
  const { source, hidden } = located;
  // After a restart of ours one host answers before the other: nothing is said of a machine that was not seen yet.
  if (source === null) return hidden.length > 0 ? outOfSight(located) : awaitMove(located, '');
  const halt = current.mode === 'Offline' ? planHalt(o, current, located, source) : null;
  if (halt) return halt;
  if (hidden.includes(located.move.target.name)) {
    return awaitMove(located, `host ${located.move.target.name} does not answer`);
  }
  if (!move.isNetworkReady || move.missing.length === 0) return { do: 'PrepareMove' };
  return awaitMove(located, list(move.missing));
}

/** A move of what is off begins when it is off, and was seen to be. */
function planHalt(o: Observation, current: MigrationStatus, located: Migrating, source: Sighting): Step | null {
  if (!source.active) {
    if (!o.stop) return null;
    return { do: 'Record', decisions: { stop: null, ...endedRun(o) }, why: 'it was stopped to be moved' };
  }
  if (!current.startAfter) {
    return awaitMove(
      located,
      `it was started on host ${source.host} meanwhile: it is moved when it is off, or cancel the migration`,
    );
  }
  const stop = planStop(o, 'Migrating', o.gracePeriodMs, false);
  return stop.do === 'Wait' ? awaitMove(located, `it is shut down first: ${stop.message}`, stop.at) : stop;
}

const endedRun = ({ run }: Observation): { run?: NonNullable<Observation['run']> } =>
  run && !run.ended ? { run: { ...run, ended: true } } : {};

/** Nothing to do here; the executor, an image or a host wakes the machine. */
function awaitMove(located: Migrating, detail: string, at?: number): Step {
  if (located.at === null && located.hidden.length > 0) return outOfSight(located);
  return { do: 'AwaitMove', detail, ...(at === undefined ? {} : { at }) };
}

function outOfSight(located: Migrating): Step {
  const { hidden, at, move } = located;
  const hosts = list(hidden.map((name) => `host ${name}`));
  const detail = `${hosts} cannot be reached, and nothing is done until it answers`;
  if (at !== null) return { do: 'AwaitMove', detail };
  return wait(
    'HostUnreachable',
    `it was being moved from host ${move.source.name} to host ${move.target.name}, and where it runs is not known: ${detail}`,
  );
}

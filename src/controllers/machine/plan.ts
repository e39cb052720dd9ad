/**
 * What to do next for one machine: pure, one step at a time, read from top to bottom.
 * Nothing here looks at a host or a clock; `observe.ts` brings what was seen, `act.ts` does what is said here,
 * `status.ts` tells the user.
 */
import type { Placement } from '#api/v1alpha1/virtual-machine-status.ts';
import { nameSome } from '../conditions.ts';
import type { Located, Sighting } from './identity.ts';
import { planDeletion } from './plan-deletion.ts';
import { type MoveView, planBeginning, planMove, type Rest } from './plan-migration.ts';
import { planPower, runOver } from './plan-power.ts';
import { planRequest } from './plan-request.ts';
import type { CrashRecord, Power, RunRecord } from './power.ts';
import type { SaveState } from './save.ts';

/** Why a machine cannot go on, in the user's words. `Stall` waits for a change of spec or by a person, `Wait` for the world. */
export interface Problem {
  kind: 'Stall' | 'Wait';
  reason: string;
  message: string;
  /** For what no watch tells of (Secrets): look again after this time. */
  againMs?: number;
}

/** The domain as it is on the machine's host. */
export interface ObservedDomain {
  active: boolean;
  /** Paused by a person (virsh suspend, or a Pause operation), not by a failing disk or a migration. */
  paused: boolean;
  /** Paused by the hypervisor for a failing disk or by a watchdog: a Resume operation lets it go on. */
  halted: boolean;
  /** libvirt says that this run ended (shut down, destroyed, crashed, failed); false when it does not know. */
  ended: boolean;
  /** The definition was rendered from another spec than the one wanted now. */
  outdated: boolean;
  /** What libvirt can change in the running machine now, in words. */
  liveChanges: string[];
}

export interface StopRecord {
  deadline: string;
  reason: string;
  forced?: boolean | undefined;
}

/** The VirtualMachineOperation that was taken last, as claimed in status before it was acted on. */
export interface RequestRecord {
  name: string;
  uid: string;
  type: RequestType;
  phase: 'Accepted' | 'Done' | 'Failed';
  reason?: string | undefined;
  message?: string | undefined;
  time: string;
  runGeneration?: number | undefined;
}
export type RequestType = 'Start' | 'Stop' | 'Restart' | 'Reset' | 'Pause' | 'Resume' | 'Save';

export interface PendingRequest {
  name: string;
  uid: string;
  type: RequestType;
  /** Stop and Restart: how long the guest may take; null: the machine's own grace period. */
  gracePeriodMs: number | null;
  force: boolean;
}

/** The part of status that the plan decides; written (fenced) before the act that it announces. */
export interface Decisions {
  run?: RunRecordDecided;
  stop?: StopRecord | null;
  crash?: CrashRecord | null;
  request?: RequestRecord;
}
export interface RunRecordDecided extends RunRecord {
  /** Seen running since `startedAt`. */
  confirmed?: boolean | undefined;
  /** This run is over and was accounted for. */
  ended?: boolean | undefined;
  /** Its memory is kept on its host: the next start goes on from there. */
  saved?: boolean | undefined;
}

export interface Observation {
  now: number;
  deleting: boolean;
  hasFinalizer: boolean;
  deletionPolicy: 'Delete' | 'Orphan';
  /** `virtfleet.io/abandon`, when it names the recorded incarnation. */
  abandoned: boolean;
  located: Located;
  /** A decision stands in status. */
  decided: boolean;
  /** The machine's definition was on its host once. */
  wasDefined: boolean;
  wantedPower: Power;
  runStrategy: 'Always' | 'Manual' | 'Halted';
  gracePeriodMs: number;
  run: RunRecordDecided | undefined;
  stop: StopRecord | undefined;
  crash: CrashRecord | undefined;
  request: RequestRecord | undefined;
  pendingRequest: PendingRequest | null;
  /** The object of the request in hand was deleted: it is given up. */
  requestGone: boolean;
  /** What stands between the spec and a complete record or document: missing network, pool, image, Secret, a lost claim. */
  problems: Problem[];
  /** Another machine holds one of our addresses by an older right: our claim is given up for a new one. */
  lostClaims: string[];
  /** The spec names disks or interfaces that status does not have yet, or the seed has changed while the machine is off. */
  recordIncomplete: boolean;
  /** Recorded volumes and interfaces that the spec no longer names. */
  released: string[];
  /** Disks that the spec wants larger than they are. */
  growing: string[];
  domain: ObservedDomain | null;
  /** A move of the machine that stands in status, or is asked for; null: there is none. */
  move: MoveView | null;
  /** Effects of this process that leave no trace on the host by themselves. */
  memory: {
    shutdownSentAt: number | null;
    /** Uid of the operation that this process claimed; a claim of a process that is gone is not in here. */
    claimedHere: string | null;
    /** How the reset of that operation went. */
    reset: { uid: string; failure: { reason: string; message: string } | null } | null;
    /** How the save of that operation stands; null: this process has not begun it. */
    save: SaveState | null;
  };
}

export type Step =
  | { do: 'AddFinalizer' }
  | { do: 'RemoveFinalizer' }
  /** Nothing now; look again at `at` (ms) or when something changes. */
  | { do: 'Wait'; reason: string; message: string; at?: number; placement?: Placement }
  /** A person or a change of the spec must help; looked at again at `at` where no watch tells of the help. */
  | { do: 'Stall'; reason: string; message: string; at?: number }
  /** All is as it should be. */
  | { do: 'Settle' }
  /** Write decisions to status, then look again. */
  | { do: 'Record'; decisions: Decisions; why: string }
  /** Take host, incarnation and uuid from the stamp. */
  | { do: 'Believe' }
  /** Choose a host and record the whole decision. */
  | { do: 'Place' }
  /** Give up claims lost to an older machine, and record new ones. */
  | { do: 'Reclaim' }
  /** Record what the spec has gained: volumes, MACs, addresses. */
  | { do: 'ExtendRecord' }
  /** Network, reservation, pool, disks, seed, definition: each looked up first, and made when missing. */
  | { do: 'Provision' }
  | { do: 'ApplyLive' }
  | { do: 'Grow' }
  /** Remove what the spec no longer names: detached already, then the volume by its recorded policy, the reservation. */
  | { do: 'Release' }
  | { do: 'Start' }
  | { do: 'Shutdown'; at: number }
  | { do: 'Destroy'; why: string }
  | { do: 'Suspend' }
  | { do: 'Resume' }
  | { do: 'Reset'; request: string }
  | { do: 'Save'; request: string }
  /** Choose the host that it is moved to, and record that it is on its way there; or that it waits, or cannot be moved. */
  | { do: 'PlanMove'; migration: string; otherwise: Rest }
  /** Networks, reservations and base copies at the target; when all of it is there that is recorded. */
  | { do: 'PrepareMove' }
  /** Clear the source, then record that the target is its host. */
  | { do: 'CommitMove' }
  /** Clear the target, then record that it stays where it is. */
  | { do: 'ClearMove'; why: string }
  /** Its move goes on elsewhere; look again at `at` (ms) or when something changes. */
  | { do: 'AwaitMove'; detail: string; at?: number }
  /** Volumes, reservations, definition, finalizer, in this order. */
  | { do: 'Erase' }
  /** Remove the stamp, keep domain and disks. */
  | { do: 'Orphan' }
  | { do: 'Bury' };

export function plan(o: Observation): Step {
  if (o.deleting) return planDeletion(o);
  switch (o.located.kind) {
    case 'SplitBrain':
    case 'UuidInUse':
    case 'IdentityConflict':
    case 'StaleCopy':
      return stallOf(o.located);
    case 'Hidden':
    case 'HostOutOfSight':
      return waitForHosts(o.located);
    case 'Believe':
      return o.hasFinalizer ? { do: 'Believe' } : { do: 'AddFinalizer' };
    case 'New':
      return planNew(o);
    case 'Absent':
      return planAbsent(o, o.located.hiddenHosts);
    case 'Present':
      return planBeginning(o, planPresent(o));
    case 'Migrating':
      return planMove(o, o.located);
  }
}

/** A machine that is not to run yet costs nothing: it is placed at its first start. */
function planNew(o: Observation): Step {
  const request = planRequest(o);
  if (request) return request;
  if (o.wantedPower === 'Off') return { do: 'Settle' };
  return blocked(o) ?? (o.hasFinalizer ? { do: 'Place' } : { do: 'AddFinalizer' });
}

/** Decided, and not on its host: about to be made, or its definition was taken away. */
function planAbsent(o: Observation, hiddenHosts: string[]): Step {
  if (!o.hasFinalizer) return { do: 'AddFinalizer' };
  if (o.wasDefined && hiddenHosts.length > 0) {
    return wait(
      'LookingElsewhere',
      `its definition is gone from its host, and ${list(hiddenHosts)} cannot be asked whether it is there`,
    );
  }
  if (o.lostClaims.length > 0) return { do: 'Reclaim' };
  const problem = blocked(o);
  if (problem) return problem;
  return o.recordIncomplete ? { do: 'ExtendRecord' } : { do: 'Provision' };
}

function planPresent(o: Observation): Step {
  if (!o.domain) return wait('Reading', 'the definition is being read');
  const first = planRequest(o) ?? runOver(o, o.domain);
  if (first) return first;
  // Off is wanted: a change that cannot be made, or a device that the guest keeps, must not hold the stop up.
  if (o.domain.active && o.wantedPower === 'Off') return planPower(o, o.domain);
  const change = isSaved(o, o.domain) ? blocked(o) : planChange(o, o.domain);
  // What the spec lacks to go on must not keep a machine from being stopped, or a running one from being seen as such.
  if (change && change.do !== 'Stall' && change.do !== 'Wait') return change;
  const power = planPower(o, o.domain);
  if (change && (power.do === 'Settle' || power.do === 'Start')) return change;
  return power;
}

/** A machine that is off has something to record before its documents matter: users need not wait for their reading. */
export function isRecordedFirst(o: Observation): boolean {
  if (o.deleting || o.domain?.active !== false) return false;
  return (planRequest(o) ?? runOver(o, o.domain))?.do === 'Record';
}

/** Memory that was saved fits the machine as it was then: nothing of it is changed before it has gone on from there. */
const isSaved = (o: Observation, domain: ObservedDomain): boolean => !domain.active && o.run?.saved === true;

/** Brings definition, disks and the running machine to the spec, before its power is looked at. */
function planChange(o: Observation, domain: ObservedDomain): Step | null {
  const problem = blocked(o);
  if (problem) return problem;
  if (o.recordIncomplete) return { do: 'ExtendRecord' };
  if (domain.outdated) return { do: 'Provision' };
  if (domain.active && domain.liveChanges.length > 0) return { do: 'ApplyLive' };
  if (o.growing.length > 0) return { do: 'Grow' };
  if (o.released.length > 0) return { do: 'Release' };
  return null;
}

function blocked(o: Observation): Step | null {
  const problem = o.problems.find((p) => p.kind === 'Stall') ?? o.problems[0];
  return problem ? stepFor(problem, o.now) : null;
}

export function stepFor(problem: Problem, now: number): Extract<Step, { do: 'Wait' | 'Stall' }> {
  const { kind, reason, message, againMs } = problem;
  const told = { do: kind, reason, message };
  return againMs === undefined ? told : { ...told, at: now + againMs };
}

export function stallOf(
  located: Extract<Located, { kind: 'SplitBrain' | 'UuidInUse' | 'IdentityConflict' | 'StaleCopy' }>,
): Step {
  switch (located.kind) {
    case 'SplitBrain':
      return stall(
        'SplitBrain',
        `runs on ${list(located.sightings.map((s) => s.host))} at once: nothing is done to either; stop the wrong copy by hand (virsh destroy) and undefine it there`,
      );
    case 'UuidInUse':
      return stall('UUIDInUse', uuidInUse(located.sighting));
    case 'IdentityConflict':
      return stall(
        'IdentityConflict',
        `host ${located.sighting.host} already has a machine of this namespace and name, made for another object (uid ${located.sighting.stamp?.uid}); to take it over set spec.uuid to ${located.sighting.domainUuid}, or remove it there`,
      );
    case 'StaleCopy':
      return stall(
        'StaleCopy',
        `host ${located.sighting.host} has an older definition of this machine; nothing is done until it is removed there (virsh undefine ${located.sighting.domainName})`,
      );
  }
}

function uuidInUse({ host, domainName, domainUuid, stamp }: Sighting): string {
  const what = `host ${host} has a domain ${domainName} with this machine's UUID ${domainUuid} that`;
  return stamp
    ? `${what} is machine ${stamp.namespace}/${stamp.name}; nothing is done to it: delete this object, which leaves that machine as it is, and leave out or choose another spec.uuid in a new object`
    : `${what} is not its own; it is left alone: undefine it there, or choose another spec.uuid in a new object`;
}

export function waitForHosts(located: Extract<Located, { kind: 'Hidden' | 'HostOutOfSight' }>): Step {
  if (located.kind === 'HostOutOfSight')
    return wait(
      'HostUnreachable',
      `host ${located.host} cannot be reached: what runs there is not known; kubectl describe vfhost ${located.host} says why`,
    );
  return wait(
    'LookingElsewhere',
    `${nameSome(located.hosts)} cannot be asked whether this machine is there already; it is placed when they answer: bring them back, or delete the Hosts of those that are gone for good`,
  );
}

export const list = (names: string[]): string =>
  names.length < 2 ? (names[0] ?? 'nothing') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
export const stall = (reason: string, message: string): Step => ({ do: 'Stall', reason, message });
export const wait = (reason: string, message: string, at?: number): Step =>
  at === undefined ? { do: 'Wait', reason, message } : { do: 'Wait', reason, message, at };

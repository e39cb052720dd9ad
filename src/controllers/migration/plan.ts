/**
 * What to do next with a VirtualMachineMigration. Pure.
 *
 * This controller validates, and admits in order (`turn.ts`). The machine's controller chooses the target, prepares it and
 * answers in the machine's `status.migration`; when it says Prepared, the job is queued, and its executor answers in our
 * `status.operation`. What has ended is closed only after the machine's controller has taken note of it.
 */
import type { MigrationPhase } from '#api/v1alpha1/virtual-machine-migration.ts';
import type { Turn } from './turn.ts';

export interface MigrationView {
  name: string;
  mode: 'Auto' | 'Live' | 'Offline';
  phase: MigrationPhase;
  /** When its turn came, ms; null before. */
  startedAt: number | null;
  finishedAt: number | null;
  /** Undefined: kept until somebody deletes it. */
  ttlMs: number | undefined;
  isDeleting: boolean;
  /** Somebody asked for its end: its own deletion, spec.cancel, or what we have written ourselves. */
  isGivenUp: boolean;
  cancelling: string | null;
  isHeld: boolean;
  /** The executor's entry for this attempt; null: nobody has claimed it. */
  operation: { outcome: 'Succeeded' | 'Failed' | 'Cancelled' | null; reason: string; message: string } | null;
}

/** What the machine's controller says about this migration in the machine's status. */
export interface Answer {
  phase: 'Waiting' | 'Planned' | 'Prepared' | 'Refused';
  mode: 'Live' | 'Offline' | null;
  reason: string;
  message: string;
}

export interface MachineView {
  name: string;
  createdAt: number;
  isDeleting: boolean;
  isHalted: boolean;
  policy: 'Live' | 'Offline' | 'Never';
  /** Condition Running; Unknown while its host is out of sight. */
  running: 'True' | 'False' | 'Unknown';
  host: string | null;
  /** Null: status.migration is another one's, or nobody's. */
  answer: Answer | null;
}

export interface MigrationInput {
  now: number;
  machineName: string;
  migration: MigrationView;
  machine: MachineView | null;
  /** An earlier migration of the same machine that has not ended. */
  earlier: string | null;
  /** A VirtualMachineOperation of the machine that is being carried out, and one that would stop the machine. */
  operations: { running: string | null; stop: string | null };
  /** Of all that wait as this one does, which limits hold it back. */
  turn: Turn;
  isExecutorAlive: boolean;
}

export interface Told {
  reason: string;
  message: string;
}

export type MigrationStep =
  | { kind: 'Nothing' }
  /** Something else must happen first; a change of the object in question wakes us. */
  | ({ kind: 'Wait'; isStalled?: boolean } & Told)
  /** Its turn has come. */
  | { kind: 'Admit' }
  /** The target is ready: the executor may begin. */
  | { kind: 'Begin' }
  /** Nobody works on it: idempotent by the job's id, and repeated until there is an outcome. */
  | ({ kind: 'Enqueue' } & Told)
  /** Its machine is needed otherwise: the executor reads this. */
  | ({ kind: 'GiveUp' } & Told)
  | ({ kind: 'Finish'; phase: 'Succeeded' | 'Failed' | 'Cancelled' } & Told)
  | { kind: 'RemoveFinalizer' }
  /** Its time to live is over. */
  | { kind: 'Delete' }
  /** The time to live ends later. */
  | { kind: 'Keep'; untilMs: number };

export function planMigration(input: MigrationInput): MigrationStep {
  const { migration, now } = input;
  switch (migration.phase) {
    case 'Succeeded':
    case 'Failed':
    case 'Cancelled':
      return planEnded(migration, now);
    case 'Pending':
      return planPending(input);
    case 'Preparing':
      return planPreparing(input);
    case 'Running':
      return planRunning(input);
    default:
      return migration.phase satisfies never;
  }
}

function planEnded(migration: MigrationView, now: number): MigrationStep {
  if (migration.isHeld) return { kind: 'RemoveFinalizer' };
  if (migration.isDeleting || migration.ttlMs === undefined || migration.finishedAt === null)
    return { kind: 'Nothing' };
  const untilMs = migration.finishedAt + migration.ttlMs;
  return untilMs <= now ? { kind: 'Delete' } : { kind: 'Keep', untilMs };
}

function planPending(input: MigrationInput): MigrationStep {
  const { migration, machine, machineName, earlier, operations, turn } = input;
  if (migration.isGivenUp) return cancelled();
  if (!machine) {
    return failed(
      'MachineNotFound',
      `There is no VirtualMachine ${machineName} in this namespace. Correct spec.machineName in a new migration.`,
    );
  }
  const refusal = refuse(migration.mode, machine);
  if (refusal) return refusal;
  if (earlier !== null) return wait('Queued', `Waits for migration ${earlier} of the same machine.`);
  if (operations.running !== null) {
    return wait('OperationRunning', `Waits for operation ${operations.running} of the same machine.`);
  }
  if (machine.running === 'Unknown') return wait('HostUnreachable', outOfSight(machine));
  return turn.isFree ? { kind: 'Admit' } : wait('Queued', turn.message);
}

/** Why this can never be done as things are, by what the objects alone say, with the mend; null when it may be. */
function refuse(mode: MigrationView['mode'], machine: MachineView): MigrationStep | null {
  const { name, policy, running } = machine;
  if (machine.isDeleting) return failed('MachineDeleting', `${name} is being deleted.`);
  if (policy === 'Never') {
    return failed(
      'PolicyForbids',
      `${name} has spec.migration.policy Never. Set it to Live or Offline in the machine, then ask again.`,
    );
  }
  if (machine.host === null) {
    return failed(
      'MachineNotPlaced',
      `${name} is on no host yet, so there is nothing to move. It is placed at its start.`,
    );
  }
  if (mode === 'Live' && running === 'False') {
    return failed(
      'MachineNotRunning',
      `${name} is off, and mode Live moves what runs. Use mode Auto in a new migration.`,
    );
  }
  if (mode === 'Offline' && running === 'True' && policy !== 'Offline') {
    return failed(
      'MachineRunning',
      `${name} runs, and mode Offline moves what is off. Stop it first, or set its spec.migration.policy to Offline to have it stopped, moved and started.`,
    );
  }
  return null;
}

function planPreparing(input: MigrationInput): MigrationStep {
  const { migration, machine, turn } = input;
  // Nobody may claim it in this phase: its end is ours to write.
  if (migration.isGivenUp) return cancelled();
  const gone = machineGone(input);
  if (gone) return gone;
  if (!machine) return { kind: 'Nothing' };
  const { answer } = machine;
  if (answer === null) {
    if (machine.running === 'Unknown') return wait('HostUnreachable', outOfSight(machine));
    return wait('Admitted', `A target is being chosen for ${machine.name}.`);
  }
  const needed = neededOtherwise(input, answer);
  if (needed) return { kind: 'Finish', phase: 'Cancelled', ...needed };
  switch (answer.phase) {
    case 'Refused':
      return failed(answer.reason || 'NotLiveMigratable', about(machine, answer.message));
    case 'Waiting':
      return wait(answer.reason || 'Unschedulable', about(machine, answer.message || 'no other host fits now'));
    case 'Planned':
      return wait(
        answer.reason || 'Preparing',
        about(machine, answer.message || 'network, reservation and images are being made ready at the target'),
      );
    case 'Prepared':
      return turn.isFree ? { kind: 'Begin' } : wait('Queued', turn.message);
    default:
      return answer.phase satisfies never;
  }
}

function planRunning(input: MigrationInput): MigrationStep {
  const { migration, machine, isExecutorAlive } = input;
  const { operation } = migration;
  if (operation?.outcome) return planOutcome(input, operation.outcome, operation);
  if (operation === null) {
    // Whoever claims it after this finds it ended: both writes are fenced by the object's version.
    if (migration.isGivenUp) return finish('Cancelled', 'Cancelled', migration.cancelling ?? CANCELLED);
    const gone = machineGone(input);
    if (gone) return gone;
    const needed = machine?.answer ? neededOtherwise(input, machine.answer) : null;
    if (needed) return { kind: 'Finish', phase: 'Cancelled', ...needed };
  }
  if (!machine?.answer) {
    if (isExecutorAlive) return wait('Moving', operation?.message ?? '');
    return failed(
      'MoveFailed',
      `The record of this move in the machine's status was taken away by hand. Where the machine is, its own status says.`,
    );
  }
  if (!migration.isGivenUp) {
    const needed = machine.isDeleting
      ? { reason: 'MachineDeleting', message: `${machine.name} is being deleted.` }
      : neededOtherwise(input, machine.answer);
    if (needed) return { kind: 'GiveUp', ...needed };
  }
  const told = tellMove(migration);
  return isExecutorAlive ? { kind: 'Wait', ...told } : { kind: 'Enqueue', ...told };
}

/** What the executor waits for, when it has a word for that; else that it goes on. */
function tellMove({ operation, isGivenUp, cancelling }: MigrationView): Told {
  const message = operation?.message ?? '';
  if (isGivenUp) {
    const why = cancelling ?? 'It was cancelled';
    return { reason: 'Cancelling', message: sentence(why, message || 'What the move has made is being taken back.') };
  }
  return { reason: operation?.reason || 'Moving', message };
}

/** The machine's controller closes the move first: what is left of it at the other host is its business. */
function planOutcome(
  { machine, machineName, migration }: MigrationInput,
  outcome: 'Succeeded' | 'Failed' | 'Cancelled',
  { reason, message }: Told,
): MigrationStep {
  const isClosed = !machine?.answer;
  if (outcome === 'Succeeded') {
    return isClosed ? finish('Succeeded', 'Moved', message) : wait('Moving', `${machineName} is at the target.`);
  }
  if (isClosed && outcome === 'Cancelled') {
    return finish('Cancelled', reason || 'Cancelled', migration.cancelling ?? (message || CANCELLED));
  }
  if (isClosed) return failed(reason || 'MoveFailed', message);
  if (outcome === 'Cancelled') return wait('Cancelling', 'What was made ready at the target is being removed.');
  return { kind: 'Wait', isStalled: true, reason: reason || 'MoveFailed', message };
}

function machineGone({ migration, machine, machineName }: MigrationInput): MigrationStep | null {
  if (!machine) return finish('Cancelled', 'MachineDeleting', `${machineName} was deleted.`);
  if (machine.isDeleting) return finish('Cancelled', 'MachineDeleting', `${machine.name} is being deleted.`);
  // What was meant for its predecessor must not hit another machine of the same name.
  if (migration.startedAt !== null && machine.createdAt > migration.startedAt) {
    return failed('MachineReplaced', `${machine.name} was deleted and made anew after this move was asked for.`);
  }
  return null;
}

/** A machine that is to be off need not be carried elsewhere first; one that is off already may well be. */
function neededOtherwise({ machine, operations }: MigrationInput, answer: Answer): Told | null {
  if (!machine || answer.mode !== 'Live' || (answer.phase !== 'Planned' && answer.phase !== 'Prepared')) return null;
  if (machine.isHalted) {
    return { reason: 'MachineStopping', message: `${machine.name} is to be off (runStrategy Halted).` };
  }
  if (operations.stop !== null) {
    return { reason: 'MachineStopping', message: `${machine.name} is to stop, by operation ${operations.stop}.` };
  }
  return null;
}

const CANCELLED = 'It was cancelled. The machine stays where it was.';

const outOfSight = ({ name, host }: MachineView): string =>
  `Host ${host} does not answer, so it is not known whether ${name} runs. Look at the Host, or cancel this.`;

/** The machine's controller speaks of the machine without its name. */
const about = ({ name }: MachineView, message: string): string => sentence(`${name}: ${message}`, '').trim();

const sentence = (first: string, second: string): string => `${first.replace(/\.?$/, '.')} ${second}`;

const cancelled = (): MigrationStep => finish('Cancelled', 'Cancelled', CANCELLED);

const failed = (reason: string, message: string): MigrationStep => finish('Failed', reason, message);

function finish(phase: 'Succeeded' | 'Failed' | 'Cancelled', reason: string, message: string): MigrationStep {
  return { kind: 'Finish', phase, reason, message };
}

function wait(reason: string, message: string): MigrationStep {
  return { kind: 'Wait', reason, message };
}

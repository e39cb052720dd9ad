/**
 * What to do next with a VirtualMachineOperation. Pure.
 *
 * This controller validates and admits, one operation a machine at a time and the oldest first; the machine's
 * controller acts and answers in the machine's `status.request`; this one reads the answer under its own uid.
 */

export type OperationType = 'Start' | 'Stop' | 'Restart' | 'Reset' | 'Pause' | 'Resume' | 'Save';
export type OperationPhase = 'Pending' | 'Running' | 'Succeeded' | 'Failed';

export interface OperationView {
  uid: string;
  name: string;
  type: OperationType;
  phase: OperationPhase;
  createdAt: number;
  /** When it was handed to the machine, ms; null before. */
  startedAt: number | null;
  /** When it reached its end, ms; null before. */
  finishedAt: number | null;
  /** Undefined: kept until somebody deletes it. */
  ttlMs: number | undefined;
  isDeleting: boolean;
}

export interface MachineView {
  name: string;
  createdAt: number;
  runStrategy: string;
  isDeleting: boolean;
  /** Condition Running; Unknown while its host is out of sight. */
  running: 'True' | 'False' | 'Unknown';
  paused: boolean;
  host: string | null;
  /** What the machine's controller says about the operation that it took last. */
  request: { uid: string; phase: 'Accepted' | 'Done' | 'Failed'; reason: string; message: string } | null;
}

export interface OperationInput {
  now: number;
  machineName: string;
  operation: OperationView;
  machine: MachineView | null;
  /** The other operations for the same machine that have not ended. */
  rivals: OperationView[];
}

export type OperationStep =
  | { kind: 'Nothing' }
  /** Not its turn, or the machine's controller has not answered yet. A change of the object in question wakes us. */
  | { kind: 'Wait'; reason: string; message: string }
  | { kind: 'Admit' }
  | { kind: 'Finish'; phase: 'Succeeded' | 'Failed'; reason: string; message: string }
  /** Its time to live is over. */
  | { kind: 'Delete' }
  /** The time to live ends later. */
  | { kind: 'Keep'; untilMs: number };

export function planOperation(input: OperationInput): OperationStep {
  const { operation, machine, now } = input;
  if (operation.isDeleting) return { kind: 'Nothing' };
  if (operation.phase === 'Succeeded' || operation.phase === 'Failed') return planKept(operation, now);
  if (!machine) {
    return failed(
      'MachineNotFound',
      `There is no VirtualMachine ${input.machineName} in this namespace. Correct spec.machineName in a new operation, or create the machine first.`,
    );
  }
  if (operation.phase === 'Running') return planRunning(operation, machine);
  const refusal = refuse(operation.type, machine);
  if (refusal) return refusal;
  const first = olderRival(operation, input.rivals);
  if (first) {
    return {
      kind: 'Wait',
      reason: 'Queued',
      message: `Waits for ${first.type} ${first.name} of the same machine, which was asked for earlier.`,
    };
  }
  return { kind: 'Admit' };
}

function planKept(operation: OperationView, now: number): OperationStep {
  if (operation.ttlMs === undefined || operation.finishedAt === null) return { kind: 'Nothing' };
  const untilMs = operation.finishedAt + operation.ttlMs;
  return untilMs <= now ? { kind: 'Delete' } : { kind: 'Keep', untilMs };
}

function planRunning(operation: OperationView, machine: MachineView): OperationStep {
  const answer = machine.request?.uid === operation.uid ? machine.request : null;
  if (answer?.phase === 'Done') {
    return { kind: 'Finish', phase: 'Succeeded', reason: answer.reason || 'Done', message: answer.message };
  }
  if (answer?.phase === 'Failed') return failed(answer.reason || 'Failed', answer.message);
  if (answer?.phase === 'Accepted') {
    return { kind: 'Wait', reason: 'Accepted', message: answer.message || `${operation.type} is being carried out.` };
  }
  // A machine that is younger than an admitted operation is another one of the same name: what was meant for its
  // predecessor must not hit it.
  if (operation.startedAt !== null && machine.createdAt > operation.startedAt) {
    return failed('MachineReplaced', `${machine.name} was deleted and made anew after this operation was asked for.`);
  }
  if (machine.isDeleting) return failed('MachineDeleting', `${machine.name} is being deleted.`);
  if (machine.running === 'Unknown' && machine.host) {
    return {
      kind: 'Wait',
      reason: 'HostUnreachable',
      message: `Waits for host ${machine.host}, which does not answer. Delete this object to give the operation up.`,
    };
  }
  return { kind: 'Wait', reason: 'Admitted', message: `Waits for ${machine.name} to take it up.` };
}

/** Why this can never be done as things are, with the mend; null when it can. */
function refuse(type: OperationType, machine: MachineView): OperationStep | null {
  const { name, runStrategy } = machine;
  if (machine.isDeleting) return failed('MachineDeleting', `${name} is being deleted.`);
  if (type === 'Stop' && runStrategy === 'Always') {
    return failed(
      'RunStrategyRefuses',
      `${name} has runStrategy Always and would be started again at once. Set spec.runStrategy of the machine to Halted, or to Manual first.`,
    );
  }
  if (type === 'Save' && runStrategy === 'Always') {
    return failed(
      'RunStrategyRefuses',
      `${name} has runStrategy Always and would be started again at once. Set spec.runStrategy of the machine to Manual first.`,
    );
  }
  if ((type === 'Start' || type === 'Restart') && runStrategy === 'Halted') {
    return failed(
      'RunStrategyRefuses',
      `${name} has runStrategy Halted and stays off. Set spec.runStrategy of the machine to Always, or to Manual first.`,
    );
  }
  const needsRunning = type === 'Reset' || type === 'Pause' || type === 'Resume' || type === 'Save';
  if (needsRunning && machine.running === 'False' && !machine.paused) {
    return failed(
      'MachineNotRunning',
      `${name} is not running, so there is nothing to ${type.toLowerCase()}. Start it first, then ask again.`,
    );
  }
  return null;
}

/** Oldest first; of two made in the same second the one with the lower uid, so that everybody sees the same order. */
function olderRival(operation: OperationView, rivals: OperationView[]): OperationView | null {
  const ahead = rivals.filter(
    (rival) => rival.uid !== operation.uid && (rival.phase === 'Running' || isBefore(rival, operation)),
  );
  return ahead.sort((a, b) => (isBefore(a, b) ? -1 : 1))[0] ?? null;
}

function isBefore(a: OperationView, b: OperationView): boolean {
  return a.createdAt === b.createdAt ? a.uid < b.uid : a.createdAt < b.createdAt;
}

function failed(reason: string, message: string): OperationStep {
  return { kind: 'Finish', phase: 'Failed', reason, message };
}

/** The status of a VirtualMachineMigration after a step. Pure. What its executor writes (`operation`) is left as it is. */

import type {
  VirtualMachineMigration,
  VirtualMachineMigrationStatus,
} from '#api/v1alpha1/virtual-machine-migration.ts';
import {
  type VirtualMachineMigrationReason,
  virtualMachineMigrationReasons,
} from '#api/v1alpha1/virtual-machine-migration-conditions.ts';
import type { MigrationStatus } from '#api/v1alpha1/virtual-machine-status.ts';
import { isoTime, mergeConditions, type WantedCondition } from '../conditions.ts';
import { queueStatus } from '../queue-place.ts';
import { rateText } from '../rate-text.ts';
import type { MigrationStep, Told } from './plan.ts';
import { progressOf, remainingOf, tellMoved, tellNumbers, tellStep } from './progress.ts';
import type { Turn } from './turn.ts';

export interface StatusInput {
  now: number;
  object: VirtualMachineMigration;
  step: MigrationStep;
  turn: Turn;
  /** The machine's status.migration when it is about this one. */
  answer: MigrationStatus | null;
  queueProblem: string | null;
}

export function migrationStatus(input: StatusInput): VirtualMachineMigrationStatus {
  const { object, step, now } = input;
  const before = object.status ?? {};
  const base = baseOf(input);
  switch (step.kind) {
    case 'Nothing':
    case 'Keep':
    case 'Delete':
    case 'RemoveFinalizer':
      return before;
    case 'Wait':
    case 'Enqueue': {
      const isStalled = step.kind === 'Wait' && step.isStalled === true;
      const { numbers, ...told } = tellWait(input, step, isStalled);
      const message = numbers === '' ? told.message : numbers;
      const phase = before.phase ?? 'Pending';
      return { ...base, phase, reason: told.reason, message, conditions: conditionsOf(input, isStalled, told) };
    }
    case 'GiveUp': {
      const told = { reason: 'Cancelling', message: step.message };
      return { ...base, cancelling: step.message, ...told, conditions: conditionsOf(input, false, told) };
    }
    case 'Admit': {
      const told = { reason: 'Admitted', message: `A target is being chosen for ${object.spec.machineName}.` };
      return {
        ...base,
        phase: 'Preparing',
        startedAt: isoTime(now),
        ...told,
        conditions: conditionsOf(input, false, told),
      };
    }
    case 'Begin': {
      const told = { reason: 'Moving', message: tellStep(undefined) };
      return { ...base, phase: 'Running', attempt: 1, ...told, conditions: conditionsOf(input, false, told) };
    }
    case 'Finish':
      return finished(input, step);
    default:
      return step satisfies never;
  }
}

/**
 * What may be told ten seconds later: words that only follow the numbers, which its executor has written already, and the
 * places of all that wait when one of them goes on.
 */
export function withoutCounters(status: VirtualMachineMigrationStatus): unknown {
  const { message: _message, rate: _rate, queuePosition: _position, estimatedStartAt: _start, ...rest } = status;
  return { ...rest, conditions: rest.conditions?.map(({ message: _, ...condition }) => condition) };
}

function baseOf({ object, answer, step, turn, now }: StatusInput): VirtualMachineMigrationStatus {
  const {
    queuePosition: _position,
    estimatedStartAt,
    progress,
    remaining: _remaining,
    rate: _rate,
    ...kept
  } = object.status ?? {};
  const { generation } = object.metadata;
  const operation = object.status?.operation;
  const isGoingOn = operation !== undefined && operation.outcome === undefined;
  const numbers = isGoingOn
    ? withoutUndefined({
        progress: progressOf(operation) ?? progress,
        ...(isFlowing(step) ? { remaining: remainingOf(operation), rate: rateText(operation.ratePerSecond) } : {}),
      })
    : withoutUndefined({ progress });
  return {
    ...kept,
    ...(generation === undefined ? {} : { observedGeneration: generation }),
    ...decisionOf(answer),
    ...numbers,
    ...(isQueued(step) ? queueStatus(turn, estimatedStartAt, now) : {}),
  };
}

/** While a host is out of sight, say, what was the rate is none any more. */
const isFlowing = (step: MigrationStep): boolean =>
  (step.kind === 'Wait' || step.kind === 'Enqueue') && step.reason === 'Moving';

const isQueued = (step: MigrationStep): boolean => step.kind === 'Wait' && step.reason === 'Queued';

/** What the machine's controller has decided. It stays when its record in the machine is gone. */
function decisionOf(answer: MigrationStatus | null): Partial<VirtualMachineMigrationStatus> {
  if (!answer) return {};
  const { mode, source, target, incarnation } = answer;
  return withoutUndefined({ mode, source, target, incarnation });
}

/** Numbers are for the message alone: a condition that changes every two seconds helps nobody. */
function tellWait({ object, queueProblem }: StatusInput, step: Told, isStalled: boolean): Told & { numbers: string } {
  if (queueProblem !== null) return { reason: 'QueueUnavailable', message: queueProblem, numbers: '' };
  const isMoving = object.status?.phase === 'Running';
  const fallback = isStalled ? 'MoveFailed' : isMoving ? 'Moving' : 'Preparing';
  const reason = known(step.reason, isStalled ? 'Stalled' : 'Reconciling') ?? fallback;
  if (!isMoving || reason !== 'Moving') return { reason, message: step.message, numbers: '' };
  const operation = object.status?.operation;
  const join = (...parts: string[]): string => parts.filter((part) => part !== '').join(' ');
  return {
    reason,
    message: join(tellStep(operation), step.message),
    numbers: join(tellStep(operation), tellNumbers(operation), step.message),
  };
}

function finished(input: StatusInput, step: Extract<MigrationStep, { kind: 'Finish' }>): VirtualMachineMigrationStatus {
  const { object, now } = input;
  const { cancelling: _cancelling, remaining: _remaining, rate: _rate, ...base } = baseOf(input);
  const { source, target, operation } = base;
  const isMoved = step.phase === 'Succeeded';
  const moved = tellMoved(source?.name ?? 'its host', target?.name ?? 'another one', operation);
  const message = isMoved ? `${object.spec.machineName} ${moved}.` : step.message;
  const reason = isMoved ? 'Moved' : (known(step.reason, 'Stalled') ?? 'MoveFailed');
  return {
    ...base,
    phase: step.phase,
    reason,
    message,
    finishedAt: isoTime(now),
    ...(isMoved ? { progress: '100%' } : {}),
    conditions: merged(input, [
      { type: 'Ready', status: isMoved ? 'True' : 'False', reason, message },
      ...(isMoved ? [] : [{ type: 'Stalled', status: 'True' as const, reason, message }]),
    ]),
  };
}

function conditionsOf(input: StatusInput, isStalled: boolean, told: Told) {
  return merged(input, [
    { type: 'Ready', status: 'False', ...told },
    { type: isStalled ? 'Stalled' : 'Reconciling', status: 'True', ...told },
  ]);
}

function merged({ object, now }: StatusInput, wanted: WantedCondition[]) {
  return mergeConditions(object.status?.conditions, wanted, object.metadata.generation, now);
}

/** The reason, when it is one that stands in the table under that condition. */
export function known(reason: string, on: 'Reconciling' | 'Stalled'): VirtualMachineMigrationReason | null {
  const entry = Object.entries(virtualMachineMigrationReasons).find(([name]) => name === reason);
  return entry && (entry[1].on as readonly string[]).includes(on) ? (reason as VirtualMachineMigrationReason) : null;
}

function withoutUndefined<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as never;
}

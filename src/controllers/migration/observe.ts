/** What a migration's reconcile reads: the migration, its machine, and what else there is about that machine. */

import { FINALIZER } from '#api/v1alpha1/meta.ts';
import { type VirtualMachine, virtualMachineKind } from '#api/v1alpha1/virtual-machine.ts';
import { hasEnded, isGivenUp, type VirtualMachineMigration } from '#api/v1alpha1/virtual-machine-migration.ts';
import { hasFinalizer } from '#kube/finalizers.ts';
import { conditionStatus } from '../conditions.ts';
import type { ControllerDeps } from '../deps.ts';
import type { Executors } from '../executors.ts';
import { machineIndex } from '../indexes.ts';
import { type Answer, type MachineView, type MigrationInput, type MigrationView, planMigration } from './plan.ts';
import { freeTurn, order, type Turn } from './turn.ts';

/** The job's key: a migration has but one. */
export const JOB_KEY = 'machine';

type Deps = Pick<ControllerDeps, 'informers' | 'clock'>;

/** From caches alone, as if its turn had come. */
export function viewMigration(deps: Deps, object: VirtualMachineMigration, isExecutorAlive: boolean): MigrationInput {
  const { informers, clock } = deps;
  const key = machineKey(object);
  const machine = informers.machines.get(key);
  return {
    now: clock.now(),
    machineName: object.spec.machineName,
    migration: viewOfMigration(object),
    machine: machine ? viewOfMachine(machine, object) : null,
    earlier: earlierOf(object, informers.migrations.byIndex(machineIndex, key)),
    operations: operationsOf(deps, key),
    turn: freeTurn,
    isExecutorAlive,
  };
}

/**
 * Where the end of a move depends on the machine's status having let go of it, the server is asked: a cache that is behind
 * would let us close what is still open. And before a move is refused, which is final: the machine may have been made, or
 * changed, a moment before the migration that the cache shows already.
 */
export async function observeMigration(
  deps: ControllerDeps,
  object: VirtualMachineMigration,
  executors: Executors,
  turn: Turn,
): Promise<MigrationInput> {
  const operation = object.status?.operation ?? null;
  const view = viewMigration(deps, object, executors.isAlive(object.metadata.uid, JOB_KEY, operation));
  const isRefused = view.migration.phase === 'Pending' && planMigration({ ...view, turn }).kind === 'Finish';
  const isOpen = view.migration.phase === 'Running' && !view.machine?.answer;
  if (!isRefused && !isOpen) return { ...view, turn };
  const { namespace } = object.metadata;
  const machine = await deps.client.get(virtualMachineKind, { namespace, name: object.spec.machineName });
  return { ...view, turn, machine: machine ? viewOfMachine(machine, object) : null };
}

export const machineKey = ({ metadata, spec }: VirtualMachineMigration): string =>
  `${metadata.namespace}/${spec.machineName}`;

export const createdAt = ({ metadata }: { metadata: { creationTimestamp?: string | undefined } }): number =>
  Date.parse(metadata.creationTimestamp ?? '') || 0;

function viewOfMigration(object: VirtualMachineMigration): MigrationView {
  const { metadata, spec, status } = object;
  const operation = status?.operation;
  const isThisAttempt = operation?.claim !== undefined && operation.attempt === status?.attempt;
  return {
    name: metadata.name,
    mode: spec.mode,
    phase: status?.phase ?? 'Pending',
    startedAt: status?.startedAt ? Date.parse(status.startedAt) : null,
    finishedAt: status?.finishedAt ? Date.parse(status.finishedAt) : null,
    ttlMs: spec.ttlSecondsAfterFinished === undefined ? undefined : spec.ttlSecondsAfterFinished * 1000,
    isDeleting: metadata.deletionTimestamp !== undefined,
    isGivenUp: isGivenUp(object),
    cancelling: status?.cancelling ?? null,
    isHeld: hasFinalizer(object, FINALIZER),
    operation: isThisAttempt
      ? { outcome: operation.outcome ?? null, reason: operation.reason ?? '', message: operation.message ?? '' }
      : null,
  };
}

function viewOfMachine(machine: VirtualMachine, migration: VirtualMachineMigration): MachineView {
  const { metadata, spec, status } = machine;
  return {
    name: metadata.name,
    createdAt: createdAt(machine),
    isDeleting: metadata.deletionTimestamp !== undefined,
    isHalted: spec.runStrategy === 'Halted',
    policy: spec.migration.policy,
    running: conditionStatus(status?.conditions, 'Running'),
    host: status?.host?.name ?? null,
    answer: answerOf(machine, migration),
  };
}

function answerOf({ status }: VirtualMachine, { metadata }: VirtualMachineMigration): Answer | null {
  const move = status?.migration;
  if (move?.uid !== metadata.uid) return null;
  return { phase: move.phase, mode: move.mode ?? null, reason: move.reason ?? '', message: move.message ?? '' };
}

/** Name of the one whose turn on the machine comes before. */
function earlierOf(object: VirtualMachineMigration, all: readonly VirtualMachineMigration[]): string | null {
  const mine = { uid: object.metadata.uid, createdAt: createdAt(object) };
  const ahead = all.filter((other) => {
    if (other.metadata.uid === mine.uid || hasEnded(other)) return false;
    const isAdmitted = other.status?.phase !== undefined && other.status.phase !== 'Pending';
    return isAdmitted || order({ uid: other.metadata.uid, createdAt: createdAt(other) }, mine) < 0;
  });
  return ahead[0]?.metadata.name ?? null;
}

function operationsOf({ informers }: Deps, key: string): MigrationInput['operations'] {
  const open = informers.operations
    .byIndex(machineIndex, key)
    .filter(
      ({ metadata, status }) =>
        metadata.deletionTimestamp === undefined && status?.phase !== 'Succeeded' && status?.phase !== 'Failed',
    );
  const running = open.find(({ status }) => status?.phase === 'Running');
  const stop = open.find(({ spec }) => spec.type === 'Stop');
  return { running: running?.metadata.name ?? null, stop: stop?.metadata.name ?? null };
}

/** What an operation's reconcile reads: the operation, its machine, and the machine's other operations. */
import { type VirtualMachine, virtualMachineKind } from '#api/v1alpha1/virtual-machine.ts';
import type { VirtualMachineOperation } from '#api/v1alpha1/virtual-machine-operation.ts';
import { conditionStatus } from '../conditions.ts';
import type { ControllerDeps } from '../deps.ts';
import { machineIndex } from '../indexes.ts';
import { type MachineView, type OperationInput, type OperationView, planOperation } from './plan.ts';

/**
 * From caches, and before a refusal from the API server: it is final, and the machine may have been made, or changed, a
 * moment before the operation that the cache shows already.
 */
export async function observeOperation(deps: ControllerDeps, object: VirtualMachineOperation): Promise<OperationInput> {
  const { client, informers } = deps;
  const { namespace } = object.metadata;
  const name = object.spec.machineName;
  const cached = viewOf(deps, object, informers.machines.get(`${namespace}/${name}`));
  if (cached.operation.phase !== 'Pending' || planOperation(cached).kind !== 'Finish') return cached;
  return viewOf(deps, object, await client.get(virtualMachineKind, { namespace, name }));
}

function viewOf(
  { informers, clock }: ControllerDeps,
  object: VirtualMachineOperation,
  machine: VirtualMachine | null | undefined,
): OperationInput {
  const key = `${object.metadata.namespace}/${object.spec.machineName}`;
  return {
    now: clock.now(),
    machineName: object.spec.machineName,
    operation: viewOfOperation(object),
    machine: machine ? viewOfMachine(machine) : null,
    rivals: informers.operations
      .byIndex(machineIndex, key)
      .map(viewOfOperation)
      .filter(({ phase, isDeleting }) => !isDeleting && (phase === 'Pending' || phase === 'Running')),
  };
}

function viewOfOperation({ metadata, spec, status }: VirtualMachineOperation): OperationView {
  return {
    uid: metadata.uid,
    name: metadata.name,
    type: spec.type,
    phase: status?.phase ?? 'Pending',
    createdAt: Date.parse(metadata.creationTimestamp ?? '') || 0,
    startedAt: status?.startedAt ? Date.parse(status.startedAt) : null,
    finishedAt: status?.finishedAt ? Date.parse(status.finishedAt) : null,
    ttlMs: spec.ttlSecondsAfterFinished === undefined ? undefined : spec.ttlSecondsAfterFinished * 1000,
    isDeleting: metadata.deletionTimestamp !== undefined,
  };
}

function viewOfMachine({ metadata, spec, status }: VirtualMachine): MachineView {
  const request = status?.request;
  return {
    name: metadata.name,
    createdAt: Date.parse(metadata.creationTimestamp ?? '') || 0,
    runStrategy: spec.runStrategy,
    isDeleting: metadata.deletionTimestamp !== undefined,
    running: conditionStatus(status?.conditions, 'Running'),
    paused: conditionStatus(status?.conditions, 'Paused') === 'True',
    host: status?.host?.name ?? null,
    request: request
      ? { uid: request.uid, phase: request.phase, reason: request.reason ?? '', message: request.message ?? '' }
      : null,
  };
}

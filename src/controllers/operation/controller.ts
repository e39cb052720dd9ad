/**
 * VirtualMachineOperation: validated and admitted here, carried out by the machine's controller, which answers in the
 * machine's `status.request`. Nothing outward is done for it, so it needs no finalizer: deleting one that was not
 * taken up yet cancels it.
 */
import { type VirtualMachineOperation, virtualMachineOperationKind } from '#api/v1alpha1/virtual-machine-operation.ts';
import { Controller, type ReconcileResult } from '#kube/controller.ts';
import { keyOf } from '#kube/types.ts';
import type { Right } from '#platform/right.ts';
import type { ControllerDeps } from '../deps.ts';
import { machineIndex } from '../indexes.ts';
import { measureOperations, operationAdmitted, operationEnded } from '../operation-measures.ts';
import { StatusWriter } from '../write-status.ts';
import { actOnOperation } from './act.ts';
import { observeOperation } from './observe.ts';
import { planOperation } from './plan.ts';
import { operationStatus } from './status.ts';

export function operationController(deps: ControllerDeps): Controller {
  const { client, informers, clock } = deps;
  const writer = new StatusWriter({
    client,
    kind: virtualMachineOperationKind,
    informer: informers.operations,
    clock,
  });
  measureOperations({ operations: informers.operations });
  const controller = new Controller({
    name: 'operation',
    concurrency: deps.config.reconcileConcurrency,
    reconcile: (key, right) => reconcile(deps, writer, key, right),
  });
  controller.watch(informers.operations);
  // The end of one, or its deletion, is the turn of the next.
  controller.watch(informers.operations, (operation) => siblings(deps, operation));
  controller.watch(informers.machines, (machine) =>
    informers.operations.byIndex(machineIndex, keyOf(machine)).map(keyOf),
  );
  return controller;
}

function siblings({ informers }: ControllerDeps, operation: VirtualMachineOperation): string[] {
  const machine = `${operation.metadata.namespace}/${operation.spec.machineName}`;
  return informers.operations.byIndex(machineIndex, machine).map(keyOf);
}

async function reconcile(
  deps: ControllerDeps,
  writer: StatusWriter<VirtualMachineOperation>,
  key: string,
  right: Right,
): Promise<ReconcileResult | undefined> {
  const object = deps.informers.operations.get(key);
  if (!object) return undefined;
  const input = await observeOperation(deps, object);
  const step = planOperation(input);
  const isGone = await actOnOperation(deps, right, object, step);
  if (isGone) return undefined;
  await writer.write(right, object, operationStatus(object, step, input.now));
  if (step.kind === 'Admit') operationAdmitted(object.spec.type, input.now - input.operation.createdAt);
  if (step.kind === 'Finish') {
    operationEnded(object.spec.type, step.phase, step.reason);
    deps.recorder.event(object, {
      type: step.phase === 'Succeeded' ? 'Normal' : 'Warning',
      reason: step.reason,
      action: object.spec.type,
      note: step.message || `${object.spec.type} of ${object.spec.machineName} is done.`,
    });
    // It may have a time to live.
    return { requeueAfterMs: 1 };
  }
  return step.kind === 'Keep' ? { requeueAfterMs: Math.max(1, step.untilMs - input.now) } : undefined;
}

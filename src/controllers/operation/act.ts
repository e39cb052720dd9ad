/** One outward step for an operation: all but a deletion are the status write that follows. */
import { type VirtualMachineOperation, virtualMachineOperationKind } from '#api/v1alpha1/virtual-machine-operation.ts';
import type { Right } from '#platform/right.ts';
import type { ControllerDeps } from '../deps.ts';
import type { OperationStep } from './plan.ts';

/** Returns whether the object is gone. */
export async function actOnOperation(
  { client }: ControllerDeps,
  right: Right,
  { metadata }: VirtualMachineOperation,
  step: OperationStep,
): Promise<boolean> {
  if (step.kind !== 'Delete') return false;
  const { namespace, name, uid } = metadata;
  await client.delete(right, virtualMachineOperationKind, { namespace, name, uid });
  return true;
}

/** The status of a VirtualMachineOperation after a step. Pure. */
import type {
  VirtualMachineOperation,
  VirtualMachineOperationStatus,
} from '#api/v1alpha1/virtual-machine-operation.ts';
import { isoTime, mergeConditions, type WantedCondition } from '../conditions.ts';
import type { OperationStep } from './plan.ts';

export function operationStatus(
  object: VirtualMachineOperation,
  step: OperationStep,
  now: number,
): VirtualMachineOperationStatus {
  const before = object.status ?? {};
  const base = {
    ...before,
    ...(object.metadata.generation === undefined ? {} : { observedGeneration: object.metadata.generation }),
  };
  const finish = (status: VirtualMachineOperationStatus, condition: WantedCondition[]) => ({
    ...status,
    conditions: mergeConditions(before.conditions, condition, object.metadata.generation, now),
  });
  switch (step.kind) {
    case 'Nothing':
    case 'Keep':
    case 'Delete':
      return before;
    case 'Wait':
      return finish(
        { ...base, phase: before.phase ?? 'Pending', reason: step.reason, message: step.message },
        waiting(step.reason, step.message),
      );
    case 'Admit': {
      const message = `Handed to ${object.spec.machineName}.`;
      return finish(
        { ...base, phase: 'Running', startedAt: isoTime(now), reason: 'Admitted', message },
        waiting('Admitted', message),
      );
    }
    case 'Finish': {
      const { phase, reason, message } = step;
      return finish({ ...base, phase, reason, message, finishedAt: isoTime(now) }, [
        { type: 'Ready', status: phase === 'Succeeded' ? 'True' : 'False', reason, message },
        ...(phase === 'Failed' ? [{ type: 'Stalled', status: 'True' as const, reason, message }] : []),
      ]);
    }
    default:
      return step satisfies never;
  }
}

function waiting(reason: string, message: string): WantedCondition[] {
  return [
    { type: 'Ready', status: 'False', reason, message },
    { type: 'Reconciling', status: 'True', reason, message },
  ];
}

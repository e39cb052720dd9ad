/** What a VirtualMachineOperation's conditions judge, and the reasons they give. */
import type { ConditionTable, ReasonTable } from '../schema/conditions.ts';

export const virtualMachineOperationConditions = {
  Ready: 'The desired state is reached.',
  Reconciling: 'Present while something is being done.',
  Stalled: 'Present while a person must help.',
} as const satisfies ConditionTable;
export type VirtualMachineOperationConditionType = keyof typeof virtualMachineOperationConditions;

export const virtualMachineOperationReasons = {
  Ready: { on: ['Ready'], means: 'The desired state is reached.' },
} as const satisfies ReasonTable;
export type VirtualMachineOperationReason = keyof typeof virtualMachineOperationReasons;

/** What a VirtualMachineImage's conditions judge, and the reasons they give. */
import type { ConditionTable, ReasonTable } from '../schema/conditions.ts';

export const virtualMachineImageConditions = {
  Ready: 'The desired state is reached.',
  Reconciling: 'Present while something is being done.',
  Stalled: 'Present while a person must help.',
} as const satisfies ConditionTable;
export type VirtualMachineImageConditionType = keyof typeof virtualMachineImageConditions;

export const virtualMachineImageReasons = {
  Ready: { on: ['Ready'], means: 'The desired state is reached.' },
} as const satisfies ReasonTable;
export type VirtualMachineImageReason = keyof typeof virtualMachineImageReasons;

/** What a VirtualMachine's conditions judge, and the reasons they give. */
import type { ConditionTable, ReasonTable } from '../schema/conditions.ts';

export const virtualMachineConditions = {
  Ready: 'The desired state is reached.',
  Reconciling: 'Present while something is being done.',
  Stalled: 'Present while a person must help.',
} as const satisfies ConditionTable;
export type VirtualMachineConditionType = keyof typeof virtualMachineConditions;

export const virtualMachineReasons = {
  Ready: { on: ['Ready'], means: 'The desired state is reached.' },
} as const satisfies ReasonTable;
export type VirtualMachineReason = keyof typeof virtualMachineReasons;

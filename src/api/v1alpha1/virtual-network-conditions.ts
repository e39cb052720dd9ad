/** What a VirtualNetwork's conditions judge, and the reasons they give. */
import type { ConditionTable, ReasonTable } from '../schema/conditions.ts';

export const virtualNetworkConditions = {
  Ready: 'The desired state is reached.',
  Reconciling: 'Present while something is being done.',
  Stalled: 'Present while a person must help.',
} as const satisfies ConditionTable;
export type VirtualNetworkConditionType = keyof typeof virtualNetworkConditions;

export const virtualNetworkReasons = {
  Ready: { on: ['Ready'], means: 'The desired state is reached.' },
} as const satisfies ReasonTable;
export type VirtualNetworkReason = keyof typeof virtualNetworkReasons;

/** What a VirtualMachineQuota's conditions judge, and the reasons they give. */
import type { ConditionTable, ReasonTable } from '../schema/conditions.ts';

export const virtualMachineQuotaConditions = {
  Ready: 'It is counted, and no more is used than it allows.',
} as const satisfies ConditionTable;

export const virtualMachineQuotaReasons = {
  WithinQuota: { on: ['Ready'], means: 'No more is used than the quota allows.' },
  AboveQuota: {
    on: ['Ready'],
    means: 'More is used than the quota allows, because it was made or lowered later. Nothing is stopped for it.',
    mend: 'Delete machines or make them smaller, or raise spec.hard.',
  },
} as const satisfies ReasonTable;

/** What a StoragePool's conditions judge, and the reasons they give. */
import type { ConditionTable, ReasonTable } from '../schema/conditions.ts';

export const storagePoolConditions = {
  Ready: 'The pool is running on every host that should have it.',
  Reconciling: 'Present while something is being done.',
  Stalled: 'Present while a person must help.',
} as const satisfies ConditionTable;
export type StoragePoolConditionType = keyof typeof storagePoolConditions;

export const storagePoolReasons = {
  Running: { on: ['Ready'], means: 'The pool is running on every host that should have it.' },
} as const satisfies ReasonTable;
export type StoragePoolReason = keyof typeof storagePoolReasons;

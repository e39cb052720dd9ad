/** What a StorageVolume's conditions judge, and the reasons they give. */
import type { ConditionTable, ReasonTable } from '../schema/conditions.ts';

export const storageVolumeConditions = {
  Ready: 'The desired state is reached.',
  Reconciling: 'Present while something is being done.',
  Stalled: 'Present while a person must help.',
} as const satisfies ConditionTable;
export type StorageVolumeConditionType = keyof typeof storageVolumeConditions;

export const storageVolumeReasons = {
  Ready: { on: ['Ready'], means: 'The desired state is reached.' },
} as const satisfies ReasonTable;
export type StorageVolumeReason = keyof typeof storageVolumeReasons;

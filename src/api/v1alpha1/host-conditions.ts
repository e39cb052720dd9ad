/** What a Host's conditions judge, and the reasons they give. */
import type { ConditionTable, ReasonTable } from '../schema/conditions.ts';

export const hostConditions = {
  Connected: 'libvirtd answers under the URI, and it is the machine that it was at first contact.',
  Claimed: 'The host belongs to this fleet: our claim is on it.',
  Ready: 'The host is connected, ours, and its machines are known.',
  Schedulable: 'New machines may be placed here.',
  Reconciling: 'Present while something is being done.',
  Stalled: 'Present while a person must help.',
} as const satisfies ConditionTable;
export type HostConditionType = keyof typeof hostConditions;

export const hostReasons = {
  Connected: { on: ['Connected', 'Ready'], means: 'libvirtd answers.' },
  Connecting: { on: ['Connected', 'Ready'], means: 'The first connection is being made.' },
} as const satisfies ReasonTable;
export type HostReason = keyof typeof hostReasons;

/** What a PlacementReview's conditions judge, and the reasons they give. */
import type { ConditionTable, ReasonTable } from '../schema/conditions.ts';

export const placementReviewConditions = {
  Ready: 'True: it is answered. False: not yet, or it cannot be.',
  Reconciling: 'Present while it waits.',
  Stalled: 'Present when it cannot be answered.',
} as const satisfies ConditionTable;
export type PlacementReviewConditionType = keyof typeof placementReviewConditions;

export const placementReviewReasons = {
  Answered: { on: ['Ready'], means: 'status.answer has the answer, of the time at which it was given.' },
  HostsNotSeen: {
    on: ['Ready', 'Reconciling'],
    means: 'The operator has just begun, and the hosts are being dialled; it is answered in a few seconds.',
  },
  HostNotFound: {
    on: ['Ready', 'Stalled'],
    means: 'There is no Host of that name.',
    mend: 'Name a host in a new PlacementReview.',
  },
  ClassNotFound: {
    on: ['Ready', 'Stalled'],
    means: 'There is no VirtualMachineClass of that name, or it is not offered to the namespace.',
    mend: 'Name another class in a new PlacementReview, or give cpu and memory.',
  },
} as const satisfies ReasonTable;
export type PlacementReviewReason = keyof typeof placementReviewReasons;

/** What a StorageVolume's conditions judge, and the reasons they give. */
import type { ConditionTable, ReasonTable } from '../schema/conditions.ts';

export const storageVolumeConditions = {
  Ready: 'The volume is there, and as large as the spec asks.',
  Reconciling: 'Present while something is being done.',
  Stalled: 'Present while a person must help.',
} as const satisfies ConditionTable;
export type StorageVolumeConditionType = keyof typeof storageVolumeConditions;

export const storageVolumeReasons = {
  Ready: { on: ['Ready'], means: 'The volume is there, and as large as the spec asks.' },
  WaitForConsumer: {
    on: ['Ready'],
    means: 'The pool is on each host by itself; the volume is made where the first machine that names it is placed.',
    mend: 'Name it in disks[].volumeName of a machine.',
  },
  Creating: { on: ['Ready', 'Reconciling'], means: 'The volume is being made.' },
  Resizing: { on: ['Ready', 'Reconciling'], means: 'The volume is being grown.' },
  AwaitingOnlineResize: { on: ['Ready', 'Reconciling'], means: 'A running machine has the volume; it is grown there.' },
  WaitingForImage: {
    on: ['Ready', 'Reconciling'],
    means: 'The image is not ready in that pool yet.',
    mend: 'Look at the VirtualMachineImage.',
  },
  SizeTooSmall: {
    on: ['Ready', 'Stalled'],
    means: 'spec.size is smaller than the image that the volume begins as.',
    mend: 'Give at least the size of the image.',
  },
  ImageNotFound: {
    on: ['Ready', 'Stalled'],
    means: 'There is no image of that name in the namespace.',
    mend: 'Create it.',
  },
  WaitingForPool: {
    on: ['Ready', 'Reconciling'],
    means: 'The pool is not running there.',
    mend: 'Look at the StoragePool.',
  },
  PoolDown: { on: ['Ready', 'Reconciling'], means: 'The pool is not running there.', mend: 'Look at the StoragePool.' },
  PoolNotFound: {
    on: ['Ready', 'Stalled'],
    means: 'There is no StoragePool of that name.',
    mend: 'Ask the administrator for its name.',
  },
  PoolNotAllowed: {
    on: ['Ready', 'Stalled'],
    means: 'The pool may not be used by this namespace.',
    mend: 'Use another pool, or have the namespace added to spec.allowedNamespaces.',
  },
  PoolFull: {
    on: ['Ready', 'Reconciling'],
    means: 'The pool has no room for it.',
    mend: 'Free some, or use another pool.',
  },
  HostOutOfSight: {
    on: ['Ready', 'Reconciling'],
    means: 'The host with the volume cannot be seen; nothing is done until it can.',
    mend: 'Look at the Host.',
  },
  VolumeExists: {
    on: ['Ready', 'Stalled'],
    means: 'A file of that name is in the pool, and it is not recorded as ours: it is not used.',
    mend: 'Move it away.',
  },
  VolumeMissing: {
    on: ['Ready', 'Stalled'],
    means:
      'The volume was made and is not in the pool any more. It is not made anew: its data would be gone in silence.',
    mend: 'Bring the file back, or delete this object.',
  },
  BaseMissing: {
    on: ['Ready', 'Reconciling'],
    means:
      'The copy of the image on which the volume is to stand is not in its pool any more. It is brought there again, and then the volume is made.',
  },
  VolumeVanished: {
    on: ['Ready', 'Reconciling'],
    means: 'The volume was made and is gone again; the pool is looked at anew.',
    mend: 'Find out who removes it there.',
  },
  InUse: {
    on: ['Ready', 'Reconciling'],
    means: 'The object is deleted, and a machine uses the volume.',
    mend: 'Take it out of that machine; deletion goes on by itself.',
  },
  Deleting: { on: ['Ready', 'Reconciling'], means: 'The volume is being deleted.' },
  CreateFailed: {
    on: ['Ready', 'Reconciling'],
    means: 'The volume could not be made; it is tried again.',
    mend: 'Read the message.',
  },
} as const satisfies ReasonTable;
export type StorageVolumeReason = keyof typeof storageVolumeReasons;

/** What a VirtualMachineImage's conditions judge, and the reasons they give. */
import type { ConditionTable, ReasonTable } from '../schema/conditions.ts';

export const virtualMachineImageConditions = {
  Ready: 'Every copy that is needed is there and was checked.',
  Reconciling: 'Present while something is being done.',
  Stalled: 'Present while a person must help.',
} as const satisfies ConditionTable;
export type VirtualMachineImageConditionType = keyof typeof virtualMachineImageConditions;

const failure = ['Ready', 'Reconciling', 'Stalled'] as const;

export const virtualMachineImageReasons = {
  Ready: { on: ['Ready'], means: 'Every copy that is needed is there and was checked.' },
  OnDemand: { on: ['Ready'], means: 'No copy is needed yet: spec.pools names none, and no machine uses the image.' },
  Fetching: { on: ['Ready', 'Reconciling'], means: 'A copy is being fetched.' },
  Cancelled: { on: ['Ready', 'Reconciling'], means: 'A fetch was cancelled.' },
  QueueUnavailable: {
    on: failure,
    means: 'Fetches wait: Redis does not answer.',
    mend: 'Look at Redis; everything else goes on meanwhile.',
  },
  ChecksumMismatch: {
    on: failure,
    means: 'What the server sent has another digest than spec.http.checksum. It was thrown away.',
    mend: 'Correct url or checksum in a new image.',
  },
  ImageInvalid: {
    on: failure,
    means: 'The file is damaged, cut off, of another format, or names a backing or data file.',
    mend: 'Check it with qemu-img check, and spec.format.',
  },
  ImageTooLarge: {
    on: failure,
    means: 'Its virtual size is over the limit that the administrator set.',
    mend: 'Make it smaller, or have the limit raised.',
  },
  ScratchLimit: {
    on: failure,
    means: "The file is larger than the operator's scratch space may be.",
    mend: 'Make it smaller, or have the limit raised.',
  },
  SourceUnreachable: {
    on: failure,
    means: 'The server does not answer, or breaks off; it is tried again.',
    mend: 'Look at the server and the network to it.',
  },
  SourceForbidden: {
    on: failure,
    means: 'The administrator does not allow that address as a source.',
    mend: 'Use an allowed one, or have it added to the image sources.',
  },
  SourceNotFound: {
    on: failure,
    means: 'The server (or the namespace) does not have it.',
    mend: 'Correct the source in a new image.',
  },
  CopyElsewhere: {
    on: failure,
    means: 'An image from a volume is kept on the host of the volume, and cannot be had elsewhere.',
    mend: 'Take that pool out of spec.pools, or use a shared pool.',
  },
  SourceInUse: {
    on: failure,
    means: 'A machine uses the volume that the image is taken from.',
    mend: 'Stop using it; then it goes on by itself.',
  },
  PoolFull: {
    on: failure,
    means: 'A pool has no room for the copy.',
    mend: 'Free some, or take the pool out of spec.pools.',
  },
  PoolNotFound: { on: failure, means: 'There is no StoragePool of that name.', mend: 'Correct spec.pools.' },
  PoolNotAllowed: {
    on: failure,
    means: 'The pool may not be used by this namespace.',
    mend: 'Use another pool, or have the namespace added to spec.allowedNamespaces.',
  },
  PoolDown: {
    on: failure,
    means: 'A pool is not running on a host that needs a copy.',
    mend: 'Look at the StoragePool.',
  },
  WaitingForPool: {
    on: ['Ready', 'Reconciling'],
    means: 'A pool is not running on a host that needs a copy.',
    mend: 'Look at the StoragePool.',
  },
  HostOutOfSight: {
    on: failure,
    means: 'A host that needs a copy, or has one to be removed, cannot be seen.',
    mend: 'Look at the Host.',
  },
  VolumeExists: {
    on: failure,
    means: 'A file of that name is in the pool, and it is not recorded as ours: it is not used.',
    mend: 'Move it away.',
  },
  FetchFailed: { on: failure, means: 'A fetch failed; it is tried again.', mend: 'Read the message.' },
  InUse: {
    on: ['Ready', 'Reconciling'],
    means: 'The object is deleted, and disks stand on the image.',
    mend: 'Delete the machines and volumes that the message names; deletion goes on by itself.',
  },
  Deleting: { on: ['Ready', 'Reconciling'], means: 'The copies are being deleted.' },
} as const satisfies ReasonTable;
export type VirtualMachineImageReason = keyof typeof virtualMachineImageReasons;

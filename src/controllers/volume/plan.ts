/**
 * What to do next with a StorageVolume. Pure.
 *
 * Where it is and what it is called stand in status before it is made. What was Ready once is never made again: a volume
 * whose file has vanished is a loss that a person must know of, not a reason for an empty disk.
 */
import { bytesToQuantity } from '#api/quantity.ts';
import type { StorageVolumeStatus } from '#api/v1alpha1/storage-volume.ts';

export type Attachment = NonNullable<StorageVolumeStatus['attachedTo']>;
export type Base = NonNullable<StorageVolumeStatus['base']>;

/** What is fixed before the first outward step. */
export interface Decided {
  poolUID: string;
  volumeName: string;
  attempt: number;
  format: 'QCOW2' | 'Raw';
  reclaimPolicy: 'Delete' | 'Retain';
  host?: { name: string; uid: string };
  base?: Base;
}

export interface VolumeInput {
  now: number;
  isDeleting: boolean;
  /** Null: not decided yet. */
  decided: Decided | null;
  phase: StorageVolumeStatus['phase'];
  attachedTo: Attachment | null;
  /** Who is to have it by what machines say now. */
  holder: Attachment | null;
  poolName: string;
  pool:
    | { state: 'Missing' }
    | { state: 'NotAllowed' }
    | { state: 'Found'; uid: string; access: 'PerHost' | 'Shared'; reclaimPolicy: 'Delete' | 'Retain' };
  spec: { format: 'QCOW2' | 'Raw'; sizeBytes: number | null; reclaimPolicy: 'Delete' | 'Retain' | null };
  /** Where its holder is placed. */
  holderHost: { name: string; uid: string } | null;
  /** What it begins as; null: blank. */
  image:
    | null
    | { state: 'Missing'; name: string }
    | {
        state: 'Found';
        name: string;
        uid: string;
        sizeBytes: number | null;
        copy: { volumeName: string; path: string } | null;
      };
  /** Of the host (a shared pool: of any that has it). */
  place: 'Ready' | 'PoolDown' | 'OutOfSight' | 'Forgotten' | 'Unplaced';
  capacityBytes: number | null;
  /** A machine has it open: only its QEMU may grow it. */
  isOpen: boolean;
  isLookDue: boolean;
  nameOf: (attempt: number) => string;
}

export type VolumePlan =
  /** Written alone; the next round acts on it. */
  | {
      kind: 'Decide';
      decided: Decided | null;
      attachedTo: Attachment | null;
      phase: NonNullable<StorageVolumeStatus['phase']>;
    }
  | { kind: 'Create'; sizeBytes: number }
  | { kind: 'Look' }
  | { kind: 'Resize'; sizeBytes: number }
  | { kind: 'Delete' }
  | { kind: 'RemoveFinalizer' }
  | { kind: 'Wait'; reason: string; message: string }
  | { kind: 'Stall'; reason: string; message: string }
  | { kind: 'Settled' };

const wait = (reason: string, message: string): VolumePlan => ({ kind: 'Wait', reason, message });
const stall = (reason: string, message: string): VolumePlan => ({ kind: 'Stall', reason, message });

export function planVolume(input: VolumeInput): VolumePlan {
  const { attachedTo, holder, decided, phase } = input;
  if (attachedTo?.uid !== holder?.uid) {
    return { kind: 'Decide', decided, attachedTo: holder, phase: phase ?? 'Pending' };
  }
  if (input.isDeleting) return planDeletion(input);
  if (decided === null) return planDecision(input);
  if (input.pool.state === 'Missing') return poolMissing(input);
  if (phase === 'Ready' || phase === 'Resizing') return planUpkeep(input, decided);
  return planCreation(input, decided);
}

function poolMissing({ poolName }: VolumeInput): VolumePlan {
  return stall('PoolNotFound', `StoragePool ${poolName} is not there; create it, or name another in a new volume.`);
}

function planDecision(input: VolumeInput): VolumePlan {
  const { pool, spec, image, holderHost, attachedTo } = input;
  if (pool.state === 'Missing') return poolMissing(input);
  if (pool.state === 'NotAllowed') {
    return stall(
      'PoolNotAllowed',
      `StoragePool ${input.poolName} is not offered to this namespace; choose another in a new volume, or ask an administrator.`,
    );
  }
  if (image?.state === 'Missing') {
    return wait('ImageNotFound', `VirtualMachineImage ${image.name} is not there; create it.`);
  }
  if (pool.access === 'PerHost' && holderHost === null) {
    return wait('WaitForConsumer', 'It is made on the host of the first machine that names it, once that is placed.');
  }
  const attempt = 1;
  const decided: Decided = {
    poolUID: pool.uid,
    volumeName: input.nameOf(attempt),
    attempt,
    format: spec.format,
    reclaimPolicy: spec.reclaimPolicy ?? pool.reclaimPolicy,
    ...(pool.access === 'PerHost' && holderHost !== null ? { host: holderHost } : {}),
    ...(image === null ? {} : { base: { imageName: image.name, imageUID: image.uid } }),
  };
  return { kind: 'Decide', decided, attachedTo, phase: 'Creating' };
}

function planCreation(input: VolumeInput, decided: Decided): VolumePlan {
  const { spec, image, attachedTo } = input;
  if (decided.base !== undefined) {
    if (image?.state !== 'Found' || image.uid !== decided.base.imageUID) {
      return stall(
        'ImageNotFound',
        `VirtualMachineImage ${decided.base.imageName}, on which it is to stand, is gone; delete this volume and make it anew.`,
      );
    }
    if (image.copy === null || image.sizeBytes === null) {
      return wait('WaitingForImage', `VirtualMachineImage ${image.name} is not ready where the volume is to be.`);
    }
    if (spec.sizeBytes !== null && spec.sizeBytes < image.sizeBytes) {
      const message = `size is ${bytesToQuantity(spec.sizeBytes)}, and image ${image.name} has ${bytesToQuantity(image.sizeBytes)}: give at least that.`;
      return stall('SizeTooSmall', message);
    }
    // The file that it will stand on is recorded first, so that what is found later can be compared.
    if (decided.base.path !== image.copy.path) {
      const base = { imageName: image.name, imageUID: image.uid, ...image.copy };
      return { kind: 'Decide', decided: { ...decided, base }, attachedTo, phase: 'Creating' };
    }
  }
  const sizeBytes = Math.max(spec.sizeBytes ?? 0, image?.state === 'Found' ? (image.sizeBytes ?? 0) : 0);
  return awaitPlace(input) ?? { kind: 'Create', sizeBytes };
}

function planUpkeep(input: VolumeInput, decided: Decided): VolumePlan {
  const { spec, capacityBytes, isOpen, isLookDue } = input;
  const away = awaitPlace(input);
  if (away !== null) return away;
  if (isLookDue) return { kind: 'Look' };
  if (spec.sizeBytes !== null && capacityBytes !== null && spec.sizeBytes > capacityBytes) {
    if (!isOpen) return { kind: 'Resize', sizeBytes: spec.sizeBytes };
    return wait('AwaitingOnlineResize', `It grows to ${spec.sizeBytes} bytes in the machine that runs with it.`);
  }
  return decided.volumeName === '' ? stall('VolumeMissing', 'Its name is not recorded.') : { kind: 'Settled' };
}

function planDeletion(input: VolumeInput): VolumePlan {
  const { attachedTo, decided, place } = input;
  if (attachedTo !== null) {
    const who = `${attachedTo.kind} ${attachedTo.name}`;
    return wait('InUse', `It cannot be deleted while ${who} names it; take it out of that machine's disks.`);
  }
  // Nothing was decided, so nothing was made; or it is to stay; or where it was is no part of the fleet any more.
  if (decided === null || decided.reclaimPolicy === 'Retain' || place === 'Forgotten' || place === 'Unplaced') {
    return { kind: 'RemoveFinalizer' };
  }
  return awaitPlace(input) ?? { kind: 'Delete' };
}

function awaitPlace({ place, poolName }: VolumeInput): VolumePlan | null {
  switch (place) {
    case 'Ready':
      return null;
    case 'OutOfSight':
      return wait('HostOutOfSight', 'Its host is out of sight; it goes on when the host is back.');
    case 'PoolDown':
    case 'Unplaced':
      return wait('WaitingForPool', `StoragePool ${poolName} does not run there; see its conditions.`);
    case 'Forgotten':
      return stall(
        'VolumeMissing',
        `Its host or StoragePool ${poolName} is no part of the fleet any more, and the volume with it; delete this object, or bring them back.`,
      );
    default:
      return place satisfies never;
  }
}

/** What each disk of a machine needs at the target. Pure. */
import type { StoragePool } from '#api/v1alpha1/storage-pool.ts';
import type { StorageVolume } from '#api/v1alpha1/storage-volume.ts';
import type { ImageCopy, VirtualMachineImage } from '#api/v1alpha1/virtual-machine-image.ts';
import type { VolumeStatus } from '#api/v1alpha1/virtual-machine-status.ts';
import { VirtfleetError } from '#platform/errors.ts';

interface Common {
  /** Our name of it; its device's alias is made from it. */
  name: string;
  poolName: string;
  volumeName: string;
}

export type MoveDisk =
  /** The target sees the same file. */
  | { how: 'Shared'; name: string; isWritable: boolean; isLocked: boolean }
  /** Its contents are sent by the hypervisor while it runs, or as bytes when it is off; `base` stands at the target. */
  | (Common & { how: 'Copy'; format: 'qcow2' | 'raw'; path: string; base: Base | null })
  /** A small file that nobody writes to. */
  | (Common & { how: 'Seed'; path: string })
  /** The image is at the target already, perhaps under another name. */
  | { how: 'Medium'; name: string; path: string };

export interface Base {
  path: string;
  format: 'qcow2' | 'raw';
}

export interface DiskSources {
  target: string;
  pools: ReadonlyMap<string, StoragePool>;
  images: ReadonlyMap<string, VirtualMachineImage>;
  /** StorageVolumes by the name of the disk that holds them. */
  held: ReadonlyMap<string, StorageVolume>;
}

/**
 * @throws InvalidSpec NotLiveMigratable when something of a disk is not known well enough to move it; Transient
 * ImageNotReady when what it stands on is not at the target (any more)
 */
export function planDisks(volumes: readonly VolumeStatus[], from: DiskSources): MoveDisk[] {
  return volumes.flatMap((volume) => {
    const disk = volume.phase === 'Released' ? null : planDisk(volume, from);
    return disk === null ? [] : [disk];
  });
}

function planDisk(volume: VolumeStatus, from: DiskSources): MoveDisk | null {
  const { name, role, poolName, volumeName } = volume;
  // An empty drive.
  if (role === 'CDROM' && volume.base === undefined) return null;
  const pool = poolName === undefined ? undefined : from.pools.get(poolName);
  if (pool === undefined || poolName === undefined)
    throw unknown(`the StoragePool ${poolName ?? ''} of disk ${name} is not there`);
  if (pool.spec.access === 'Shared') {
    const isWritable = role === 'Disk' || role === 'Volume';
    return { how: 'Shared', name, isWritable, isLocked: pool.spec.locking === 'ImageLock' };
  }
  const base = baseAt(volume, from);
  if (role === 'CDROM') {
    if (base === null) throw unknown(`what is in drive ${name} is not recorded`);
    return { how: 'Medium', name, path: base.path };
  }
  if (volumeName === undefined) throw unknown(`the file of disk ${name} is not recorded`);
  const common = { name, poolName, volumeName, path: `${pool.spec.targetPath}/${volumeName}` };
  if (role === 'Seed') return { how: 'Seed', ...common };
  return { how: 'Copy', ...common, format: volume.format === 'Raw' ? 'raw' : 'qcow2', base };
}

function baseAt(volume: VolumeStatus, { target, images, held }: DiskSources): Base | null {
  const base = volume.role === 'Volume' ? held.get(volume.name)?.status?.base : volume.base;
  if (volume.role === 'Seed' || base === undefined) return null;
  const image = images.get(base.imageName);
  const copy = image?.metadata.uid === base.imageUID ? copyAt(image, volume.poolName, target) : undefined;
  if (image !== undefined && copy?.path !== undefined) {
    return { path: copy.path, format: image.spec.format === 'Raw' ? 'raw' : 'qcow2' };
  }
  throw new VirtfleetError(
    'Transient',
    'ImageNotReady',
    `Image ${base.imageName}, on which disk ${volume.name} stands, is not ready in pool ${volume.poolName} on host ${target}`,
    { host: target },
  );
}

function copyAt(image: VirtualMachineImage, poolName: string | undefined, host: string): ImageCopy | undefined {
  return image.status?.copies?.find(({ key, phase }) => key === `${poolName}/${host}` && phase === 'Ready');
}

const unknown = (why: string): VirtfleetError =>
  new VirtfleetError('InvalidSpec', 'NotLiveMigratable', `It cannot be moved: ${why}`);

/** Every disk that it writes to, and there is one, refuses a second writer: then the hypervisor may let it go on by itself. */
export function isHandedOverPaused(disks: readonly MoveDisk[]): boolean {
  const written = disks.filter((disk) => disk.how === 'Copy' || (disk.how === 'Shared' && disk.isWritable));
  return written.length === 0 || !written.every((disk) => disk.how === 'Shared' && disk.isLocked);
}

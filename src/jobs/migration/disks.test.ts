import { describe, expect, test } from 'vitest';
import type { StoragePool } from '#api/v1alpha1/storage-pool.ts';
import type { StorageVolume } from '#api/v1alpha1/storage-volume.ts';
import type { VirtualMachineImage } from '#api/v1alpha1/virtual-machine-image.ts';
import type { VolumeStatus } from '#api/v1alpha1/virtual-machine-status.ts';
import { type DiskSources, isHandedOverPaused, type MoveDisk, planDisks } from './disks.ts';

const pool = (name: string, access: 'PerHost' | 'Shared', locking: 'ImageLock' | 'None' = 'ImageLock'): StoragePool =>
  ({ metadata: { name, uid: name }, spec: { access, locking, targetPath: `/srv/${name}` } }) as StoragePool;
const copy = (key: string, phase: string, path: string) => ({ key, poolName: 'local', phase, path });
const image = {
  metadata: { name: 'debian', uid: 'i1' },
  spec: { format: 'QCOW2' },
  status: {
    copies: [
      copy('local/h1', 'Ready', '/srv/local/debian-1.qcow2'),
      copy('local/h2', 'Ready', '/srv/local/debian-3.qcow2'),
      copy('local/h3', 'Fetching', '/srv/local/debian-1.qcow2'),
    ],
  },
} as unknown as VirtualMachineImage;
const data = { status: { base: { imageName: 'debian', imageUID: 'i1' } } } as StorageVolume;
const from = (target = 'h2'): DiskSources => ({
  target,
  pools: new Map(
    [pool('local', 'PerHost'), pool('shared', 'Shared'), pool('open', 'Shared', 'None')].map((p) => [
      p.metadata.name,
      p,
    ]),
  ),
  images: new Map([['debian', image]]),
  held: new Map([['data', data]]),
});
const base = { imageName: 'debian', imageUID: 'i1', path: '/srv/local/debian-1.qcow2' };
const volume = (more: Partial<VolumeStatus>): VolumeStatus => ({
  name: 'root',
  role: 'Disk',
  poolName: 'local',
  volumeName: 'web-root.qcow2',
  format: 'QCOW2',
  phase: 'Ready',
  ...more,
});

describe('what each disk needs at the target', () => {
  const there = { path: '/srv/local/debian-3.qcow2', format: 'qcow2' };
  test.each<[string, Partial<VolumeStatus>, object | null]>([
    ['a disk of its own', { base }, { how: 'Copy', path: '/srv/local/web-root.qcow2', base: there, format: 'qcow2' }],
    ['an empty disk', {}, { how: 'Copy', base: null }],
    ['a volume', { name: 'data', role: 'Volume' }, { how: 'Copy', base: there }],
    ['a disk in a shared store', { poolName: 'shared', base }, { how: 'Shared', isWritable: true, isLocked: true }],
    ['a disk without a lock', { poolName: 'open' }, { how: 'Shared', isWritable: true, isLocked: false }],
    ['a seed', { role: 'Seed', volumeName: 's.iso', format: 'Raw' }, { how: 'Seed', path: '/srv/local/s.iso' }],
    ['a shared seed', { role: 'Seed', poolName: 'shared' }, { how: 'Shared', isWritable: false }],
    ['a drive', { role: 'CDROM', base }, { how: 'Medium', path: '/srv/local/debian-3.qcow2' }],
    ['an empty drive', { role: 'CDROM', poolName: undefined }, null],
    ['a disk that is given up', { phase: 'Released' }, null],
  ])('%s', (_, more, expected) => {
    const [disk = null] = planDisks([volume(more)], from());
    if (expected === null) expect(disk).toBeNull();
    else expect(disk).toMatchObject(expected);
  });

  test.each<[string, Partial<VolumeStatus>, DiskSources, string, string]>([
    ['a base that is not there yet', { base }, from('h3'), 'Transient', 'ImageNotReady'],
    ['another image of that name', { base: { ...base, imageUID: 'i2' } }, from(), 'Transient', 'ImageNotReady'],
    ['a pool that is gone', { poolName: 'gone' }, from(), 'InvalidSpec', 'NotLiveMigratable'],
    ['a file that nobody recorded', { volumeName: undefined }, from(), 'InvalidSpec', 'NotLiveMigratable'],
  ])('%s is refused', (_, more, sources, errorClass, reason) => {
    expect(() => planDisks([volume(more)], sources)).toThrow(expect.objectContaining({ errorClass, reason }));
  });
});

describe('whether the hypervisor may let it go on by itself', () => {
  const shared = (isLocked: boolean, isWritable = true): MoveDisk => ({
    how: 'Shared',
    name: 'd',
    isWritable,
    isLocked,
  });
  const copied: MoveDisk = {
    how: 'Copy',
    name: 'c',
    poolName: 'p',
    volumeName: 'v',
    path: '/v',
    format: 'qcow2',
    base: null,
  };
  test.each<[string, MoveDisk[], boolean]>([
    ['no disk: nothing keeps a second copy from running', [], true],
    ['a seed alone', [shared(true, false)], true],
    ['every disk is locked', [shared(true), shared(true), shared(false, false)], false],
    ['one disk is not', [shared(true), shared(false)], true],
    ['a disk is copied: its locks are two', [shared(true), copied], true],
  ])('%s', (_, disks, isPaused) => {
    expect(isHandedOverPaused(disks)).toBe(isPaused);
  });
});

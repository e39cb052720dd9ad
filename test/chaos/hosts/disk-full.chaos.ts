/** A pool's file system has no room left: it is said where a person looks, nothing is left behind, and it goes on. */
import { afterAll, beforeAll, expect } from 'vitest';
import {
  storagePoolKind,
  storageVolumeKind,
  virtualMachineImageKind,
  virtualMachineKind,
} from '#api/v1alpha1/index.ts';
import {
  apply,
  clearWorld,
  condition,
  get,
  gone,
  isTrue,
  operate,
  prepareWorld,
  ready,
  small,
  until,
} from '../../e2e/support/world.ts';
import { waitFor } from '../../rig/wait.ts';
import { fault } from '../fault.ts';
import { hostReady, labelHosts, on, starts } from '../support/hosts.ts';
import { SmallDisk } from '../support/small-disk.ts';

const HOST = 'h1';
const POOL = 'cramped';
let disk: SmallDisk;

beforeAll(async () => {
  await prepareWorld();
  await labelHosts();
  disk = await SmallDisk.make(HOST, 96);
  await apply(storagePoolKind, POOL, {
    spec: {
      type: 'Dir',
      targetPath: disk.folder,
      access: 'PerHost',
      hostSelector: { matchLabels: { 'chaos.virtfleet.io/host': HOST } },
    },
  });
  await until(storagePoolKind, POOL, 'be Ready', (pool) => isTrue(pool, 'Ready'));
});
afterAll(async () => {
  try {
    await clearWorld();
    await gone(storagePoolKind, POOL);
  } finally {
    await disk.remove();
  }
});

const cramped = (over: object = {}): object => ({
  ...on(HOST),
  disks: [{ name: 'root', template: { poolName: POOL, size: '8Mi', ...over } }],
});

/** What a person must be able to read: the object's trouble, its host, why, and what to do. */
function expectClear(message: string): void {
  expect(message).toContain(HOST);
  expect(message).toMatch(/No space left on device|bytes free/);
  expect(message).toMatch(/Make room/);
}

fault('hosts', 'the disk of a host is full: a machine is made', async () => {
  // The scheduler knows of the room by libvirt's last look, which was before somebody else filled the disk.
  await disk.fill();
  try {
    await apply(virtualMachineKind, 'late', small(cramped()));
    const told = await until(
      virtualMachineKind,
      'late',
      'say that the disk is full',
      (vm) => condition(vm, 'Ready')?.reason === 'HostDiskFull',
      120_000,
    );
    expectClear(condition(told, 'Ready')?.message ?? '');
    expectClear(told.status?.message ?? '');
    expect(isTrue(told, 'Stalled'), 'it goes on by itself').toBe(false);
    expect(await disk.list(), 'nothing of the attempt is left').toEqual([]);
  } finally {
    await disk.makeRoom();
  }
  const vm = await ready('late', 180_000);
  expect(starts(vm)).toBe(1);
  await gone(virtualMachineKind, 'late');
  expect(await disk.list()).toEqual([]);
});

fault('hosts', 'the disk of a host is full: an image is fetched', async () => {
  const tiny = await get(virtualMachineImageKind, 'tiny');
  await disk.fill();
  try {
    await apply(virtualMachineImageKind, 'late', { spec: { ...tiny?.spec, pools: [POOL] } });
    const told = await until(
      virtualMachineImageKind,
      'late',
      'say that the disk is full',
      (image) => /HostDiskFull|PoolFull/.test(condition(image, 'Ready')?.reason ?? ''),
      120_000,
    );
    const message = condition(told, 'Ready')?.message ?? '';
    expectClear(message);
    expect(message).toContain(POOL);
    await waitFor('nothing of the attempt to be left', async () => (await disk.list()).length === 0, {
      timeoutMs: 30_000,
      intervalMs: 250,
    });
  } finally {
    await disk.makeRoom();
  }
  await until(virtualMachineImageKind, 'late', 'be Ready', (image) => isTrue(image, 'Ready'), 240_000);
  await gone(virtualMachineImageKind, 'late');
  expect(await disk.list()).toEqual([]);
});

fault(
  'hosts',
  'the disk of a host is full: a volume grows, and a machine writes more than there is room for',
  async () => {
    await apply(storageVolumeKind, 'grows', { spec: { poolName: POOL, size: '16Mi', format: 'Raw' } });
    // A Raw volume is plain room: what its machine writes takes the rest of the disk.
    const spec = small({
      ...on(HOST),
      disks: [
        { name: 'root', template: { poolName: 'local', imageName: 'tiny' } },
        { name: 'data', volumeName: 'grows' },
      ],
      cloudInit: { userData: '#!/bin/sh\nsleep 8; dd if=/dev/zero of=/dev/vdb bs=1M 2>&1; echo written\n' },
    });
    await disk.fill(4);
    try {
      await apply(virtualMachineKind, 'writes', spec);
      const paused = await until(
        virtualMachineKind,
        'writes',
        'be paused by the hypervisor',
        (vm) => condition(vm, 'Paused')?.reason === 'PausedByHypervisor',
        180_000,
      );
      expect(paused.status?.printableStatus).toBe('Paused');
      expect(paused.status?.message).toContain(HOST);
      expect(paused.status?.message).toMatch(/make room there, then an operation of type Resume/);
    } finally {
      await disk.makeRoom();
    }
    await operate('writes', 'Resume');
    await ready('writes', 180_000);
    await apply(storageVolumeKind, 'grows', { spec: { poolName: POOL, size: '32Mi', format: 'Raw' } });
    await until(storageVolumeKind, 'grows', 'be as large', (v) => v.status?.capacityBytes === 32 * 2 ** 20, 120_000);
    await gone(virtualMachineKind, 'writes');
    await gone(storageVolumeKind, 'grows');
    expect(await disk.list()).toEqual([]);
    await hostReady(HOST);
  },
);

import { describe, expect, test } from 'vitest';
import type { Condition } from '#api/schema/conditions.ts';
import type { StoragePool } from '#api/v1alpha1/storage-pool.ts';
import type { VirtualMachine } from '#api/v1alpha1/virtual-machine.ts';
import type { Informers } from './deps.ts';
import { leaverOf, obstacleOf, powerOf } from './leaving.ts';
import { aMachine, aPool, aVolume } from './machine/testing.ts';

const GIB = 2 ** 30;
type Given = Record<string, [Condition['status'], string?]>;

const machine = (policy: string, given: Given): VirtualMachine =>
  aMachine(
    { migration: { policy } },
    {
      conditions: Object.entries(given).map(([type, [status, reason = 'Because']]) => ({
        type,
        status,
        reason,
        message: 'it has the CPU of its host',
        lastTransitionTime: '2026-01-01T00:00:00Z',
      })),
    },
  );
const on: Given = { Running: ['True'] };
const stuck: Given = { ...on, LiveMigratable: ['False', 'HostCPU'] };

describe('whether a machine is on', () => {
  test.each([
    ['it runs', on, 'On'],
    ['it is off', { Running: ['False'] }, 'Off'],
    ['it is paused', { Running: ['False'], Paused: ['True'] }, 'On'],
    ['it cannot be seen', { Running: ['Unknown'] }, 'Unknown'],
    ['nothing was said of it', {}, 'Unknown'],
  ] as [string, Given, string][])('%s', (_name, given, expected) => {
    expect(powerOf(machine('Live', given))).toBe(expected);
  });
});

describe('what keeps a machine on its host', () => {
  test.each([
    ['nothing', 'Live', on, undefined],
    ['its policy', 'Never', on, 'PolicyForbids'],
    ['its policy, also while it is off', 'Never', { Running: ['False'] }, 'PolicyForbids'],
    ['what it is', 'Live', stuck, 'NotLiveMigratable'],
    ['nothing, when it may be stopped', 'Offline', stuck, undefined],
    ['nothing, when it is off', 'Live', { ...stuck, Running: ['False'] }, undefined],
    ['nothing, when it was not judged yet', 'Live', on, undefined],
  ] as [string, string, Given, string | undefined][])('%s', (_name, policy, given, reason) => {
    expect(obstacleOf(machine(policy, given))?.reason).toBe(reason);
  });

  test.each([
    ['PolicyForbids', machine('Never', on)],
    ['NotLiveMigratable', machine('Live', stuck)],
    ['a volume that stays', machine('Live', { ...on, LiveMigratable: ['False', 'VolumeStays'] })],
  ])('%s is told with three ways out', (_name, kept) => {
    expect(obstacleOf(kept)?.message).toMatch(/Three ways out: [^;]+; [^;]+; or .+\.$/);
  });

  test('a volume that stays does not move while the machine is off either', () => {
    const { message } = obstacleOf(machine('Live', { ...on, LiveMigratable: ['False', 'VolumeStays'] })) ?? {};
    expect(message).not.toContain('Offline');
  });
});

describe('a machine that is to leave', () => {
  const pools = new Map<string, StoragePool>([
    ['local', aPool('local')],
    ['nas', aPool('nas', { access: 'Shared' })],
  ]);
  const pinned = aVolume('data', { host: { name: 'h1', uid: 'u1' } });
  const informers = {
    pools,
    networks: new Map(),
    images: new Map(),
    volumes: new Map([['lab/data', pinned]]),
    priorityClasses: new Map(),
    classes: new Map(),
  } as unknown as Informers;
  const disk = (name: string, poolName: string) => ({
    name,
    role: 'Disk' as const,
    poolName,
    sizeBytes: 8 * GIB,
    phase: 'Ready' as const,
  });
  const leaver = (isOff: boolean, spec: object = {}) =>
    leaverOf(
      informers,
      aMachine(spec, {
        host: { name: 'h1', uid: 'u1' },
        hypervisor: 'QEMU',
        machineType: 'pc-q35-7.2',
        volumes: [disk('root', 'local'), disk('shared', 'nas')],
      }),
      isOff,
    );

  test('sends its memory while it runs, and the disks that only its host has', () => {
    expect(leaver(false).bytes).toBe(9 * GIB);
    expect(leaver(true).bytes).toBe(8 * GIB);
  });

  test('needs the pools there, with room for what is copied, and what it was given', () => {
    expect(leaver(false)).toMatchObject({
      from: 'h1',
      requiredPools: [
        { name: 'local', bytes: 64 * 2 ** 20 },
        { name: 'nas', bytes: 0 },
      ],
      kept: { hypervisor: 'QEMU', machineType: 'pc-q35-7.2' },
      pinnedHosts: undefined,
    });
  });

  test('is held by a StorageVolume that only its host has', () => {
    expect(leaver(false, { disks: [{ name: 'data', volumeName: 'data' }] }).pinnedHosts).toEqual(['h1']);
  });
});

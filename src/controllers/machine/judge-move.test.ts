import { describe, expect, test } from 'vitest';
import type { VirtualMachineStatus } from '#api/v1alpha1/virtual-machine-status.ts';
import { type Judgement, judgeMove, type MoveInput, missingCopies } from './judge-move.ts';
import { aMachine, anImage, aPool } from './testing.ts';

type Volume = NonNullable<VirtualMachineStatus['volumes']>[number];
const pools = new Map([aPool('local'), aPool('nas', { access: 'Shared' })].map((pool) => [pool.metadata.name, pool]));
const volume = (over: Partial<Volume> = {}): Volume => ({
  name: 'root',
  role: 'Disk',
  poolName: 'local',
  phase: 'Ready',
  ...over,
});
const base = { imageName: 'debian', imageUID: 'image-debian' };
const host = { name: 'h1', uid: 'u1' };
const runs = { active: true, paused: false, halted: false };
const off = { ...runs, active: false };

interface Case {
  policy?: 'Live' | 'Offline' | 'Never';
  mode?: 'Auto' | 'Live' | 'Offline';
  copyStorage?: 'IfNeeded' | 'Never';
  volumes?: Volume[];
  domain?: MoveInput['domain'];
  images?: ReturnType<typeof anImage>[];
  status?: VirtualMachineStatus;
}
const judge = ({ policy, mode, copyStorage, volumes, domain, images, status }: Case): Judgement =>
  judgeMove({
    machine: aMachine({ migration: { policy: policy ?? 'Live' } }, { host, volumes: volumes ?? [], ...status }),
    migration: { mode: mode ?? 'Auto', copyStorage: copyStorage ?? 'IfNeeded' },
    domain: domain ?? runs,
    pools,
    images: new Map((images ?? [anImage()]).map((image) => [image.metadata.name, image])),
  });

const live = { kind: 'Go', mode: 'Live', startAfter: false };
const offline = { kind: 'Go', mode: 'Offline', startAfter: false };
const stopped = { kind: 'Go', mode: 'Offline', startAfter: true };
const hostCpu = { cpu: { mode: 'host-passthrough' } };

describe('how a machine is moved', () => {
  const table: [string, Case, object][] = [
    ['what runs: live', {}, live],
    ['what its user has paused: live', { domain: { ...runs, paused: true } }, live],
    ['what is off: as it is', { domain: off }, offline],
    ['mode Live of what is off', { mode: 'Live', domain: off }, { reason: 'MachineNotRunning' }],
    ['mode Offline of what is off', { mode: 'Offline', domain: off }, offline],
    ['mode Offline of what runs', { mode: 'Offline' }, { reason: 'MachineRunning' }],
    ['mode Offline of what may be stopped', { mode: 'Offline', policy: 'Offline' }, stopped],
    ['what may be stopped and need not be', { policy: 'Offline' }, live],
    ['what may be stopped and must be', { policy: 'Offline', status: hostCpu }, stopped],
    ['what may not be stopped and would have to be', { status: hostCpu }, { reason: 'NotLiveMigratable' }],
    ['mode Live of what cannot', { mode: 'Live', policy: 'Offline', status: hostCpu }, { reason: 'NotLiveMigratable' }],
    ['what is to stay', { policy: 'Never' }, { reason: 'PolicyForbids' }],
    ['what is to stay, and is off', { policy: 'Never', domain: off }, { reason: 'PolicyForbids' }],
    ['what the hypervisor has paused', { domain: { ...runs, halted: true } }, { reason: 'NotLiveMigratable' }],
  ];
  test.each(table)('%s', (_, over, expected) => {
    expect(judge(over)).toMatchObject(expected);
  });

  test('what would help is said', () => {
    expect(judge({ status: hostCpu })).toMatchObject({ message: expect.stringContaining('policy Offline') });
    expect(judge({ status: hostCpu, mode: 'Live' })).toMatchObject({
      message: expect.not.stringContaining('policy Offline'),
    });
  });
});

describe('what its disks allow', () => {
  const fromVolume = anImage('debian', {
    copies: [{ key: 'local/h2', poolName: 'local', hostName: 'h2', phase: 'Ready', path: '/p' }],
  });
  fromVolume.spec = { volumeName: 'golden', format: 'QCOW2' };
  const table: [string, Case, object][] = [
    ['its own disks are copied', { volumes: [volume()] }, live],
    ['unless that is forbidden', { volumes: [volume()], copyStorage: 'Never' }, { reason: 'StorageNotShared' }],
    ['what all hosts see is not copied', { volumes: [volume({ poolName: 'nas' })], copyStorage: 'Never' }, live],
    [
      'a seed is copied, too',
      { volumes: [volume({ role: 'Seed' })], copyStorage: 'Never' },
      { reason: 'StorageNotShared' },
    ],
    ['a StorageVolume stays', { volumes: [volume({ role: 'Volume' })] }, { reason: 'NotLiveMigratable' }],
    [
      'also when the machine is off',
      { volumes: [volume({ role: 'Volume' })], domain: off },
      { reason: 'NotLiveMigratable' },
    ],
    [
      'a disk that is being made',
      { volumes: [volume({ phase: 'Planned' })] },
      { kind: 'Waiting', reason: 'Preparing' },
    ],
    ['a disk that is being taken apart', { volumes: [volume({ phase: 'Released' })] }, { kind: 'Waiting' }],
    ['what it stands on can be had anywhere', { volumes: [volume({ base })] }, live],
    ['what it stands on is gone', { volumes: [volume({ base })], images: [] }, { reason: 'NotLiveMigratable' }],
    [
      'or is a namesake’s',
      { volumes: [volume({ base: { ...base, imageUID: 'other' } })] },
      { reason: 'NotLiveMigratable' },
    ],
    ['a base in a shared pool is there', { volumes: [volume({ poolName: 'nas', base })], images: [] }, live],
    [
      'a base from a volume ties it to the hosts that have it',
      { volumes: [volume({ base })], images: [fromVolume] },
      { ...live, hosts: ['h2'] },
    ],
  ];
  test.each(table)('%s', (_, over, expected) => {
    expect(judge(over)).toMatchObject(expected);
  });
});

test('copies that are not at the target yet are named', () => {
  const machine = aMachine({}, { host, volumes: [volume({ base }), volume({ name: 'data' })] });
  const missing = (phase?: 'Ready' | 'Planned' | 'Failed', key = 'local/h2') =>
    missingCopies(
      machine,
      new Map([
        [
          'debian',
          anImage(
            'debian',
            phase ? { copies: [{ key, poolName: 'local', hostName: 'h2', phase, message: 'no room' }] } : {},
          ),
        ],
      ]),
      'h2',
    );
  expect(missing()).toEqual(['image debian under disk root is being brought to pool local there']);
  expect(missing('Planned')).toHaveLength(1);
  expect(missing('Failed')).toEqual(['image debian under disk root could not be brought to pool local there: no room']);
  expect(missing('Ready', 'local/h1')).toHaveLength(1);
  expect(missing('Ready')).toEqual([]);
});

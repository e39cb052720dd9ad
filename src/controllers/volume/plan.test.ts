import { describe, expect, it } from 'vitest';
import { type Decided, planVolume, type VolumeInput } from './plan.ts';

const GiB = 1024 ** 3;
const vm = { kind: 'VirtualMachine', name: 'web', uid: 'm1' };
const h1 = { name: 'h1', uid: 'uh1' };
const decided: Decided = {
  poolUID: 'p1',
  volumeName: 'data-u-1.qcow2',
  attempt: 1,
  format: 'QCOW2',
  reclaimPolicy: 'Delete',
  host: h1,
};
const image = {
  state: 'Found',
  name: 'debian',
  uid: 'i1',
  sizeBytes: 2 * GiB,
  copy: { volumeName: 'd.qcow2', path: '/p/d.qcow2' },
} as const;
const base = { imageName: 'debian', imageUID: 'i1' };

const input = (over: Partial<VolumeInput> = {}): VolumeInput => ({
  now: 0,
  isDeleting: false,
  decided: null,
  phase: undefined,
  attachedTo: vm,
  holder: vm,
  poolName: 'local',
  pool: { state: 'Found', uid: 'p1', access: 'PerHost', reclaimPolicy: 'Delete' },
  spec: { format: 'QCOW2', sizeBytes: 10 * GiB, reclaimPolicy: null },
  holderHost: h1,
  image: null,
  place: 'Ready',
  capacityBytes: null,
  isOpen: false,
  isLookDue: false,
  nameOf: (attempt) => `data-u-${attempt}.qcow2`,
  ...over,
});
const ready = { decided, phase: 'Ready', capacityBytes: 10 * GiB } as const;
const waits = (reason: string) => expect.objectContaining({ kind: 'Wait', reason });
const stalls = (reason: string) => expect.objectContaining({ kind: 'Stall', reason });

describe('a volume', () => {
  const cases: [string, Partial<VolumeInput>, unknown][] = [
    [
      'is named by a machine: who has it is recorded before anything else',
      { attachedTo: null },
      { kind: 'Decide', decided: null, attachedTo: vm, phase: 'Pending' },
    ],
    [
      'waits for its machine',
      { attachedTo: null, holder: null, holderHost: null, place: 'Unplaced' },
      waits('WaitForConsumer'),
    ],
    ['waits for its machine to be placed', { holderHost: null, place: 'Unplaced' }, waits('WaitForConsumer')],
    [
      'is decided where its machine is',
      { place: 'Unplaced' },
      { kind: 'Decide', decided, attachedTo: vm, phase: 'Creating' },
    ],
    [
      'in a shared pool needs no machine',
      {
        attachedTo: null,
        holder: null,
        holderHost: null,
        place: 'Unplaced',
        poolName: 'local',
        pool: { state: 'Found', uid: 'p1', access: 'Shared', reclaimPolicy: 'Retain' },
      },
      expect.objectContaining({ kind: 'Decide', decided: expect.not.objectContaining({ host: expect.anything() }) }),
    ],
    [
      'records its own policy rather than that of the pool',
      { place: 'Unplaced', spec: { format: 'QCOW2', sizeBytes: GiB, reclaimPolicy: 'Retain' } },
      expect.objectContaining({ decided: expect.objectContaining({ reclaimPolicy: 'Retain' }) }),
    ],
    ['has no pool', { pool: { state: 'Missing' }, place: 'Unplaced' }, stalls('PoolNotFound')],
    ['may not use its pool', { pool: { state: 'NotAllowed' }, place: 'Unplaced' }, stalls('PoolNotAllowed')],
    ['is made', { decided, phase: 'Creating' }, { kind: 'Create', sizeBytes: 10 * GiB }],
    ['is made after it had failed', { decided, phase: 'Failed' }, { kind: 'Create', sizeBytes: 10 * GiB }],
    ['is made where the host is away', { decided, phase: 'Creating', place: 'OutOfSight' }, waits('HostOutOfSight')],
    ['is made where the pool is down', { decided, phase: 'Creating', place: 'PoolDown' }, waits('WaitingForPool')],
    [
      'begins as an image that is not there',
      { image: { state: 'Missing', name: 'debian' }, place: 'Unplaced' },
      waits('ImageNotFound'),
    ],
    [
      'begins as an image that is not ready there',
      { decided: { ...decided, base }, phase: 'Creating', image: { ...image, copy: null } },
      waits('WaitingForImage'),
    ],
    [
      'begins as an image: the file is recorded first',
      { decided: { ...decided, base }, phase: 'Creating', image },
      expect.objectContaining({ kind: 'Decide', decided: { ...decided, base: { ...base, ...image.copy } } }),
    ],
    [
      'begins as an image, without a size of its own',
      {
        decided: { ...decided, base: { ...base, ...image.copy } },
        phase: 'Creating',
        image,
        spec: { format: 'QCOW2', sizeBytes: null, reclaimPolicy: null },
      },
      { kind: 'Create', sizeBytes: 2 * GiB },
    ],
    [
      'is smaller than its image',
      {
        decided: { ...decided, base },
        phase: 'Creating',
        image,
        spec: { format: 'QCOW2', sizeBytes: GiB, reclaimPolicy: null },
      },
      stalls('SizeTooSmall'),
    ],
    [
      'lost its image to another of that name',
      { decided: { ...decided, base }, phase: 'Creating', image: { ...image, uid: 'i2' } },
      stalls('ImageNotFound'),
    ],
    ['is ready', ready, { kind: 'Settled' }],
    ['is ready, and not looked at for long', { ...ready, isLookDue: true }, { kind: 'Look' }],
    ['grows while nothing runs with it', { ...ready, capacityBytes: GiB }, { kind: 'Resize', sizeBytes: 10 * GiB }],
    [
      'grows in the machine that runs with it',
      { ...ready, capacityBytes: GiB, isOpen: true },
      waits('AwaitingOnlineResize'),
    ],
    ['never shrinks', { ...ready, capacityBytes: 20 * GiB }, { kind: 'Settled' }],
    ['is on a host that is away', { ...ready, place: 'OutOfSight' }, waits('HostOutOfSight')],
    ['was on a host that is gone for good', { ...ready, place: 'Forgotten' }, stalls('VolumeMissing')],
    [
      'is let go by its machine',
      { ...ready, holder: null },
      { kind: 'Decide', decided, attachedTo: null, phase: 'Ready' },
    ],
  ];
  it.each(cases)('%s', (_name, over, expected) => {
    expect(planVolume(input(over))).toEqual(expected);
  });
});

describe('a volume that is deleted', () => {
  const going = { ...ready, isDeleting: true, attachedTo: null, holder: null };
  const cases: [string, Partial<VolumeInput>, unknown][] = [
    ['waits while a machine names it', { attachedTo: vm, holder: vm }, waits('InUse')],
    ['goes', {}, { kind: 'Delete' }],
    [
      'stays on the host when it is to be retained',
      { decided: { ...decided, reclaimPolicy: 'Retain' } },
      { kind: 'RemoveFinalizer' },
    ],
    ['was never made', { decided: null, place: 'Unplaced' }, { kind: 'RemoveFinalizer' }],
    ['waits for its host', { place: 'OutOfSight' }, waits('HostOutOfSight')],
    ['waits for its pool', { place: 'PoolDown' }, waits('WaitingForPool')],
    ['cannot be reached any more', { place: 'Forgotten' }, { kind: 'RemoveFinalizer' }],
    ['goes half-made, too', { phase: 'Creating' }, { kind: 'Delete' }],
  ];
  it.each(cases)('%s', (_name, over, expected) => {
    expect(planVolume(input({ ...going, ...over }))).toEqual(expected);
  });
});

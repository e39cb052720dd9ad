import { describe, expect, it } from 'vitest';
import type { ImageCopy, ImageOperation } from '#api/v1alpha1/virtual-machine-image.ts';
import { type CopyView, type ImageInput, type ImagePlan, planImage, retryDelayMs } from './plan.ts';

const NOW = Date.parse('2026-11-21T12:00:00Z');
const KEY = 'local/h1';
const wanted = { key: KEY, poolName: 'local', poolUID: 'p1', hostName: 'h1' };

const aCopy = (over: Partial<ImageCopy> = {}): ImageCopy => ({
  key: KEY,
  poolName: 'local',
  poolUID: 'p1',
  hostName: 'h1',
  volumeName: 'debian-u-1.qcow2',
  attempt: 1,
  phase: 'Planned',
  ...over,
});
const anOperation = (over: Partial<ImageOperation> = {}): ImageOperation => ({
  key: KEY,
  attempt: 1,
  claim: 'c',
  ...over,
});
const view = (over: Partial<CopyView> = {}): CopyView => ({
  key: KEY,
  copy: null,
  wanted,
  users: [],
  place: 'Ready',
  otherHost: null,
  operation: null,
  isExecutorAlive: false,
  isLookDue: false,
  ...over,
});
const plan = (over: Partial<CopyView>, input: Partial<ImageInput> = {}): ImagePlan =>
  planImage({ now: NOW, isDeleting: false, copies: [view(over)], ...input });

const decide = (decision: object) => ({
  kind: 'Decide',
  decisions: [expect.objectContaining({ key: KEY, ...decision })],
});
const act = (kind: string) => ({ kind: 'Act', acts: [{ kind, key: KEY }], waits: [] });
const waitFor = (what: string) => ({ kind: 'Settled', waits: [expect.objectContaining({ key: KEY, for: what })] });
const settled = { kind: 'Settled', waits: [] };

describe('one copy', () => {
  const cases: [string, Partial<CopyView>, object][] = [
    ['wanted: its name is decided first', {}, decide({ kind: 'Record', attempt: 1, hostName: 'h1' })],
    [
      'wanted again: attempts count on, for the old entry has an outcome',
      { operation: anOperation({ attempt: 3, outcome: 'Cancelled' }) },
      decide({ kind: 'Record', attempt: 4 }),
    ],
    [
      'in a shared pool: through any host',
      { key: KEY, wanted: { ...wanted, hostName: '' }, otherHost: 'h7' },
      decide({ kind: 'Record', hostName: 'h7' }),
    ],
    ['in a shared pool that runs nowhere', { wanted: { ...wanted, hostName: '' } }, waitFor('Pool')],
    ['planned: queued', { copy: aCopy() }, act('Enqueue')],
    ['planned, the host is away', { copy: aCopy(), place: 'OutOfSight' }, waitFor('Host')],
    ['planned, the pool is down', { copy: aCopy(), place: 'PoolDown' }, waitFor('Pool')],
    [
      'claimed: that is told',
      { copy: aCopy(), operation: anOperation(), isExecutorAlive: true },
      decide({ kind: 'MarkFetching' }),
    ],
    [
      'being fetched',
      { copy: aCopy({ phase: 'Fetching' }), operation: anOperation(), isExecutorAlive: true },
      waitFor('Executor'),
    ],
    [
      'its executor is silent: queued again',
      { copy: aCopy({ phase: 'Fetching' }), operation: anOperation() },
      act('Enqueue'),
    ],
    [
      'fetched: looked at',
      { copy: aCopy({ phase: 'Fetching' }), operation: anOperation({ outcome: 'Succeeded' }) },
      act('Look'),
    ],
    [
      'fetched so fast that nobody saw it begin',
      { copy: aCopy(), operation: anOperation({ outcome: 'Succeeded' }) },
      act('Look'),
    ],
    [
      'failed: cleaned up first',
      { copy: aCopy({ phase: 'Fetching' }), operation: anOperation({ outcome: 'Failed' }) },
      act('Clean'),
    ],
    [
      'failed, the host is away: nothing is said of what is left there',
      { copy: aCopy({ phase: 'Fetching' }), operation: anOperation({ outcome: 'Failed' }), place: 'OutOfSight' },
      waitFor('Host'),
    ],
    [
      'the outcome of an older attempt says nothing',
      { copy: aCopy({ attempt: 2 }), operation: anOperation({ outcome: 'Failed' }) },
      act('Enqueue'),
    ],
    ['failed, too early', { copy: aCopy({ phase: 'Failed', retryAt: '2026-11-21T12:00:05Z' }) }, waitFor('Retry')],
    [
      'failed, due: a new attempt',
      { copy: aCopy({ phase: 'Failed', attempt: 2, retryAt: '2026-11-21T12:00:00Z' }) },
      decide({ kind: 'Retry', attempt: 3 }),
    ],
    ['ready', { copy: aCopy({ phase: 'Ready' }) }, settled],
    ['ready, and not looked at for long', { copy: aCopy({ phase: 'Ready' }), isLookDue: true }, act('Look')],
    [
      'ready on a host that is away',
      { copy: aCopy({ phase: 'Ready' }), isLookDue: true, place: 'OutOfSight' },
      settled,
    ],
    ['not wanted any more', { copy: aCopy({ phase: 'Ready' }), wanted: null }, decide({ kind: 'Unwant' })],
    [
      'not wanted, but stood on',
      { copy: aCopy({ phase: 'Ready' }), wanted: null, users: ['VirtualMachine a/b'] },
      settled,
    ],
    ['deleting', { copy: aCopy({ phase: 'Deleting' }), wanted: null }, act('Remove')],
    ['deleting goes to its end, also when it is wanted again', { copy: aCopy({ phase: 'Deleting' }) }, act('Remove')],
    [
      'deleting what a machine was recorded on in the meantime: kept, and looked at',
      { copy: aCopy({ phase: 'Deleting' }), users: ['VirtualMachine a/b'] },
      decide({ kind: 'Keep' }),
    ],
    [
      'deleting what somebody still writes',
      { copy: aCopy({ phase: 'Deleting' }), wanted: null, operation: anOperation(), isExecutorAlive: true },
      waitFor('Executor'),
    ],
    [
      'deleting on a host that is away',
      { copy: aCopy({ phase: 'Deleting' }), wanted: null, place: 'OutOfSight' },
      waitFor('Host'),
    ],
    [
      'its host is no part of the fleet any more',
      { copy: aCopy({ phase: 'Ready' }), place: 'Forgotten' },
      decide({ kind: 'Forget' }),
    ],
    [
      'shared, written through a host that is away',
      { copy: aCopy(), place: 'OutOfSight', otherHost: 'h2' },
      decide({ kind: 'Rehost', hostName: 'h2' }),
    ],
    [
      'shared, written through a host that is away by somebody who lives',
      {
        copy: aCopy({ phase: 'Fetching' }),
        operation: anOperation(),
        isExecutorAlive: true,
        place: 'OutOfSight',
        otherHost: 'h2',
      },
      waitFor('Host'),
    ],
  ];
  it.each(cases)('%s', (_name, over, expected) => {
    expect(plan(over)).toEqual(expected);
  });
});

describe('an image that is deleted', () => {
  it('waits for those who stand on it', () => {
    const copy = aCopy({ phase: 'Ready' });
    expect(plan({ copy, users: ['VirtualMachine a/b'] }, { isDeleting: true })).toEqual({
      kind: 'Blocked',
      users: ['VirtualMachine a/b'],
    });
  });

  it('then gives up its copies, and goes when none is left', () => {
    expect(plan({ copy: aCopy({ phase: 'Ready' }) }, { isDeleting: true })).toEqual(decide({ kind: 'Unwant' }));
    expect(plan({ copy: aCopy({ phase: 'Deleting' }) }, { isDeleting: true })).toEqual(act('Remove'));
    expect(plan({ copy: null }, { isDeleting: true })).toEqual({ kind: 'RemoveFinalizer' });
    expect(planImage({ now: NOW, isDeleting: true, copies: [] })).toEqual({ kind: 'RemoveFinalizer' });
  });

  it('waits for a copy that cannot be reached', () => {
    expect(plan({ copy: aCopy({ phase: 'Deleting' }), place: 'OutOfSight' }, { isDeleting: true })).toEqual(
      waitFor('Host'),
    );
  });
});

describe('several copies', () => {
  it('decisions of all are written before any act', () => {
    const copies = [
      view({ copy: aCopy() }),
      view({ key: 'local/h2', wanted: { ...wanted, key: 'local/h2', hostName: 'h2' } }),
    ];
    expect(planImage({ now: NOW, isDeleting: false, copies })).toMatchObject({
      kind: 'Decide',
      decisions: [{ kind: 'Record', key: 'local/h2' }],
    });
  });

  it('one that waits does not hold up another', () => {
    const copies = [
      view({ copy: aCopy() }),
      view({ key: 'local/h2', copy: aCopy({ key: 'local/h2' }), place: 'OutOfSight' }),
    ];
    expect(planImage({ now: NOW, isDeleting: false, copies })).toMatchObject({
      kind: 'Act',
      acts: [{ kind: 'Enqueue', key: KEY }],
      waits: [{ key: 'local/h2', for: 'Host' }],
    });
  });
});

describe('the time to the next attempt', () => {
  it.each([
    [1, 'SourceUnreachable', false, 10_000],
    [3, 'SourceUnreachable', false, 40_000],
    [50, 'SourceUnreachable', false, 600_000],
    [1, 'ChecksumMismatch', true, 600_000],
    [1, 'VolumeExists', false, 0],
    [7, 'HostOutOfSight', false, 2_000],
  ])('attempt %i, %s', (attempt, reason, lasting, expected) => {
    expect(retryDelayMs(attempt, reason, lasting)).toBe(expected);
  });
});

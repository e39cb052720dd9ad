import { describe, expect, it } from 'vitest';
import type { ImageCopy, ImageOperation, VirtualMachineImage } from '#api/v1alpha1/virtual-machine-image.ts';
import { imageStatus, type StatusInput, withoutCounters } from './status.ts';

const KEY = 'local/h1';
const aCopy = (over: Partial<ImageCopy> = {}): ImageCopy => ({
  key: KEY,
  poolName: 'local',
  hostName: 'h1',
  attempt: 1,
  phase: 'Ready',
  ...over,
});
const anOperation = (over: Partial<ImageOperation>): ImageOperation => ({ key: KEY, attempt: 1, claim: 'c', ...over });

function status(over: Partial<StatusInput> & { operations?: ImageOperation[]; deleting?: boolean } = {}) {
  const { operations = [], deleting = false, copies = [aCopy()], ...rest } = over;
  const image: VirtualMachineImage = {
    apiVersion: 'virtfleet.io/v1alpha1',
    kind: 'VirtualMachineImage',
    metadata: {
      name: 'debian',
      namespace: 'a',
      uid: 'u',
      resourceVersion: '1',
      generation: 3,
      ...(deleting ? { deletionTimestamp: '2026-11-21T12:00:00Z' } : {}),
    },
    spec: { format: 'QCOW2', http: { url: 'https://images.example.com/d.qcow2?token=secret', checksum: 'sha256:0' } },
    status: { operations },
  };
  const made = imageStatus({
    now: 0,
    image,
    copies,
    wanted: new Set(copies.map(({ key }) => key)),
    waits: [],
    problems: [],
    queueProblem: null,
    userCount: 0,
    queue: null,
    isAlive: ({ claim, outcome }) => claim !== undefined && outcome === undefined,
    blockedBy: null,
    ...rest,
  });
  const ready = made.conditions?.find(({ type }) => type === 'Ready');
  return { ...made, ready, types: made.conditions?.map(({ type }) => type) };
}

describe('the status of an image', () => {
  const planned = [aCopy({ phase: 'Planned' })];
  const cases: [string, Parameters<typeof status>[0], { phase: string; reason: string; types: string[] }][] = [
    ['complete', {}, { phase: 'Ready', reason: 'Ready', types: ['Ready'] }],
    ['needed by nobody', { copies: [] }, { phase: 'Pending', reason: 'OnDemand', types: ['Ready'] }],
    ['under way', { copies: planned }, { phase: 'Fetching', reason: 'Fetching', types: ['Ready', 'Reconciling'] }],
    [
      'without Redis',
      { copies: planned, queueProblem: 'The job queue is unavailable.' },
      { phase: 'Pending', reason: 'QueueUnavailable', types: ['Ready', 'Reconciling'] },
    ],
    [
      'on a host that is away',
      { copies: planned, waits: [{ key: KEY, for: 'Host' }] },
      { phase: 'Pending', reason: 'HostOutOfSight', types: ['Ready', 'Reconciling'] },
    ],
    [
      'in a pool that is down',
      { copies: planned, waits: [{ key: KEY, for: 'Pool' }] },
      { phase: 'Pending', reason: 'WaitingForPool', types: ['Ready', 'Reconciling'] },
    ],
    [
      'failed for good',
      {
        copies: [aCopy({ phase: 'Failed', message: 'No.' })],
        operations: [anOperation({ outcome: 'Failed', reason: 'ChecksumMismatch' })],
      },
      { phase: 'Failed', reason: 'ChecksumMismatch', types: ['Ready', 'Stalled'] },
    ],
    [
      'failed for now',
      {
        copies: [aCopy({ phase: 'Failed', message: 'No.' })],
        operations: [anOperation({ outcome: 'Failed', reason: 'SourceUnreachable' })],
      },
      { phase: 'Failed', reason: 'SourceUnreachable', types: ['Ready', 'Reconciling'] },
    ],
    [
      'in a pool that is not there',
      { problems: [{ reason: 'PoolNotFound', message: 'x', isLasting: true }] },
      { phase: 'Failed', reason: 'PoolNotFound', types: ['Ready', 'Stalled'] },
    ],
    [
      'to be deleted, and stood on',
      { deleting: true, blockedBy: ['VirtualMachine a/web'] },
      { phase: 'Deleting', reason: 'InUse', types: ['Ready', 'Reconciling'] },
    ],
    [
      'to be deleted, and a retained disk stands on it',
      { deleting: true, copies: [aCopy({ phase: 'Deleting', message: 'disk-1.qcow2 stands on it' })] },
      { phase: 'Deleting', reason: 'InUse', types: ['Ready', 'Reconciling'] },
    ],
    ['being deleted', { deleting: true }, { phase: 'Deleting', reason: 'Deleting', types: ['Ready', 'Reconciling'] }],
  ];
  it.each(cases)('%s', (_name, over, expected) => {
    const { phase, ready, types } = status(over);
    expect({ phase, reason: ready?.reason, types }).toEqual(expected);
    expect(ready?.observedGeneration).toBe(3);
    expect(ready?.status === 'True').toBe(['Ready', 'OnDemand'].includes(expected.reason));
  });

  it('names who stands on it', () => {
    expect(status({ deleting: true, blockedBy: ['VirtualMachine a/web'] }).ready?.message).toContain(
      'VirtualMachine a/web',
    );
  });

  it('never shows the query of a URL, which may hold a token', () => {
    expect(status().source).toBe('https://images.example.com/d.qcow2');
  });

  it.each([
    ['Downloading', 50, '25%'],
    ['Checking', 100, '50%'],
    ['Uploading', 50, '75%'],
    ['Uploading', 100, '99%'],
    ['Verifying', 100, '99%'],
  ])('%s, %i of 100 bytes: %s', (phase, progressBytes, expected) => {
    const operations = [anOperation({ phase, progressBytes, totalBytes: 100 })];
    expect(status({ copies: [aCopy({ phase: 'Fetching' })], operations }).progress).toBe(expected);
  });

  const mebi = 1024 ** 2;
  const flow = { phase: 'Uploading', progressBytes: 10 * mebi, totalBytes: 100 * mebi, ratePerSecond: mebi };
  it.each<[string, Partial<ImageOperation>, boolean, { rate?: string; remaining?: string }]>([
    ['it uploads', flow, true, { rate: '1Mi/s', remaining: '1m30s' }],
    [
      'it downloads, and uploads after that',
      { ...flow, phase: 'Downloading' },
      true,
      { rate: '1Mi/s', remaining: '3m10s' },
    ],
    ['how much it is nobody knows', { ...flow, totalBytes: undefined }, true, { rate: '1Mi/s' }],
    ['it is checked', { phase: 'Checking' }, true, {}],
    ['nobody works on it any more', flow, false, {}],
    ['it has ended', { ...flow, outcome: 'Failed' }, true, {}],
  ])('the rate and the time left: %s', (_name, entry, alive, expected) => {
    const operations = [anOperation(entry)];
    const isAlive = ({ outcome }: ImageOperation) => alive && outcome === undefined;
    const { rate, remaining } = status({ copies: [aCopy({ phase: 'Fetching' })], operations, isAlive });
    expect({ rate, remaining }).toEqual({ rate: undefined, remaining: undefined, ...expected });
  });

  it('one that waits for its turn tells its place, and when its turn may come', () => {
    const made = status({ copies: planned, queue: { position: 3, startsInMs: 60_000 } });
    expect(made).toMatchObject({ queuePosition: 3, estimatedStartAt: '1970-01-01T00:01:00Z' });
    expect(made.ready?.message).toBe('0 of 1 copies are ready. The next waits for its turn (status.queuePosition).');
    const next = status({ copies: planned, queue: { position: 0, startsInMs: 0 } });
    expect(next.queuePosition).toBeUndefined();
    expect(withoutCounters({ ...made, queuePosition: 4 })).toEqual(withoutCounters(made));
  });

  it('100% is said of what is there alone', () => expect(status().progress).toBe('100%'));

  it('an entry of another attempt says nothing of this one', () => {
    const operations = [anOperation({ attempt: 1, phase: 'Uploading', progressBytes: 90, totalBytes: 100 })];
    expect(status({ copies: [aCopy({ phase: 'Planned', attempt: 2 })], operations }).progress).toBe('0%');
  });

  it('forgets entries of copies that are gone', () => {
    const operations = [anOperation({}), anOperation({ key: 'local/h9' })];
    expect(status({ operations }).operations?.map(({ key }) => key)).toEqual([KEY]);
  });

  it('mere progress can wait to be written', () => {
    const at = (progressBytes: number) =>
      withoutCounters(
        status({
          copies: [aCopy({ phase: 'Fetching' })],
          operations: [anOperation({ phase: 'Uploading', progressBytes, totalBytes: 100 })],
        }),
      );
    expect(at(10)).toEqual(at(90));
  });
});

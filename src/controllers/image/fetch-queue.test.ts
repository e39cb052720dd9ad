import { describe, expect, test } from 'vitest';
import type { ImageCopy, ImageOperation } from '#api/v1alpha1/virtual-machine-image.ts';
import { type Fetches, leftMs, placeOfImage, shareDone, underWay } from './fetch-queue.ts';

const isAlive = ({ claim, outcome }: ImageOperation) => claim !== undefined && outcome === undefined;

const copy = (key: string, over: Partial<ImageCopy> = {}): ImageCopy => ({
  key,
  poolName: 'local',
  attempt: 1,
  phase: 'Planned',
  queuedAt: '2026-01-01T00:00:00Z',
  ...over,
});
const operation = (key: string, over: Partial<ImageOperation> = {}): ImageOperation => ({
  key,
  attempt: 1,
  claim: 'c',
  phase: 'Downloading',
  ...over,
});
const image = (uid: string, copies: ImageCopy[], operations: ImageOperation[] = []): Fetches => ({
  uid,
  copies,
  operations,
  isReachable: ({ hostName }) => hostName !== 'away',
  isAlive,
});
/** It has fetched half of what it uploads afterwards. */
const quarter = { progressBytes: 50, totalBytes: 100, ratePerSecond: 10 };

describe('how far a fetch is', () => {
  test.each<[string, Partial<ImageOperation>, number]>([
    ['waits', { phase: 'Queued' }, 0],
    ['downloads', { ...quarter }, 0.25],
    ['downloads without a length', { progressBytes: 50 }, 0],
    ['checks', { phase: 'Checking' }, 0.5],
    ['uploads', { phase: 'Uploading', ...quarter }, 0.75],
    ['has uploaded', { phase: 'Verifying' }, 1],
    ['is of an earlier attempt', { ...quarter, attempt: 0 }, 0],
  ])('%s', (_, over, share) => {
    expect(shareDone(copy('a'), operation('a', over))).toBe(share);
  });

  test.each<[string, Partial<ImageOperation>, number | null]>([
    ['of the download and the upload', quarter, 15_000],
    ['of the upload', { ...quarter, phase: 'Uploading' }, 5_000],
    ['is not known while nothing flows', { ...quarter, ratePerSecond: 0 }, null],
    ['is not known without a length', { ...quarter, totalBytes: undefined }, null],
    ['is not known while it is checked', { ...quarter, phase: 'Checking' }, null],
  ])('time left %s', (_, over, expected) => {
    expect(leftMs(operation('a', over))).toBe(expected);
  });

  test.each<[string, Partial<ImageCopy>, Partial<ImageOperation>, boolean]>([
    ['claimed', {}, {}, true],
    ['ended', {}, { outcome: 'Failed' }, false],
    ['not claimed yet', {}, { claim: undefined }, false],
    ['of an earlier attempt', { attempt: 2 }, {}, false],
    ['of a copy that is complete', { phase: 'Ready' }, {}, false],
  ])('under way: %s', (_, over, entry, expected) => {
    expect(underWay(copy('a', over), [operation('a', entry)], isAlive) !== null).toBe(expected);
  });
});

describe('the place of an image in the queue', () => {
  const busy = image('busy', [copy('b1'), copy('b2')], [operation('b1', quarter), operation('b2', quarter)]);
  const early = image('early', [copy('e', { queuedAt: '2026-01-01T00:00:01Z' })]);
  const late = image('late', [copy('l', { queuedAt: '2026-01-01T00:00:02Z' })]);
  const place = (uid: string, all: Fetches[], places = 2) => placeOfImage(uid, all, places);

  test('the oldest comes first, and each when one before it ends', () => {
    expect(place('early', [busy, late, early])).toEqual({ position: 1, startsInMs: 15_000 });
    expect(place('late', [busy, late, early])).toEqual({ position: 2, startsInMs: 15_000 });
    expect(place('late', [busy, late, early], 1)?.position).toBe(3 - 1);
  });

  test('a free worker takes the first at once', () => {
    expect(place('early', [busy, late, early], 3)?.position).toBe(0);
    expect(place('late', [busy, late, early], 3)).toEqual({ position: 1, startsInMs: 15_000 });
  });

  test('when somebody has just begun, nobody knows when he ends', () => {
    const begun = image('begun', [copy('x'), copy('y')], [operation('x', quarter), operation('y')]);
    expect(place('early', [begun, early])).toEqual({ position: 1, startsInMs: null });
  });

  test('who has a copy under way is in no queue, nor who needs none', () => {
    expect(place('busy', [busy, early])).toBeNull();
    expect(place('done', [busy, image('done', [copy('d', { phase: 'Ready' })])])).toBeNull();
  });

  test('copies whose host is away are not in the queue, and hold up nobody', () => {
    const away = image('away', [copy('w', { hostName: 'away', queuedAt: '2026-01-01T00:00:00Z' })]);
    expect(place('away', [busy, away, late])).toBeNull();
    expect(place('late', [busy, away, late])?.position).toBe(1);
  });
});

import { expect, test } from 'vitest';
import type { Host } from '#api/v1alpha1/host.ts';
import type { HostPool } from '#hostpool/pool.ts';
import { StartGrace } from './start-grace.ts';

const host = (state: string, over: object = {}): Host =>
  ({ metadata: { name: 'h1', uid: 'u1', ...over }, spec: {}, status: { state } }) as unknown as Host;
const pool = (entry: { uid: string; state: string } | undefined): HostPool =>
  ({ get: () => entry }) as unknown as HostPool;

test.each([
  ['was Ready, is being connected to', host('Ready'), { uid: 'u1', state: 'Connecting' }, 1_000, 9_000],
  ['was Ready, nobody has tried yet', host('Ready'), undefined, 0, 10_000],
  ['was Ready, and is again', host('Ready'), { uid: 'u1', state: 'Ready' }, 1_000, 0],
  ['was Ready, is refused', host('Ready'), { uid: 'u1', state: 'Lost' }, 1_000, 0],
  ['was Lost before', host('Lost'), { uid: 'u1', state: 'Connecting' }, 1_000, 0],
  ['is being deleted', host('Ready', { deletionTimestamp: 'x' }), { uid: 'u1', state: 'Connecting' }, 1_000, 0],
  ['long after the start', host('Ready'), { uid: 'u1', state: 'Connecting' }, 10_000, 0],
] as const)('a host that %s', (_, object, entry, atMs, expected) => {
  let now = 0;
  const grace = new StartGrace({ now: () => now, monotonicMs: () => now, boottimeMs: () => now });
  now = atMs;
  expect(grace.of(object, pool(entry))).toBe(expected);
});

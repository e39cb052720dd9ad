import { expect, test } from 'vitest';
import type { Host } from '#api/v1alpha1/host.ts';
import type { HostPool } from '#hostpool/pool.ts';
import { StartGrace } from './start-grace.ts';

const host = (state: string | undefined, over: object = {}): Host =>
  ({ metadata: { name: 'h1', uid: 'u1', ...over }, spec: {}, status: { state } }) as unknown as Host;
const pool = (entry: { uid: string; state: string } | undefined): HostPool =>
  ({ get: () => entry }) as unknown as HostPool;
const connecting = { uid: 'u1', state: 'Connecting' };

/** A process that was there for a minute before it led. */
function setting() {
  const world = { nowMs: 60_000 };
  const now = (): number => world.nowMs;
  return { world, grace: new StartGrace({ now, monotonicMs: now, boottimeMs: now }) };
}

test.each([
  ['was Ready, is being connected to', host('Ready'), connecting, 10_000],
  ['was Degraded, is being connected to', host('Degraded'), connecting, 10_000],
  ['was Lost, is being connected to', host('Lost'), connecting, 10_000],
  ['was never reached', host(undefined), connecting, 0],
  ['was not let be reached', host('Connecting'), connecting, 0],
  ['was Ready, and is again', host('Ready'), { uid: 'u1', state: 'Ready' }, 0],
  ['was Ready, is refused', host('Ready'), { uid: 'u1', state: 'Lost' }, 0],
  ['was Ready, under another uid', host('Ready'), { uid: 'u0', state: 'Connecting' }, 0],
  ['is being deleted', host('Ready', { deletionTimestamp: 'x' }), connecting, 0],
] as const)('a host that %s', (_, object, entry, expected) => {
  expect(setting().grace.of(object, pool(entry))).toBe(expected);
});

test('a host that nobody has tried yet waits for ten seconds from the first question on, not from the start of the process', () => {
  const { world, grace } = setting();
  world.nowMs += 15_000;
  expect(grace.of(host('Ready'), pool(undefined))).toBe(10_000);
  world.nowMs += 4_000;
  expect(grace.of(host('Ready'), pool(undefined))).toBe(6_000);
  world.nowMs += 6_000;
  expect(grace.of(host('Ready'), pool(undefined))).toBe(0);
});

import type { Connect } from '@virtfleet/libvirt';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Connection } from './connection.ts';
import { SpareConnections } from './spare-connections.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function connection() {
  const tunnel = Promise.withResolvers<void>();
  const ended: string[] = [];
  const made: Connection = {
    connect: {} as Connect,
    isWhole: true,
    closed: tunnel.promise,
    abort: () => void ended.push('cut'),
    close: async () => void ended.push('closed'),
  };
  return { made, ended, breaks: tunnel.resolve };
}

function setting() {
  const spare = new SpareConnections();
  const [one, other, third] = [connection(), connection(), connection()];
  for (const { made } of [one, other, third]) spare.watch(made);
  return { spare, one, other, third };
}

test('what was put back is taken again, once', () => {
  const { spare, one } = setting();
  spare.put(one.made);
  expect(spare.take()).toBe(one.made);
  expect(spare.take()).toBeNull();
  expect(one.ended).toEqual([]);
});

test('one whose tunnel ended while it was in use is not given to the next', async () => {
  const { spare, one } = setting();
  one.breaks();
  await vi.advanceTimersByTimeAsync(0);
  spare.put(one.made);
  expect(spare.take()).toBeNull();
  expect(one.ended).toEqual(['closed']);
});

test('one whose tunnel ends while it waits is let go', async () => {
  const { spare, one } = setting();
  spare.put(one.made);
  one.breaks();
  await vi.advanceTimersByTimeAsync(0);
  expect(spare.take()).toBeNull();
  expect(one.ended).toEqual(['closed']);
});

test('no more than two wait, and none for longer than ten seconds', async () => {
  const { spare, one, other, third } = setting();
  for (const { made } of [one, other, third]) spare.put(made);
  expect([one.ended, other.ended, third.ended]).toEqual([[], [], ['closed']]);
  await vi.advanceTimersByTimeAsync(10_000);
  expect([one.ended, other.ended]).toEqual([['closed'], ['closed']]);
  expect(spare.take()).toBeNull();
});

test('all that wait are cut together', () => {
  const { spare, one, other } = setting();
  spare.put(one.made);
  spare.put(other.made);
  spare.abort();
  expect([one.ended, other.ended]).toEqual([['cut'], ['cut']]);
  expect(spare.take()).toBeNull();
});

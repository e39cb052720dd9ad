import { expect, test } from 'vitest';
import { Memories } from './memory.ts';

const T = Date.UTC(2026, 0, 2, 3, 4, 0);
const made = (uid: string, seconds: number) => ({
  uid,
  creationTimestamp: new Date(T + seconds * 1_000).toISOString(),
});

test('only what was made while this process decides, and was not decided, is new for certain', () => {
  const memories = new Memories();
  expect(memories.isNewHere(made('a', 60)), 'it does not decide yet').toBe(false);
  memories.decides(T);
  memories.decides(T + 30_000);
  expect(memories.isNewHere(made('a', -10)), 'an earlier leader may have decided').toBe(false);
  expect(memories.isNewHere(made('a', 3)), 'too close to tell').toBe(false);
  expect(memories.isNewHere(made('a', 10))).toBe(true);
  memories.of('a').decided = true;
  expect(memories.isNewHere(made('a', 10)), 'a status that was rolled back').toBe(false);
});

test('what was decided and is gone may come back with a restored etcd, and is not new then', () => {
  const memories = new Memories();
  memories.decides(T);
  memories.of('a').decided = true;
  memories.forget(made('a', 60));
  expect(memories.isNewHere(made('a', 60))).toBe(false);
  expect(memories.isNewHere(made('b', 60)), 'another one of the same second').toBe(true);
  memories.of('b');
  memories.forget(made('b', 200));
  expect(memories.isNewHere(made('c', 90)), 'nothing was decided about b').toBe(true);
});

test('of those that are gone some thousand are remembered; older ones are told by when they were made', () => {
  const memories = new Memories(2);
  memories.decides(T);
  for (const [uid, seconds] of [
    ['a', 60],
    ['b', 70],
    ['c', 80],
  ] as const) {
    memories.of(uid).decided = true;
    memories.forget(made(uid, seconds));
  }
  expect(memories.isNewHere(made('a', 60))).toBe(false);
  expect(memories.isNewHere(made('c', 80))).toBe(false);
  expect(memories.isNewHere(made('d', 60)), 'it may be one of those').toBe(false);
  expect(memories.isNewHere(made('d', 61))).toBe(true);
});

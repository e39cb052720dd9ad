import { expect, test } from 'vitest';
import { Turns } from './turns.ts';

test('as many as there are places go on, the others do nothing and are woken in their order', async () => {
  const woken: string[] = [];
  const turns = new Turns(2, (key) => woken.push(key));
  const [a, b] = [Promise.withResolvers<number>(), Promise.withResolvers<number>()];
  const first = turns.take('a', () => a.promise);
  const second = turns.take('b', () => b.promise);
  let ran = false;
  const other = async (): Promise<void> => {
    ran = true;
  };
  expect(await turns.take('c', other)).toBeNull();
  expect(await turns.take('d', other)).toBeNull();
  expect(await turns.take('c', other)).toBeNull();
  expect(ran).toBe(false);
  a.resolve(1);
  expect(await first).toEqual({ done: 1 });
  expect(woken).toEqual(['c']);
  expect(await turns.take('c', async () => 3)).toEqual({ done: 3 });
  b.resolve(2);
  await second;
  expect(woken).toEqual(['c', 'd']);
});

test('when one that was woken has nothing to do any more, its place is offered again', async () => {
  const woken: string[] = [];
  const turns = new Turns(2, (key) => woken.push(key));
  const [a, b] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const running = [turns.take('a', () => a.promise), turns.take('b', () => b.promise)];
  for (const key of ['c', 'd', 'e']) await turns.take(key, async () => {});
  a.resolve();
  await running[0];
  expect(woken).toEqual(['c']);
  b.resolve();
  await running[1];
  expect(woken).toEqual(['c', 'd', 'e']);
});

test('work that fails gives its place back', async () => {
  const turns = new Turns(1, () => {});
  await expect(turns.take('a', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(await turns.take('b', async () => 'yes')).toEqual({ done: 'yes' });
});

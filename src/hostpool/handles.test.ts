import type { Connect } from '@virtfleet/libvirt';
import { expect, test } from 'vitest';
import { KeptHandles } from './handles.ts';

const connection = (): Connect => ({}) as Connect;
const lookUpOf = (asked: string[]) => (uuid: string) => async () => {
  asked.push(uuid);
  return { uuid };
};

test('what was looked up once is not looked up again on its connection', async () => {
  const [kept, asked, c] = [new KeptHandles<{ uuid: string }>(), [] as string[], connection()];
  const lookUp = lookUpOf(asked);
  const first = await kept.get(c, 'a', lookUp('a'));
  expect(await kept.get(c, 'a', lookUp('a'))).toBe(first);
  expect(asked).toEqual(['a']);
});

test('another connection has handles of its own', async () => {
  const [kept, asked] = [new KeptHandles<{ uuid: string }>(), [] as string[]];
  const lookUp = lookUpOf(asked);
  const first = await kept.get(connection(), 'a', lookUp('a'));
  expect(await kept.get(connection(), 'a', lookUp('a'))).not.toBe(first);
  expect(asked).toEqual(['a', 'a']);
});

test('no more than so many are kept, and who was used last stays', async () => {
  const [kept, asked, c] = [new KeptHandles<{ uuid: string }>(2), [] as string[], connection()];
  const lookUp = lookUpOf(asked);
  for (const uuid of ['a', 'b', 'a', 'c', 'a', 'b']) await kept.get(c, uuid, lookUp(uuid));
  expect(asked).toEqual(['a', 'b', 'c', 'b']);
});

test('a failed look-up leaves nothing, and what is forgotten is looked up anew', async () => {
  const [kept, asked, c] = [new KeptHandles<{ uuid: string }>(), [] as string[], connection()];
  const lookUp = lookUpOf(asked);
  await expect(kept.get(c, 'a', () => Promise.reject(new Error('there is none')))).rejects.toThrow('there is none');
  await kept.get(c, 'a', lookUp('a'));
  kept.forget(c, 'a');
  await kept.get(c, 'a', lookUp('a'));
  expect(asked).toEqual(['a', 'a']);
});

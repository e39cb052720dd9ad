import { expect, test } from 'vitest';
import { Latest } from './latest.ts';

test('callers during a reading share the next one, which begins after them', async () => {
  const readings: PromiseWithResolvers<number>[] = [];
  const latest = new Latest<number>(() => {
    const reading = Promise.withResolvers<number>();
    readings.push(reading);
    return reading.promise;
  });
  const first = latest.get('a');
  const second = latest.get('a');
  const third = latest.get('a');
  const other = latest.get('b');
  expect(readings.length).toBe(2);
  readings[0]?.resolve(1);
  readings[1]?.resolve(9);
  expect(await first).toBe(1);
  expect(await other).toBe(9);
  expect(readings.length).toBe(3);
  const fourth = latest.get('a');
  readings[2]?.reject(new Error('gone'));
  await expect(second).rejects.toThrow('gone');
  await expect(third).rejects.toThrow('gone');
  await expect.poll(() => readings.length).toBe(4);
  readings[3]?.resolve(4);
  expect(await fourth).toBe(4);
  const fifth = latest.get('a');
  readings[4]?.resolve(5);
  expect(await fifth).toBe(5);
});

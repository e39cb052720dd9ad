import { expect, test } from 'vitest';
import { isSentFor } from './floor/raw-writes.ts';
import { exponent, interleaved, median, percentile, slope, spreadOf } from './statistics.ts';

test('a percentile lies between the two nearest ranks', () => {
  expect(median([3, 1, 2])).toBe(2);
  expect(median([4, 1, 2, 3])).toBe(2.5);
  expect(percentile([10, 20, 30, 40, 50], 100)).toBe(50);
  expect(percentile([10, 20, 30, 40, 50], 90)).toBeCloseTo(46);
  expect(spreadOf([5, 2, 9])).toEqual({ median: 5, least: 2, most: 9 });
  expect(() => median([])).toThrow(RangeError);
});

test('the exponent of a power law is found whatever its factor', () => {
  const sizes = [250, 500, 1000, 2000, 4000];
  expect(exponent(sizes.map((n) => [n, 3 * n] as const))).toBeCloseTo(1);
  expect(exponent(sizes.map((n) => [n, 0.01 * n ** 2] as const))).toBeCloseTo(2);
  expect(
    slope([
      [0, 1],
      [10, 21],
    ]),
  ).toBeCloseTo(2);
  expect(() =>
    slope([
      [1, 1],
      [1, 2],
    ]),
  ).toThrow(RangeError);
});

test('arms alternate so that each comes first as often as the other', () => {
  expect(interleaved(3).join('')).toBe('ABBAAB');
});

test('a share of the writes is spread evenly over all objects', () => {
  const sent = (share?: number): number =>
    Array.from({ length: 200 }, (_, at) => at).filter((at) => isSentFor(at, share)).length;
  expect([sent(), sent(1), sent(0.5), sent(0.25), sent(0)]).toEqual([200, 200, 100, 50, 0]);
  expect(Array.from({ length: 4 }, (_, at) => isSentFor(at, 0.5))).toEqual([false, true, false, true]);
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  bytesToQuantity,
  bytesToShortQuantity,
  milliToQuantity,
  quantityToMilli,
  quantityToNumber,
} from './quantity.ts';

describe('quantities', () => {
  it.each([
    ['4Gi', 4 * 1024 ** 3],
    ['1.5Gi', 1.5 * 1024 ** 3],
    ['512Mi', 512 * 1024 ** 2],
    ['10G', 10 ** 10],
    ['1e3', 1000],
    ['2E3', 2000],
    ['1E', 10 ** 18 > Number.MAX_SAFE_INTEGER ? null : 10 ** 18],
    ['0.1', 1],
    ['.5k', 500],
    ['1500m', 2],
    ['1n', 1],
    ['-1Ki', -1024],
    [4096, 4096],
    ['', null],
    ['4GB', null],
    ['4 Gi', null],
    ['Gi', null],
    ['.', null],
  ])('%s is %s', (text, expected) => {
    if (expected === null) expect(() => quantityToNumber(text)).toThrow(RangeError);
    else expect(quantityToNumber(text)).toBe(expected);
  });

  it.each([
    ['2', 2000],
    ['1500m', 1500],
    ['0.25', 250],
    [3, 3000],
  ])('%s is %s thousandths', (text, expected) => expect(quantityToMilli(text)).toBe(expected));

  it('come back as they were', () => {
    fc.assert(fc.property(fc.nat(), (n) => quantityToNumber(bytesToQuantity(n)) === n));
    fc.assert(fc.property(fc.nat(), (n) => quantityToMilli(milliToQuantity(n)) === n));
  });

  it('are short in columns, and never more than there is', () => {
    expect(bytesToShortQuantity(1_000_204_886_016)).toBe('931.5Gi');
    expect(bytesToShortQuantity(0)).toBe('0');
    fc.assert(fc.property(fc.nat(), (n) => quantityToNumber(bytesToShortQuantity(n)) <= n + 1));
  });
});

import { describe, expect, it } from 'vitest';
import { encodeParams } from '../lib/params.ts';

const [INT, UINT, LLONG, ULLONG, DOUBLE, BOOLEAN, STRING] = [1, 2, 3, 4, 5, 6, 7];

describe('typed parameters', () => {
  it.each([
    ['bandwidth', 100, ULLONG, 100n],
    ['compression.mt.level', 3, INT, 3],
    ['vcpu_quota', -1, LLONG, -1n],
    ['destination_name', 'x', STRING, 'x'],
    ['unheard.of', 5, UINT, 5],
    ['unheard.of', -5, INT, -5],
    ['unheard.of', 5n, ULLONG, 5n],
    ['unheard.of', 1.5, DOUBLE, 1.5],
    ['unheard.of', true, BOOLEAN, true],
    ['unheard.of', 2 ** 40, ULLONG, 2n ** 40n],
  ])('%s: %s', (name, value, type, encoded) => {
    expect(encodeParams({ [name]: value })).toEqual([[name, type, encoded]]);
  });

  it('repeats a field for each entry of a list', () => {
    expect(encodeParams({ migrate_disks: ['vda', 'vdb'], none: [] })).toEqual([
      ['migrate_disks', STRING, 'vda'],
      ['migrate_disks', STRING, 'vdb'],
    ]);
  });

  it('lets the caller say the type', () => {
    expect(encodeParams({ x: { type: 'llong', value: 5 } })).toEqual([['x', LLONG, 5n]]);
  });

  it.each([
    ['bandwidth', 'much', TypeError],
    ['bandwidth', -1, RangeError],
    ['compression.mt.level', 2 ** 31, RangeError],
    ['destination_name', 5, TypeError],
  ])('refuses %s: %s', (name, value, kind) => {
    expect(() => encodeParams({ [name]: value })).toThrow(kind);
  });
});

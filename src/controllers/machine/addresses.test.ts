import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addressesIn } from '../ipv4-range.ts';
import { allocate, fixedAddressProblem } from './addresses.ts';

const range = { cidr: '10.40.0.0/29' };

describe('allocate', () => {
  test('gives every address but network, gateway and broadcast, each once', () => {
    const taken = new Set<string>();
    for (let i = 0; i < addressesIn(range); i++) {
      const a = allocate(range, (x) => taken.has(x), i);
      if (a.kind === 'Allocated') taken.add(a.address);
    }
    expect([...taken].sort()).toEqual(['10.40.0.2', '10.40.0.3', '10.40.0.4', '10.40.0.5', '10.40.0.6']);
    expect(allocate(range, (x) => taken.has(x), 0)).toEqual({ kind: 'Exhausted', total: 5 });
  });

  test('keeps to the dhcp range, both ends included', () => {
    const narrow = { ...range, dhcp: { start: '10.40.0.3', end: '10.40.0.4' } };
    expect(allocate(narrow, () => false, 0)).toEqual({ kind: 'Allocated', address: '10.40.0.3', prefix: 29 });
    expect(allocate(narrow, (a) => a === '10.40.0.3', 0)).toMatchObject({ address: '10.40.0.4' });
    expect(addressesIn(narrow)).toBe(2);
  });

  test('a released address is not the next one given', () => {
    expect(allocate(range, () => false, 1)).toMatchObject({ address: '10.40.0.3' });
  });

  test('never gives what is taken, and gives something while something is free', () => {
    const inRange = fc.record({
      prefix: fc.integer({ min: 24, max: 30 }),
      hint: fc.nat(5000),
      mask: fc.array(fc.boolean(), { minLength: 256, maxLength: 256 }),
    });
    fc.assert(
      fc.property(inRange, ({ prefix, hint, mask }) => {
        const r = { cidr: `192.168.7.0/${prefix}` };
        const isTaken = (a: string): boolean => mask[Number(a.split('.')[3])] ?? false;
        const free = addressesIn(r) - mask.filter((taken, i) => taken && i >= 2 && i < 2 ** (32 - prefix) - 1).length;
        const got = allocate(r, isTaken, hint);
        if (free > 0) {
          expect(got.kind).toBe('Allocated');
          if (got.kind === 'Allocated') {
            expect(isTaken(got.address)).toBe(false);
            expect(fixedAddressProblem(r, got.address)).toBeNull();
          }
        } else expect(got.kind).toBe('Exhausted');
      }),
    );
  });
});

describe('fixedAddressProblem', () => {
  test.each([
    ['10.40.0.5', null],
    ['10.40.0.1', 'gateway'],
    ['10.40.0.0', 'not a host address'],
    ['10.40.0.7', 'not a host address'],
    ['10.41.0.5', 'not a host address'],
  ])('%s', (address, words) => {
    const problem = fixedAddressProblem(range, address);
    if (words === null) expect(problem).toBeNull();
    else expect(problem).toContain(words);
  });
});

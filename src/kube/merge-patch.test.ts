import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applyMergePatch, mergePatch } from './merge-patch.ts';

describe('mergePatch', () => {
  test.each([
    ['equal', { a: 1, b: { c: [1, { d: 2 }] } }, { b: { c: [1, { d: 2 }] }, a: 1 }, null],
    ['a field set', { a: 1 }, { a: 2 }, { a: 2 }],
    ['a field gone', { a: 1, b: 2 }, { a: 1 }, { b: null }],
    ['undefined is gone', { a: 1, b: 2 }, { a: 1, b: undefined }, { b: null }],
    ['undefined where nothing was', { a: 1 }, { a: 1, b: undefined }, null],
    ['deep', { a: { b: { c: 1, d: 2 } } }, { a: { b: { c: 1, d: 3 } } }, { a: { b: { d: 3 } } }],
    ['a list is replaced whole', { a: [1, 2] }, { a: [1, 3] }, { a: [1, 3] }],
    ['undefined inside a list does not count', { a: [{ x: 1 }] }, { a: [{ x: 1, y: undefined }] }, null],
    ['a map in place of a value', { a: 1 }, { a: { b: 1 } }, { a: { b: 1 } }],
    ['an empty map is written', {}, { a: {} }, { a: {} }],
    ['no status yet', undefined, { phase: 'Pending' }, { phase: 'Pending' }],
    ['all of it gone', { a: 1 }, undefined, { a: null }],
  ])('%s', (_, from, to, patch) => {
    expect(mergePatch(from, to)).toEqual(patch);
  });

  const noNull = fc.letrec((tie) => ({
    value: fc.oneof({ maxDepth: 4 }, fc.integer(), fc.string(), fc.boolean(), tie('list'), tie('map')),
    list: fc.array(tie('value'), { maxLength: 3 }),
    map: fc.dictionary(fc.constantFrom('a', 'b', 'c', '__proto__', 'toString'), tie('value'), { maxKeys: 4 }),
  }));
  const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

  test('applied, it gives what was wanted; and it is null only when nothing is to be done', () => {
    fc.assert(
      fc.property(noNull.map, noNull.map, (a, b) => {
        const [from, to] = [plain(a), plain(b)];
        const patch = mergePatch(from, to);
        expect(JSON.parse(JSON.stringify(applyMergePatch(from, patch ?? {})))).toEqual(to);
        expect(mergePatch(to, to)).toBeNull();
        expect(patch === null).toBe(mergePatch(to, from) === null);
      }),
    );
  });
});

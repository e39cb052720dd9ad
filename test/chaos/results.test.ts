import { expect, test } from 'vitest';
import { declaredBy, type FaultResult, groups, lineOf, missing, nameOf, patternOf } from './results.ts';
import { steps } from './steps.ts';

const cut = { group: 'hosts', name: 'cut: both ways' } as const;
const result: FaultResult = { ...cut, outcome: 'held', broken: [], notes: [], seconds: 1 };

test.each(groups)('a test of group %s is found by its name', (group) => {
  expect(declaredBy(nameOf({ group, name: 'a: b' }))).toEqual({ group, name: 'a: b' });
});

test('a test of no group is told from the others', () => {
  expect(declaredBy('host: cut')).toBeNull();
});

test('what was told stands in the line of a test that passed', () => {
  const told = { broken: [], notes: ['seed 7'] };
  expect(lineOf(cut, { state: 'passed', told, durationMs: 1_600 })).toEqual({
    ...cut,
    outcome: 'held',
    broken: [],
    notes: ['seed 7'],
    seconds: 2,
  });
});

test('a test that ran into its time-out has failed, whatever it tells', () => {
  const told = { broken: [], notes: ['so far'] };
  const line = lineOf(cut, { state: 'failed', told, error: 'Test timed out\nin 5 s', durationMs: 0 });
  expect(line).toMatchObject({ outcome: 'failed', notes: ['so far', 'Test timed out'] });
});

test('a test that broke an invariant names it', () => {
  const line = lineOf(cut, {
    state: 'failed',
    told: { broken: ['I3'], notes: [] },
    error: 'invariants are broken:',
    durationMs: 0,
  });
  expect(line).toMatchObject({ outcome: 'failed', broken: ['I3'], notes: [] });
});

test('a test that was skipped has a line only if there is a reason', () => {
  expect(lineOf(cut, { state: 'skipped', reason: 'no kernel module', durationMs: 0 })).toMatchObject({
    outcome: 'not tried',
    notes: ['no kernel module'],
  });
  expect(lineOf(cut, { state: 'skipped', durationMs: 0 })).toBeNull();
});

test('a result counts for the test of its group and name alone', () => {
  const others = [
    { group: 'Redis', name: cut.name },
    { group: 'hosts', name: 'cut' },
  ] as const;
  expect(missing([cut, ...others], [result])).toEqual(others);
  expect(missing([cut], [result])).toEqual([]);
});

test('the pattern of some tests takes them and no others', () => {
  const odd = { group: 'people', name: 'virsh (as root) [twice] | 1+1' } as const;
  const pattern = new RegExp(patternOf([cut, odd]));
  expect(pattern.test(nameOf(cut))).toBe(true);
  expect(pattern.test(nameOf(odd))).toBe(true);
  expect(pattern.test(`${nameOf(cut)}, again`)).toBe(false);
  expect(new RegExp(patternOf([])).test(nameOf(cut))).toBe(false);
});

test('the steps have names of their own', () => {
  expect(new Set(steps.map(nameOf)).size).toBe(steps.length);
});

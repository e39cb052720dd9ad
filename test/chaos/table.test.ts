import { expect, test } from 'vitest';
import { type FaultResult, groups } from './results.ts';
import { formatSums, formatTable } from './table.ts';

const held = (over: Partial<FaultResult> = {}): FaultResult => ({
  group: 'hosts',
  name: 'cut',
  outcome: 'held',
  broken: [],
  notes: [],
  seconds: 12,
  ...over,
});
const rowOf = (name: string, results: FaultResult[]): string[] =>
  formatTable(results)
    .split('\n')
    .filter((line) => line.startsWith(`| ${name} `));

test('every group of results has its place on the page', () => {
  const page = formatTable(groups.map((group) => held({ group, name: `of ${group}` })));
  for (const group of groups) expect(page, group).toContain(`of ${group} |`);
});

test('a fault that held', () => {
  expect(rowOf('cut', [held({ notes: ['for 3 s'] })])).toEqual(['| cut | ✓ | ✓ | ✓ | ✓ | ✓ | ✓ | ✓ | 12 | for 3 s |']);
});

test('a fault that broke an invariant says which, and that it failed', () => {
  expect(rowOf('cut', [held({ outcome: 'failed', broken: ['I2'] })])).toEqual([
    '| cut | ✓ | **broken** | ✓ | ✓ | ✓ | ✓ | ✓ | 12 | failed |',
  ]);
});

test('a story that broke off vouches for no invariant', () => {
  expect(rowOf('cut', [held({ outcome: 'failed', notes: ['timed out'] })])).toEqual([
    '| cut | ? | ? | ? | ? | ? | ? | ? | 12 | failed; timed out |',
  ]);
});

test('a fault that could not be tried says why', () => {
  expect(rowOf('cut', [held({ outcome: 'not tried', notes: ['no cable'], seconds: 0 })])).toEqual([
    '| cut | – | – | – | – | – | – | – |  | not tried; no cable |',
  ]);
});

test('the last result counts', () => {
  expect(rowOf('cut', [held({ outcome: 'failed' }), held()])).toHaveLength(1);
  expect(rowOf('cut', [held({ outcome: 'failed' }), held()])[0]).not.toContain('failed');
});

test('the same name in two groups is two faults', () => {
  expect(rowOf('cut', [held(), held({ group: 'Redis' })])).toHaveLength(2);
});

test('what would end a cell or a row does not', () => {
  expect(rowOf('cut', [held({ notes: ['a|b', 'two\nlines'] })])).toEqual([
    '| cut | ✓ | ✓ | ✓ | ✓ | ✓ | ✓ | ✓ | 12 | a\\|b; two lines |',
  ]);
});

test('long tests stand beside the faults, with what they did', () => {
  const storm = held({ group: 'long tests', name: 'storm', notes: ['seed 7', '10000 steps'], seconds: 300 });
  const page = formatTable([storm, held({ ...storm, name: 'fuzz', outcome: 'failed', notes: ['seed 8'] })]);
  expect(page).toContain('## The long tests beside the faults');
  expect(page).toContain('| storm | ✓ | 300 | seed 7; 10000 steps |');
  expect(page).toContain('| fuzz | **failed** | 300 | seed 8 |');
});

test('sums tell how far each group is, and how long it took', () => {
  const declared = [held(), held({ name: 'slow' }), held({ name: 'frozen' }), held({ group: 'load', name: 'crowd' })];
  const results = [held({ seconds: 100 }), held({ name: 'slow', outcome: 'failed', seconds: 25 })];
  expect(formatSums(declared, results).split('\n')).toEqual([
    'hosts             2 min 5 s    2 of   3, 1 failed',
    'load                    0 s    0 of   1, 0 failed',
  ]);
});

import { describe, expect, test } from 'vitest';
import { type PoolInput, type PoolOnHost, planPool, REFRESH_EVERY_MS } from './plan.ts';

const NOW = 10_000_000;
const up = { active: true };
const there = (change: Partial<PoolOnHost> = {}): PoolOnHost => ({
  host: 'h1',
  inSight: true,
  selected: true,
  leaving: false,
  ours: up,
  foreign: null,
  isEnsured: true,
  refreshedAt: NOW - 1000,
  isBackingOff: false,
  ...change,
});
const input = (hosts: PoolOnHost[], change: Partial<PoolInput> = {}): PoolInput => ({
  now: NOW,
  isDeleting: false,
  isSupported: true,
  users: [],
  adoptExisting: false,
  hosts,
  ...change,
});
const foreign = { uuid: 'f', active: true };

describe('planPool on a host', () => {
  const cases: [string, Partial<PoolOnHost>, Partial<PoolInput>, object | null][] = [
    ['as it should be', {}, {}, null],
    ['missing', { ours: null }, {}, { kind: 'Ensure' }],
    ['stopped', { ours: { active: false } }, {}, { kind: 'Ensure' }],
    [
      'not looked at since the operator started, or since the spec changed',
      { isEnsured: false },
      {},
      { kind: 'Ensure' },
    ],
    ['out of sight', { ours: null, inSight: false }, {}, null],
    ['not selected', { ours: null, selected: false }, {}, null],
    ['failed a moment ago', { ours: null, isBackingOff: true }, {}, null],
    ['someone else’s of that name', { ours: null, foreign }, {}, null],
    ['someone else’s, adopted', { ours: null, foreign, refreshedAt: NOW }, { adoptExisting: true }, null],
    [
      'someone else’s, adopted, stopped',
      { ours: null, foreign: { ...foreign, active: false } },
      { adoptExisting: true },
      { kind: 'StartForeign', uuid: 'f' },
    ],
    ['its Host is being deleted', { leaving: true }, {}, { kind: 'Undefine' }],
    [
      'its Host is being deleted, and is someone else’s there',
      { leaving: true, ours: null, foreign },
      { adoptExisting: true },
      null,
    ],
    ['not counted for long', { refreshedAt: NOW - REFRESH_EVERY_MS }, {}, { kind: 'Refresh', uuid: 'ours' }],
    ['never counted', { refreshedAt: null }, {}, { kind: 'Refresh', uuid: 'ours' }],
  ];
  test.each(cases)('%s', (_name, change, also, expected) => {
    const plan = planPool(input([there(change)], also));
    if (expected === null) expect(plan.kind).toBe('Settled');
    else expect(plan).toMatchObject({ kind: 'Act', steps: [{ host: 'h1', ...expected }] });
  });

  test('it looks again when the next count is due', () => {
    expect(planPool(input([there({ refreshedAt: NOW - REFRESH_EVERY_MS + 5000 })]))).toEqual({
      kind: 'Settled',
      lookAgainMs: 5000,
    });
  });
});

test('a type that is not there yet is left alone, and can be deleted', () => {
  expect(planPool(input([there({ ours: null })], { isSupported: false }))).toEqual({ kind: 'Unsupported' });
  const deleted = planPool(input([there({ ours: null })], { isSupported: false, isDeleting: true }));
  expect(deleted).toEqual({ kind: 'RemoveFinalizer' });
});

describe('planPool when deleted', () => {
  test('users hold it up, and are named', () => {
    const plan = planPool(input([there()], { isDeleting: true, users: ['StorageVolume a/b'] }));
    expect(plan).toEqual({ kind: 'Blocked', users: ['StorageVolume a/b'] });
  });
  test('only what we defined is undefined', () => {
    const hosts = [there(), there({ host: 'h2', ours: null, foreign })];
    expect(planPool(input(hosts, { isDeleting: true, adoptExisting: true }))).toEqual({
      kind: 'Act',
      steps: [{ kind: 'Undefine', host: 'h1' }],
    });
  });
  test('also where the selector no longer reaches', () => {
    expect(planPool(input([there({ selected: false })], { isDeleting: true })).kind).toBe('Act');
  });
  test('a host out of sight is waited for', () => {
    expect(planPool(input([there({ inSight: false })], { isDeleting: true }))).toEqual({
      kind: 'AwaitHosts',
      hosts: ['h1'],
    });
  });
  test('a foreign pool is left where it is', () => {
    expect(planPool(input([there({ ours: null, foreign })], { isDeleting: true }))).toEqual({
      kind: 'RemoveFinalizer',
    });
  });
});

import { describe, expect, test } from 'vitest';
import { hostReasons } from '#api/v1alpha1/host-conditions.ts';
import type { HostDrain } from '#api/v1alpha1/host-drain.ts';
import { type ConditionInput, hostConditions } from './conditions.ts';
import { drainedCondition } from './drained.ts';

const startedAt = '2026-01-01T00:00:00Z';
const blocked = (name: string) => ({ machine: `lab/${name}`, state: 'Blocked', reason: 'Unschedulable' }) as const;
const waiting = { machine: 'lab/w', state: 'Waiting', reason: 'Queued' } as const;

describe('the condition Drained', () => {
  const cases: [string, HostDrain | undefined, boolean, string, string, string][] = [
    ['before it began', undefined, true, 'False', 'Draining', 'about to begin'],
    ['a host that does not answer', { startedAt, left: 2 }, false, 'Unknown', 'DrainWaits', 'Bring it back'],
    ['a host that is lost when it was empty', { startedAt, finishedAt: startedAt }, false, 'Unknown', 'DrainWaits', ''],
    ['under way', { startedAt, total: 5, left: 3, blocked: 0 }, true, 'False', 'Draining', '3 of 5 machines are left.'],
    [
      'under way, some blocked',
      { startedAt, total: 5, left: 2, blocked: 1, machines: [waiting, blocked('a')] },
      true,
      'False',
      'Draining',
      '2 of 5 machines are left, and 1 cannot be moved as things are: lab/a (Unschedulable).',
    ],
    [
      'all that are left are blocked',
      { startedAt, total: 5, left: 2, blocked: 2, machines: [blocked('a'), blocked('b')] },
      true,
      'False',
      'DrainBlocked',
      '2 of 5 machines are left and cannot be moved as things are: lab/a (Unschedulable), lab/b (Unschedulable).',
    ],
    ['empty', { startedAt, finishedAt: startedAt, left: 0 }, true, 'True', 'Drained', 'No machine'],
  ];
  test.each(cases)('%s', (_name, drain, isReady, status, reason, message) => {
    const condition = drainedCondition({ mode: 'Drain', drain }, isReady);
    expect(condition).toMatchObject({ status, reason, message: expect.stringContaining(message) });
    expect(hostReasons[condition?.reason as keyof typeof hostReasons].on).toContain('Drained');
  });

  test('is not there when no drain is asked for', () => {
    expect(drainedCondition({ mode: 'None', drain: { startedAt } }, true)).toBeNull();
  });
});

describe('a host under maintenance', () => {
  const input = (mode: 'None' | 'Drain'): ConditionInput => ({
    step: { kind: 'Settled' },
    isDeleting: false,
    unschedulable: false,
    maintenance: { mode, reason: 'new disks', drain: undefined },
    link: { state: 'Ready', inSight: true, lastError: null },
    claimed: 'Ours',
    tombstones: [],
    hostname: 'h1',
  });
  const schedulable = (mode: 'None' | 'Drain') =>
    hostConditions(input(mode)).find(({ type }) => type === 'Schedulable');

  test('takes no new machine, and says why', () => {
    expect(schedulable('Drain')).toMatchObject({
      status: 'False',
      reason: 'Maintenance',
      message: expect.stringContaining('drained (new disks)'),
    });
    expect(schedulable('None')).toMatchObject({ status: 'True' });
  });
});

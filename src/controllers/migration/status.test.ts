import { describe, expect, test } from 'vitest';
import {
  type MigrationOperation,
  type VirtualMachineMigration,
  type VirtualMachineMigrationStatus,
  virtualMachineMigrationStatus,
} from '#api/v1alpha1/virtual-machine-migration.ts';
import { virtualMachineMigrationReasons } from '#api/v1alpha1/virtual-machine-migration-conditions.ts';
import type { MigrationStatus } from '#api/v1alpha1/virtual-machine-status.ts';
import { roundPosition } from '../queue-place.ts';
import { duration } from '../rate-text.ts';
import type { MigrationStep } from './plan.ts';
import { tellMoved } from './progress.ts';
import { migrationStatus, type StatusInput, withoutCounters } from './status.ts';
import { freeTurn } from './turn.ts';

const now = Date.parse('2026-01-01T00:01:00Z');
const object = (status?: VirtualMachineMigrationStatus): VirtualMachineMigration => ({
  apiVersion: 'virtfleet.io/v1alpha1',
  kind: 'VirtualMachineMigration',
  metadata: { namespace: 'lab', name: 'move', uid: 'm', resourceVersion: '1', generation: 1 },
  spec: { machineName: 'web', mode: 'Auto', copyStorage: 'IfNeeded' },
  ...(status ? { status } : {}),
});
const answer: MigrationStatus = {
  name: 'move',
  uid: 'm',
  phase: 'Prepared',
  mode: 'Live',
  source: { name: 'h1', uid: 'u1' },
  target: { name: 'h2', uid: 'u2' },
  incarnation: 2,
};
const moving: MigrationOperation = {
  claim: 'p',
  attempt: 1,
  phase: 'Moving',
  progressBytes: 430 * 2 ** 20,
  totalBytes: 2 ** 30,
  ratePerSecond: 118 * 2 ** 20,
  remainingSeconds: 80,
  iteration: 3,
};
const status = (step: MigrationStep, before?: VirtualMachineMigrationStatus, more: Partial<StatusInput> = {}) => {
  const made = migrationStatus({
    now,
    object: object(before),
    step,
    turn: freeTurn,
    answer: null,
    queueProblem: null,
    ...more,
  });
  // What is written is what the CRD has: the server would drop the rest in silence.
  expect(virtualMachineMigrationStatus.strict().parse(made)).toEqual(made);
  return made;
};
const types = ({ conditions }: VirtualMachineMigrationStatus) =>
  conditions?.map(({ type, status: value }) => `${type}=${value}`);

describe('migrationStatus', () => {
  const queued: MigrationStep = { kind: 'Wait', reason: 'Queued', message: 'm' };
  const turn = { isFree: false, position: 47, startsInMs: 30_000, message: 'm' };

  test('queued: the place and when it may come, written anew only when they have moved', () => {
    const first = status(queued, undefined, { turn });
    expect(first).toMatchObject({
      phase: 'Pending',
      queuePosition: 50,
      estimatedStartAt: '2026-01-01T00:01:30Z',
      reason: 'Queued',
    });
    expect(types(first)).toEqual(['Ready=False', 'Reconciling=True']);
    expect(status(queued, first, { turn: { ...turn, position: 42 }, now: now + 4_000 })).toEqual(first);
    const later = status(queued, first, { turn, now: now + 60_000 });
    expect(later.estimatedStartAt).toBe('2026-01-01T00:02:30Z');
  });

  test('admitted: no place any more', () => {
    const before = status(queued, undefined, { turn });
    const after = status({ kind: 'Admit' }, before);
    expect(after).toMatchObject({ phase: 'Preparing', startedAt: '2026-01-01T00:01:00Z', reason: 'Admitted' });
    expect(after).not.toHaveProperty('queuePosition');
    expect(after).not.toHaveProperty('estimatedStartAt');
  });

  test('prepared: source, target and incarnation stand here before anything begins', () => {
    const after = status({ kind: 'Begin' }, { phase: 'Preparing' }, { answer });
    expect(after).toMatchObject({
      phase: 'Running',
      attempt: 1,
      mode: 'Live',
      source: { name: 'h1' },
      target: { name: 'h2' },
      incarnation: 2,
    });
  });

  test('moving: the numbers, in the message but not in the conditions', () => {
    const before = { phase: 'Running' as const, operation: moving };
    const after = status({ kind: 'Wait', reason: 'Moving', message: '' }, before, { answer });
    expect(after).toMatchObject({ progress: '41%', remaining: '1m20s', rate: '118Mi/s', reason: 'Moving' });
    expect(after.message).toBe('It is being sent. 430Mi of 1Gi at 118Mi/s, pass 3.');
    expect(after.conditions?.[0]?.message).toBe('It is being sent.');
    expect(after.operation).toEqual(moving);
  });

  test('words that only follow what the executor has written are no reason to write at once', () => {
    const step: MigrationStep = { kind: 'Wait', reason: 'Moving', message: '' };
    const at = (operation: MigrationOperation) => withoutCounters(status(step, { phase: 'Running', operation }));
    const later = { ...moving, phase: 'HandingOver' as const };
    expect({ ...(at(later) as object), operation: null }).toEqual({ ...(at(moving) as object), operation: null });
    expect(at({ ...moving, progressBytes: 2 ** 29 })).not.toEqual(at(moving));
  });

  test('while a host is out of sight nothing flows: how far it came is told, but no rate', () => {
    const step: MigrationStep = { kind: 'Wait', reason: 'HostUnreachable', message: 'Host h2 is out of sight.' };
    const after = status(step, { phase: 'Running', operation: moving, remaining: '1m20s', rate: '118Mi/s' });
    expect(after).toMatchObject({ reason: 'HostUnreachable', progress: '41%', message: 'Host h2 is out of sight.' });
    expect(after).not.toHaveProperty('remaining');
    expect(after).not.toHaveProperty('rate');
  });

  test('nothing has flowed yet: no numbers', () => {
    const operation = { ...moving, progressBytes: 0, ratePerSecond: 0 };
    const after = status({ kind: 'Wait', reason: 'Moving', message: '' }, { phase: 'Running', operation });
    expect(after).not.toHaveProperty('progress');
    expect(after).not.toHaveProperty('rate');
    expect(after.message).toBe('It is being sent.');
  });

  test('all is sent, but it has not ended: not 100%', () => {
    const before = { phase: 'Running' as const, operation: { ...moving, progressBytes: 2 ** 30 } };
    expect(status({ kind: 'Wait', reason: 'Moving', message: '' }, before).progress).toBe('99%');
  });

  test('a word of the executor that is none of ours is told as what it is: moving', () => {
    const step: MigrationStep = { kind: 'Wait', reason: 'Strange', message: 'it waits for h2' };
    const after = status(step, { phase: 'Running', operation: moving });
    expect(after.reason).toBe('Moving');
    expect(after.message).toContain('it waits for h2');
    expect(status({ ...step, isStalled: true }, { phase: 'Running' }).reason).toBe('MoveFailed');
  });

  test('the queue is away', () => {
    const step: MigrationStep = { kind: 'Enqueue', reason: 'Moving', message: '' };
    const after = status(step, { phase: 'Running' }, { queueProblem: 'Redis is away' });
    expect(after).toMatchObject({ phase: 'Running', reason: 'QueueUnavailable', message: 'Redis is away' });
  });

  test('given up for the machine: the executor reads it', () => {
    const after = status(
      { kind: 'GiveUp', reason: 'MachineStopping', message: 'web is to be off.' },
      { phase: 'Running' },
    );
    expect(after).toMatchObject({ phase: 'Running', cancelling: 'web is to be off.', reason: 'Cancelling' });
  });

  test('two copies: it is stalled, and has not ended', () => {
    const step: MigrationStep = { kind: 'Wait', isStalled: true, reason: 'SplitBrain', message: 'both run' };
    const after = status(step, { phase: 'Running' });
    expect(after).toMatchObject({ phase: 'Running', reason: 'SplitBrain' });
    expect(types(after)).toEqual(['Ready=False', 'Stalled=True']);
  });

  test('moved', () => {
    const operation = { ...moving, outcome: 'Succeeded' as const, totalMilliseconds: 4211, downtimeMilliseconds: 210 };
    const before = { phase: 'Running' as const, operation, remaining: '1s', rate: '9Mi/s', progress: '93%' };
    const step: MigrationStep = { kind: 'Finish', phase: 'Succeeded', reason: 'Moved', message: '' };
    const after = status(step, before, { answer });
    expect(after).toMatchObject({
      phase: 'Succeeded',
      reason: 'Moved',
      progress: '100%',
      finishedAt: '2026-01-01T00:01:00Z',
      message: 'web moved from h1 to h2 in 4.2 s, stood still for 210 ms.',
    });
    expect(after).not.toHaveProperty('remaining');
    expect(after).not.toHaveProperty('rate');
    expect(types(after)).toEqual(['Ready=True']);
  });

  test('failed, by a reason that stands in the table', () => {
    const step = (reason: string): MigrationStep => ({ kind: 'Finish', phase: 'Failed', reason, message: 'm' });
    expect(status(step('TimedOut')).reason).toBe('TimedOut');
    expect(status(step('Nonsense')).reason).toBe('MoveFailed');
    expect(status(step('Queued')).reason, 'a word for waiting is none for a failure').toBe('MoveFailed');
    expect(types(status(step('TimedOut')))).toEqual(['Ready=False', 'Stalled=True']);
    expect(Object.keys(virtualMachineMigrationReasons)).toContain('MoveFailed');
  });

  test('one that has ended is left as it is', () => {
    const before: VirtualMachineMigrationStatus = { phase: 'Failed', reason: 'TimedOut' };
    expect(status({ kind: 'Keep', untilMs: 1 }, before)).toEqual(before);
  });
});

test('times are short', () => {
  expect([0, 59.4, 60, 80, 3599, 3600, 7500].map(duration)).toEqual([
    '0s',
    '59s',
    '1m00s',
    '1m20s',
    '59m59s',
    '1h00m',
    '2h05m',
  ]);
});

test('places are rounded up', () => {
  expect([1, 19, 20, 21, 199, 201, 4321].map(roundPosition)).toEqual([1, 19, 20, 30, 200, 300, 4400]);
});

test('what is not known is not told', () => {
  expect(tellMoved('h1', 'h2', undefined)).toBe('moved from h1 to h2');
  expect(tellMoved('h1', 'h2', { totalMilliseconds: 125_000 })).toBe('moved from h1 to h2 in 2m05s');
  expect(tellMoved('h1', 'h2', { totalMilliseconds: 108_000, downtimeMilliseconds: 98_120 })).toBe(
    'moved from h1 to h2 in 1m48s, stood still for 98.1 s',
  );
  const off = { startedAt: '2026-01-01T00:00:00Z', finishedAt: '2026-01-01T00:00:03Z' };
  expect(tellMoved('h1', 'h2', off)).toBe('moved from h1 to h2 in 3.0 s');
});

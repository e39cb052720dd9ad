import { describe, expect, test } from 'vitest';
import {
  type MachineView,
  type OperationInput,
  type OperationType,
  type OperationView,
  planOperation,
} from './plan.ts';

const operation = (change: Partial<OperationView> = {}): OperationView => ({
  uid: 'op-1',
  name: 'op',
  type: 'Stop',
  phase: 'Pending',
  createdAt: 1000,
  startedAt: null,
  finishedAt: null,
  ttlMs: undefined,
  isDeleting: false,
  ...change,
});
const machine = (change: Partial<MachineView> = {}): MachineView => ({
  name: 'web',
  createdAt: 0,
  runStrategy: 'Manual',
  isDeleting: false,
  running: 'True',
  paused: false,
  host: 'h1',
  request: null,
  ...change,
});
const input = (change: Partial<OperationInput> = {}): OperationInput => ({
  now: 10_000,
  machineName: 'web',
  operation: operation(),
  machine: machine(),
  rivals: [],
  ...change,
});
const answer = (phase: 'Accepted' | 'Done' | 'Failed', uid = 'op-1') => ({ uid, phase, reason: '', message: 'm' });

describe('planOperation', () => {
  const running = operation({ phase: 'Running', startedAt: 1500 });
  const cases: [string, Partial<OperationInput>, object][] = [
    ['valid: admitted', {}, { kind: 'Admit' }],
    ['no such machine', { machine: null }, { kind: 'Finish', phase: 'Failed', reason: 'MachineNotFound' }],
    ['machine going', { machine: machine({ isDeleting: true }) }, { kind: 'Finish', reason: 'MachineDeleting' }],
    ['being deleted itself', { operation: operation({ isDeleting: true }) }, { kind: 'Nothing' }],
    [
      'an older one waits',
      { rivals: [operation({ uid: 'op-0', name: 'first', createdAt: 900 })] },
      { kind: 'Wait', reason: 'Queued' },
    ],
    ['a younger one does not hold it up', { rivals: [operation({ uid: 'op-2', createdAt: 1100 })] }, { kind: 'Admit' }],
    [
      'a younger one that was admitted does',
      { rivals: [operation({ uid: 'op-2', createdAt: 1100, phase: 'Running' })] },
      { kind: 'Wait', reason: 'Queued' },
    ],
    [
      'same second: the lower uid goes first',
      { rivals: [operation({ uid: 'op-0' })] },
      { kind: 'Wait', reason: 'Queued' },
    ],
    ['itself among the rivals', { rivals: [operation()] }, { kind: 'Admit' }],
    ['admitted, not taken', { operation: running }, { kind: 'Wait', reason: 'Admitted' }],
    [
      'another one was answered last',
      { operation: running, machine: machine({ request: answer('Done', 'op-0') }) },
      { kind: 'Wait', reason: 'Admitted' },
    ],
    [
      'taken',
      { operation: running, machine: machine({ request: answer('Accepted') }) },
      { kind: 'Wait', reason: 'Accepted' },
    ],
    [
      'done',
      { operation: running, machine: machine({ request: answer('Done') }) },
      { kind: 'Finish', phase: 'Succeeded' },
    ],
    [
      'failed',
      { operation: running, machine: machine({ request: answer('Failed') }) },
      { kind: 'Finish', phase: 'Failed', message: 'm' },
    ],
    [
      'host out of sight',
      { operation: running, machine: machine({ running: 'Unknown' }) },
      { kind: 'Wait', reason: 'HostUnreachable' },
    ],
    [
      'a new machine of that name',
      { operation: running, machine: machine({ createdAt: 2000 }) },
      { kind: 'Finish', reason: 'MachineReplaced' },
    ],
    [
      'an end without a time to live stays',
      { operation: operation({ phase: 'Failed', finishedAt: 0 }) },
      { kind: 'Nothing' },
    ],
    [
      'kept for its time',
      { operation: operation({ phase: 'Failed', finishedAt: 9000, ttlMs: 5000 }) },
      { kind: 'Keep', untilMs: 14_000 },
    ],
    [
      'time is over',
      { operation: operation({ phase: 'Succeeded', finishedAt: 1000, ttlMs: 5000 }) },
      { kind: 'Delete' },
    ],
  ];
  test.each(cases)('%s', (_name, change, expected) => {
    expect(planOperation(input(change))).toMatchObject(expected);
  });
});

describe('what a run strategy and a state allow', () => {
  const cases: [OperationType, Partial<MachineView>, 'Admit' | string][] = [
    ['Stop', { runStrategy: 'Always' }, 'RunStrategyRefuses'],
    ['Stop', { runStrategy: 'Manual' }, 'Admit'],
    ['Stop', { runStrategy: 'Halted' }, 'Admit'],
    ['Start', { runStrategy: 'Halted', running: 'False' }, 'RunStrategyRefuses'],
    ['Start', { runStrategy: 'Manual', running: 'False' }, 'Admit'],
    ['Restart', { runStrategy: 'Always' }, 'Admit'],
    ['Restart', { runStrategy: 'Halted' }, 'RunStrategyRefuses'],
    ['Reset', { running: 'False' }, 'MachineNotRunning'],
    ['Pause', { running: 'False' }, 'MachineNotRunning'],
    ['Pause', { running: 'Unknown' }, 'Admit'],
    ['Save', { runStrategy: 'Always' }, 'RunStrategyRefuses'],
    ['Save', { runStrategy: 'Manual' }, 'Admit'],
    ['Save', { runStrategy: 'Manual', running: 'False' }, 'MachineNotRunning'],
    ['Save', { runStrategy: 'Manual', running: 'False', paused: true }, 'Admit'],
    ['Resume', { running: 'False', paused: true }, 'Admit'],
    ['Resume', { running: 'False' }, 'MachineNotRunning'],
  ];
  test.each(cases)('%s of %o: %s', (type, change, expected) => {
    const step = planOperation(input({ operation: operation({ type }), machine: machine(change) }));
    expect(step.kind === 'Finish' ? step.reason : step.kind).toBe(expected);
  });

  test('a refused Stop says what to do', () => {
    const step = planOperation(input({ machine: machine({ runStrategy: 'Always' }) }));
    expect(step).toMatchObject({ message: expect.stringContaining('Set spec.runStrategy of the machine to Halted') });
  });
});

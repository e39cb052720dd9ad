import { describe, expect, test } from 'vitest';
import {
  type Answer,
  type MachineView,
  type MigrationInput,
  type MigrationStep,
  type MigrationView,
  planMigration,
} from './plan.ts';
import { freeTurn } from './turn.ts';

const migration = (change: Partial<MigrationView> = {}): MigrationView => ({
  name: 'move',
  mode: 'Auto',
  phase: 'Pending',
  startedAt: null,
  finishedAt: null,
  ttlMs: undefined,
  isDeleting: false,
  isGivenUp: false,
  cancelling: null,
  isHeld: true,
  operation: null,
  ...change,
});
const machine = (change: Partial<MachineView> = {}): MachineView => ({
  name: 'web',
  createdAt: 0,
  isDeleting: false,
  isHalted: false,
  policy: 'Live',
  running: 'True',
  host: 'h1',
  answer: null,
  ...change,
});
const input = (change: Partial<MigrationInput> = {}): MigrationInput => ({
  now: 10_000,
  machineName: 'web',
  migration: migration(),
  machine: machine(),
  earlier: null,
  operations: { running: null, stop: null },
  turn: freeTurn,
  isExecutorAlive: false,
  ...change,
});
const answer = (phase: Answer['phase'], change: Partial<Answer> = {}): Answer => ({
  phase,
  mode: 'Live',
  reason: '',
  message: '',
  ...change,
});
const full = { isFree: false, position: 3, startsInMs: null, message: 'host h1 is busy' };

type Case = [string, Partial<MigrationInput>, Partial<MigrationStep>];
const check = (cases: Case[]): void => {
  test.each(cases)('%s', (_, change, wanted) => expect(planMigration(input(change))).toMatchObject(wanted));
};
const fails = (reason: string) => ({ kind: 'Finish', phase: 'Failed', reason }) as const;
const ends = (reason: string) => ({ kind: 'Finish', phase: 'Cancelled', reason }) as const;
const waits = (reason: string) => ({ kind: 'Wait', reason }) as const;

describe('one that waits for its turn', () => {
  const offline = migration({ mode: 'Offline' });
  check([
    ['is admitted when nothing stands before it', {}, { kind: 'Admit' }],
    ['a machine that is off is moved as well', { machine: machine({ running: 'False' }) }, { kind: 'Admit' }],
    ['is cancelled at once', { migration: migration({ isGivenUp: true }) }, ends('Cancelled')],
    ['no such machine', { machine: null }, fails('MachineNotFound')],
    ['machine going', { machine: machine({ isDeleting: true }) }, fails('MachineDeleting')],
    ['machine on no host', { machine: machine({ host: null, running: 'Unknown' }) }, fails('MachineNotPlaced')],
    ['machine that stays', { machine: machine({ policy: 'Never' }) }, fails('PolicyForbids')],
    [
      'live, of one that is off',
      { migration: migration({ mode: 'Live' }), machine: machine({ running: 'False' }) },
      fails('MachineNotRunning'),
    ],
    ['offline, of one that runs', { migration: offline }, fails('MachineRunning')],
    [
      'offline, of one that may be stopped for it',
      { migration: offline, machine: machine({ policy: 'Offline' }) },
      { kind: 'Admit' },
    ],
    ['another move of the machine comes first', { earlier: 'first' }, waits('Queued')],
    ['an operation is finished first', { operations: { running: 'restart', stop: null } }, waits('OperationRunning')],
    [
      'one that is only asked for is not waited for',
      { operations: { running: null, stop: 'stop' } },
      { kind: 'Admit' },
    ],
    ['a host that does not answer', { machine: machine({ running: 'Unknown' }) }, waits('HostUnreachable')],
    ['the limits', { turn: full }, { kind: 'Wait', reason: 'Queued', message: full.message }],
  ]);
});

describe('one whose target is being prepared', () => {
  const preparing = migration({ phase: 'Preparing', startedAt: 1000 });
  const at = (change: Partial<MachineView>, more: Partial<MigrationInput> = {}) => ({
    migration: preparing,
    machine: machine(change),
    ...more,
  });
  const halted = { isHalted: true };
  check([
    ['no answer yet', at({}), waits('Admitted')],
    ['no answer, and its host is gone', at({ running: 'Unknown' }), waits('HostUnreachable')],
    ['no host fits', at({ answer: answer('Waiting', { reason: 'Unschedulable' }) }), waits('Unschedulable')],
    ['it cannot be', at({ answer: answer('Refused', { reason: 'StorageNotShared' }) }), fails('StorageNotShared')],
    ['chosen', at({ answer: answer('Planned') }), waits('Preparing')],
    ['prepared: it begins', at({ answer: answer('Prepared') }), { kind: 'Begin' }],
    ['prepared, but others move', at({ answer: answer('Prepared') }, { turn: full }), waits('Queued')],
    [
      'cancelled: nobody can have begun',
      { migration: { ...preparing, isGivenUp: true }, machine: machine({ answer: answer('Prepared') }) },
      ends('Cancelled'),
    ],
    ['machine gone', { migration: preparing, machine: null }, ends('MachineDeleting')],
    ['machine going', at({ isDeleting: true, answer: answer('Planned') }), ends('MachineDeleting')],
    ['another machine of that name', at({ createdAt: 2000 }), fails('MachineReplaced')],
    ['live, and it is to be off', at({ ...halted, answer: answer('Planned') }), ends('MachineStopping')],
    [
      'off already, and to stay off',
      at({ ...halted, answer: answer('Planned', { mode: 'Offline' }) }),
      waits('Preparing'),
    ],
    [
      'no host fits, and it is to be off: that waits for nobody',
      at({ ...halted, answer: answer('Waiting', { reason: 'Unschedulable' }) }),
      waits('Unschedulable'),
    ],
    [
      'live, and it is asked to stop',
      at({ answer: answer('Prepared') }, { operations: { running: 'stop', stop: 'stop' } }),
      ends('MachineStopping'),
    ],
    [
      'a restart waits until it has moved',
      at({ answer: answer('Prepared') }, { operations: { running: 'restart', stop: null } }),
      { kind: 'Begin' },
    ],
  ]);
});

describe('one that moves', () => {
  const told = { outcome: null, reason: '', message: '' };
  const running = (change: Partial<MigrationView> = {}): MigrationView =>
    migration({ phase: 'Running', startedAt: 1000, ...change });
  const claimed = running({ operation: told });
  const prepared = machine({ answer: answer('Prepared') });
  const outcome = (how: 'Succeeded' | 'Failed' | 'Cancelled', reason = ''): MigrationView =>
    running({ operation: { outcome: how, reason, message: 'm' } });
  const alive = { isExecutorAlive: true };
  check([
    ['nobody works on it', { migration: running(), machine: prepared }, { kind: 'Enqueue', reason: 'Moving' }],
    ['somebody works on it', { migration: claimed, machine: prepared, ...alive }, waits('Moving')],
    ['who worked on it fell silent', { migration: claimed, machine: prepared }, { kind: 'Enqueue' }],
    [
      'what its executor waits for',
      {
        migration: running({ operation: { ...told, reason: 'HostUnreachable', message: 'h2 is away' } }),
        machine: prepared,
        ...alive,
      },
      { kind: 'Wait', reason: 'HostUnreachable', message: 'h2 is away' },
    ],
    [
      'cancelled before it was claimed',
      { migration: running({ isGivenUp: true }), machine: prepared },
      ends('Cancelled'),
    ],
    [
      'cancelled, and somebody works on it',
      { migration: running({ operation: told, isGivenUp: true }), machine: prepared, ...alive },
      waits('Cancelling'),
    ],
    [
      'cancelled, and nobody does any more: what was made must be taken back',
      { migration: running({ operation: told, isGivenUp: true }), machine: prepared },
      { kind: 'Enqueue', reason: 'Cancelling' },
    ],
    [
      'machine going, not claimed',
      { migration: running(), machine: { ...prepared, isDeleting: true } },
      ends('MachineDeleting'),
    ],
    [
      'machine going',
      { migration: claimed, machine: { ...prepared, isDeleting: true }, ...alive },
      { kind: 'GiveUp', reason: 'MachineDeleting' },
    ],
    [
      'machine to be off',
      { migration: claimed, machine: { ...prepared, isHalted: true }, ...alive },
      { kind: 'GiveUp', reason: 'MachineStopping' },
    ],
    [
      'machine asked to stop',
      { migration: claimed, machine: prepared, operations: { running: 'stop', stop: 'stop' }, ...alive },
      { kind: 'GiveUp', reason: 'MachineStopping' },
    ],
    [
      'that was told once',
      {
        migration: running({ operation: told, isGivenUp: true, cancelling: 'web is to be off' }),
        machine: { ...prepared, isHalted: true },
        ...alive,
      },
      { kind: 'Wait', reason: 'Cancelling', message: expect.stringContaining('web is to be off') },
    ],
    ['record gone, and somebody works on it', { migration: claimed, machine: machine(), ...alive }, waits('Moving')],
    ['record gone', { migration: claimed, machine: machine() }, fails('MoveFailed')],
    ['moved, and not closed', { migration: outcome('Succeeded'), machine: prepared }, waits('Moving')],
    [
      'moved',
      { migration: outcome('Succeeded'), machine: machine({ host: 'h2' }) },
      { kind: 'Finish', phase: 'Succeeded', reason: 'Moved' },
    ],
    ['moved, and its machine deleted since', { migration: outcome('Succeeded'), machine: null }, { kind: 'Finish' }],
    [
      'failed, and not closed',
      { migration: outcome('Failed', 'SplitBrain'), machine: prepared },
      { kind: 'Wait', isStalled: true, reason: 'SplitBrain' },
    ],
    ['failed', { migration: outcome('Failed', 'TimedOut'), machine: machine() }, fails('TimedOut')],
    ['cancelled, and not closed', { migration: outcome('Cancelled'), machine: prepared }, waits('Cancelling')],
    ['cancelled', { migration: outcome('Cancelled'), machine: machine() }, ends('Cancelled')],
    [
      'moved before it could be cancelled',
      {
        migration: { ...outcome('Succeeded'), isGivenUp: true, cancelling: 'web is to be off' },
        machine: machine({ host: 'h2' }),
      },
      { kind: 'Finish', phase: 'Succeeded' },
    ],
  ]);
});

describe('one that has ended', () => {
  const ended = (change: Partial<MigrationView>): Partial<MigrationInput> => ({
    migration: migration({ phase: 'Succeeded', finishedAt: 5000, isHeld: false, ...change }),
  });
  check([
    ['is let go', ended({ isHeld: true, ttlMs: 0 }), { kind: 'RemoveFinalizer' }],
    ['is kept', ended({}), { kind: 'Nothing' }],
    ['is kept for its time', ended({ ttlMs: 6000 }), { kind: 'Keep', untilMs: 11_000 }],
    ['goes after its time', ended({ ttlMs: 5000 }), { kind: 'Delete' }],
    ['is being deleted already', ended({ ttlMs: 0, isDeleting: true }), { kind: 'Nothing' }],
    ['failed ones, too', ended({ phase: 'Failed', ttlMs: 0 }), { kind: 'Delete' }],
    ['cancelled ones, too', ended({ phase: 'Cancelled', ttlMs: 0 }), { kind: 'Delete' }],
  ]);
});

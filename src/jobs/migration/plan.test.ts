import { describe, expect, test } from 'vitest';
import type { MovePower } from '#hostpool/ensure.ts';
import { MAX_TRIES, planMigration, SETTLED_MS, type Seen, type Side, type Step } from './plan.ts';

const out: Side = { kind: 'OutOfSight', why: 'host h1 does not answer' };
const absent: Side = { kind: 'Absent' };
const older: Side = { kind: 'Foreign', name: 'x', incarnation: 1 };
const there = (power: MovePower, more: Partial<Extract<Side, { kind: 'Present' }>> = {}): Side => ({
  kind: 'Present',
  power,
  hasJob: false,
  isFinished: false,
  ...more,
});
const withJob = (power: MovePower): Side => there(power, { hasJob: true });
const done = (power: MovePower): Side => there(power, { isFinished: true });

const seen = (source: Side, target: Side, more: Partial<Seen> = {}): Seen => ({
  mode: 'Live',
  source,
  target,
  sourceName: 'h1',
  targetName: 'h2',
  isGivenUp: false,
  wasPaused: false,
  isHeld: false,
  isPrepared: true,
  hasLeftovers: false,
  tries: 0,
  failure: null,
  sameForMs: 0,
  ...more,
});
const briefly = (step: Step): string =>
  step.do === 'Conclude'
    ? [step.do, step.outcome, ...('reason' in step ? [step.reason] : [])].join(' ')
    : step.do === 'Wait'
      ? `Wait ${step.reason}`
      : step.do;

const lasting = { reason: 'IncompatibleCPU', message: 'no such CPU', isLasting: true };
const passing = { reason: 'MoveFailed', message: 'the connection broke', isLasting: false };
const settled = { sameForMs: SETTLED_MS };
type Row = [string, Side, Side, Partial<Seen>, string];

const road: Row[] = [
  ['not begun', there('Running'), absent, { isPrepared: false }, 'Prepare'],
  ['prepared', there('Running'), absent, {}, 'Move'],
  ['prepared, paused by its user', there('PausedByUser'), absent, { wasPaused: true }, 'Move'],
  ['moved, let go by the hypervisor', absent, there('Running'), {}, 'Finish'],
  ['handed over paused', absent, there('PausedByUser'), {}, 'ResumeTarget'],
  ['handed over, paused by its user', absent, there('PausedByUser'), { wasPaused: true }, 'Finish'],
  ['finished, with files left on the source', absent, done('Running'), { hasLeftovers: true }, 'CleanSource'],
  ['clean', absent, done('Running'), {}, 'Conclude Succeeded'],
  ['clean, paused by its user', absent, done('PausedByUser'), { wasPaused: true }, 'Conclude Succeeded'],
  ['moved, and it has ended there', absent, done('Off'), {}, 'Conclude Succeeded'],
];

const offline: Row[] = [
  ['not begun', there('Off'), absent, { isPrepared: false }, 'Prepare'],
  ['files are there', there('Off'), absent, {}, 'Define'],
  ['defined on both', there('Off'), done('Off'), {}, 'ReleaseSource'],
  ['started at the target by somebody', there('Off'), done('Running'), {}, 'ReleaseSource'],
  ['defined at the target alone', absent, there('Off'), {}, 'Finish'],
  ['the source has files left', absent, done('Off'), { hasLeftovers: true }, 'CleanSource'],
  ['clean', absent, done('Off'), {}, 'Conclude Succeeded'],
  ['started meanwhile', there('Running'), absent, { hasLeftovers: true }, 'CleanTarget'],
  ['started meanwhile, cleaned', there('Running'), absent, {}, 'Conclude Failed MachineRunning'],
  ['started meanwhile, defined at the target', there('Running'), there('Off'), {}, 'ReleaseTarget'],
  ['cancelled', there('Off'), absent, { isGivenUp: true, hasLeftovers: true }, 'CleanTarget'],
  ['cancelled too late', there('Off'), there('Off'), { isGivenUp: true }, 'ReleaseSource'],
];

/** What a crash leaves on the source | at the target, and what follows. */
const crashes: Row[] = [
  ['running, no job | absent: aborted', there('Running'), absent, { tries: 1, failure: passing }, 'Move'],
  ['…too often', there('Running'), absent, { tries: MAX_TRIES, failure: passing }, 'Conclude Failed MoveFailed'],
  ['…for good', there('Running'), absent, { tries: 1, failure: lasting }, 'Conclude Failed IncompatibleCPU'],
  [
    '…for good, with files at the target',
    there('Running'),
    absent,
    { tries: 1, failure: lasting, hasLeftovers: true },
    'CleanTarget',
  ],
  ['has a job | paused (migrating)', withJob('Running'), there('PausedForMove'), {}, 'Watch'],
  ['has a job | not there yet', withJob('Running'), absent, {}, 'Watch'],
  ['has a job, stands still | paused (migrating)', withJob('PausedForMove'), there('PausedForMove'), {}, 'Watch'],
  ['has a job | running', withJob('PausedForMove'), there('Running'), {}, 'Watch'],
  [
    'has a job | paused (migrating), cancelled',
    withJob('Running'),
    there('PausedForMove'),
    { isGivenUp: true },
    'AbortJob',
  ],
  [
    'has a job, stands still, cancelled',
    withJob('PausedForMove'),
    there('PausedForMove'),
    { isGivenUp: true },
    'Watch',
  ],
  ['absent | running', absent, there('Running'), {}, 'Finish'],
  ['paused (migration), no job | running', there('PausedForMove'), there('Running'), {}, 'EndSource'],
  ['shut off, defined | running', there('Off'), there('Running'), {}, 'ReleaseSource'],
  ['paused, no job | paused (user)', there('PausedForMove'), there('PausedByUser'), {}, 'EndSource'],
  ['shut off | paused (user)', there('Off'), there('PausedByUser'), {}, 'ResumeTarget'],
  ['shut off | paused (user), by its user', there('Off'), there('PausedByUser'), { wasPaused: true }, 'ReleaseSource'],
  ['absent | paused (user)', absent, there('PausedByUser'), {}, 'ResumeTarget'],
  [
    'paused by its user | paused (user)',
    there('PausedByUser'),
    there('PausedByUser'),
    { wasPaused: true },
    'EndSource',
  ],
  [
    'paused by its user | paused (migrating)',
    there('PausedByUser'),
    there('PausedForMove'),
    { wasPaused: true },
    'EndTarget',
  ],
  ['paused, no job | shut off: it ran there', there('PausedForMove'), there('Off'), {}, 'EndSource'],
  ['shut off | shut off: it ran there', there('Off'), there('Off'), {}, 'ReleaseSource'],
  ['running, no job | paused (user)', there('Running'), there('PausedByUser'), {}, 'EndTarget'],
  ['running, no job | paused (migrating)', there('Running'), there('PausedForMove'), {}, 'EndTarget'],
  ['running, no job | defined', there('Running'), there('Off'), {}, 'ReleaseTarget'],
  ['paused (migrating), no job | absent', there('PausedForMove'), absent, {}, 'Wait Moving'],
  ['…for longer than keepalive', there('PausedForMove'), absent, settled, 'ResumeSource'],
  [
    'paused (migrating), no job | paused (migrating)',
    there('PausedForMove'),
    there('PausedForMove'),
    {},
    'Wait Moving',
  ],
  ['…for longer than keepalive', there('PausedForMove'), there('PausedForMove'), settled, 'EndTarget'],
  ['shut off | paused (migrating)', there('Off'), there('PausedForMove'), {}, 'Wait Moving'],
  ['…for longer than keepalive', there('Off'), there('PausedForMove'), settled, 'EndTarget'],
  ['shut off | absent', there('Off'), absent, {}, 'Conclude Failed MachineEnded'],
  [
    'shut off | absent, which the hypervisor told in other words',
    there('Off'),
    absent,
    { tries: 1, failure: lasting },
    'Conclude Failed MachineEnded',
  ],
  ['post-copy failed | post-copy failed', there('PostCopyFailed'), there('PostCopyFailed'), {}, 'RecoverPostCopy'],
  ['post-copy failed | running', there('PostCopyFailed'), there('Running'), {}, 'RecoverPostCopy'],
  ['post-copy failed | absent', there('PostCopyFailed'), absent, settled, 'Wait Moving'],
  ['unreachable | running', out, there('Running'), {}, 'Wait HostUnreachable'],
  ['running | unreachable', there('Running'), out, { isGivenUp: true }, 'Wait HostUnreachable'],
  ['absent | unreachable', absent, out, settled, 'Wait HostUnreachable'],
  ['running | running', there('Running'), there('Running'), {}, 'Conclude Failed SplitBrain'],
  [
    'running | running, halted by a disk',
    there('Running'),
    there('PausedOther'),
    settled,
    'Conclude Failed SplitBrain',
  ],
  ['paused by a person | running', there('PausedByUser'), there('Running'), {}, 'Conclude Failed SplitBrain'],
  ['absent | absent', absent, absent, settled, 'Wait Moving'],
  ['absent | absent, cancelled', absent, absent, { isGivenUp: true }, 'Conclude Failed MachineEnded'],
  ['absent | paused (migrating)', absent, there('PausedForMove'), settled, 'Wait Moving'],
  [
    'running | somebody else',
    there('Running'),
    { kind: 'Foreign', name: 'x', incarnation: null },
    {},
    'Conclude Failed MoveFailed',
  ],
  [
    'somebody else | running',
    { kind: 'Foreign', name: 'x', incarnation: null },
    there('Running'),
    {},
    'Conclude Failed MoveFailed',
  ],
  // Nothing of the source is taken for it, and none of its own disks.
  ['off | an older definition', there('Off'), older, { mode: 'Offline' }, 'Conclude Failed MoveFailed'],
  ['absent | an older definition', absent, older, { hasLeftovers: true }, 'Conclude Failed MoveFailed'],
];

const cancelled: Row[] = [
  ['before it began', there('Running'), absent, { isGivenUp: true }, 'Conclude Cancelled Cancelled'],
  ['after files were made', there('Running'), absent, { isGivenUp: true, hasLeftovers: true }, 'CleanTarget'],
  ['after the hand-over', absent, there('Running'), { isGivenUp: true }, 'Finish'],
  ['in the hand-over', absent, there('PausedByUser'), { isGivenUp: true }, 'ResumeTarget'],
  ['when it stands still', there('PausedForMove'), absent, { isGivenUp: true }, 'Wait Moving'],
];

describe.each([
  ['the road of a live move', road, 'Live'],
  ['a machine that is off', offline, 'Offline'],
  ['after a crash', crashes, 'Live'],
  ['cancelled', cancelled, 'Live'],
] as const)('%s', (_, rows, mode) => {
  test.each(rows)('%s', (_what, source, target, more, expected) => {
    expect(briefly(planMigration(seen(source, target, { mode, ...more })))).toBe(expected);
  });
});

describe('whatever is seen', () => {
  const powers: MovePower[] = ['Running', 'PausedByUser', 'PausedForMove', 'PostCopyFailed', 'PausedOther', 'Off'];
  const sides: Side[] = [out, absent, ...powers.map((power) => there(power)), ...powers.map(withJob)];
  const all = (['Live', 'Offline'] as const).flatMap((mode) =>
    sides.flatMap((source) =>
      sides.flatMap((target) =>
        [false, true].flatMap((flag) => [
          seen(source, target, { mode, isGivenUp: flag }),
          seen(source, target, { mode, isGivenUp: flag, wasPaused: !flag, sameForMs: SETTLED_MS }),
        ]),
      ),
    ),
  );
  const executes = (side: Side): boolean =>
    side.kind === 'Present' && (side.power === 'Running' || side.power === 'PausedOther');

  test('nothing is let go on beside a copy that may execute', () => {
    for (const one of all) {
      const step = planMigration(one).do;
      if (step === 'ResumeTarget') expect(isStill(one.source), JSON.stringify(one)).toBe(true);
      if (step === 'ResumeSource') expect(one.target.kind, JSON.stringify(one)).toBe('Absent');
      if (step === 'Move' || step === 'Define') expect(one.target.kind, JSON.stringify(one)).toBe('Absent');
    }
  });
  /** Gone, or without a process. */
  const isStill = (side: Side): boolean => side.kind === 'Absent' || (side.kind === 'Present' && side.power === 'Off');

  test('no copy that may execute is ended', () => {
    for (const one of all) {
      const step = planMigration(one).do;
      if (step === 'EndSource' || step === 'ReleaseSource')
        expect(executes(one.source), JSON.stringify(one)).toBe(false);
      if (step === 'EndTarget' || step === 'ReleaseTarget')
        expect(executes(one.target), JSON.stringify(one)).toBe(false);
    }
  });

  test('nothing is done while a host is out of sight', () => {
    for (const one of all) {
      if (one.source.kind === 'OutOfSight' || one.target.kind === 'OutOfSight') {
        expect(planMigration(one).do).toBe('Wait');
      }
    }
  });

  test('files are removed only from where it is not', () => {
    for (const one of all) {
      const step = planMigration({ ...one, hasLeftovers: true }).do;
      if (step === 'CleanSource') expect(one.source.kind).toBe('Absent');
      if (step === 'CleanTarget') expect(one.target.kind).toBe('Absent');
    }
  });
});

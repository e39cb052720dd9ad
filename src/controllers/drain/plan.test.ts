import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hostSpec } from '#api/v1alpha1/host.ts';
import { type DrainInput, type DrainStep, planDrainStep } from './plan.ts';
import type { MachineView } from './rows.ts';
import { drainStatus, withoutCounters } from './status.ts';
import { aDrain, aMachine, aMove, anEnd, kept, NOW, there } from './testing.ts';

const off = (name: string) => aMachine(name, { power: 'Off' });
const moving = (name: string) => aMachine(name, { move: aMove(name) });
const asked = (step: DrainStep): string[] =>
  step.kind === 'Go' ? step.ask.map(({ machine, attempt }) => `${machine.name} ${attempt}`) : [];
const told = (step: DrainStep): string[] =>
  step.kind === 'Go'
    ? step.rows.map(({ machine, state, reason }) => `${machine.name} ${state} ${reason ?? ''}`.trim())
    : [];

describe('planDrainStep', () => {
  const kinds: [string, DrainInput, DrainStep['kind']][] = [
    ['no drain', aDrain([], { mode: 'None', isKnown: false, startedAt: null }), 'Nothing'],
    ['the beginning is written first', aDrain([aMachine('a')], { startedAt: null, isKnown: false }), 'Begin'],
    ['a host out of sight', aDrain([], { count: 3, isSeen: false }), 'Unseen'],
    ['empty', aDrain([]), 'Done'],
    ['empty, and one is on its way here', aDrain([], { incoming: ['lab/x'] }), 'Go'],
    ['a machine is left', aDrain([aMachine('a')]), 'Go'],
    ['taken back', aDrain([], { mode: 'None', startedAt: null }), 'End'],
    ['asked for again before all was taken back', aDrain([], { startedAt: null }), 'Begin'],
  ];
  test.each(kinds)('%s', (_name, input, kind) => {
    expect(planDrainStep(input).kind).toBe(kind);
  });

  const turns: [string, DrainInput, string[]][] = [
    ['as many as may leave at once', aDrain(['a', 'b', 'c'].map((name) => aMachine(name))), ['a 1', 'b 1']],
    ['those that move count', aDrain([moving('a'), aMachine('b'), aMachine('c')]), ['b 1']],
    ['all places taken', aDrain([moving('a'), moving('b'), aMachine('c')]), []],
    ['as many as may come', aDrain([aMachine('a'), aMachine('b')], { free: new Map([['h2', 1]]) }), ['a 1']],
    [
      'another target has a place',
      aDrain([aMachine('a'), aMachine('b')], {
        free: new Map([
          ['h2', 0],
          ['h3', 1],
        ]),
        places: new Map([
          ['a', there('h2', 1)],
          ['b', there('h3', 2)],
        ]),
      }),
      ['b 1'],
    ],
    [
      'a move without a target yet takes the place that it will have',
      aDrain([aMachine('a', { move: aMove('a', { phase: 'Pending', target: null }) }), aMachine('b')], {
        free: new Map([['h2', 1]]),
      }),
      [],
    ],
    ['who is off waits for those that run', aDrain([off('a'), aMachine('b')]), ['b 1']],
    ['who is off waits for those that move', aDrain([off('a'), moving('b')]), []],
    ['who is off goes when the others are gone', aDrain([off('a'), off('b'), off('c')]), ['a 1', 'b 1']],
    ['who is off is not held up by who is blocked', aDrain([off('a'), aMachine('b', { obstacle: kept })]), ['a 1']],
    [
      'who is off is not held up by what fails again and again',
      aDrain([off('a'), aMachine('b', { ended: anEnd({ attempt: 3 }) })]),
      ['a 1'],
    ],
    [
      'again after a failure, by another name',
      aDrain([aMachine('a', { ended: anEnd({ finishedAt: NOW - 60_000 }) })]),
      ['a 2'],
    ],
    ['not before its time', aDrain([aMachine('a', { ended: anEnd() })]), []],
    [
      'the blocked take no place',
      aDrain([aMachine('a', { obstacle: kept }), aMachine('b'), aMachine('c')]),
      ['b 1', 'c 1'],
    ],
  ];
  test.each(turns)('%s', (_name, input, expected) => {
    expect(asked(planDrainStep(input))).toEqual(expected);
  });

  describe('a limit on disruption', () => {
    const db = (name: string, over: Partial<MachineView> = {}, away = 0): MachineView =>
      aMachine(name, { group: { name: 'lab app=db', maxUnavailable: 1, away }, ...over });

    test('lets one of a group go at a time', () => {
      const step = planDrainStep(aDrain([db('a'), db('b'), aMachine('c')]));
      expect(asked(step)).toEqual(['a 1', 'c 1']);
      expect(told(step)).toContain('b Waiting DisruptionLimit');
    });
    test('counts those that do not run elsewhere', () => {
      expect(asked(planDrainStep(aDrain([db('a', {}, 1)])))).toEqual([]);
    });
    test('counts those that move already', () => {
      expect(asked(planDrainStep(aDrain([db('a'), db('b', { move: aMove('b') })])))).toEqual([]);
    });
    test('does not hold who is off', () => {
      expect(asked(planDrainStep(aDrain([db('a', { power: 'Off' }, 3)])))).toEqual(['a 1']);
    });
  });

  test('tells who moves, who waits, who is off and who is blocked', () => {
    const machines = [aMachine('n', { obstacle: kept }), off('o'), aMachine('w'), moving('m')];
    expect(told(planDrainStep(aDrain(machines, { maxOutgoing: 1 })))).toEqual([
      'm Moving',
      'w Waiting Queued',
      'o Off RunningFirst',
      'n Blocked PolicyForbids',
    ]);
  });

  test('takes a move back that found no host, so that others have its place', () => {
    const move = aMove('a', { phase: 'Preparing', target: null, reason: 'Unschedulable' });
    const places = new Map([
      ['a', there(null)],
      ['b', there('h2')],
    ]);
    const input = aDrain([aMachine('a', { move }), aMachine('b')], { places });
    const step = planDrainStep(input);
    expect(step).toMatchObject({ kind: 'Go', takeBack: [{ name: 'drain-a' }] });
    expect(asked(step)).toEqual(['b 1']);
    const going = { ...move, isDeleting: true };
    expect(planDrainStep({ ...input, machines: [aMachine('a', { move: going })] })).toMatchObject({ takeBack: [] });
  });

  test('taken back: what has not begun is taken back, what runs goes on', () => {
    const moves = [aMove('a', { phase: 'Pending' }), aMove('b', { phase: 'Preparing' }), aMove('c')];
    const step = planDrainStep(aDrain([], { mode: 'None', startedAt: null, moves }));
    expect(step).toMatchObject({
      takeBack: [{ name: 'drain-a' }, { name: 'drain-b' }],
      running: [{ name: 'drain-c' }],
    });
  });

  test('never has more on the way than host, targets and groups allow', () => {
    const machine = fc.record({
      power: fc.constantFrom('On' as const, 'Off' as const, 'Unknown' as const),
      obstacle: fc.constantFrom(kept, null),
      to: fc.constantFrom('h2', 'h3', null),
      isMoving: fc.boolean(),
      inGroup: fc.boolean(),
    });
    fc.assert(
      fc.property(
        fc.array(machine, { maxLength: 12 }),
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 0, max: 3 }),
        fc.integer({ min: 1, max: 3 }),
        (drawn, maxOutgoing, free, maxUnavailable) => {
          const machines = drawn.map((one, i) =>
            aMachine(`m${i}`, {
              power: one.power,
              obstacle: one.obstacle,
              move: one.isMoving ? aMove(`m${i}`) : null,
              group: one.inGroup ? { name: 'g', maxUnavailable, away: 0 } : null,
            }),
          );
          const places = new Map(drawn.map(({ to }, i) => [`m${i}`, there(to, i)]));
          const step = planDrainStep(
            aDrain(machines, {
              maxOutgoing,
              places,
              free: new Map([
                ['h2', free],
                ['h3', 1],
              ]),
            }),
          );
          if (step.kind !== 'Go') {
            expect(machines).toEqual([]);
            return;
          }
          const begins = step.ask.map(({ machine: { uid } }) => uid);
          const onTheWay = machines.filter(({ move, uid }) => move || begins.includes(uid));
          if (begins.length > 0) expect(onTheWay.length).toBeLessThanOrEqual(maxOutgoing);
          expect(begins.filter((uid) => places.get(uid)?.to === 'h2').length).toBeLessThanOrEqual(free);
          const ofGroup = onTheWay.filter(({ group, power }) => group && power === 'On');
          if (ofGroup.some(({ move }) => !move)) expect(ofGroup.length).toBeLessThanOrEqual(maxUnavailable);
          for (const uid of begins) expect(places.get(uid)?.to).not.toBeNull();
          for (const { machine: m } of step.ask) expect([m.obstacle, m.power === 'Unknown']).toEqual([null, false]);
          expect(step.rows.map(({ machine: m }) => m.uid).sort()).toEqual(machines.map(({ uid }) => uid).sort());
        },
      ),
    );
  });
});

describe('status.drain', () => {
  const host = (drain?: object) => ({
    apiVersion: 'virtfleet.io/v1alpha1',
    kind: 'Host',
    metadata: { name: 'h1', uid: 'u1', resourceVersion: '1' },
    spec: hostSpec.parse({ uri: 'test:///default' }),
    status: { state: 'Ready' as const, ...(drain ? { drain } : {}) },
  });
  const startedAt = '2026-01-01T00:00:00Z';
  const status = (step: DrainStep, drain?: object, over: { count?: number; movedBytes?: number } = {}) =>
    drainStatus({ object: host(drain), step, now: NOW, count: 0, incoming: 0, movedBytes: 0, ...over });

  test('begins with the number of machines', () => {
    expect(status({ kind: 'Begin' }, undefined, { count: 3 }).drain).toMatchObject({
      startedAt: '2026-01-01T00:10:00Z',
      total: 3,
      left: 3,
    });
  });

  test('counts, and says how long it will take at the rate so far', () => {
    const step = planDrainStep(
      aDrain([moving('a'), aMachine('b'), aMachine('c', { obstacle: kept })], { maxOutgoing: 1 }),
    );
    const { drain, state } = status(step, { startedAt, total: 5 }, { count: 3, movedBytes: 2 * 2 ** 30 });
    expect(state).toBe('Ready');
    expect(drain).toMatchObject({
      startedAt,
      total: 5,
      left: 3,
      moving: 1,
      blocked: 1,
      remainingSeconds: 600,
      message: '3 of 5 machines are left: 1 moving, 1 waiting, 1 blocked.',
    });
    expect(drain?.machines?.map(({ machine }) => machine)).toEqual(['lab/a', 'lab/b', 'lab/c']);
  });

  test('nothing is measured before the first has moved', () => {
    const step = planDrainStep(aDrain([aMachine('a')]));
    expect(status(step, { startedAt }).drain?.remainingSeconds).toBeUndefined();
  });

  test('keeps the time at which it was empty', () => {
    const finishedAt = '2026-01-01T00:05:00Z';
    expect(status({ kind: 'Done' }, { startedAt, total: 2 }).drain).toMatchObject({
      finishedAt: '2026-01-01T00:10:00Z',
      left: 0,
    });
    expect(status({ kind: 'Done' }, { startedAt, finishedAt }).drain?.finishedAt).toBe(finishedAt);
  });

  test('a host that does not answer keeps what was known', () => {
    const { drain } = status({ kind: 'Unseen' }, { startedAt, left: 2, remainingSeconds: 5 });
    expect(drain).toMatchObject({ startedAt, left: 2, message: expect.stringContaining('h1 does not answer') });
    expect(drain?.remainingSeconds).toBeUndefined();
  });

  test('is gone when the last move of a drain that was taken back has ended', () => {
    const end = (running: number): DrainStep => ({
      kind: 'End',
      takeBack: [],
      running: Array(running).fill(aMove('a')),
    });
    const { drain } = status(end(1), { startedAt });
    expect(drain).toMatchObject({ moving: 1, message: expect.stringContaining('was taken back') });
    expect(drain?.startedAt).toBeUndefined();
    expect(status(end(0), { left: 1 })).toEqual({ state: 'Ready' });
  });

  test('only what is no news waits to be written', () => {
    const of = (over: object) =>
      withoutCounters({ drain: { startedAt, left: 1, machines: [{ machine: 'lab/a', state: 'Moving', ...over }] } });
    expect(of({ target: 'h2', order: 2 })).toEqual(of({}));
    expect(of({ reason: 'Queued' })).not.toEqual(of({}));
  });
});

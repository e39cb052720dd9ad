import { describe, expect, test } from 'vitest';
import { type MachineView, type PlaceView, rowOf } from './rows.ts';
import { aMachine, aMove, anEnd, kept, NOW, there } from './testing.ts';

const iso = (ms: number): string => new Date(ms).toISOString();
const wasTold = (over: object) => ({ machine: 'lab/a', state: 'Waiting' as const, ...over });

describe('a machine of a host that is drained', () => {
  const cases: [string, Partial<MachineView>, PlaceView, object][] = [
    ['waits for its turn', {}, there(), { state: 'Waiting', reason: 'Queued', target: 'h2', isReady: true }],
    ['is off: ready, and told so', { power: 'Off' }, there(), { state: 'Off', reason: null, isReady: true }],
    [
      'is being deleted',
      { isDeleting: true },
      there(),
      { state: 'Waiting', reason: 'MachineDeleting', isReady: false },
    ],
    ['moves', { move: aMove('a', { target: 'h3' }) }, there(), { state: 'Moving', target: 'h3', attempt: 1 }],
    [
      "moves by somebody else's wish",
      { move: aMove('a', { attempt: null, isOurs: false, target: null }) },
      there(),
      { state: 'Moving', target: 'h2', attempt: 0 },
    ],
    [
      'is kept here',
      { obstacle: kept },
      there(),
      { state: 'Blocked', reason: 'PolicyForbids', target: null, isReady: false },
    ],
    [
      'whether it runs is not known',
      { power: 'Unknown' },
      there(),
      { state: 'Waiting', reason: 'NotKnown', isReady: false },
    ],
    ['fits nowhere', {}, there(null), { state: 'Blocked', reason: 'Unschedulable', isReady: false }],
    [
      'fits nowhere, and its move waits for a host',
      { move: aMove('a', { phase: 'Preparing', target: null, reason: 'Unschedulable' }) },
      there(null),
      { state: 'Blocked', reason: 'Unschedulable' },
    ],
    [
      "fits nowhere, and somebody else's move waits: that is his",
      { move: aMove('a', { phase: 'Preparing', target: null, reason: 'Unschedulable', isOurs: false }) },
      there(null),
      { state: 'Moving' },
    ],
    [
      'failed just now',
      { ended: anEnd(), before: wasTold({ state: 'Moving', attempt: 1 }) },
      there(),
      { state: 'Waiting', reason: 'Retrying', attempt: 1, retryAt: NOW + 10_000 },
    ],
    [
      'failed before we wrote that it was asked for',
      { ended: anEnd({ finishedAt: NOW - 4000 }) },
      there(),
      { reason: 'Retrying', attempt: 1, retryAt: NOW + 6000 },
    ],
    [
      'failed, and its time has come',
      { ended: anEnd({ finishedAt: NOW - 60_000 }), before: wasTold({ attempt: 1, retryAt: iso(NOW - 1000) }) },
      there(),
      { state: 'Waiting', reason: 'Queued', attempt: 1, retryAt: null, isReady: true },
    ],
    [
      'its time had come before, and it was not asked for yet',
      { ended: anEnd({ finishedAt: NOW - 60_000 }), before: wasTold({ attempt: 1 }) },
      there(),
      { reason: 'Queued', isReady: true },
    ],
    [
      'its move was deleted by somebody',
      { before: wasTold({ state: 'Moving', attempt: 2, migration: 'drain-a-2' }) },
      there(),
      { reason: 'Retrying', attempt: 2, retryAt: NOW + 20_000, migration: 'drain-a-2' },
    ],
    [
      'failed for the third time: a person should look',
      { ended: anEnd({ attempt: 3 }), before: wasTold({ state: 'Moving', attempt: 3 }) },
      there(),
      { state: 'Blocked', reason: 'MoveFailed', retryAt: NOW + 40_000 },
    ],
    [
      'has moved, and is still shown here',
      { ended: anEnd({ phase: 'Succeeded' }), before: wasTold({ state: 'Moving', attempt: 1 }) },
      there(),
      { state: 'Moving' },
    ],
    [
      'waits no longer than ten minutes',
      { ended: anEnd({ attempt: 20 }), before: wasTold({ state: 'Moving', attempt: 20 }) },
      there(),
      { retryAt: NOW + 600_000 },
    ],
  ];
  test.each(cases)('%s', (_name, over, place, expected) => {
    expect(rowOf(aMachine('a', over), place, NOW)).toMatchObject(expected);
  });

  test.each([
    ['Unschedulable', aMachine('a'), there(null)],
    ['MoveFailed', aMachine('a', { ended: anEnd({ attempt: 3 }) }), there()],
  ])('%s is told with three ways out', (_name, machine, place) => {
    const { message } = rowOf(machine, place, NOW);
    expect(message).toMatch(/Three ways out: [^;]+; [^;]+; or .+\.$/);
  });
});

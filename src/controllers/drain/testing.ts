/** Builders for tests: what a test does not mention does not matter to it. */
import type { DrainInput } from './plan.ts';
import type { EndedView, MachineView, MoveView, PlaceView } from './rows.ts';

export const NOW = Date.parse('2026-01-01T00:10:00Z');
const STARTED = Date.parse('2026-01-01T00:00:00Z');

export const aMachine = (name: string, over: Partial<MachineView> = {}): MachineView => ({
  namespace: 'lab',
  name,
  uid: name,
  power: 'On',
  isDeleting: false,
  obstacle: null,
  bytes: 2 ** 30,
  group: null,
  move: null,
  ended: null,
  before: null,
  ...over,
});

export const aMove = (name: string, over: Partial<MoveView> = {}): MoveView => ({
  namespace: 'lab',
  name: `drain-${name}`,
  uid: `m-${name}`,
  phase: 'Running',
  reason: null,
  message: null,
  target: 'h2',
  attempt: 1,
  isOurs: true,
  isDeleting: false,
  ...over,
});

export const anEnd = (over: Partial<EndedView> = {}): EndedView => ({
  attempt: 1,
  name: 'drain-a',
  phase: 'Failed',
  message: 'The pool is full.',
  finishedAt: NOW,
  ...over,
});

export const there = (to: string | null = 'h2', order = 1): PlaceView => ({
  to,
  order,
  message: to === null ? '1 host: 1 lacks 2 GiB of memory.' : `Placed on ${to}.`,
});

/** A drain that has begun, of machines that all fit on h2. */
export function aDrain(machines: MachineView[], over: Partial<DrainInput> = {}): DrainInput {
  return {
    now: NOW,
    mode: 'Drain',
    isSeen: true,
    isKnown: true,
    startedAt: STARTED,
    maxOutgoing: 2,
    count: machines.length,
    machines,
    moves: machines.flatMap(({ move }) => (move?.isOurs ? [move] : [])),
    incoming: [],
    places: new Map(machines.map(({ uid }, i) => [uid, there('h2', i + 1)])),
    free: new Map([['h2', 8]]),
    ...over,
  };
}

export const kept: MachineView['obstacle'] = { reason: 'PolicyForbids', message: 'Its policy is Never.' };

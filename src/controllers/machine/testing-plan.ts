/** What a planner sees of a machine, for tests: a placed, running one, from which each test says what differs. */
import { expect, test } from 'vitest';
import type { Sighting } from './identity.ts';
import { type Observation, type ObservedDomain, plan, type RunRecordDecided, type Step } from './plan.ts';

export const NOW = Date.parse('2026-01-01T00:00:00Z');
export const iso = (seconds: number): string => new Date(NOW + seconds * 1000).toISOString();
export const sighting: Sighting = {
  host: 'h1',
  hostUid: 'u1',
  inSight: true,
  domainUuid: 'x',
  domainName: 'lab_web',
  active: false,
  paused: false,
  stamp: null,
};

export const off: ObservedDomain = {
  active: false,
  paused: false,
  halted: false,
  ended: false,
  outdated: false,
  liveChanges: [],
};
export const on: ObservedDomain = { ...off, active: true };
export const running: RunRecordDecided = {
  generation: 1,
  startedAt: iso(-60),
  desired: 'On',
  confirmed: true,
  ended: false,
};

/** A placed, running machine that wants nothing; a test says what differs. */
export const seen = (over: Partial<Observation> = {}): Observation => ({
  now: NOW,
  deleting: false,
  hasFinalizer: true,
  deletionPolicy: 'Delete',
  abandoned: false,
  located: { kind: 'Present', sighting },
  decided: true,
  wasDefined: true,
  wantedPower: 'On',
  runStrategy: 'Always',
  gracePeriodMs: 30_000,
  run: running,
  stop: undefined,
  crash: undefined,
  request: undefined,
  pendingRequest: null,
  requestGone: false,
  problems: [],
  lostClaims: [],
  recordIncomplete: false,
  released: [],
  growing: [],
  domain: on,
  move: null,
  memory: { shutdownSentAt: null, claimedHere: null, reset: null, save: null },
  ...over,
});
export const fresh: Partial<Observation> = {
  hasFinalizer: false,
  located: { kind: 'New', uuid: 'x' },
  decided: false,
  wasDefined: false,
  run: undefined,
  domain: null,
};
export const absent = { kind: 'Absent', hiddenHosts: [] as string[] } as const;

/** What differs from `seen`, and the step that follows, or what is to be in it. */
export type Row = [string, Partial<Observation>, Step['do'] | Partial<Step>];

export function check(rows: Row[]): void {
  test.each(rows)('%s', (_, over, expected) => {
    const step = plan(seen(over));
    if (typeof expected === 'string') expect(step.do).toBe(expected);
    else expect(step).toMatchObject(expected);
  });
}

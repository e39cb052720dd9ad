/** What a test of `make chaos` leaves behind: a line a test, and which of them a whole run consists of. Pure. */
import type { Invariant } from './check/invariants.ts';

/** Stories in which something fails; each ends with the checker of the invariants. */
export const faultGroups = ['crash points', 'hosts', 'control plane', 'Redis', 'people', 'load'] as const;
/** What runs for long beside them, and proves something else. */
export const otherGroups = ['checker', 'long tests'] as const;
export const groups = [...faultGroups, ...otherGroups] as const;

export type FaultGroup = (typeof faultGroups)[number];
export type Group = (typeof groups)[number];

/** Which test it is: a name stands for itself within its group only. */
export interface Declared {
  group: Group;
  name: string;
}

export interface FaultResult extends Declared {
  outcome: 'held' | 'failed' | 'not tried';
  /** Invariants that did not hold. */
  broken: Invariant[];
  notes: string[];
  seconds: number;
}

/** What a test says of itself while it runs; vitest hands it from the test's process to the reporter. */
export interface Told {
  broken: Invariant[];
  notes: string[];
}

declare module 'vitest' {
  interface TaskMeta {
    told?: Told;
  }
}

export const nameOf = ({ group, name }: Declared): string => `${group}: ${name}`;

/** The way back from a test's name; null for a test that belongs to no group. */
export function declaredBy(test: string): Declared | null {
  const group = groups.find((candidate) => test.startsWith(`${candidate}: `));
  return group === undefined ? null : { group, name: test.slice(group.length + 2) };
}

/** What a test came to. `skipped` with a reason: it could not be tried; without one it was not asked for. */
export interface Ended {
  state: 'passed' | 'failed' | 'skipped';
  reason?: string | undefined;
  /** What it was broken off by. */
  error?: string | undefined;
  told?: Told | undefined;
  durationMs: number;
}

/** Its line; null when it was not asked for. */
export function lineOf(test: Declared, { state, reason, error, told, durationMs }: Ended): FaultResult | null {
  const { group, name } = test;
  const seconds = Math.round(durationMs / 1000);
  const { broken = [], notes = [] } = told ?? {};
  switch (state) {
    case 'passed':
      return { group, name, outcome: 'held', broken: [], notes, seconds };
    case 'failed': {
      const cause = broken.length > 0 || error === undefined ? [] : [firstLine(error)];
      return { group, name, outcome: 'failed', broken, notes: [...notes, ...cause], seconds };
    }
    case 'skipped':
      return reason === undefined
        ? null
        : { group, name, outcome: 'not tried', broken: [], notes: [reason], seconds: 0 };
    default:
      return state satisfies never;
  }
}

const MOST = 160;
function firstLine(text: string): string {
  const [line = ''] = text.trim().split('\n');
  return line.length > MOST ? `${line.slice(0, MOST)}…` : line;
}

/** The last line of each test: one that was run again has replaced the first. */
export function latest(results: readonly FaultResult[]): Map<string, FaultResult> {
  return new Map(results.map((result) => [nameOf(result), result]));
}

/** Those of which there is no line. */
export function missing(declared: readonly Declared[], results: readonly FaultResult[]): Declared[] {
  const seen = latest(results);
  return declared.filter((test) => !seen.has(nameOf(test)));
}

/** A pattern for `vitest -t` that takes these tests and no others. */
export function patternOf(tests: readonly Declared[]): string {
  return `^(${tests.map((test) => nameOf(test).replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')).join('|')})$`;
}

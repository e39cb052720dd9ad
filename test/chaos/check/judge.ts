/** Which invariants do not hold: pure, facts in, violations with their evidence out. */
import { domainViolations } from './domains.ts';
import type { Expected, Facts, Violation } from './facts.ts';
import { invariantOf } from './invariants.ts';
import { networkViolations } from './networks.ts';
import { objectViolations } from './objects.ts';
import { queueViolations } from './queue.ts';
import { runViolations } from './runs.ts';
import { volumeViolations } from './volumes.ts';

export function judge(facts: Facts, expected: Expected = {}): Violation[] {
  return [
    ...domainViolations(facts, expected),
    ...volumeViolations(facts, expected),
    ...networkViolations(facts),
    ...objectViolations(facts),
    ...runViolations(facts, expected),
    ...queueViolations(facts),
  ];
}

export function formatViolations(violations: readonly Violation[]): string {
  return violations
    .map(({ rule, object, evidence }) => `${invariantOf[rule]} ${rule} ${object}: ${evidence}`)
    .join('\n');
}

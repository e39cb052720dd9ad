/** Nothing stays in Redis: a job has its object, and what ended is gone. */
import { type Facts, label, type Violation } from './facts.ts';
import type { Rule } from './invariants.ts';

export function queueViolations({ queue, images, volumes }: Facts): Violation[] {
  const say = (rule: Rule, object: string, evidence: string): Violation => ({ rule, never: false, object, evidence });
  const owners = new Map([...images, ...volumes].map((object) => [object.metadata.uid, label(object)]));
  return [
    ...(queue?.jobs ?? []).flatMap(({ id, state, object }) => {
      if (state === 'completed' || state === 'failed') return [say('JobKept', `job ${id}`, `it is ${state}, and kept`)];
      if (object && owners.has(object.uid)) return [];
      const whose = object ? `${object.kind} ${object.namespace ?? ''}/${object.name} (${object.uid})` : 'nobody';
      return [say('JobWithoutOwner', `job ${id}`, `it is ${state}, for ${whose}, which does not exist`)];
    }),
    ...(queue?.strayKeys ?? []).map((key) => say('JobKeyLeft', `Redis key ${key}`, 'its job is not there')),
  ];
}

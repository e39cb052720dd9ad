import type { ApiFunction } from './description.ts';
import type { EventId } from './emit_events.ts';
import type { Outcome } from './plan.ts';

/** The README's table: functions bound ÷ described, and why each of the others is not. */
export function coverageTable(
  version: string,
  outcomes: { fn: ApiFunction; outcome: Outcome }[],
  events: EventId[],
): string {
  const modules = [...new Set(outcomes.map((o) => o.fn.module))].sort();
  const count = (module: string | null, bound: Outcome['bound']): number =>
    outcomes.filter((o) => (module === null || o.fn.module === module) && o.outcome.bound === bound).length;
  const row = (label: string, module: string | null): string => {
    const [generated, hand, no] = [count(module, 'generated'), count(module, 'hand'), count(module, 'no')];
    return `| ${label} | ${generated} | ${hand} | ${generated + hand} ÷ ${generated + hand + no} |`;
  };
  const reasons = new Map<string, string[]>();
  for (const { fn, outcome } of outcomes) {
    if (outcome.bound === 'no') reasons.set(outcome.reason, [...(reasons.get(outcome.reason) ?? []), fn.name]);
  }
  return [
    '',
    `From the API description of libvirt ${version}; all ${events.length} event ids are bound.`,
    '',
    '| module | generated | by hand | bound ÷ described |',
    '|---|---|---|---|',
    ...modules.map((m) => row(m, m)),
    row('**all**', null),
    '',
    'Not bound:',
    '',
    '| why | functions |',
    '|---|---|',
    ...[...reasons]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([reason, names]) => `| ${reason} | ${names.map((n) => `\`${n}\``).join(', ')} |`),
    '',
  ].join('\n');
}

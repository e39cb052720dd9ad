/** The table of faults and invariants: pure, results in, a page of Markdown out. */

import { type Invariant, invariants } from './check/invariants.ts';

export const groups = ['crash points', 'hosts', 'control plane', 'Redis', 'people', 'load'] as const;

export interface FaultResult {
  group: (typeof groups)[number];
  name: string;
  outcome: 'held' | 'failed' | 'not tried';
  /** Invariants that did not hold. */
  broken: Invariant[];
  notes: string[];
  seconds: number;
}

/** The last result of each fault counts: one that was run again has replaced the first. */
export function formatTable(results: readonly FaultResult[]): string {
  const last = new Map(results.map((result) => [`${result.group}: ${result.name}`, result]));
  const names = Object.keys(invariants) as Invariant[];
  const lines: string[] = [];
  for (const group of groups) {
    const rows = [...last.values()].filter((result) => result.group === group);
    if (rows.length === 0) continue;
    lines.push(`## ${group[0]?.toUpperCase()}${group.slice(1)}`, '');
    lines.push(`| fault | ${names.join(' | ')} | s | seen |`, `|---|${names.map(() => '---').join('|')}|--:|---|`);
    for (const row of rows) {
      const cells = names.map((name) => cell(row, name));
      const seconds = row.outcome === 'not tried' ? '' : String(row.seconds);
      const notes = [row.outcome === 'held' ? '' : row.outcome, ...row.notes].filter(Boolean).join('; ');
      lines.push(`| ${[row.name, ...cells, seconds, notes].map((text) => text.replaceAll('|', '\\|')).join(' | ')} |`);
    }
    lines.push('');
  }
  return lines.join('\n');
}

function cell({ outcome, broken }: FaultResult, name: Invariant): string {
  if (outcome === 'not tried') return '–';
  return broken.includes(name) ? '**broken**' : '✓';
}

/** The tables of `make chaos`: pure, results in, a page of Markdown out. */
import { type Invariant, invariants } from './check/invariants.ts';
import { type Declared, type FaultResult, faultGroups, groups, latest, nameOf, otherGroups } from './results.ts';

/** Faults and invariants, a table a group, and what ran beside them, in one. */
export function formatTable(results: readonly FaultResult[]): string {
  const last = [...latest(results).values()];
  const names = Object.keys(invariants) as Invariant[];
  const lines: string[] = [];
  for (const group of faultGroups) {
    const rows = last.filter((result) => result.group === group);
    if (rows.length === 0) continue;
    lines.push(`## ${group[0]?.toUpperCase()}${group.slice(1)}`, '');
    lines.push(`| fault | ${names.join(' | ')} | s | seen |`, `|---|${names.map(() => '---').join('|')}|--:|---|`);
    for (const row of rows) {
      const cells = names.map((name) => cell(row, name));
      const notes = [row.outcome === 'held' ? '' : row.outcome, ...row.notes].filter(Boolean).join('; ');
      lines.push(tableRow([row.name, ...cells, secondsOf(row), notes]));
    }
    lines.push('');
  }
  const others = otherGroups.flatMap((group) => last.filter((result) => result.group === group));
  if (others.length > 0) {
    lines.push('## The long tests beside the faults', '');
    lines.push('| test | outcome | s | what was done and seen |', '|---|---|--:|---|');
    for (const row of others) {
      const outcome = { held: '✓', failed: '**failed**', 'not tried': '–' }[row.outcome];
      const name = row.group === 'checker' ? `the checker tells: ${row.name}` : row.name;
      lines.push(tableRow([name, outcome, secondsOf(row), row.notes.join('; ')]));
    }
    lines.push('');
  }
  return lines.join('\n');
}

function tableRow(cells: readonly string[]): string {
  return `| ${cells.map((text) => text.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`;
}

const secondsOf = ({ outcome, seconds }: FaultResult): string => (outcome === 'not tried' ? '' : String(seconds));

function cell({ outcome, broken }: FaultResult, name: Invariant): string {
  if (outcome === 'not tried') return '–';
  if (broken.includes(name)) return '**broken**';
  // a story that broke off says of no invariant that it would have held
  return outcome === 'failed' && broken.length === 0 ? '?' : '✓';
}

/** A line a group: how many of its tests there are results of, how many failed, and how long they took. */
export function formatSums(declared: readonly Declared[], results: readonly FaultResult[]): string {
  const last = latest(results);
  return groups
    .flatMap((group) => {
      const all = declared.filter((test) => test.group === group);
      if (all.length === 0) return [];
      const done = all.flatMap((test) => last.get(nameOf(test)) ?? []);
      const failed = done.filter(({ outcome }) => outcome === 'failed').length;
      const untried = done.filter(({ outcome }) => outcome === 'not tried').length;
      const seconds = done.reduce((sum, result) => sum + result.seconds, 0);
      const counts = [
        `${String(done.length).padStart(3)} of ${String(all.length).padStart(3)}`,
        `${failed} failed`,
        ...(untried > 0 ? [`${untried} not tried`] : []),
      ];
      return [`${group.padEnd(14)} ${formatSeconds(seconds).padStart(12)}  ${counts.join(', ')}`];
    })
    .join('\n');
}

export function formatSeconds(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  return minutes > 0 ? `${minutes} min ${seconds % 60} s` : `${seconds} s`;
}

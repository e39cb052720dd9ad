/**
 * Prints how far the run of a commit has come, a line a group. When there is a result of every test that belongs to it,
 * prints the tables, too, and writes docs/reliability.md, also when something failed: it is said there.
 * usage: node report.ts RUN [--wanted]    RUN: the name of the files in .rig/chaos
 *   VIRTFLEET_CHAOS_SINCE names an earlier run: what was tried then counts, and is marked, where RUN has no result
 *   --wanted   prints instead a pattern of those that failed or of which there is no result: all, while that is not known
 * Exit code: 0 whole and nothing failed, 1 whole and something failed, 3 not whole.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../rig/paths.ts';
import { invariants } from './check/invariants.ts';
import type { Declaration } from './reporter.ts';
import { type FaultResult, latest, missing, nameOf, patternOf } from './results.ts';
import { steps } from './steps.ts';
import { formatSums, formatTable } from './table.ts';

const [run = '', flag] = process.argv.slice(2);
const since = process.env.VIRTFLEET_CHAOS_SINCE;
const read = (of: string, ending: string): string => {
  const name = join(projectRoot, '.rig', 'chaos', `${of}.${ending}`);
  return existsSync(name) ? readFileSync(name, 'utf8') : '';
};
const resultsOf = (of: string): FaultResult[] =>
  read(of, 'jsonl')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as FaultResult);

const earlier = since ? resultsOf(since).filter(({ outcome }) => outcome !== 'failed') : [];
const results = [
  ...earlier.map((result) => ({ ...result, notes: [...result.notes, `tried at ${since}`] })),
  ...resultsOf(run),
];
const known = read(run, 'declared.json');
const declaration: Declaration = known
  ? (JSON.parse(known) as Declaration)
  : { tests: [], problems: ['no sitting came to its end yet, so that it is not known which tests there are'] };
const declared = [...declaration.tests, ...steps];
const absent = missing(declared, results);
/** Only what still belongs to the run: a test may have got another name since. */
const names = new Set(declared.map(nameOf));
const last = [...latest(results).values()].filter((result) => names.has(nameOf(result)));
const failed = last.filter(({ outcome }) => outcome === 'failed');

if (flag === '--wanted') {
  if (declaration.problems.length === 0) console.log(patternOf([...absent, ...failed]));
} else {
  console.log(formatSums(declared, last));
  for (const { name, group } of failed) console.log(`failed: ${group}: ${name}`);
  const gaps = [...declaration.problems, ...absent.map((test) => `no result of ${nameOf(test)}`)];
  for (const gap of gaps) console.log(`chaos: ${gap}`);
  if (gaps.length > 0) {
    console.log('chaos: not a whole run of this commit yet: docs/reliability.md stays as it is');
    process.exitCode = 3;
  } else {
    writePage();
    process.exitCode = failed.length > 0 ? 1 : 0;
  }
}

function writePage(): void {
  // in the order of the files, not in that of several sittings
  const order = new Map(declared.map((test, index) => [nameOf(test), index]));
  const table = formatTable(last.sort((a, b) => (order.get(nameOf(a)) ?? 0) - (order.get(nameOf(b)) ?? 0)));
  const legend = Object.entries(invariants).map(([name, meaning]) => `- **${name}** ${meaning}`);
  const page = `# Reliability: faults and invariants

This page is written by \`make chaos\`, from what it saw (of ${run}: ${last.length} tests, ${failed.length} failed). Each line is a
fault that was made on real libvirt hosts, with a real API server, etcd and Redis. While it lasted, and after it, a program
that reads the API, every host and the guests looked for broken invariants (\`test/chaos/check\`).

${legend.join('\n')}

✓: it held. –: it could not be tried on the machine of the last run, for the reason that is given. ?: the story broke off.

${table}`;
  process.stdout.write(`${table}\n`);
  writeFileSync(join(projectRoot, 'docs', 'reliability.md'), `${page.trimEnd()}\n`);
}

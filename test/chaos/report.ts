/** Prints the table of a run of `make chaos`, and keeps it in docs/reliability.md: `node report.ts RESULTS.jsonl`. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../rig/paths.ts';
import { invariants } from './check/invariants.ts';
import { type FaultResult, formatTable } from './table.ts';

const [file = ''] = process.argv.slice(2);
const results = readFileSync(file, 'utf8')
  .split('\n')
  .filter(Boolean)
  .map((line) => JSON.parse(line) as FaultResult);
const table = formatTable(results);
const legend = Object.entries(invariants).map(([name, meaning]) => `- **${name}** ${meaning}`);
const page = `# Reliability: faults and invariants

This page is written by \`make chaos\`, from what it saw. Each line is a fault that was made on real libvirt hosts, with a
real API server, etcd and Redis. While it lasted, and after it, a program that reads the API, every host and the guests
looked for broken invariants (\`test/chaos/check\`).

${legend.join('\n')}

✓: it held. –: it could not be tried on the machine of the last run, for the reason that is given.

${table}`;
process.stdout.write(`${table}\n`);
writeFileSync(join(projectRoot, 'docs', 'reliability.md'), `${page.trimEnd()}\n`);

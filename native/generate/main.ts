import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { coverageTable } from './coverage.ts';
import { readDescription } from './description.ts';
import { emitConstants, emitParamTypes } from './emit_constants.ts';
import { emitCalls, emitTable } from './emit_cpp.ts';
import { emitEventsCpp, emitEventsTs, readEvents } from './emit_events.ts';
import { emitClass } from './emit_ts.ts';
import { KINDS } from './kinds.ts';
import { type Plan, planFor } from './plan.ts';

/** Writes everything under src/generated and lib/generated, and the coverage table in the README. Same input, same bytes. */

const root = fileURLToPath(new URL('..', import.meta.url));
const cpp = `${root}src/generated`;
const ts = `${root}lib/generated`;
for (const dir of [cpp, ts]) {
  rmSync(dir, { recursive: true, force: true });
  mkdirSync(dir, { recursive: true });
}

const description = readDescription();
const outcomes = description.functions.map((fn) => ({ fn, outcome: planFor(description, fn) }));
const plans: Plan[] = outcomes.flatMap(({ outcome }) => (outcome.bound === 'generated' ? [outcome.plan] : []));

const modules = [...new Set(plans.map((p) => p.fn.module))].sort();
for (const module of modules) {
  writeFileSync(
    `${cpp}/calls_${module.replaceAll('-', '_')}.cc`,
    emitCalls(
      module,
      plans.filter((p) => p.fn.module === module),
    ),
  );
}
writeFileSync(`${cpp}/tables.inc`, emitTable(modules));

const events = readEvents(description);
writeFileSync(`${cpp}/events.inc`, emitEventsCpp(events));
writeFileSync(`${ts}/events.ts`, emitEventsTs(events));
writeFileSync(`${ts}/constants.ts`, emitConstants(description.constants));
writeFileSync(`${ts}/param_types.ts`, emitParamTypes(description.constants));
for (const kind of KINDS)
  writeFileSync(
    `${ts}/${kind.toLowerCase()}.ts`,
    emitClass(
      kind,
      plans.filter((p) => p.kind === kind),
    ),
  );

const readme = `${root}README.md`;
const table = coverageTable(description.version, outcomes, events);
const [start, end] = ['<!-- coverage:start -->', '<!-- coverage:end -->'];
const text = readFileSync(readme, 'utf8');
writeFileSync(
  readme,
  `${text.slice(0, text.indexOf(start) + start.length)}\n${table}\n${text.slice(text.indexOf(end))}`,
);

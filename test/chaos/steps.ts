/**
 * The parts of the long run that are commands of their own: each needs another build of the binding, another libvirt, or
 * a rig without an operator. Runs those whose name a pattern matches, one after the other, and adds a line for each to VIRTFLEET_CHAOS_RESULTS.
 * usage: node steps.ts [PATTERN]
 */
import { spawnSync } from 'node:child_process';
import { appendFileSync } from 'node:fs';
import { projectRoot } from '../rig/paths.ts';
import { type Declared, lineOf, nameOf } from './results.ts';

interface Step extends Declared {
  argv: readonly [string, ...string[]];
  /** What is done, for the table. */
  what: string;
}

const group = 'long tests';
export const steps: readonly Step[] = [
  {
    group,
    name: 'the binding with the address and undefined-behaviour sanitizers',
    argv: ['native/sanitize/run.sh', 'address'],
    what: 'the unit and integration tests of native/; a mistake made on purpose was reported first',
  },
  {
    group,
    name: 'the binding with the thread sanitizer',
    argv: ['native/sanitize/run.sh', 'thread'],
    what: 'the unit and integration tests of native/; a mistake made on purpose was reported first',
  },
  {
    group,
    name: 'moves of machines in the midst of which something breaks',
    argv: ['node_modules/.bin/vitest', 'run', '--project', 'long'],
    what: 'a machine on a locked disk, and one without disks: executor killed and frozen, libvirtd of the target frozen over the hand-over, the network of either host cut',
  },
  {
    group,
    name: 'the same tests on the libvirt of Debian trixie',
    argv: ['sh', 'test/rig/versions.sh', 'trixie'],
    what: "binding (10,000 cycles, too) and documents with trixie's daemons and client library, the host pool with its daemons, whole and split",
  },
];

function main(pattern: string): number {
  const wanted = steps.filter((step) => new RegExp(pattern).test(nameOf(step)));
  // the tests that a step runs are no lines of their own, and not what the long run consists of
  const { VIRTFLEET_CHAOS_RESULTS: file, VIRTFLEET_CHAOS_DECLARED: _, VIRTFLEET_RIG: __, ...env } = process.env;
  let failed = 0;
  for (const step of wanted) {
    const began = performance.now();
    const [program, ...args] = step.argv;
    const { status, signal, error } = spawnSync(program, args, { cwd: projectRoot, stdio: 'inherit', env });
    // interrupted by the person, like this process
    if (signal !== null || status === 130) return 130;
    const line = lineOf(step, {
      state: status === 0 ? 'passed' : 'failed',
      error: error?.message ?? `${step.argv.join(' ')} ended with ${status}`,
      told: { broken: [], notes: [step.what] },
      durationMs: performance.now() - began,
    });
    if (status !== 0) failed = 1;
    if (file && line) appendFileSync(file, `${JSON.stringify(line)}\n`);
  }
  return failed;
}

if (import.meta.main) process.exitCode = main(process.argv[2] ?? '');

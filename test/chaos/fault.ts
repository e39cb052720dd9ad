/**
 * A fault as a test: something fails in the midst of a story, the story goes on, and at the end all invariants hold. What
 * came of it is told to the reporter of `make chaos`, for its table.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { test } from 'vitest';
import { client, rig } from '../e2e/support/world.ts';
import {
  check,
  collect,
  type Expected,
  formatViolations,
  type Invariant,
  invariantOf,
  judge,
  type Violation,
} from './check/index.ts';
import { type FaultGroup, nameOf } from './results.ts';

export interface Story {
  /** What the story leaves without an owner on purpose; to be filled in as it goes. */
  expected: { files: string[]; orphans: string[]; restarted: string[]; restored: string[] };
  /** Adds to what the table says of the fault: a figure that was seen, or what could not be tried. */
  note(text: string): void;
}

export interface FaultOptions {
  /** How long the story may take; default 5 minutes. */
  timeoutMs?: number;
  /** How long what is under way may take to pass after the story; default 60 s. */
  settleMs?: number;
  /** Said when this machine cannot show the fault: it stands in the table as not tried. */
  cannot?: string | false;
}

const LOOK_MS = 1_000;

/** While the story runs, it is looked for what may not be seen even once: a machine twice, above all. */
async function watch(until: AbortSignal, seen: Violation[], expected: Expected): Promise<void> {
  while (!until.aborted) {
    // the API may be away: it is looked again
    const facts = await collect(rig, client).catch(() => null);
    if (facts) seen.push(...judge(facts, expected).filter(({ never }) => never));
    await delay(LOOK_MS, undefined, { signal: until }).catch(() => {});
  }
}

/** How often a host's daemon crashed that nobody killed, by "daemon of host"; the host started it again. */
function crashesOfDaemons(): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { name, dir } of rig.hosts) {
    const log = join(dir, 'var/log/libvirt/crashes.log');
    for (const line of existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n') : []) {
      const key = `${line.split(' ')[1]} of ${name}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  }
  return counts;
}

export function fault(
  group: FaultGroup,
  name: string,
  run: (story: Story) => Promise<void>,
  options: FaultOptions = {},
): void {
  const { cannot } = options;
  if (cannot) {
    test(nameOf({ group, name }), ({ skip }) => skip(cannot));
    return;
  }
  test(
    nameOf({ group, name }),
    async ({ task }) => {
      const notes: string[] = [];
      const broken: Invariant[] = [];
      task.meta.told = { broken, notes };
      const seen: Violation[] = [];
      const expected: Story['expected'] = { files: [], orphans: [], restarted: [], restored: [] };
      const ended = new AbortController();
      const watching = watch(ended.signal, seen, expected);
      const crashes = crashesOfDaemons();
      let error: unknown;
      try {
        await run({ expected, note: (text) => notes.push(text) });
      } catch (caught) {
        error = caught;
      }
      ended.abort();
      await watching;
      const left = await check(rig, { client, timeoutMs: options.settleMs ?? 60_000, ...expected });
      for (const [daemon, count] of crashesOfDaemons()) {
        const more = count - (crashes.get(daemon) ?? 0);
        if (more > 0) notes.push(`${daemon} crashed by itself ${more === 1 ? 'once' : `${more} times`}`);
      }
      const violations = [...seen, ...left];
      broken.push(...[...new Set(violations.map(({ rule }) => invariantOf[rule]))].sort());
      if (violations.length > 0) {
        const story = error === undefined ? '' : `\nand the story broke off: ${String(error)}`;
        throw new Error(`invariants are broken:\n${formatViolations(violations)}${story}`);
      }
      if (error !== undefined) throw error;
    },
    (options.timeoutMs ?? 300_000) + (options.settleMs ?? 60_000),
  );
}

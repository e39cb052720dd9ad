/**
 * Writes a line a test to the file that VIRTFLEET_CHAOS_RESULTS names, as soon as the test has ended, by vitest's own word
 * of how it ended: a story that ran into its time-out goes on behind its back, and may not say that all went well. What a
 * whole run consists of goes to VIRTFLEET_CHAOS_DECLARED, when that is given and every file was loaded or tried.
 */
import { appendFileSync, writeFileSync } from 'node:fs';
import type { Reporter, SerializedError, TestCase, TestModule, TestRunEndReason, Vitest } from 'vitest/node';
import { type Declared, declaredBy, lineOf, nameOf } from './results.ts';
import { formatSeconds } from './table.ts';

/** The tests of a whole run, and why there may be more of them than are known. */
export interface Declaration {
  tests: Declared[];
  problems: string[];
}

export default class ChaosReporter implements Reporter {
  #pattern: RegExp | undefined;

  onInit(vitest: Vitest): void {
    this.#pattern = vitest.config.testNamePattern;
  }

  onTestCaseResult(test: TestCase): void {
    const result = test.result();
    if (result.state !== 'pending') this.#write(test, result.state, result.errors?.[0]?.message);
  }

  /** A hook that failed leaves tests that never ran, or a rig that is not as the file found it. */
  onTestModuleEnd(module: TestModule): void {
    const cause = module.errors()[0]?.message;
    if (cause === undefined) return;
    const wanted = [...module.children.allTests()].filter(({ name }) => this.#pattern?.test(name) ?? true);
    const ran = wanted.filter((test) => ['passed', 'failed'].includes(test.result().state));
    for (const test of ran.length > 0 ? ran.slice(-1) : wanted) {
      this.#write(test, 'failed', `its file's set-up or clean-up failed: ${cause}`);
    }
  }

  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly SerializedError[], reason: TestRunEndReason): void {
    const file = process.env.VIRTFLEET_CHAOS_DECLARED;
    if (!file || reason === 'interrupted') return;
    const problems = unhandled.map(({ message }) => `an error that no test has caught: ${message}`);
    const tests = new Map<string, Declared>();
    for (const module of modules) {
      const all = [...module.children.allTests()];
      if (all.length === 0) problems.push(`${module.relativeModuleId} could not be loaded`);
      for (const { name } of all) {
        const test = declaredBy(name);
        if (test === null) problems.push(`"${name}" of ${module.relativeModuleId} belongs to no group`);
        else if (tests.has(nameOf(test))) problems.push(`there are two tests of the name "${name}"`);
        else tests.set(name, test);
      }
    }
    writeFileSync(file, JSON.stringify({ tests: [...tests.values()], problems } satisfies Declaration, null, 1));
  }

  #write(test: TestCase, state: 'passed' | 'failed' | 'skipped', error: string | undefined): void {
    const file = process.env.VIRTFLEET_CHAOS_RESULTS;
    const declared = declaredBy(test.name);
    if (!file || declared === null) return;
    const result = test.result();
    const line = lineOf(declared, {
      state,
      error,
      reason: result.state === 'skipped' ? result.note : undefined,
      told: test.meta().told,
      durationMs: test.diagnostic()?.duration ?? 0,
    });
    if (line === null) return;
    appendFileSync(file, `${JSON.stringify(line)}\n`);
    console.log(`chaos: ${nameOf(line)}: ${line.outcome}, ${formatSeconds(line.seconds)}`);
  }
}

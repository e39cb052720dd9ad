import { appendFileSync } from 'node:fs';
import type { Reporter, TestModule } from 'vitest/node';

/**
 * Adds one line a run to the file that VIRTFLEET_TEST_RESULTS names, "PASSED FAILED SKIPPED", so that a command that
 * runs vitest several times can end with the sum. A module that cannot even be loaded counts as a failure.
 */
export default class CountingReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    let passed = 0;
    let failed = unhandledErrors.length;
    let skipped = 0;
    for (const module of modules) {
      const before = failed;
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        if (state === 'passed') passed++;
        else if (state === 'skipped') skipped++;
        else failed++;
      }
      if (module.state() === 'failed' && failed === before) failed++;
    }
    const file = process.env.VIRTFLEET_TEST_RESULTS;
    if (file) appendFileSync(file, `${passed} ${failed} ${skipped}\n`);
  }
}

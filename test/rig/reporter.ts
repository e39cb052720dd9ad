import { appendFileSync } from 'node:fs';
import type { Reporter, TestModule } from 'vitest/node';

/**
 * Adds one line a run to the file that VIRTFLEET_TEST_RESULTS names, "PASSED FAILED SKIPPED", so that a command that
 * runs vitest several times can end with the sum, and a line "# …" for each failure, to be told again at the end. A module
 * that cannot even be loaded counts as a failure, and so does an error that belongs to no test.
 */
export default class CountingReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly { message: string; stack?: string }[]): void {
    let passed = 0;
    let skipped = 0;
    const failures = unhandledErrors.map(({ message, stack }) => `no test's: ${stack ?? message}`);
    for (const module of modules) {
      const before = failures.length;
      for (const test of module.children.allTests()) {
        const { state, errors = [] } = test.result();
        if (state === 'passed') passed++;
        else if (state === 'skipped') skipped++;
        else failures.push(`${module.relativeModuleId} > ${test.fullName}: ${errors.map(textOf).join('; ')}`);
      }
      if (module.state() === 'failed' && failures.length === before)
        failures.push(`${module.relativeModuleId}: ${module.errors().map(textOf).join('; ')}`);
    }
    const file = process.env.VIRTFLEET_TEST_RESULTS;
    if (!file) return;
    const told = failures.map((failure) => `# ${failure.replaceAll('\n', '\n#   ')}\n`);
    appendFileSync(file, `${told.join('')}${passed} ${failures.length} ${skipped}\n`);
  }
}

const textOf = ({
  message,
  stacks,
}: {
  message: string;
  stacks?: { file: string; line: number }[] | undefined;
}): string => {
  const [at] = stacks ?? [];
  return at ? `${message} (${at.file}:${at.line})` : message;
};

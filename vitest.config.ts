import { defineConfig } from 'vitest/config';

const rig = ['./test/rig/vitest-setup.ts'];
/** Where a file for the results of `make chaos` is named, they are written there. */
const reporters = process.env.VIRTFLEET_CHAOS_RESULTS ? ['default', './test/chaos/reporter.ts'] : ['default'];
const seed = ['./test/seed.ts'];

/** `unit` needs nothing but Node and the binding; the others run on a rig (see test/rig/vitest-setup.ts). */
export default defineConfig({
  test: {
    pool: 'forks',
    reporters,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          setupFiles: seed,
          include: [
            'src/**/*.test.ts',
            'native/**/*.test.ts',
            'tools/**/*.test.ts',
            'test/rig/**/*.test.ts',
            'test/chaos/**/*.test.ts',
            'test/bench/**/*.test.ts',
          ],
        },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          setupFiles: seed,
          include: ['test/integration/**/*.test.ts'],
          globalSetup: rig,
          fileParallelism: false,
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: {
          // parts of `make chaos` that bring their own controllers to the hosts
          name: 'long',
          include: ['test/integration/**/*.long.ts'],
          globalSetup: rig,
          fileParallelism: false,
          testTimeout: 600_000,
          hookTimeout: 240_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          // a few faults of `make chaos` among them
          include: ['test/e2e/**/*.test.ts', 'test/chaos/**/*.chosen.ts'],
          globalSetup: rig,
          fileParallelism: false,
          testTimeout: 300_000,
          hookTimeout: 600_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'chaos',
          include: ['test/chaos/**/*.chosen.ts', 'test/chaos/**/*.chaos.ts'],
          globalSetup: rig,
          fileParallelism: false,
          testTimeout: 600_000,
          hookTimeout: 600_000,
        },
      },
    ],
  },
});

import { defineConfig } from 'vitest/config';

const rig = ['./test/rig/vitest-setup.ts'];

/** `unit` needs nothing but Node and the binding; `integration` and `e2e` run on a rig (see test/rig/vitest-setup.ts). */
export default defineConfig({
  test: {
    pool: 'forks',
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: [
            'src/**/*.test.ts',
            'native/**/*.test.ts',
            'tools/**/*.test.ts',
            'test/rig/**/*.test.ts',
            'test/chaos/**/*.test.ts',
          ],
        },
      },
      {
        extends: true,
        test: {
          name: 'integration',
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
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          globalSetup: rig,
          fileParallelism: false,
          testTimeout: 300_000,
          hookTimeout: 600_000,
        },
      },
    ],
  },
});

import { defineConfig } from 'vitest/config';

/** Two projects: `unit` needs nothing but Node; `integration` runs on the rig (see test/rig). */
export default defineConfig({
  test: {
    pool: 'forks',
    projects: [
      { extends: true, test: { name: 'unit', include: ['src/**/*.test.ts', 'native/**/*.test.ts', 'tools/**/*.test.ts', 'test/rig/**/*.test.ts', 'test/chaos/**/*.test.ts'] } },
      { extends: true, test: { name: 'integration', include: ['test/integration/**/*.test.ts'], fileParallelism: false, testTimeout: 60_000, hookTimeout: 120_000 } },
      { extends: true, test: { name: 'e2e', include: ['test/e2e/**/*.test.ts'], fileParallelism: false, testTimeout: 300_000, hookTimeout: 600_000 } },
    ],
  },
});

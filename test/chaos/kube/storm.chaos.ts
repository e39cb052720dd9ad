import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApiServer, type TestApiServer } from '../../integration/api/apiserver.ts';
import { runStorm } from '../../integration/kube/storm.ts';
import { seeded, seedOfRun } from '../support/random.ts';

const STEPS = 10_000;

let server: TestApiServer;
beforeAll(async () => {
  server = await startApiServer({ flags: ['--etcd-compaction-interval=3s'] });
});
afterAll(() => server?.stop());

test(`runtime: reflector, cache and queue know the truth after ${STEPS} changes over a bad road`, async () => {
  const seed = seedOfRun();
  console.info(`seed ${seed} (VIRTFLEET_SEED)`);
  const report = await runStorm(server, 'storm', STEPS, seeded(seed));
  console.info(JSON.stringify(report));
  expect(report.wrong).toEqual([]);
  expect(report.told).toBeGreaterThan(500);
  // It was a storm, of every kind.
  for (const name of ['newsCut', 'news410', 'newsSilent', 'watch410', 'watchRefused', 'page410']) {
    expect(report.misfortunes, name).toHaveProperty(name);
  }
}, 1_200_000);

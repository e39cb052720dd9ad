import { afterAll, beforeAll, expect, test } from 'vitest';
import { seeded } from '../../chaos/support/random.ts';
import { startApiServer, type TestApiServer } from '../api/apiserver.ts';
import { runStorm } from './storm.ts';

/** The short form of test/chaos/kube/storm.chaos.ts. */

let server: TestApiServer;
beforeAll(async () => {
  server = await startApiServer({ flags: ['--etcd-compaction-interval=3s'] });
});
afterAll(() => server?.stop());

test('reflector, cache and queue know the truth after 2,000 changes over a bad road', async () => {
  const report = await runStorm(server, 'storm', 2_000, seeded(4));
  console.info(JSON.stringify(report));
  expect(report.wrong).toEqual([]);
  expect(report.told).toBeGreaterThan(50);
  // It was a storm.
  expect(Object.values(report.misfortunes).reduce((a, b) => a + b, 0)).toBeGreaterThan(20);
});

import { afterAll, beforeAll, expect } from 'vitest';
import { startApiServer, type TestApiServer } from '../../integration/api/apiserver.ts';
import { runStorm } from '../../integration/kube/storm.ts';
import { longTest } from '../long-test.ts';
import { seeded, seedOfRun } from '../support/random.ts';

const STEPS = 10_000;

let server: TestApiServer;
beforeAll(async () => {
  server = await startApiServer({ flags: ['--etcd-compaction-interval=3s'] });
});
afterAll(() => server?.stop());

longTest(
  `reflector, cache and queue know the truth after ${STEPS} changes over a bad road`,
  async (note) => {
    const seed = seedOfRun();
    note(`seed ${seed}`);
    const { misfortunes, wrong, told, ...rest } = await runStorm(server, 'storm', STEPS, seeded(seed));
    const list = Object.entries({ ...rest, ...misfortunes, told });
    note(list.map(([name, count]) => `${name} ${JSON.stringify(count)}`).join(', '));
    expect(wrong).toEqual([]);
    expect(told).toBeGreaterThan(500);
    // It was a storm, of every kind.
    for (const name of ['newsCut', 'news410', 'newsSilent', 'watch410', 'watchRefused', 'page410']) {
      expect(misfortunes, name).toHaveProperty(name);
    }
  },
  1_200_000,
);

/** Ten thousand random specs, as test/integration/fuzz has some hundreds: stored or refused, rendered, defined, undefined. */
import { afterAll, beforeAll, expect } from 'vitest';
import { definitions } from '../../../src/api/crd/definitions.ts';
import { startApiServer, type TestApiServer } from '../../integration/api/apiserver.ts';
import { applyCrds } from '../../integration/api/crds.ts';
import { defineSpecs, judgeSpecs, judgeUris } from '../../integration/fuzz/specs.ts';
import { longTest } from '../long-test.ts';
import { seedOfRun } from '../support/random.ts';

const runs = Number(process.env.VIRTFLEET_FUZZ_RUNS ?? 10_000);
const seed = seedOfRun();
const timeoutMs = 60_000 + runs * 200;

let api: TestApiServer;
beforeAll(async () => {
  api = await startApiServer();
  await applyCrds(api);
});
afterAll(async () => api?.stop());

const others = definitions.map(({ resource }) => resource.kind).filter((kind) => kind !== 'VirtualMachine');
for (const kind of others) {
  longTest(
    `${runs / 10} random specs of ${kind}: stored or refused, and read back as they were`,
    async (note) => {
      note(`seed ${seed}`);
      const { stored, refused } = await judgeSpecs(api, kind, runs / 10, seed);
      note(`${stored} stored, ${refused} refused`);
      expect(stored + refused).toBe(runs / 10);
    },
    timeoutMs,
  );
}

longTest(
  `${runs} random URIs: the same judgement by the CRD and by the reader`,
  async (note) => {
    note(`seed ${seed}`);
    const taken = await judgeUris(api, runs, seed);
    note(`${taken} taken`);
    expect(taken).toBeGreaterThan(0);
  },
  timeoutMs,
);

longTest(
  `${runs} random machines, rendered, defined and undefined on libvirt's test driver`,
  async (note) => {
    note(`seed ${seed}`);
    const driver = { uri: 'test:///default', domainType: 'test', isRefusable: false } as const;
    const { stored, refused, stalled, defined } = await defineSpecs(api, driver, runs, seed);
    note(`${refused} refused by the API server, ${stalled} told that they cannot be, ${defined} defined and undefined`);
    expect(stored + refused).toBe(runs);
    expect(stalled + defined).toBe(stored);
  },
  timeoutMs,
);

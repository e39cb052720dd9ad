/** Ten thousand random specs, as test/integration/fuzz has some hundreds: stored or refused, rendered, defined, undefined. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { definitions } from '../../../src/api/crd/definitions.ts';
import { startApiServer, type TestApiServer } from '../../integration/api/apiserver.ts';
import { applyCrds } from '../../integration/api/crds.ts';
import { defineSpecs, judgeSpecs, judgeUris } from '../../integration/fuzz/specs.ts';
import { seedOfRun } from '../support/random.ts';

const runs = Number(process.env.VIRTFLEET_FUZZ_RUNS ?? 10_000);
const seed = seedOfRun();
const timeout = 60_000 + runs * 200;

let api: TestApiServer;
beforeAll(async () => {
  api = await startApiServer();
  await applyCrds(api);
});
afterAll(async () => api?.stop());

const others = definitions.map(({ resource }) => resource.kind).filter((kind) => kind !== 'VirtualMachine');
test.each(others)(`${runs / 10} random specs of %s (seed ${seed})`, { timeout }, async (kind) => {
  const { stored, refused } = await judgeSpecs(api, kind, runs / 10, seed);
  expect(stored + refused).toBe(runs / 10);
});

test(`${runs} random URIs (seed ${seed})`, { timeout }, async () => {
  expect(await judgeUris(api, runs, seed)).toBeGreaterThan(0);
});

test(`${runs} random machines on libvirt's test driver (seed ${seed})`, { timeout }, async () => {
  const driver = { uri: 'test:///default', domainType: 'test', isRefusable: false } as const;
  const { stored, refused, stalled, defined } = await defineSpecs(api, driver, runs, seed);
  expect(stored + refused).toBe(runs);
  expect(stalled + defined).toBe(stored);
});

/** Random specs of every kind, schema-valid: some hundreds here, ten thousand with VIRTFLEET_FUZZ_RUNS=10000. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { definitions } from '../../../src/api/crd/definitions.ts';
import { seedOfRun } from '../../chaos/support/random.ts';
import { startApiServer, type TestApiServer } from '../api/apiserver.ts';
import { applyCrds } from '../api/crds.ts';
import { defineSpecs, judgeSpecs, judgeUris } from './specs.ts';

const runs = Number(process.env.VIRTFLEET_FUZZ_RUNS ?? 400);
/** A run that failed is repeated by its seed (VIRTFLEET_SEED). */
const seed = seedOfRun();
const timeout = 60_000 + runs * 100;

let api: TestApiServer;
beforeAll(async () => {
  api = await startApiServer();
  await applyCrds(api);
});
afterAll(async () => api?.stop());

describe(`seed ${seed}`, { timeout }, () => {
  const others = definitions.map(({ resource }) => resource.kind).filter((kind) => kind !== 'VirtualMachine');
  test.each(others)('%s is stored, or refused with a message', async (kind) => {
    const { stored, refused } = await judgeSpecs(api, kind, Math.ceil(runs / 4), seed);
    expect(stored + refused).toBe(Math.ceil(runs / 4));
    expect(stored, `of ${stored + refused}`).toBeGreaterThan(0);
  });

  test('a URI that is stored is one that the operator understands', async () => {
    expect(await judgeUris(api, runs * 3, seed)).toBeGreaterThan(0);
  });

  test("a machine is stored and defined on libvirt's test driver as it was rendered, or refused with a message", async () => {
    const driver = { uri: 'test:///default', domainType: 'test', isRefusable: false } as const;
    const tally = await defineSpecs(api, driver, runs, seed);
    expect(tally.stored + tally.refused).toBe(runs);
    expect(tally.defined).toBeGreaterThan(runs / 8);
  });
});

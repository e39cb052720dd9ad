/**
 * What no schema can refuse, tried on a fleet all at once: each object says what is wrong with it and how it is mended,
 * no host gets a machine, a volume or an image of it, and nothing is left when it is gone.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { BadInput } from '../integration/bad-input/cases.ts';
import { badHosts, badSecrets } from '../integration/bad-input/fleet-hosts.ts';
import { cloudInits, impossible, missing, taken } from '../integration/bad-input/fleet-machines.ts';
import { badImages, badOperations, badPools, badVolumes } from '../integration/bad-input/fleet-storage.ts';
import { chosenImages } from '../integration/bad-input/served-images.ts';
import { BadInputs, type Inventory, inventory } from './support/bad-input.ts';
import { clearWorld, prepareWorld, sound } from './support/world.ts';

const ofObjects: BadInput[] = [
  ...missing,
  ...cloudInits,
  ...impossible,
  ...taken,
  ...badPools,
  ...badVolumes,
  ...badImages,
  ...badOperations,
];
/** By themselves: while hosts cannot be reached, new machines wait for them. */
const ofHosts: BadInput[] = [...badSecrets, ...badHosts];

/** What was said of each, and what it must say. */
const told = new Map<string, { message: string; says: string[] }>();
const hosts: Record<'before' | 'meanwhile' | 'after', Inventory> = { before: {}, meanwhile: {}, after: {} };

beforeAll(async () => {
  await prepareWorld();
  hosts.before = await inventory();
  const inputs = await BadInputs.prepare();
  const tryAll = async (cases: readonly BadInput[]): Promise<void> => {
    for (const [one, message] of await inputs.tryAll(cases)) told.set(one.wrong, { message, says: inputs.says(one) });
  };
  try {
    await tryAll([...ofObjects, ...(await inputs.serve(chosenImages))]);
    hosts.meanwhile = await inventory();
    await inputs.removeAll();
    await tryAll(ofHosts);
  } finally {
    await inputs.cleanUp();
  }
  hosts.after = await inventory();
});
afterAll(() => clearWorld());

describe.each([
  ['objects', ofObjects],
  ['images', chosenImages],
  ['hosts', ofHosts],
] as const)('%s', (_, cases) => {
  test.each(cases.map(({ wrong }) => wrong))('%s', (wrong) => {
    const { message, says } = told.get(wrong) ?? { message: 'it was not tried', says: [] };
    for (const words of says) expect(message).toContain(words);
    expect(says.length).toBeGreaterThan(1);
  });
});

test('only what a host itself has to refuse comes to a host', () => {
  const kept = [...ofObjects, ...chosenImages].filter(({ refusedBy }) => refusedBy !== 'host pool');
  const names = kept.map(({ object }) => object.metadata.name);
  for (const { domains, networks, pools, files } of Object.values(hosts.meanwhile)) {
    const seen = [...domains, ...networks, ...pools, ...files.map((file) => file.replace(/^.*\//, ''))];
    const isOf = (name: string) => (one: string) =>
      one.startsWith(`${name}-`) || one.endsWith(`_${name}`) || one === name;
    expect(names.filter((name) => seen.some(isOf(name)))).toEqual([]);
  }
});

test('nothing of it is left on any host', async () => {
  expect(hosts.after).toEqual(hosts.before);
  await sound();
});

import { describe, expect, test } from 'vitest';
import type { VirtualMachine } from '#api/v1alpha1/virtual-machine.ts';
import type { KubeClient } from '#kube/client.ts';
import { fetchSeed, keptSeed, seedProblem } from './cloud-init.ts';

const uuid = '0f3c7ab2-1b5e-4c0d-9d6f-3a2b1c4d5e6f';
const machine = (cloudInit: object) =>
  ({ metadata: { name: 'web', namespace: 'lab' }, spec: { cloudInit } }) as unknown as VirtualMachine;
const withSecret = (data: Record<string, string> | null): KubeClient =>
  ({ get: async () => (data ? { metadata: { name: 's', uid: 'u' }, data } : null) }) as unknown as KubeClient;
const fromSecret = machine({ userDataSecretRef: { name: 's', key: 'userdata' } });
const seedOf = (data: Record<string, string> | null) => fetchSeed(withSecret(data), fromSecret, uuid);

describe('the seed from a Secret', () => {
  test('is made of its text, whatever language that is in', async () => {
    const text = '#cloud-config\nhostname: "größe"\n';
    const seed = await seedOf({ userdata: Buffer.from(text).toString('base64') });
    if (seed.kind !== 'Ready') throw new Error(JSON.stringify(seed));
    expect(Buffer.from(seed.bytes).includes(text)).toBe(true);
  });

  const problems: [what: string, data: Record<string, string> | null, kind: string, reason: string, words: RegExp][] = [
    ['is not there', null, 'Wait', 'SecretNotFound', /Secret lab\/s; create it/],
    ['has another key', { user: '' }, 'Wait', 'SecretIncomplete', /no key userdata; add it/],
    [
      'has bytes that are no text',
      { userdata: Buffer.from([0x23, 0x21, 0xff, 0xfe]).toString('base64') },
      'Stall',
      'CloudInitInvalid',
      /key userdata of Secret lab\/s is not UTF-8 text; put it there/,
    ],
    [
      'has text that is not YAML',
      { userdata: Buffer.from('#cloud-config\na: [\n').toString('base64') },
      'Stall',
      'CloudInitInvalid',
      /not YAML: .*; correct it there/,
    ],
  ];
  test.each(problems)('%s: that is said, and looked at again, for nobody tells when it is mended', async (...row) => {
    const [, data, kind, reason, message] = row;
    expect(await seedOf(data)).toEqual({
      kind: 'Problem',
      problem: { kind, reason, message: expect.stringMatching(message), againMs: expect.any(Number) },
    });
  });
});

test.each([
  ['#!/bin/sh\n', null],
  ['#cloud-config\n', null],
  ['#cloud-config\na: 1\na: 2\n', /not YAML: .*unique.*; correct it there/],
  ['packages: []', /begin it with #cloud-config or #!/],
])('user data %j', (userData, problem) => {
  const said = seedProblem({ instanceId: uuid, hostname: 'web', userData });
  if (problem === null) expect(said).toBeNull();
  else expect(said).toMatch(problem);
});

test('a machine that has a seed is started with it when its Secret is gone, and told so', () => {
  const problem = { kind: 'Wait', reason: 'SecretNotFound', message: 'cloudInit: there is no Secret lab/web' } as const;
  expect(keptSeed({ kind: 'Problem', problem })).toBe(
    'started with the cloud-init seed that it has, which is not made anew: cloudInit: there is no Secret lab/web',
  );
  expect(keptSeed({ kind: 'None' })).toBeNull();
});

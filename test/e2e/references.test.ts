/** What a machine names and is not there yet: it says so, and goes on by itself when it appears. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  storagePoolKind,
  storageVolumeKind,
  type VirtualMachineImage,
  virtualMachineImageKind,
  virtualMachineKind,
  virtualNetworkKind,
} from '#api/v1alpha1/index.ts';
import { waitFor } from '../rig/wait.ts';
import {
  apply,
  clearWorld,
  get,
  gone,
  networkName,
  notesOf,
  prepareWorld,
  ready,
  reason,
  root,
  secretKind,
  small,
  sound,
  word,
} from './support/world.ts';

async function withoutLateOnes(): Promise<void> {
  await clearWorld();
  await gone(virtualMachineImageKind, 'late');
  await gone(virtualNetworkKind, 'late');
  await gone(storagePoolKind, 'late');
  await gone(secretKind, 'late');
}
beforeAll(async () => {
  await prepareWorld();
  await withoutLateOnes();
});
afterAll(withoutLateOnes);

async function imageSpec(): Promise<VirtualMachineImage['spec']> {
  const image = await get(virtualMachineImageKind, 'tiny');
  if (!image) throw new Error('there is no image tiny');
  return image.spec;
}

/** What is named and missing, the reason that says so, and what makes it appear. */
const cases: [what: string, spec: object, reason: string, make: () => Promise<unknown>][] = [
  [
    'network',
    { interfaces: [{ name: 'lan', networkName: 'late' }] },
    'NetworkNotFound',
    () => apply(virtualNetworkKind, 'late', { spec: { mode: 'Isolated', ipv4: { cidr: '10.78.0.0/24' } } }),
  ],
  [
    'image',
    { disks: [root({ imageName: 'late' })] },
    'ImageNotFound',
    async () => apply(virtualMachineImageKind, 'late', { spec: { ...(await imageSpec()), pools: [] } }),
  ],
  [
    'Secret',
    { cloudInit: { userDataSecretRef: { name: 'late' } } },
    'SecretNotFound',
    () => apply(secretKind, 'late', { stringData: { userdata: '#cloud-config\n{}\n' } }),
  ],
  [
    'volume',
    { disks: [root(), { name: 'data', volumeName: 'late' }] },
    'VolumeNotFound',
    () => apply(storageVolumeKind, 'late', { spec: { poolName: 'shared', size: '8Mi' } }),
  ],
  [
    'pool',
    { disks: [root(), { name: 'data', template: { poolName: 'late', size: '8Mi' } }] },
    'PoolNotFound',
    () =>
      apply(storagePoolKind, 'late', {
        spec: { type: 'Dir', targetPath: '/srv/virtfleet/late', access: 'PerHost', build: 'IfMissing' },
      }),
  ],
];

test.each(cases)('a %s that is missing is said to be, and waited for', async (what, spec, wanted, make) => {
  const name = `late-${what.toLowerCase()}`;
  await apply(virtualMachineKind, name, small({ interfaces: [{ name: 'lan', networkName }], ...spec }));
  const waiting = await reason(name, 'Ready', wanted);
  expect(waiting.status?.message).toContain('late');
  await sound();
  await make();
  await ready(name, 90_000);
  await sound();
  await gone(virtualMachineKind, name);
});

test('a Secret that is removed later is missed by nobody: the machine runs on, and starts with the seed that it has', async () => {
  await apply(secretKind, 'late', { stringData: { userdata: '#cloud-config\n{}\n' } });
  const spec = { cloudInit: { userDataSecretRef: { name: 'late' } } };
  await apply(virtualMachineKind, 'bereft', small(spec));
  const vm = await ready('bereft');
  await gone(secretKind, 'late');
  await apply(virtualMachineKind, 'bereft', small({ ...spec, runStrategy: 'Halted' }));
  await word('bereft', 'Stopped');
  await apply(virtualMachineKind, 'bereft', small(spec));
  const again = await ready('bereft');
  const seed = (machine: typeof vm) => machine.status?.volumes?.find(({ role }) => role === 'Seed');
  expect(seed(again)).toEqual(seed(vm));
  expect(again.status?.run?.generation).toBe(2);
  const told = await waitFor(
    'an event of the start without its Secret',
    async () => (await notesOf(vm.metadata.uid, 'SeedKept'))[0] ?? null,
    { timeoutMs: 20_000, intervalMs: 200 },
  );
  expect(told).toContain('there is no Secret e2e/late');
  await gone(virtualMachineKind, 'bereft');
});

/** The operator is killed before each of its effects while an image is fetched, and a volume made, attached, grown and removed. */
import { expect } from 'vitest';
import { storageVolumeKind, virtualMachineImageKind, virtualMachineKind } from '#api/v1alpha1/index.ts';
import { apply, get, isTrue, remove, rig, root, small } from '../../e2e/support/world.ts';
import { buildImage } from '../../rig/images.ts';
import { imageObject } from '../../rig/objects.ts';
import { fault } from '../fault.ts';
import { aloneInTheWorld } from '../support/alone.ts';
import { type Road, tell, walk } from '../support/roads.ts';

const operator = aloneInTheWorld();
const image = 'fetched';
const volume = 'kept';
const user = 'keeper';
const MiB = 2 ** 20;

const images: Road[] = [
  {
    name: 'fetch',
    act: async () => {
      const { spec } = imageObject('tiny', await buildImage('tiny'), rig.imageServer.http, ['shared']) as {
        spec: object;
      };
      await apply(virtualMachineImageKind, image, { spec });
    },
    hasArrived: async () => {
      const object = await get(virtualMachineImageKind, image);
      return object !== null && isTrue(object, 'Ready');
    },
    verify: async () => {
      const { metadata } = (await get(virtualMachineImageKind, image)) ?? {};
      const files = await rig.exec('h1', ['ls', '/srv/virtfleet/shared']);
      expect(
        files.split('\n').filter((file) => file.includes(metadata?.uid ?? '?')),
        'one copy',
      ).toHaveLength(1);
    },
  },
  {
    name: 'remove',
    act: () => remove(virtualMachineImageKind, image),
    hasArrived: async () => (await get(virtualMachineImageKind, image)) === null,
  },
];

fault(
  'crash points',
  'the operator is killed while an image is fetched and removed',
  async (story) => story.note(tell(await walk(operator, images))),
  { timeoutMs: 2_400_000 },
);

const kept = async (bytes: number, attachedTo?: string): Promise<boolean> => {
  const { status } = (await get(storageVolumeKind, volume)) ?? {};
  return status?.phase === 'Ready' && status.capacityBytes === bytes && status.attachedTo?.name === attachedTo;
};
const size = async (): Promise<number> => {
  const { status } = (await get(storageVolumeKind, volume)) ?? {};
  const file = `/srv/virtfleet/shared/${status?.volumeName}`;
  const info = JSON.parse(await rig.exec('h1', ['qemu-img', 'info', '--force-share', '--output=json', file]));
  return info['virtual-size'];
};

const volumes: Road[] = [
  {
    name: 'make',
    act: () => apply(storageVolumeKind, volume, { spec: { poolName: 'shared', size: '16Mi' } }),
    hasArrived: () => kept(16 * MiB),
    verify: async () => expect(await size()).toBe(16 * MiB),
  },
  {
    name: 'grow at rest',
    act: () => apply(storageVolumeKind, volume, { spec: { poolName: 'shared', size: '24Mi' } }),
    hasArrived: () => kept(24 * MiB),
    verify: async () => expect(await size()).toBe(24 * MiB),
  },
  {
    name: 'attach',
    act: () =>
      apply(virtualMachineKind, user, small({ interfaces: [], disks: [root(), { name: 'data', volumeName: volume }] })),
    hasArrived: async () => {
      const vm = await get(virtualMachineKind, user);
      return (await kept(24 * MiB, user)) && vm !== null && isTrue(vm, 'Ready') && isTrue(vm, 'Running');
    },
  },
  {
    name: 'grow in use',
    act: () => apply(storageVolumeKind, volume, { spec: { poolName: 'shared', size: '32Mi' } }),
    hasArrived: () => kept(32 * MiB, user),
    verify: async () => expect(await size()).toBe(32 * MiB),
  },
  {
    name: 'leave',
    act: () => remove(virtualMachineKind, user),
    hasArrived: async () => (await get(virtualMachineKind, user)) === null && (await kept(32 * MiB)),
    verify: async () => expect(await size(), 'it outlives its machine').toBe(32 * MiB),
  },
  {
    name: 'remove',
    act: () => remove(storageVolumeKind, volume),
    hasArrived: async () => (await get(storageVolumeKind, volume)) === null,
  },
];

fault(
  'crash points',
  'the operator is killed while a volume is made, attached, grown, let go and removed',
  async (story) => story.note(tell(await walk(operator, volumes))),
  { timeoutMs: 2_400_000 },
);

/**
 * The leader is frozen before each of its effects while a machine is made and removed, and while an image is fetched and
 * removed. The second replica takes over and goes on; the first one wakes, and nothing of what it holds takes effect.
 */
import { expect } from 'vitest';
import { virtualMachineImageKind, virtualMachineKind } from '#api/v1alpha1/index.ts';
import { apply, get, isTrue, remove, rig, small } from '../../e2e/support/world.ts';
import { buildImage } from '../../rig/images.ts';
import { imageObject } from '../../rig/objects.ts';
import { fault } from '../fault.ts';
import { hasTwoReplicas, twoReplicas } from '../support/alone.ts';
import { freezeAll } from '../support/frozen.ts';
import { type Road, tell } from '../support/roads.ts';

const cannot = !hasTwoReplicas() && 'the rig has one replica of the operator: bring it up with --operators 2';
const name = 'twice';
const image = 'thawed';

const makeMachine: Road = {
  name: 'create',
  act: () => apply(virtualMachineKind, name, small({ cloudInit: { userData: '#cloud-config\n{}\n' } })),
  hasArrived: async () => {
    const vm = await get(virtualMachineKind, name);
    return vm !== null && !vm.metadata.deletionTimestamp && isTrue(vm, 'Ready') && isTrue(vm, 'Running');
  },
  verify: async () => {
    const vm = await get(virtualMachineKind, name);
    expect(vm?.status?.run?.generation, 'it was started once').toBe(1);
    expect(vm?.status?.incarnation, 'it was placed once').toBe(1);
  },
};
const removeMachine: Road = {
  name: 'remove',
  act: () => remove(virtualMachineKind, name),
  hasArrived: async () => (await get(virtualMachineKind, name)) === null,
};

const fetchImage: Road = {
  name: 'fetch',
  act: async () => {
    const { spec } = imageObject('tiny', await buildImage('tiny'), rig.imageServer.http, ['shared']) as {
      spec: object;
    };
    await apply(virtualMachineImageKind, image, { spec });
  },
  hasArrived: async () => {
    const object = await get(virtualMachineImageKind, image);
    return object !== null && !object.metadata.deletionTimestamp && isTrue(object, 'Ready');
  },
};
const removeImage: Road = {
  name: 'remove',
  act: () => remove(virtualMachineImageKind, image),
  hasArrived: async () => (await get(virtualMachineImageKind, image)) === null,
};

if (cannot) {
  fault('crash points', 'the leader is frozen while a machine is made and removed', async () => {}, { cannot });
  fault('crash points', 'the leader is frozen while an image is fetched and removed', async () => {}, { cannot });
} else {
  const replicas = twoReplicas();
  fault(
    'crash points',
    'the leader is frozen while a machine is made and removed, the other replica moves on, the first one wakes',
    async (story) => story.note(tell(await freezeAll(replicas, makeMachine, removeMachine))),
    { timeoutMs: 2_400_000 },
  );
  fault(
    'crash points',
    'the leader is frozen while an image is fetched and removed, the other replica moves on, the first one wakes',
    async (story) => story.note(tell(await freezeAll(replicas, fetchImage, removeImage))),
    { timeoutMs: 2_400_000 },
  );
}

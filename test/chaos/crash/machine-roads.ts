/** A machine with all that it can have on a host: made, changed, stopped, started and removed. */
import { expect } from 'vitest';
import { virtualMachineKind } from '#api/v1alpha1/index.ts';
import { apply, get, isTrue, networkName, remove, root, small } from '../../e2e/support/world.ts';
import type { Road } from '../support/roads.ts';

const name = 'mortal';
const lan = { name: 'lan', networkName };
const made = { cloudInit: { userData: '#cloud-config\n{}\n' } };
const changed = {
  ...made,
  disks: [root({ size: '128Mi' }), { name: 'data', template: { poolName: 'local', size: '8Mi' } }],
  interfaces: [lan, { name: 'second', networkName }],
};

const machine = () => get(virtualMachineKind, name);
async function isAsSpecified(running: boolean): Promise<boolean> {
  const vm = await machine();
  if (vm?.status?.observedGeneration !== vm?.metadata.generation || !vm) return false;
  return isTrue(vm, 'Ready') && isTrue(vm, 'Running') === running;
}
const names = async (what: 'volumes' | 'interfaces') => ((await machine())?.status?.[what] ?? []).map((v) => v.name);
const generation = async (): Promise<number | undefined> => (await machine())?.status?.run?.generation;

export const machineRoads: readonly Road[] = [
  {
    name: 'create',
    act: () => apply(virtualMachineKind, name, small(made)),
    hasArrived: () => isAsSpecified(true),
    verify: async () => expect(await generation(), 'it was started once').toBe(1),
  },
  {
    name: 'add and grow',
    loop: 'change',
    act: () => apply(virtualMachineKind, name, small(changed)),
    hasArrived: async () => (await isAsSpecified(true)) && (await names('interfaces')).length === 2,
    verify: async () => {
      const volumes = (await machine())?.status?.volumes ?? [];
      const sizes = volumes.flatMap(({ name: volume, role, sizeBytes }) =>
        role === 'Disk' ? [[volume, sizeBytes]] : [],
      );
      expect(sizes).toEqual([
        ['root', 128 * 2 ** 20],
        ['data', 8 * 2 ** 20],
      ]);
      expect(await generation(), 'in the same run').toBe(1);
    },
  },
  {
    name: 'take away',
    loop: 'change',
    act: () => apply(virtualMachineKind, name, small({ ...made, disks: [root({ size: '128Mi' })] })),
    hasArrived: async () =>
      (await isAsSpecified(true)) &&
      !(await names('volumes')).includes('data') &&
      !(await names('interfaces')).includes('second'),
    verify: async () => expect(await generation(), 'in the same run').toBe(1),
  },
  {
    name: 'stop',
    act: () =>
      apply(virtualMachineKind, name, small({ ...made, disks: [root({ size: '128Mi' })], runStrategy: 'Halted' })),
    hasArrived: () => isAsSpecified(false),
  },
  {
    name: 'start',
    act: () => apply(virtualMachineKind, name, small({ ...made, disks: [root({ size: '128Mi' })] })),
    hasArrived: () => isAsSpecified(true),
    verify: async () => expect(await generation(), 'it was started once more').toBe(2),
  },
  {
    name: 'remove',
    act: () => remove(virtualMachineKind, name),
    hasArrived: async () => (await machine()) === null,
  },
];

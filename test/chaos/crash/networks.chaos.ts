/** The operator is killed before each of its effects while a network is made, used, left and removed. */
import { expect } from 'vitest';
import { virtualMachineKind, virtualNetworkKind } from '#api/v1alpha1/index.ts';
import { apply, get, isTrue, remove, rig, small } from '../../e2e/support/world.ts';
import { fault } from '../fault.ts';
import { aloneInTheWorld } from '../support/alone.ts';
import { type Road, tell, walk } from '../support/roads.ts';

const operator = aloneInTheWorld();
const network = 'passing';
const user = 'passer';

/** Networks of that name on all hosts. */
async function onHosts(): Promise<number> {
  const listed = await Promise.all(rig.hosts.map(({ name }) => rig.virsh(name, 'net-list', '--all', '--name')));
  return listed
    .join('\n')
    .split('\n')
    .filter((name) => name.trim().endsWith(`_${network}`)).length;
}

const roads: Road[] = [
  {
    name: 'make',
    act: () => apply(virtualNetworkKind, network, { spec: { mode: 'Isolated', ipv4: { cidr: '10.78.0.0/24' } } }),
    hasArrived: async () => {
      const object = await get(virtualNetworkKind, network);
      return object !== null && isTrue(object, 'Ready');
    },
    verify: async () => expect(await onHosts(), 'it is on a host only where a machine needs it').toBe(0),
  },
  {
    name: 'use',
    act: () =>
      apply(virtualMachineKind, user, small({ disks: [], interfaces: [{ name: 'lan', networkName: network }] })),
    hasArrived: async () => {
      const vm = await get(virtualMachineKind, user);
      return vm !== null && isTrue(vm, 'Ready') && isTrue(vm, 'Running');
    },
    verify: async () => expect(await onHosts()).toBe(1),
  },
  {
    name: 'leave',
    act: () => remove(virtualMachineKind, user),
    hasArrived: async () => (await get(virtualMachineKind, user)) === null && (await onHosts()) === 0,
  },
  {
    name: 'remove',
    act: () => remove(virtualNetworkKind, network),
    hasArrived: async () => (await get(virtualNetworkKind, network)) === null,
  },
];

fault(
  'crash points',
  'the operator is killed while a network is made, used, left and removed',
  async (story) => story.note(tell(await walk(operator, roads))),
  { timeoutMs: 2_400_000 },
);

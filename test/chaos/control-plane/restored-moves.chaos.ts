/** etcd comes back as it was before machines were moved: one that runs, one that is off, and one that is just on its way. */
import { afterAll, beforeAll, expect } from 'vitest';
import {
  API_VERSION,
  type VirtualMachine,
  virtualMachineKind,
  virtualMachineMigrationKind,
} from '#api/v1alpha1/index.ts';
import { unrestricted } from '#platform/right.ts';
import {
  apply,
  clearWorld,
  client,
  condition,
  get,
  namespace,
  placeOf,
  prepareWorld,
  ready,
  remove,
  rig,
  root,
  small,
  until,
  word,
} from '../../e2e/support/world.ts';
import { localPath } from '../../rig/objects.ts';
import { waitFor } from '../../rig/wait.ts';
import { fault, type Story } from '../fault.ts';
import { EtcdBackup } from '../support/control-plane.ts';
import { keptRunning, untilLed } from '../support/operators.ts';

beforeAll(() => prepareWorld());
afterAll(() => clearWorld());

async function migrate(machineName: string, limits: object = {}): Promise<void> {
  await client.create(unrestricted, virtualMachineMigrationKind, {
    apiVersion: API_VERSION,
    kind: 'VirtualMachineMigration',
    metadata: { namespace, name: machineName },
    spec: { machineName, limits },
  } as never);
}
const moved = (name: string) =>
  until(virtualMachineMigrationKind, name, 'be done', ({ status }) => status?.phase === 'Succeeded', 120_000);
const isOn = async (host: string, uuid: string): Promise<boolean> =>
  (await rig.virsh(host, 'list', '--all', '--uuid')).includes(uuid);
const hostsOf = async (uuid: string): Promise<string[]> => {
  const there = await Promise.all(rig.hosts.map(async ({ name }) => ((await isOn(name, uuid)) ? [name] : [])));
  return there.flat();
};
const diskOf = ({ status }: VirtualMachine): string =>
  status?.volumes?.find(({ role }) => role === 'Disk')?.volumeName ?? '';

async function story({ expected, note }: Story): Promise<void> {
  await apply(virtualMachineKind, 'arrived', small({ disks: [root({ poolName: 'shared' })] }));
  await apply(virtualMachineKind, 'resting', small());
  await apply(virtualMachineKind, 'travelling', small());
  for (const name of ['arrived', 'resting', 'travelling']) await ready(name, 120_000);
  await apply(virtualMachineKind, 'resting', small({ runStrategy: 'Halted' }));
  const before = {
    arrived: placeOf(await ready('arrived')),
    resting: placeOf(await word('resting', 'Stopped')),
    travelling: placeOf(await ready('travelling')),
  };
  const backup = await EtcdBackup.take(rig, client);
  try {
    await untilLed(rig);
    for (const name of ['arrived', 'resting'] as const) {
      await migrate(name);
      await moved(name);
      expect(await hostsOf(before[name].uuid)).not.toEqual([before[name].host]);
    }
    const after = {
      arrived: await ready('arrived'),
      resting: await word('resting', 'Stopped'),
    };
    await migrate('travelling', { bandwidth: '1Mi' });
    const under = await until(
      virtualMachineMigrationKind,
      'travelling',
      'be under way',
      ({ status }) => (status?.operation?.progressBytes ?? 0) > 0,
    );
    const vm = await get(virtualMachineKind, 'travelling');
    // What was copied is recorded nowhere any more, and so nobody's to remove.
    if (vm) expected.files.push(diskOf(vm));

    expected.restored.push(...['arrived', 'resting', 'travelling'].map((name) => `${namespace}/${name}`));
    await backup.restore();
    await untilLed(rig);

    // Status is behind, and follows the hosts: no machine is made where it was, and none is started a second time.
    for (const name of ['arrived', 'resting'] as const) {
      const { status } = await until(
        virtualMachineKind,
        name,
        'be believed where it is',
        ({ status: told }) => told?.host?.name === after[name].status?.host?.name,
      );
      expect(status?.incarnation).toBe(after[name].status?.incarnation);
      expect(await hostsOf(before[name].uuid)).toEqual([status?.host?.name]);
    }
    expect(placeOf(await ready('arrived')).address).toBe(before.arrived.address);
    await word('resting', 'Stopped');
    const travelled = await waitFor(
      'the one that was on its way to be on one host',
      async () => {
        const found = await get(virtualMachineKind, 'travelling');
        const there = await hostsOf(before.travelling.uuid);
        const isSettled = there.length === 1 && there[0] === found?.status?.host?.name;
        return found && isSettled && condition(found, 'Ready')?.status === 'True' ? found : null;
      },
      { timeoutMs: 120_000, intervalMs: 500 },
    );
    const target = under.status?.target?.name ?? '';
    const now = travelled?.status?.host?.name ?? '';
    note(now === target ? 'the one on its way arrived' : 'the one on its way stayed');
    expect(travelled?.status?.migration).toBeUndefined();
    for (const name of ['arrived', 'resting', 'travelling']) await remove(virtualMachineKind, name);
    await waitFor(
      'all to be gone',
      async () => (await client.listAll(virtualMachineKind, { namespace })).length === 0,
      {
        timeoutMs: 90_000,
        intervalMs: 250,
      },
    );
    const left = now === target ? before.travelling.host : target;
    const file = `${localPath}/${expected.files[0]}`;
    await rig.exec(left, ['rm', '-f', file]);
    expected.files.length = 0;
  } finally {
    backup.discard();
  }
}

fault(
  'control plane',
  'etcd restored from before moves of machines, one of which goes on; the operator runs on',
  async (told) => {
    await keptRunning(rig, () => story(told));
  },
  { timeoutMs: 580_000 },
);

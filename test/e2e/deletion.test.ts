/** The end of machines: nothing left, or just what was to be left. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hostKind, virtualMachineKind } from '#api/v1alpha1/index.ts';
import { unrestricted } from '#platform/right.ts';
import {
  apply,
  clearWorld,
  client,
  condition,
  get,
  gone,
  isTrue,
  namespace,
  placeOf,
  prepareWorld,
  ready,
  reason,
  remove,
  rig,
  root,
  small,
  sound,
  until,
} from './support/world.ts';

beforeAll(prepareWorld);
afterAll(() => clearWorld());

test('deletionPolicy Orphan leaves machine and disks to nobody', async () => {
  await apply(virtualMachineKind, 'orphan', small({ deletionPolicy: 'Orphan', interfaces: [] }));
  const vm = await ready('orphan');
  const { host, uuid } = { host: vm.status?.host?.name ?? '', uuid: vm.status?.uuid ?? '' };
  const file = vm.status?.volumes?.[0]?.volumeName ?? '';
  await gone(virtualMachineKind, 'orphan');
  expect(await rig.virsh(host, 'domstate', uuid)).toContain('running');
  expect(await rig.virsh(host, 'dumpxml', uuid)).not.toContain('virtfleet.io/stamp');
  expect(await rig.exec(host, ['ls', '/srv/virtfleet/local'])).toContain(file);
  await sound();
  await rig.virsh(host, 'destroy', uuid);
  await rig.virsh(host, 'undefine', uuid);
  await rig.exec(host, ['rm', `/srv/virtfleet/local/${file}`]);
});

test('a disk with reclaimPolicy Retain stays when its machine goes', async () => {
  const kept = { ...root(), reclaimPolicy: 'Retain' };
  await apply(virtualMachineKind, 'retain', small({ disks: [kept], interfaces: [] }));
  const vm = await ready('retain');
  const [volume] = vm.status?.volumes ?? [];
  const file = volume?.volumeName ?? '';
  const host = vm.status?.host?.name ?? '';
  await gone(virtualMachineKind, 'retain');
  expect(await rig.exec(host, ['ls', '/srv/virtfleet/local'])).toContain(file);
  await sound({ files: [file] });
  await rig.exec(host, ['rm', `/srv/virtfleet/local/${file}`]);
});

test('a machine on a host that is off waits, is abandoned by name, and swept when the host is back', async () => {
  await apply(virtualMachineKind, 'abandoned', small());
  const vm = await ready('abandoned');
  const { host, uuid } = placeOf(vm);
  await rig.fault(host, 'poweroff');
  try {
    await reason('abandoned', 'Ready', 'HostUnreachable', 60_000);
    await sound();
    await remove(virtualMachineKind, 'abandoned');
    const waiting = await until(virtualMachineKind, 'abandoned', 'say what it waits for', (machine) =>
      machine.status?.message?.includes('virtfleet.io/abandon'),
    );
    expect(condition(waiting, 'Ready')?.status).not.toBe('True');
    await client.patchByUid(
      unrestricted,
      virtualMachineKind,
      { namespace, name: 'abandoned', uid: vm.metadata.uid },
      { metadata: { annotations: { 'virtfleet.io/abandon': String(vm.status?.incarnation) } } },
    );
    await gone(virtualMachineKind, 'abandoned', 30_000);
    expect((await get(hostKind, host))?.status?.tombstones?.map((t) => t.uuid)).toEqual([uuid]);
  } finally {
    await rig.fault(host, 'poweron');
  }
  await until(hostKind, host, 'be back and swept', (h) => isTrue(h, 'Ready') && !h.status?.tombstones?.length, 60_000);
  expect(await rig.virsh(host, 'list', '--all', '--uuid')).not.toContain(uuid);
  await sound();
});

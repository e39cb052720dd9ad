/** A disk that somebody removed under a machine: never made anew in silence, and told with what can be done. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect } from 'vitest';
import { storageVolumeKind, virtualMachineImageKind, virtualMachineKind } from '#api/v1alpha1/index.ts';
import {
  apply,
  clearWorld,
  condition,
  get,
  gone,
  http,
  isTrue,
  line,
  placeOf,
  prepareWorld,
  ready,
  rig,
  root,
  small,
  until,
  word,
} from '../../e2e/support/world.ts';
import { fault } from '../fault.ts';

beforeAll(prepareWorld);
beforeEach(() => clearWorld());
afterAll(() => clearWorld());

/** A name of its own for each machine: a host keeps what an earlier one of that name has printed. */
let name = '';
beforeEach(() => {
  name = `robbed-${randomUUID().slice(0, 6)}`;
});

fault('people', 'vol-delete of a disk in use: the machine runs on; without its disk it is not started', async () => {
  await apply(virtualMachineKind, name, small());
  const vm = await ready(name);
  await line(name, /^ready /);
  const { host } = placeOf(vm);
  const disk = vm.status?.volumes?.find(({ role }) => role === 'Disk')?.volumeName ?? '';
  await rig.exec(host, ['cp', '-a', `/srv/virtfleet/local/${disk}`, '/srv/virtfleet/kept']);
  await rig.virsh(host, 'vol-delete', '--pool', 'local', disk);
  await http(vm);
  try {
    await apply(virtualMachineKind, name, small({ runStrategy: 'Halted' }));
    await word(name, 'Stopped');
    await apply(virtualMachineKind, name, small());
    const told = await until(
      virtualMachineKind,
      name,
      'say that its disk is missing',
      (it) => condition(it, 'Ready')?.message.includes(disk),
      60_000,
    );
    const { message = '', reason } = condition(told, 'Ready') ?? {};
    expect(reason).toBe('VolumeMissing');
    expect(message).toMatch(/disk root/);
    expect(message).toContain('pool local');
    expect(message).toContain(`host ${host}`);
    expect(message).toMatch(/bring it back|delete/i);
    const files = await rig.exec(host, ['ls', '/srv/virtfleet/local']);
    expect(files.split('\n'), 'no empty disk is made in its place').not.toContain(disk);
  } finally {
    await rig.exec(host, ['mv', '/srv/virtfleet/kept', `/srv/virtfleet/local/${disk}`]);
  }
  await ready(name, 120_000);
  await line(name, /^boots 2\b/, 90_000);
});

fault('people', 'a machine whose disk is gone can still be deleted', async () => {
  await apply(virtualMachineKind, name, small());
  const vm = await ready(name);
  const { host } = placeOf(vm);
  const disk = vm.status?.volumes?.find(({ role }) => role === 'Disk')?.volumeName ?? '';
  await apply(virtualMachineKind, name, small({ runStrategy: 'Halted' }));
  await word(name, 'Stopped');
  await rig.virsh(host, 'vol-delete', '--pool', 'local', disk);
  await gone(virtualMachineKind, name);
  expect(await get(virtualMachineKind, name)).toBeNull();
});

fault('people', 'vol-delete of an image copy on which disks stand: told, fetched again, and started', async () => {
  await apply(virtualMachineKind, name, small());
  const vm = await ready(name);
  await line(name, /^ready /);
  const { host } = placeOf(vm);
  const { volumeName: base = '', imageName = '' } = vm.status?.volumes?.[0]?.base ?? {};
  expect(base).not.toBe('');
  const copyOf = async () =>
    (await get(virtualMachineImageKind, imageName))?.status?.copies?.find(({ hostName }) => hostName === host);
  const attempt = (await copyOf())?.attempt ?? 0;
  const before = await rig.exec(host, ['sha256sum', `/srv/virtfleet/local/${base}`]);
  await rig.virsh(host, 'vol-delete', '--pool', 'local', base);
  await apply(virtualMachineKind, name, small({ runStrategy: 'Halted' }));
  await word(name, 'Stopped');
  await apply(virtualMachineKind, name, small());
  await until(
    virtualMachineKind,
    name,
    'say what is missing',
    (it) => condition(it, 'Ready')?.message.includes(base),
    30_000,
  );
  await until(virtualMachineKind, name, 'run again', (it) => isTrue(it, 'Running'), 60_000);
  await line(name, /^boots 2\b/, 90_000);
  expect(await rig.exec(host, ['sha256sum', `/srv/virtfleet/local/${base}`]), 'the same bytes').toBe(before);
  expect(await copyOf()).toMatchObject({ phase: 'Ready', volumeName: base, attempt: attempt + 1 });
});

fault(
  'people',
  'vol-delete of an image copy, then a machine and a volume are made of it: fetched again at once',
  async () => {
    const copiesOf = async () => (await get(virtualMachineImageKind, 'tiny'))?.status?.copies ?? [];
    const before = new Map((await copiesOf()).map((copy) => [copy.key, copy]));
    for (const { hostName = '', poolName, volumeName = '' } of before.values())
      await rig.virsh(hostName, 'vol-delete', '--pool', poolName, volumeName);
    await apply(storageVolumeKind, 'grown', { spec: { poolName: 'local', imageName: 'tiny' } });
    await apply(virtualMachineKind, name, small({ disks: [root(), { name: 'data', volumeName: 'grown' }] }));
    await ready(name, 90_000);
    await until(storageVolumeKind, 'grown', 'be Ready', (it) => isTrue(it, 'Ready'));
    const image = await until(virtualMachineImageKind, 'tiny', 'be on every host again', (it) => isTrue(it, 'Ready'));
    for (const { key, volumeName, attempt } of image.status?.copies ?? []) {
      expect(volumeName, `of copy ${key}, under its name`).toBe(before.get(key)?.volumeName);
      expect(attempt, `of copy ${key}`).toBe((before.get(key)?.attempt ?? 0) + 1);
    }
  },
);

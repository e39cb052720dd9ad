/** StorageVolumes: disks that outlive their machine. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { storageVolumeKind, virtualMachineKind } from '#api/v1alpha1/index.ts';
import {
  apply,
  clearWorld,
  gone,
  line,
  placeOf,
  prepareWorld,
  ready,
  rig,
  root,
  small,
  sound,
  until,
} from './support/world.ts';

beforeAll(prepareWorld);
afterAll(() => clearWorld());

const volume = (size: string, poolName = 'shared') => ({ spec: { poolName, size } });
const withVolume = (volumeName: string, over: object = {}) =>
  small({ disks: [root(), { name: 'data', volumeName }], ...over });

test('a volume is attached, grows under the running machine, and stays when the machine goes', async () => {
  await apply(storageVolumeKind, 'keep', volume('32Mi'));
  await apply(virtualMachineKind, 'first', withVolume('keep'));
  await ready('first');
  await line('first', /^disk vdb 33554432$/);
  const attached = await until(storageVolumeKind, 'keep', 'be attached', (v) => v.status?.attachedTo?.name === 'first');
  const file = attached.status?.volumeName;

  await apply(storageVolumeKind, 'keep', volume('64Mi'));
  await line('first', /^disk vdb 67108864$/);
  await until(storageVolumeKind, 'keep', 'be as large', (v) => v.status?.capacityBytes === 64 * 2 ** 20);
  await sound();

  // A second machine does not get it while the first one has it.
  await apply(virtualMachineKind, 'second', withVolume('keep'));
  const refused = await until(virtualMachineKind, 'second', 'be told that the volume is taken', (vm) =>
    vm.status?.conditions?.some(({ type, reason }) => type === 'Ready' && reason === 'VolumeInUse'),
  );
  expect(refused.status?.message).toContain('first');
  expect(refused.status?.host).toBeUndefined();

  await gone(virtualMachineKind, 'first');
  expect(await rig.exec('h1', ['ls', '/srv/virtfleet/shared'])).toContain(file);
  const taken = await ready('second');
  expect(placeOf(taken).host).toBeTruthy();
  await until(storageVolumeKind, 'keep', 'belong to the second', (v) => v.status?.attachedTo?.name === 'second');
  await line('second', /^disk vdb 67108864$/);
  await sound();
});

test('a volume in a pool of each host is made where its machine is, and deleted only when nobody uses it', async () => {
  await apply(storageVolumeKind, 'near', volume('16Mi', 'local'));
  await until(storageVolumeKind, 'near', 'wait for a machine', (v) => v.status?.phase === 'WaitForConsumer');
  await apply(virtualMachineKind, 'near', withVolume('near'));
  const { host } = placeOf(await ready('near'));
  const made = await until(storageVolumeKind, 'near', 'be there', (v) => v.status?.phase === 'Ready');
  expect(made.status?.host?.name).toBe(host);

  const deleted = gone(storageVolumeKind, 'near');
  await until(storageVolumeKind, 'near', 'wait for its machine', (v) =>
    v.status?.conditions?.some(({ reason }) => reason === 'InUse'),
  );
  await gone(virtualMachineKind, 'near');
  await deleted;
  expect(await rig.exec(host, ['ls', '/srv/virtfleet/local'])).not.toContain(made.status?.volumeName);
  await sound();
});

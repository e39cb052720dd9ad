/** What of a running machine's spec is changed while it runs, and what waits for its next start. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { virtualMachineKind } from '#api/v1alpha1/index.ts';
import {
  apply,
  clearWorld,
  condition,
  isTrue,
  line,
  networkName,
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

const cpu = { cores: 1, max: 2 };
const memory = { size: '128Mi', max: '512Mi' };
const lan = { name: 'lan', networkName };
const room = { cpu, memory };
const disk = root({ size: '256Mi' });

test('disks, interfaces, vCPUs and memory come and go while the machine runs', async () => {
  await apply(virtualMachineKind, 'live', small(room));
  const vm = await ready('live');
  const { host, uuid } = placeOf(vm);
  await line('live', /^ready /);
  await line('live', /^cpus 1$/);

  await apply(virtualMachineKind, 'live', small({ ...room, disks: [disk] }));
  expect(await line('live', /^disk vda 268435456$/)).toBeTruthy();

  const disks = [disk, { name: 'data', template: { poolName: 'local', size: '32Mi' } }];
  const interfaces = [lan, { name: 'second', networkName }];
  await apply(virtualMachineKind, 'live', small({ ...room, disks, interfaces }));
  const grown = await ready('live');
  const second = grown.status?.interfaces?.find(({ name }) => name === 'second');
  await line('live', /^disk vdb 33554432$/);
  await line('live', new RegExp(`^nic eth1 ${second?.mac}$`));
  await line('live', new RegExp(`^address eth1 ${second?.addresses?.[0]?.address}$`));
  const data = grown.status?.volumes?.find(({ name }) => name === 'data')?.volumeName;
  expect(data).toContain(grown.metadata.uid);
  await sound();

  await apply(
    virtualMachineKind,
    'live',
    small({ cpu: { cores: 2, max: 2 }, memory: { ...memory, size: '256Mi' }, disks: [disk] }),
  );
  await line('live', /^cpus 2$/);
  await line('live', /^memory 2\d{5}$/);
  await line('live', /^gone: disk vdb /);
  await line('live', /^gone: nic eth1 /);
  const shrunk = await until(
    virtualMachineKind,
    'live',
    'have let go of the disk and the interface',
    (machine) =>
      machine.status?.volumes?.every(({ name }) => name !== 'data') &&
      machine.status.interfaces?.every(({ name }) => name !== 'second'),
  );
  expect(placeOf(shrunk)).toEqual(placeOf(vm));
  expect(condition(shrunk, 'RestartRequired')).toBeUndefined();
  expect(await rig.exec(host, ['ls', '/srv/virtfleet/local'])).not.toContain(data);
  expect(await rig.virsh(host, 'domstate', uuid), 'all in one run').toContain('running');
  expect(shrunk.status?.run?.generation).toBe(1);
  await sound();
});

test('what cannot be changed live says so, and comes with the next start', async () => {
  const wanted = { cpu: { cores: 3, max: 4 }, memory: { ...memory, size: '256Mi' }, rng: 'None', disks: [disk] };
  await apply(virtualMachineKind, 'live', small(wanted));
  const waiting = await until(virtualMachineKind, 'live', 'need a restart', (vm) => isTrue(vm, 'RestartRequired'));
  const fields = waiting.status?.pendingChanges?.map(({ field, effect }) => [field, effect]);
  expect(fields).toContainEqual(['cpu', 'Restart']);
  expect(fields).toContainEqual(['rng', 'Restart']);
  expect(isTrue(waiting, 'Ready'), 'it runs on meanwhile').toBe(true);
  await sound();

  await apply(virtualMachineKind, 'live', small({ ...wanted, runStrategy: 'Halted' }));
  await until(virtualMachineKind, 'live', 'be off', (vm) => vm.status?.printableStatus === 'Stopped');
  await apply(virtualMachineKind, 'live', small(wanted));
  const vm = await ready('live');
  expect(condition(vm, 'RestartRequired')).toBeUndefined();
  await line('live', /^cpus 3$/);
  await sound();
});

/** Parts of the fleet fail and come back: machines run on, nothing is made twice, the truth returns. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hostKind, type VirtualMachine, virtualMachineImageKind, virtualMachineKind } from '#api/v1alpha1/index.ts';
import { unrestricted } from '#platform/right.ts';
import { collect, judge } from '../chaos/check/index.ts';
import { waitFor } from '../rig/wait.ts';
import {
  apply,
  clearWorld,
  client,
  condition,
  get,
  gone,
  http,
  isTrue,
  namespace,
  placeOf,
  prepareWorld,
  ready,
  rig,
  small,
  sound,
  until,
  word,
} from './support/world.ts';

beforeAll(prepareWorld);
afterAll(() => clearWorld());

test('a host that is cut off is Unknown, and the truth is back within 10 s', async () => {
  const apart = { antiAffinity: { required: [{ topologyKey: 'kubernetes.io/hostname', labelSelector: {} }] } };
  for (const name of ['cut-1', 'cut-2']) await apply(virtualMachineKind, name, small({ scheduling: apart }));
  const machines = await Promise.all(['cut-1', 'cut-2'].map((name) => ready(name)));
  const [away, stays] = machines;
  if (!away || !stays) throw new Error('two machines were made');
  const { host } = placeOf(away);
  expect(placeOf(stays).host).not.toBe(host);
  await rig.fault(host, 'cut');
  try {
    const lost = await word(away.metadata.name, 'Unknown', 90_000);
    expect(condition(lost, 'Running')).toMatchObject({ status: 'Unknown', reason: 'HostUnreachable' });
    expect(lost.status?.message).toContain(host);
    expect(lost.status?.run?.generation, 'nothing is started elsewhere').toBe(1);
    expect((await get(virtualMachineKind, stays.metadata.name))?.status?.printableStatus).toBe('Running');
    // What happens behind our back meanwhile is the truth that has to come back.
    await rig.virsh(host, 'suspend', placeOf(away).uuid);
  } finally {
    await rig.fault(host, 'heal');
  }
  const since = performance.now();
  await word(away.metadata.name, 'Paused', 30_000);
  expect(performance.now() - since, 'ms from heal to the truth').toBeLessThan(10_000);
  await rig.virsh(host, 'resume', placeOf(away).uuid);
  await ready(away.metadata.name);
  await until(hostKind, host, 'be Ready', (object) => isTrue(object, 'Ready'));
  await sound();
});

test('libvirtd is killed and started: its guests run on, and status says so again', async () => {
  const vm = await ready('cut-1');
  const { host } = placeOf(vm);
  const greeting = await http(vm);
  await rig.fault(host, 'kill');
  try {
    await until(hostKind, host, 'not be Ready', (object) => !isTrue(object, 'Ready'), 30_000);
    expect(await http(vm, '/', 10_000), 'the guest runs on').toBe(greeting);
  } finally {
    await rig.fault(host, 'start');
  }
  await until(hostKind, host, 'be Ready', (object) => isTrue(object, 'Ready'), 20_000);
  const back = await ready('cut-1', 20_000);
  expect(back.status?.run?.generation, 'it was not started again').toBe(vm.status?.run?.generation);
  await sound();
});

test('without Redis everything but fetches goes on, and fetches go on when it is back', async () => {
  const image = await get(virtualMachineImageKind, 'tiny');
  await rig.component('redis', 'stop');
  try {
    await apply(virtualMachineKind, 'no-redis', small());
    await ready('no-redis');
    const stop = small({ runStrategy: 'Halted' });
    await apply(virtualMachineKind, 'no-redis', stop);
    await word('no-redis', 'Stopped');
    await apply(virtualMachineImageKind, 'waits', { spec: image?.spec });
    const waiting = await until(virtualMachineImageKind, 'waits', 'say what it waits for', (waits) =>
      waits.status?.conditions?.some(({ reason }) => reason === 'QueueUnavailable'),
    );
    expect(condition(waiting, 'Ready')?.status).toBe('False');
    await gone(virtualMachineKind, 'no-redis');
    await sound();
  } finally {
    await rig.component('redis', 'start');
  }
  await until(virtualMachineImageKind, 'waits', 'be Ready', (waits) => isTrue(waits, 'Ready'), 60_000);
  await gone(virtualMachineImageKind, 'waits');
  await sound();
});

test('the operator is killed in the midst of 20 creates: 20 machines, none twice', async () => {
  await clearWorld();
  for (const host of await client.listAll(hostKind)) {
    const spec = { overcommit: { cpu: '16' } };
    await client.patchByUid(unrestricted, hostKind, { name: host.metadata.name, uid: host.metadata.uid }, { spec });
  }
  const names = Array.from({ length: 20 }, (_, i) => `crowd-${i + 1}`);
  // Nothing boots from a blank disk: what is tried here is making machines, not the computer's patience with 20 guests.
  const spec = small({ disks: [{ name: 'root', template: { poolName: 'local', size: '8Mi' } }] });
  await Promise.all(names.map((name) => apply(virtualMachineKind, name, spec)));
  const made = (): Promise<VirtualMachine[]> => client.listAll(virtualMachineKind, { namespace });
  await waitFor(
    'some of the machines to be there, and others not',
    async () => {
      const provisioned = (await made()).filter((vm) => isTrue(vm, 'Running')).length;
      return provisioned >= 3 && provisioned < 20;
    },
    { timeoutMs: 60_000, intervalMs: 20 },
  );
  await rig.component('operator', 'kill');
  // Only what was decided is there, and nothing of it twice: as it is when the process is gone.
  const midway = judge(await collect(rig, client)).filter(({ never }) => never);
  expect(midway).toEqual([]);
  await rig.component('operator', 'start');

  const machines = await Promise.all(names.map((name) => ready(name, 120_000)));
  expect(new Set(machines.map((vm) => placeOf(vm).address)).size).toBe(20);
  expect(machines.map((vm) => vm.status?.run?.generation)).toEqual(names.map(() => 1));
  const facts = await collect(rig, client);
  const domains = facts.seen.flatMap((host) => host.libvirt?.domains ?? []).filter(({ stamp }) => stamp !== null);
  expect(domains).toHaveLength(20);
  await sound();
});

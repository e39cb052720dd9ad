/** libvirtd dies, stands still, or is restarted under running machines, while changes are asked for. */
import { afterAll, beforeAll, expect } from 'vitest';
import { hostKind, virtualMachineKind } from '#api/v1alpha1/index.ts';
import {
  apply,
  clearWorld,
  condition,
  get,
  http,
  isTrue,
  placeOf,
  prepareWorld,
  ready,
  remove,
  rig,
  small,
  until,
  word,
} from '../../e2e/support/world.ts';
import { fault } from '../fault.ts';
import {
  awaitGone,
  blank,
  hostReady,
  hostSays,
  labelHosts,
  machinesOn,
  on,
  removeMachines,
  starts,
} from '../support/hosts.ts';

beforeAll(async () => {
  await prepareWorld();
  await labelHosts();
});
afterAll(() => clearWorld());

fault('hosts', 'libvirtd is killed while machines are made, changed and removed', async () => {
  await apply(virtualMachineKind, 'stays', small(on('h1')));
  const before = await ready('stays', 120_000);
  const greeting = await http(before);
  await machinesOn('h1', ['changed', 'removed']);
  await apply(virtualMachineKind, 'made', blank(on('h1')));
  await apply(virtualMachineKind, 'changed', blank({ ...on('h1'), runStrategy: 'Halted' }));
  await remove(virtualMachineKind, 'removed');
  await rig.fault('h1', 'kill');
  try {
    const host = await until(hostKind, 'h1', 'not be Ready', (object) => !isTrue(object, 'Ready'), 30_000);
    expect(condition(host, 'Connected')?.message).toContain('h1');
    expect(await http(before, '/', 20_000), 'its guest runs on').toBe(greeting);
    const lost = await word('stays', 'Unknown', 60_000);
    expect(lost.status?.message).toContain('h1');
  } finally {
    await rig.fault('h1', 'start');
  }
  const back = await ready('stays', 60_000);
  expect(starts(back), 'it was not started again').toBe(starts(before));
  await ready('made', 60_000);
  await word('changed', 'Stopped', 60_000);
  await awaitGone('removed');
  await removeMachines(['stays', 'made', 'changed']);
});

fault(
  'hosts',
  'libvirtd is frozen for longer than keepalive waits, and changes are asked for meanwhile',
  async (story) => {
    await apply(virtualMachineKind, 'stays', small(on('h2')));
    const before = await ready('stays', 120_000);
    const greeting = await http(before);
    await machinesOn('h2', ['changed', 'removed']);
    await rig.fault('h2', 'freeze');
    const since = performance.now();
    try {
      // What is asked for now finds the connection up and nobody at the other end.
      await apply(virtualMachineKind, 'made', blank(on('h2')));
      await apply(virtualMachineKind, 'changed', blank({ ...on('h2'), runStrategy: 'Halted' }));
      await remove(virtualMachineKind, 'removed');
      const lost = await word('stays', 'Unknown', 120_000);
      story.note(`Unknown ${Math.round((performance.now() - since) / 1000)} s after it was frozen`);
      expect(condition(lost, 'Running')).toMatchObject({ status: 'Unknown', reason: 'HostUnreachable' });
      expect(lost.status?.message).toContain('h2');
      expect(await http(before, '/', 20_000), 'its guest runs on').toBe(greeting);
      // Past keepalive (25 to 30 s): the connection is given up, and dialled again in vain.
      await until(hostKind, 'h2', 'be Lost', (host) => host.status?.state === 'Lost', 90_000);
      const message = await hostSays('h2', 'Ready', 'HostNotAnswering', 90_000);
      expect(message).toContain('h2');
      const terminating = await get(virtualMachineKind, 'removed');
      expect(terminating?.status?.printableStatus, 'a deletion waits for its host').toBe('Terminating');
      // A machine for another host does not wait for this one.
      await apply(virtualMachineKind, 'elsewhere', blank(on('h1')));
      await ready('elsewhere', 60_000);
    } finally {
      await rig.fault('h2', 'thaw');
    }
    const back = await ready('stays', 60_000);
    expect(starts(back), 'it was not started again').toBe(starts(before));
    await ready('made', 60_000);
    await word('changed', 'Stopped', 60_000);
    await awaitGone('removed');
    await removeMachines(['stays', 'made', 'changed', 'elsewhere']);
  },
  { timeoutMs: 480_000 },
);

fault('hosts', 'libvirtd of all hosts is restarted, three times in a row', async () => {
  const hosts = rig.hosts.map(({ name }) => name);
  const names = hosts.map((host) => `on-${host}`);
  for (const host of hosts) await machinesOn(host, [`on-${host}`]);
  const before = await Promise.all(names.map((name) => ready(name)));
  await apply(virtualMachineKind, 'meanwhile', blank());
  for (let round = 0; round < 3; round += 1) {
    await Promise.all(hosts.map((host) => rig.fault(host, 'stop')));
    await Promise.all(hosts.map((host) => rig.fault(host, 'start')));
  }
  await Promise.all(hosts.map((host) => hostReady(host, 60_000)));
  const after = await Promise.all(names.map((name) => ready(name, 60_000)));
  expect(after.map(starts)).toEqual(before.map(starts));
  expect(after.map((vm) => placeOf(vm).host)).toEqual(hosts);
  await ready('meanwhile', 60_000);
  await removeMachines([...names, 'meanwhile']);
});

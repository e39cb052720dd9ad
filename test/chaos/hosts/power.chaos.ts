/** The mains of a host are cut: its machines come back as their runStrategy says, each of them once. */
import { afterAll, beforeAll, expect } from 'vitest';
import { hostKind, virtualMachineKind } from '#api/v1alpha1/index.ts';
import {
  apply,
  clearWorld,
  condition,
  eventsOf,
  get,
  http,
  operate,
  prepareWorld,
  ready,
  rig,
  root,
  small,
  until,
  word,
} from '../../e2e/support/world.ts';
import { fault } from '../fault.ts';
import { blank, hostEvents, hostReady, labelHosts, on, removeMachines, starts } from '../support/hosts.ts';

beforeAll(async () => {
  await prepareWorld();
  await labelHosts();
});
afterAll(() => clearWorld());

fault(
  'hosts',
  'a host is powered off and on: machines come back as their runStrategy says',
  async (story) => {
    const strategies = { always: 'Always', manual: 'Manual', halted: 'Halted' };
    const names = Object.keys(strategies);
    await apply(virtualMachineKind, 'guest', small({ ...on('h1'), disks: [root()] }));
    for (const [name, runStrategy] of Object.entries(strategies)) {
      await apply(virtualMachineKind, name, blank({ ...on('h1'), runStrategy }));
    }
    await Promise.all(['guest', 'always'].map((name) => ready(name, 120_000)));
    // Started by a person's word, and by nobody else's.
    await until(virtualMachineKind, 'manual', 'be there', (vm) => vm.status?.printableStatus === 'Stopped');
    await operate('manual', 'Start');
    await word('manual', 'Running', 120_000);
    const before = new Map(
      await Promise.all(
        ['guest', ...names].map(async (name) => {
          const vm = await get(virtualMachineKind, name);
          return [name, { uid: vm?.metadata.uid ?? '', starts: vm ? starts(vm) : 0 }] as const;
        }),
      ),
    );
    const mark = (await get(hostKind, 'h1'))?.status?.bootMark;
    await rig.fault('h1', 'poweroff');
    const lost = await word('always', 'Unknown', 120_000);
    expect(condition(lost, 'Running')).toMatchObject({ status: 'Unknown', reason: 'HostUnreachable' });
    expect(lost.status?.message).toContain('h1');
    await rig.fault('h1', 'poweron');
    await hostReady('h1', 90_000);
    await until(hostKind, 'h1', 'have another boot mark', (host) => host.status?.bootMark !== mark);
    const back = await Promise.all(['guest', 'always'].map((name) => ready(name, 120_000)));
    for (const vm of back) expect(starts(vm), vm.metadata.name).toBe((before.get(vm.metadata.name)?.starts ?? 0) + 1);
    const guest = back[0];
    if (guest) expect(await http(guest)).toContain('hello');
    for (const name of ['manual', 'halted']) {
      const vm = await word(name, 'Stopped', 60_000);
      expect(starts(vm), name).toBe(before.get(name)?.starts ?? 0);
      story.note(`${name}: ${vm.status?.message}`);
    }
    expect((await hostEvents('h1')).map(({ reason }) => reason)).toContain('Rebooted');
    story.note(`events of a machine that came back: ${(await eventsOf(before.get('always')?.uid ?? '')).join(', ')}`);
    await removeMachines(['guest', ...names]);
  },
  { timeoutMs: 480_000 },
);

fault(
  'hosts',
  'a host is powered off while machines are made and removed there, twice in a row',
  async () => {
    const names = ['p-1', 'p-2', 'p-3', 'p-4'];
    for (let round = 0; round < 2; round += 1) {
      await Promise.all(names.map((name) => apply(virtualMachineKind, name, blank(on('h3')))));
      await until(virtualMachineKind, 'p-1', 'have its host', (vm) => vm.status?.host?.name === 'h3', 120_000);
      await rig.fault('h3', 'poweroff');
      await until(hostKind, 'h3', 'be Lost', (host) => host.status?.state === 'Lost', 90_000);
      await rig.fault('h3', 'poweron');
      await hostReady('h3', 90_000);
    }
    await Promise.all(names.map((name) => ready(name, 180_000)));
    await removeMachines(names);
  },
  { timeoutMs: 540_000 },
);

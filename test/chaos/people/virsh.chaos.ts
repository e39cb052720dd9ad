/** People with virsh on a host: what they do to a machine is seen, told in words, put back where that is wanted. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect } from 'vitest';
import { type VirtualMachine, virtualMachineKind, virtualNetworkKind } from '#api/v1alpha1/index.ts';
import {
  apply,
  clearWorld,
  condition,
  eventsOf,
  get,
  http,
  isTrue,
  line,
  namespace,
  networkName,
  notesOf,
  placeOf,
  prepareWorld,
  ready,
  rig,
  small,
  until,
  word,
} from '../../e2e/support/world.ts';
import { waitFor } from '../../rig/wait.ts';
import { fault } from '../fault.ts';

beforeAll(prepareWorld);
beforeEach(() => clearWorld());
afterAll(() => clearWorld());

/** A name of its own for each machine: a host keeps what an earlier one of that name has printed. */
let name = '';
let domain = '';

async function make(over: object = {}): Promise<VirtualMachine> {
  name = `touched-${randomUUID().slice(0, 6)}`;
  domain = `${namespace}_${name}`;
  await apply(virtualMachineKind, name, small(over));
  const vm = await ready(name, 90_000);
  return vm;
}

async function boots(count: number): Promise<void> {
  await line(name, new RegExp(`^boots ${count}\\b`), 90_000);
}

fault('people', 'virsh destroy: the machine is started again, and it is told', async () => {
  const vm = await make();
  await boots(1);
  await rig.virsh(placeOf(vm).host, 'destroy', domain);
  await boots(2);
  const back = await ready(name);
  expect(back.status?.run?.generation).toBe(2);
  expect(await eventsOf(vm.metadata.uid)).toContain('Ended');
});

fault('people', 'virsh undefine of a machine that is off: its definition is made again on its own disk', async () => {
  const vm = await make();
  await boots(1);
  const { host, uuid } = placeOf(vm);
  await apply(virtualMachineKind, name, small({ runStrategy: 'Halted' }));
  await word(name, 'Stopped');
  await rig.virsh(host, 'undefine', domain);
  await waitFor('the definition to be there again', () => rig.virsh(host, 'dominfo', uuid), {
    timeoutMs: 60_000,
    intervalMs: 500,
  });
  await apply(virtualMachineKind, name, small());
  const back = await ready(name);
  expect(back.status?.volumes?.[0]?.volumeName).toBe(vm.status?.volumes?.[0]?.volumeName);
  await boots(2);
});

fault('people', 'virsh reset: the guest boots anew, the run goes on', async () => {
  const vm = await make();
  await boots(1);
  await rig.virsh(placeOf(vm).host, 'reset', domain);
  await boots(2);
  const back = await ready(name);
  expect(back.status?.run?.generation).toBe(1);
});

/** What an editor would be used for: the inactive definition, changed by sed. */
async function edit(host: string, sed: string): Promise<void> {
  const program = `s=/run/edit.sh; printf '#!/bin/sh\\nsed -i "%s" "$1"\\n' "$1" > $s; chmod +x $s; EDITOR=$s virsh edit "$2"`;
  await rig.exec(host, ['sh', '-c', program, 'sh', sed, domain]);
}

fault('people', 'virsh edit of the memory: told as drift, put back when that is wanted', async () => {
  const vm = await make();
  const { host, uuid } = placeOf(vm);
  await edit(host, "s/<memory unit='KiB'>131072</<memory unit='KiB'>262144</");
  expect(await rig.virsh(host, 'dumpxml', '--inactive', uuid)).toContain('262144');
  const drifted = await until(virtualMachineKind, name, 'say that it drifted', (it) => isTrue(it, 'Drifted'));
  const told = condition(drifted, 'Drifted');
  expect(told?.reason).toBe('DefinitionChanged');
  expect(told?.message).toMatch(/memory/);
  expect(told?.message).toMatch(/driftPolicy Enforce/);
  expect(told?.message).toContain(host);
  expect(drifted.status?.printableStatus).toBe('Running');

  await apply(virtualMachineKind, name, small({ driftPolicy: 'Enforce' }));
  await until(virtualMachineKind, name, 'have no drift', (it) => !isTrue(it, 'Drifted'));
  expect(await rig.virsh(host, 'dumpxml', '--inactive', uuid)).not.toContain('262144');
  await ready(name);
});

fault('people', 'a device added by hand is no drift, and is left alone by changes of the spec', async () => {
  const vm = await make();
  const { host, uuid } = placeOf(vm);
  await edit(host, "s#</devices>#<sound model='ich9'/></devices>#");
  expect(await rig.virsh(host, 'dumpxml', '--inactive', uuid)).toContain('<sound');
  await apply(virtualMachineKind, name, small({ memory: { size: '160Mi' } }));
  await waitFor(
    'the new memory to be in the definition',
    async () => /<memory unit='KiB'>163840</.test(await rig.virsh(host, 'dumpxml', '--inactive', uuid)),
    { timeoutMs: 60_000, intervalMs: 300 },
  );
  expect(await rig.virsh(host, 'dumpxml', '--inactive', uuid), 'what somebody added stays').toContain('<sound');
  const after = await get(virtualMachineKind, name);
  expect(after && isTrue(after, 'Drifted')).toBeFalsy();
});

fault('people', 'virsh autostart: found when the daemon is started anew, told and turned off', async () => {
  const vm = await make();
  const { host, uuid } = placeOf(vm);
  await rig.virsh(host, 'autostart', domain);
  // libvirt tells of no such change: it is seen with the next listing
  await rig.fault(host, 'stop');
  await rig.fault(host, 'start');
  await waitFor(
    'autostart to be off again',
    async () => /^Autostart:\s+disable$/m.test(await rig.virsh(host, 'dominfo', uuid)),
    { timeoutMs: 60_000, intervalMs: 500 },
  );
  const told = await waitFor(
    'the machine to be told',
    async () => (await notesOf(vm.metadata.uid, 'AutostartDisabled'))[0] ?? null,
    { timeoutMs: 30_000, intervalMs: 300 },
  );
  expect(told).toContain(`Host ${host}`);
  await ready(name);
});

fault(
  'people',
  'virsh net-destroy under a running machine: the network runs again, and the machine is told how to be reached',
  async () => {
    const vm = await make();
    await http(vm);
    const { host } = placeOf(vm);
    await rig.virsh(host, 'net-destroy', `${namespace}_lab`);
    await waitFor(
      'the network to be active again',
      async () => (await rig.virsh(host, 'net-list', '--name')).includes(`${namespace}_lab`),
      { timeoutMs: 60_000, intervalMs: 300 },
    );
    // libvirt leaves the interfaces of running machines outside of the new bridge: the mend that is told puts them back.
    const told = await waitFor(
      'the machine to be told',
      async () => (await notesOf(vm.metadata.uid, 'NetworkInterrupted'))[0] ?? null,
      { timeoutMs: 60_000, intervalMs: 300 },
    );
    expect(told).toMatch(new RegExp(`Network lab was stopped on host ${host}.*until libvirtd is restarted there`));
    const cutOff = await until(virtualMachineKind, name, 'say so as long as it lasts', (it) =>
      isTrue(it, 'NetworkInterrupted'),
    );
    expect(condition(cutOff, 'NetworkInterrupted')?.message).toContain(`network lab was stopped on host ${host}`);
    expect(cutOff.status?.message).toBe(`runs on host ${host}, not connected to network lab`);
    const network = await until(virtualNetworkKind, networkName, 'name it', (it) => isTrue(it, 'Interrupted'));
    expect(condition(network, 'Interrupted')?.message).toContain(name);
    await rig.fault(host, 'stop');
    await rig.fault(host, 'start');
    await http(vm, '/', 60_000);
    await until(virtualMachineKind, name, 'say that it is over', (it) => !condition(it, 'NetworkInterrupted'));
    await until(virtualNetworkKind, networkName, 'say so, too', (it) => !condition(it, 'Interrupted'));
    await ready(name);
  },
);

fault('people', 'virsh pool-destroy: the pool runs again, and machines are made in it', async () => {
  const vm = await make();
  const { host } = placeOf(vm);
  for (const { name: each } of rig.hosts) await rig.virsh(each, 'pool-destroy', 'local');
  await apply(virtualMachineKind, 'later', small());
  await ready('later', 90_000);
  await waitFor(
    'the pool to be active again',
    async () => (await rig.virsh(host, 'pool-list', '--name')).includes('local'),
    { timeoutMs: 60_000, intervalMs: 300 },
  );
});

/** From kubectl apply to machines that answer: image over HTTP, network, three machines on two hosts, console, cloud-init. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { virtualMachineImageKind, virtualMachineKind, virtualNetworkKind } from '#api/v1alpha1/index.ts';
import {
  apply,
  clearWorld,
  condition,
  eventsOf,
  get,
  http,
  line,
  networkName,
  placeOf,
  prepareWorld,
  ready,
  rig,
  secretKind,
  small,
  sound,
  until,
} from './support/world.ts';

beforeAll(prepareWorld);
afterAll(() => clearWorld());

test('three machines of one image run on two hosts with addresses, console and HTTP', async () => {
  await apply(secretKind, 'guest', {
    stringData: { userdata: '#cloud-config\nruncmd:\n- echo this came from a Secret\n' },
  });
  const key = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBcjPxNWrn6kEq+fjJwx2gsL6yJ8MNhOAMpqQK6N5LYQ someone';
  const names = ['road-1', 'road-2', 'road-3'];
  for (const name of names) {
    await apply(
      virtualMachineKind,
      name,
      small({ cloudInit: { userDataSecretRef: { name: 'guest' }, sshAuthorizedKeys: [key] } }),
    );
  }
  const machines = await Promise.all(names.map((name) => ready(name)));
  const hosts = new Set(machines.map((vm) => placeOf(vm).host));
  expect(hosts.size).toBeGreaterThan(1);
  expect(new Set(machines.map((vm) => placeOf(vm).address)).size).toBe(3);

  for (const vm of machines) {
    const { name, uid } = vm.metadata;
    const { address, uuid, host } = placeOf(vm);
    expect(uuid).toBe(uid);
    expect(await http(vm)).toContain(`hello from ${name}`);
    expect(await line(name, /^ready /)).toBe(`ready ${name} ${uuid} ${address}`);
    expect(await line(name, /^runcmd: /)).toBe('runcmd: this came from a Secret');
    expect(await line(name, /^authorized-key /)).toContain('someone');
    expect(await rig.virsh(host, 'domstate', uuid)).toContain('running');
    expect(await eventsOf(uid)).toEqual(expect.arrayContaining(['Scheduled', 'Started']));
    expect(vm.status?.message).toContain(host);
  }
  const image = await get(virtualMachineImageKind, 'tiny');
  expect(image?.status?.copies?.map((copy) => copy.phase)).toEqual(rig.hosts.map(() => 'Ready'));
  await until(
    virtualNetworkKind,
    networkName,
    'be active where machines are',
    (network) => network.status?.hostCount === hosts.size,
  );
  await sound();
});

test('the guest agent tells what the guest calls itself', async () => {
  const vm = await until(
    virtualMachineKind,
    'road-1',
    'have a guest hostname',
    (machine) => machine.status?.guest?.hostname === 'road-1',
    120_000,
  );
  expect(condition(vm, 'AgentConnected')?.status).toBe('True');
  await sound();
});

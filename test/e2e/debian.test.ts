/** A whole Debian with cloud-init: what its user asked for is there, and its user gets in. */
import { copyFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { virtualMachineImageKind, virtualMachineKind } from '#api/v1alpha1/index.ts';
import { run } from '../rig/command.ts';
import { buildImage, publishImage } from '../rig/images.ts';
import { imageObject } from '../rig/objects.ts';
import { waitFor } from '../rig/wait.ts';
import {
  apply,
  clearWorld,
  gone,
  isTrue,
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

const keyFile = join(rig.dir, 'e2e-guest-key');
let publicKey = '';

beforeAll(async () => {
  await prepareWorld();
  const built = await buildImage('debian');
  publishImage(rig.dir, 'debian', built);
  const { spec } = imageObject('debian', built, rig.imageServer.http) as { spec: object };
  await apply(virtualMachineImageKind, 'debian', { spec });
  for (const file of [keyFile, `${keyFile}.pub`]) rmSync(file, { force: true });
  await run('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', 'operator', '-f', keyFile]);
  publicKey = (await run('cat', [`${keyFile}.pub`])).trim();
});
afterAll(async () => {
  await clearWorld();
  await gone(virtualMachineImageKind, 'debian');
});

test('cloud-init makes user, key and hostname, runs a command, and ssh gets in', async () => {
  const userdata = `#cloud-config
hostname: guest-house
users:
- name: alice
  shell: /bin/bash
  sudo: ALL=(ALL) NOPASSWD:ALL
  ssh_authorized_keys: [${publicKey}]
runcmd:
- echo it ran > /home/alice/runcmd
`;
  await apply(secretKind, 'alice', { stringData: { userdata } });
  await apply(
    virtualMachineKind,
    'debian',
    small({
      memory: { size: '384Mi' },
      disks: [{ name: 'root', template: { poolName: 'local', imageName: 'debian', size: '3Gi' } }],
      interfaces: [{ name: 'lan', networkName }],
      cloudInit: { userDataSecretRef: { name: 'alice' } },
    }),
  );
  const vm = await ready('debian', 120_000);
  const { host, address, uuid } = placeOf(vm);
  // Inside a host the project's own folder may be hidden; its /run is not.
  copyFileSync(keyFile, join(rig.host(host).dir, 'run', 'guest-key'));
  const options = ['StrictHostKeyChecking=no', 'UserKnownHostsFile=/dev/null', 'BatchMode=yes', 'ConnectTimeout=5'];
  const ssh = (command: string): Promise<string> =>
    rig.exec(host, [
      ...['ssh', '-F', 'none', '-q', '-i', '/run/guest-key', ...options.flatMap((option) => ['-o', option])],
      ...[`alice@${address}`, command],
    ]);
  await waitFor('alice to get in', () => ssh('true').then(() => true), { timeoutMs: 240_000, intervalMs: 1_000 });
  await waitFor('runcmd to have run', async () => (await ssh('cat runcmd')).includes('it ran'), {
    timeoutMs: 120_000,
    intervalMs: 1_000,
  });
  expect((await ssh('hostname')).trim()).toBe('guest-house');
  expect((await ssh('sudo cloud-init query instance_id')).trim()).toBe(uuid);
  expect((await ssh('sudo cat /sys/class/dmi/id/product_uuid')).trim().toLowerCase()).toBe(uuid);
  const size = Number((await ssh('df --output=size -B1 / | tail -n 1')).trim());
  expect(size, 'its file system has grown to the disk').toBeGreaterThan(2.5 * 2 ** 30);
  const told = await until(
    virtualMachineKind,
    'debian',
    'tell of its guest',
    (machine) => isTrue(machine, 'AgentConnected') && machine.status?.guest?.hostname === 'guest-house',
    120_000,
  );
  expect(told.status?.guest?.osName).toContain('Debian');
  await sound();
});

/**
 * A machine from its first document to live changes, on real QEMU and dnsmasq: what `domainChanges` and
 * `networkChanges` yield is given to libvirt as it is, and the guest says what it sees.
 */
import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { renderClaim } from '#libvirt/claim.ts';
import {
  type DiskInput,
  type DomainChange,
  type DomainInput,
  domainChanges,
  type InterfaceInput,
  readDomain,
  renderDomain,
} from '#libvirt/domain.ts';
import { bridgeName, gatewayMac, interfaceMac } from '#libvirt/names.ts';
import { type NetworkInput, networkChanges, readNetwork, renderNetwork } from '#libvirt/network.ts';
import { nocloudSeed } from '#libvirt/seed.ts';
import { MIB, machine } from '#libvirt/testing/builders.ts';
import { attr, child, children } from '#libvirt/tree.ts';
import { parseXml } from '#libvirt/xml.ts';
import { buildImage } from '../../rig/images.ts';
import { waitFor } from '../../rig/wait.ts';
import { PrivateHost } from './host.ts';

/** Guests boot under software emulation on a machine that may be busy. */
vi.setConfig({ testTimeout: 120_000 });

const NETWORK_UID = '22222222-2222-4222-8222-222222222222';
const network: NetworkInput = {
  uuid: NETWORK_UID,
  name: 'lab_lan',
  mode: 'NAT',
  bridge: bridgeName(NETWORK_UID),
  mac: gatewayMac(NETWORK_UID),
  ipv4: { gateway: '10.40.0.1', prefix: 24 },
  domain: 'lab.internal',
  mtu: 1400,
  stamp: { fleet: 'fleet', namespace: 'lab', name: 'lan', uid: NETWORK_UID },
};
const [mac, secondMac] = ['lan', 'wan'].map((name) => interfaceMac('uid', name)) as [string, string];

let host: PrivateHost;
let input: DomainInput;
let consolePath: string;

beforeAll(async () => {
  const { file } = await buildImage('tiny');
  host = await PrivateHost.start();
  consolePath = join(host.dir, 'web.serial.log');
  const [root, data, seed] = ['root.qcow2', 'data.qcow2', 'seed.iso'].map((name) => join(host.dir, name)) as [
    string,
    string,
    string,
  ];
  copyFileSync(file, root);
  await host.qemuImg('create', '-q', '-f', 'qcow2', data, '32M');
  host.file(
    'seed.iso',
    nocloudSeed({
      instanceId: machine().uuid,
      hostname: 'web',
      userData: '#cloud-config\nruncmd:\n- echo seed was read\n',
    }),
  );
  const disk = (name: string, path: string, more: Partial<DiskInput> = {}): DiskInput => ({
    name,
    device: 'disk',
    bus: 'virtio',
    source: { kind: 'file', path },
    format: 'qcow2',
    ...more,
  });
  dataDisk = disk('data', data, { serial: 'data' });
  input = machine({
    maxMemoryBytes: 512 * MIB,
    cpu: { mode: 'custom', model: 'qemu64', sockets: 1, cores: 1, threads: 1, maxVcpus: 4 },
    disks: [disk('root', root, { bootOrder: 1 }), disk('seed', seed, { device: 'cdrom', bus: 'scsi', format: 'raw' })],
    interfaces: [nic('lan', mac)],
    serialLogPath: consolePath,
  });
});
afterAll(() => host?.stop());

let dataDisk: DiskInput;
const nic = (name: string, address: string): InterfaceInput => ({
  name,
  mac: address,
  source: { kind: 'network', network: 'lab_lan' },
  model: 'virtio',
});
const web = '11111111-1111-4111-8111-111111111111';

describe.sequential('a network', () => {
  test('starts from its document, which is valid', async () => {
    await host.virsh('net-define', '--validate', host.file('network.xml', renderNetwork(network, null)));
    await host.virsh('net-start', network.name);
    const active = await host.virsh('net-dumpxml', network.name);
    expect(networkChanges(network, active)).toEqual([]);
    expect(readNetwork(active)).toMatchObject({
      mode: 'NAT',
      mac: network.mac,
      bridge: network.bridge,
      stamp: network.stamp,
    });
  });

  test('takes reservations, other ones, and names live', async () => {
    const first: NetworkInput = { ...network, reservations: [{ mac, ip: '10.40.0.49', name: 'web' }] };
    await apply(first);
    const wanted: NetworkInput = {
      ...network,
      reservations: [
        { mac, ip: '10.40.0.50', name: 'web' },
        { mac: secondMac, ip: '10.40.0.51' },
      ],
      dns: { hosts: [{ ip: '10.40.0.1', names: ['gateway', 'gw'] }] },
    };
    await apply(wanted);
    for (const flags of [[], ['--inactive']]) {
      const document = await host.virsh('net-dumpxml', network.name, ...flags);
      expect(networkChanges(wanted, document)).toEqual([]);
      expect(readNetwork(document).reservations).toEqual(wanted.reservations);
    }
    const moved = { ...wanted, ipv4: { gateway: '10.41.0.1', prefix: 24 } };
    const changes = networkChanges(moved, await host.virsh('net-dumpxml', network.name));
    expect(changes).toEqual([expect.objectContaining({ type: 'RestartRequired', field: 'ip@address' })]);
  });

  test('lets a claim of one name be made once', async () => {
    await host.virsh('net-define', '--validate', host.file('claim.xml', renderClaim('fleet-a')));
    await host.virsh('net-define', '--validate', host.file('claim.xml', renderClaim('fleet-a')));
    expect(readNetwork(await host.virsh('net-dumpxml', 'virtfleet-claim')).claim).toBe('fleet-a');
    const other = host.virsh('net-define', '--validate', host.file('claim.xml', renderClaim('fleet-b')));
    await expect(other).rejects.toThrow(/already exists with uuid/);
  });
});

async function apply(wanted: NetworkInput): Promise<void> {
  for (const change of networkChanges(wanted, await host.virsh('net-dumpxml', network.name))) {
    if (change.type !== 'Update') throw new Error(change.message);
    await host.virsh(
      'net-update',
      network.name,
      change.command,
      change.section,
      host.file('update.xml', change.xml),
      '--live',
      '--config',
    );
  }
}

describe.sequential('a machine', () => {
  test('boots from its first document, reads its seed on virtio-scsi and gets its reserved address', async () => {
    await host.define(renderDomain(input, null));
    await host.virsh('start', web);
    await host.waitForConsole(consolePath, /^ready web 11111111-1111-4111-8111-111111111111 10\.40\.0\.50$/m);
    await host.waitForConsole(consolePath, /^runcmd: seed was read$/m);
    expect(domainChanges(input, await host.live(web), await host.inactive(web))).toEqual([]);
    expect(readDomain(await host.live(web))).toMatchObject({
      serial: { logPath: consolePath },
      agent: { present: true },
      stamp: input.stamp,
    });
  });

  test('is on a network where nobody without a reservation gets an address', async () => {
    const leases = (await host.virsh('net-dhcp-leases', network.name))
      .split('\n')
      .filter((line) => line.includes('ipv4'));
    expect(leases.map((line) => /[\d.]+\/24/.exec(line)?.[0])).toEqual(['10.40.0.50/24']);
    const served = readFileSync(join(host.dir, 'lib/dnsmasq/lab_lan.conf'), 'utf8').match(/^dhcp-range=.*$/gm);
    expect(served).toEqual(['dhcp-range=10.40.0.1,static']);
  });

  const added = (): Record<string, [Partial<DomainInput>, string[], RegExp]> => ({
    'a disk': [{ disks: [...input.disks, dataDisk] }, ['AttachDisk'], /^disk vdb 33554432$/m],
    'a NIC': [
      { interfaces: [...input.interfaces, nic('wan', secondMac)] },
      ['AttachInterface'],
      /^address eth1 10\.40\.0\.51$/m,
    ],
    'two vCPUs': [{ cpu: { ...input.cpu, cores: 3 } }, ['SetVcpus'], /^cpus 3$/m],
    memory: [{ memoryBytes: 256 * MIB }, ['SetMemory'], /^memory 2[0-9]{5}$/m],
  });

  test.each(['a disk', 'a NIC', 'two vCPUs', 'memory'])('is given %s while it runs', async (what) => {
    const [edit, types, seen] = added()[what] ?? [{}, [], /$^/];
    input = { ...input, ...edit };
    const changes = await change(input);
    expect(changes.map(({ type }) => type)).toEqual(types);
    await host.waitForConsole(consolePath, seen);
    expect(domainChanges(input, await host.live(web), await host.inactive(web))).toEqual([]);
  });

  test('has its new devices in the same places at the next start', async () => {
    expect(places(await host.inactive(web))).toEqual(places(await host.live(web)));
  });

  test('changes media, throttling and link live (bandwidth needs traffic control in the kernel: not here)', async () => {
    const [root, seed, data] = input.disks as [DiskInput, DiskInput, DiskInput];
    const [lan, wan] = input.interfaces as [InterfaceInput, InterfaceInput];
    input = {
      ...input,
      disks: [root, { ...seed, source: null }, { ...data, iotune: { totalIopsSec: 500, readBytesSec: 10 * MIB } }],
      interfaces: [lan, { ...wan, linkState: 'down' }],
    };
    expect((await change(input)).map(({ type }) => type)).toEqual(['UpdateDisk', 'ThrottleDisk', 'UpdateInterface']);
    expect(domainChanges(input, await host.live(web))).toEqual([]);
    input = { ...input, disks: [root, seed, data], interfaces: [lan, wan] };
    expect((await change(input)).map(({ type }) => type)).toEqual(['UpdateDisk', 'ThrottleDisk', 'UpdateInterface']);
    expect(domainChanges(input, await host.live(web))).toEqual([]);
  });

  test('gives a disk and a NIC back live', async () => {
    input = { ...input, disks: input.disks.slice(0, 2), interfaces: input.interfaces.slice(0, 1) };
    expect((await change(input)).map(({ type }) => type)).toEqual(['DetachDisk', 'DetachInterface']);
    await waitFor('the guest to let go', async () => domainChanges(input, await host.live(web)).length === 0, {
      timeoutMs: 20_000,
    });
  });

  test('says what waits for the next start, and has it then', async () => {
    input = { ...input, memoryBytes: 192 * MIB, cpu: { ...input.cpu, cores: 1, model: 'Nehalem' } };
    const fields = (await change(input)).map((one) => (one.type === 'RestartRequired' ? one.field : one.type));
    expect(fields).toEqual(['vcpu', 'memory', 'cpu/model']);
    await host.virsh('destroy', web);
    await host.virsh('start', web);
    await waitFor('the second boot', () => host.console(consolePath).match(/^ready web/gm)?.length === 2, {
      timeoutMs: 100_000,
    });
    expect(domainChanges(input, await host.live(web), await host.inactive(web))).toEqual([]);
    await host.virsh('destroy', web);
  });
});

/** As the operator does it: define the next start's document, then give the running machine what it can take. */
async function change(wanted: DomainInput): Promise<DomainChange[]> {
  const next = await host.define(renderDomain(wanted, await host.inactive(web)));
  const changes = domainChanges(wanted, await host.live(web), next);
  for (const one of changes) await carryOut(one);
  return changes;
}

async function carryOut(one: DomainChange): Promise<unknown> {
  switch (one.type) {
    case 'AttachDisk':
    case 'AttachInterface':
    case 'SetMemory':
      return host.virsh('attach-device', web, host.file('device.xml', one.xml), '--live');
    case 'DetachDisk':
    case 'DetachInterface':
      return host.virsh('detach-device', web, host.file('device.xml', one.xml), '--live');
    case 'UpdateDisk':
    case 'UpdateInterface':
      return host.virsh('update-device', web, host.file('device.xml', one.xml), '--live', '--force');
    case 'SetVcpus':
      return host.virsh('setvcpus', web, String(one.vcpus), '--live');
    case 'ThrottleDisk': {
      const params = Object.entries(one.params).map(([name, value]) => [
        `--${name.replaceAll('_', '-')}`,
        String(value),
      ]);
      return host.virsh('blkdeviotune', web, one.target, ...params.flat(), '--live');
    }
    case 'RestartRequired':
      return;
  }
}

/** Where each device of ours sits. */
function places(xml: string): Record<string, string> {
  const entries = children(child(parseXml(xml), 'devices')).flatMap((device) => {
    const alias = attr(child(device, 'alias'), 'name');
    return alias?.startsWith('ua-') ? [[alias, JSON.stringify(child(device, 'address')?.attrs)]] : [];
  });
  return Object.fromEntries(entries);
}

describe('a machine with a CPU that libvirt expands', () => {
  test.each(['maximum', 'host-model'] as const)('%s: asks for nothing once it runs', async (mode) => {
    const uuid = '44444444-4444-4444-8444-444444444444';
    const cpu = { mode, sockets: 1, cores: 1, threads: 1 };
    const wanted = machine({ uuid, name: `lab_${mode}`, cpu });
    await host.define(renderDomain(wanted, null));
    await host.virsh('start', uuid, '--paused');
    const changes = domainChanges(wanted, await host.live(uuid), await host.inactive(uuid));
    await host.virsh('destroy', uuid);
    await host.virsh('undefine', uuid);
    expect(changes).toEqual([]);
  });
});

/** Pools, volumes and capabilities of a real host, and documents on libvirt's test driver. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { emulatorFor, readCapabilities, readDomainCapabilities, resolveMachine } from '#libvirt/capabilities.ts';
import { domainDrift, readDomain, renderDomain } from '#libvirt/domain.ts';
import { poolUuid } from '#libvirt/names.ts';
import { networkChanges, renderNetwork } from '#libvirt/network.ts';
import { type PoolInput, readPool, renderPool } from '#libvirt/pool.ts';
import { disk, machine, network, nic } from '#libvirt/testing/builders.ts';
import { readVolume, renderVolume } from '#libvirt/volume.ts';
import { PrivateHost } from './host.ts';

let host: PrivateHost;
beforeAll(async () => {
  host = await PrivateHost.start();
});
afterAll(() => host?.stop());

describe.sequential('storage', () => {
  let pool: PoolInput;

  test('a pool of a directory starts', async () => {
    const targetPath = join(host.dir, 'pool');
    mkdirSync(targetPath);
    pool = { uuid: poolUuid('fleet', 'uid'), name: 'local', source: { type: 'Dir' }, targetPath };
    await host.virsh('pool-define', '--validate', host.file('pool.xml', renderPool(pool, null)));
    await host.virsh('pool-start', 'local');
    const defined = await host.virsh('pool-dumpxml', 'local');
    expect(readPool(defined)).toMatchObject({ uuid: pool.uuid, type: 'dir', targetPath });
    expect(readPool(defined).capacityBytes).toBeGreaterThan(0);
    await host.virsh('pool-define', '--validate', host.file('pool.xml', renderPool(pool, defined)));
  });

  test('a base and a linked overlay are made, and say what they are', async () => {
    const volume = async (name: string): Promise<ReturnType<typeof readVolume>> =>
      readVolume(await host.virsh('vol-dumpxml', '--pool', 'local', name));
    // libvirt 9.0 refuses the flag VALIDATE for volumes, though its virsh has the option.
    const create = (xml: string): Promise<string> => host.virsh('vol-create', 'local', host.file('volume.xml', xml));
    await create(renderVolume({ name: 'base.qcow2', capacityBytes: 64 * 2 ** 20, format: 'qcow2' }));
    const base = await volume('base.qcow2');
    expect(base).toMatchObject({ capacityBytes: 64 * 2 ** 20, format: 'qcow2', backing: null, mode: '0600' });
    const path = base.path ?? '';
    await create(
      renderVolume({
        name: 'overlay.qcow2',
        capacityBytes: 128 * 2 ** 20,
        format: 'qcow2',
        backing: { path, format: 'qcow2' },
      }),
    );
    expect(await volume('overlay.qcow2')).toMatchObject({
      capacityBytes: 128 * 2 ** 20,
      backing: { path, format: 'qcow2' },
    });
    await create(renderVolume({ name: 'seed.iso', capacityBytes: 4096, format: 'raw' }));
    expect(await volume('seed.iso')).toMatchObject({ capacityBytes: 4096 });
  });
});

test('the capabilities of a real host are understood', async () => {
  const capabilities = readCapabilities(await host.virsh('capabilities'));
  expect(capabilities.host).toMatchObject({ uuid: '00000000-0000-4000-8000-0000000000d0', arch: 'x86_64' });
  expect(capabilities.host.cpus).toBeGreaterThan(0);
  expect(capabilities.host.memoryBytes).toBeGreaterThan(2 ** 28);
  const on = { arch: 'x86_64', domainType: 'qemu' };
  const machineType = resolveMachine(capabilities, { ...on, machine: 'q35' });
  expect(machineType).toMatch(/^pc-q35-\d/);
  const emulator = emulatorFor(capabilities, on);
  const domain = readDomainCapabilities(await host.virsh('domcapabilities', '--virttype', 'qemu', '--machine', 'q35'));
  expect(domain).toMatchObject({ emulator, domainType: 'qemu', machineType, arch: 'x86_64' });
  expect(domain.cpuModels).toContain('qemu64');
  expect(domain.diskBuses).toContain('virtio');
});

describe("on libvirt's test driver (which forgets everything with its last connection)", () => {
  test('a machine is defined, is recognised, and runs', async () => {
    const input = machine({ domainType: 'test', disks: [disk('root')], interfaces: [nic('lan', 1)] });
    const define = `define --validate ${host.file('test.xml', renderDomain(input, null))}`;
    const defined = await host.virshTest(define, `dumpxml --inactive ${input.uuid}`);
    expect(domainDrift(input, defined)).toEqual([]);
    const facts = { type: 'test', stamp: input.stamp, disks: [{ name: 'root' }], interfaces: [{ name: 'lan' }] };
    expect(readDomain(defined)).toMatchObject(facts);
    const again = `define --validate ${host.file('again.xml', renderDomain(input, defined))}`;
    const live = await host.virshTest(define, again, `start ${input.uuid}`, `dumpxml ${input.uuid}`);
    expect(readDomain(live)).toMatchObject({ ...facts, id: expect.any(Number) });
  });

  test('a network is defined', async () => {
    const input = network();
    const define = `net-define --validate ${host.file('net.xml', renderNetwork(input, null))}`;
    expect(networkChanges(input, await host.virshTest(define, `net-dumpxml ${input.name}`))).toEqual([]);
  });
});

/**
 * Change one field of a machine, redefine it on real QEMU: every other device keeps its address, MAC and alias.
 * (Rendering anew moved a disk to another PCI slot when a NIC was added.)
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type DomainInput, documentHash, domainDrift, renderDomain } from '#libvirt/domain.ts';
import { disk, MIB, machine, nic } from '#libvirt/testing/builders.ts';
import { attr, child, children } from '#libvirt/tree.ts';
import { type Element, parseXml } from '#libvirt/xml.ts';
import { PrivateHost } from './host.ts';

let host: PrivateHost;
beforeAll(async () => {
  host = await PrivateHost.start();
});
afterAll(() => host?.stop());

const seed = disk('seed', { device: 'cdrom', bus: 'scsi', format: 'raw', source: { kind: 'file', path: '/seed.iso' } });

const base = machine({
  maxMemoryBytes: 512 * MIB,
  cpu: { mode: 'custom', model: 'qemu64', sockets: 1, cores: 1, threads: 1, maxVcpus: 4 },
  disks: [disk('root', { bootOrder: 1 }), disk('data'), seed],
  interfaces: [nic('lan', 1), nic('wan', 2)],
  serialLogPath: '/var/log/libvirt/qemu/lab_web.serial.log',
});

const edits: Record<string, Partial<DomainInput>> = {
  'a title': { title: 'the web server' },
  'more memory': { memoryBytes: 256 * MIB },
  'more room for memory': { maxMemoryBytes: 1024 * MIB },
  'a vCPU more': { cpu: { ...base.cpu, cores: 2 } },
  'more room for vCPUs': { cpu: { ...base.cpu, maxVcpus: 8 } },
  'another CPU model': { cpu: { ...base.cpu, model: 'Nehalem' } },
  'a CPU feature': { cpu: { ...base.cpu, features: [{ name: 'aes', policy: 'require' }] } },
  'a disk more': { disks: [disk('root', { bootOrder: 1 }), disk('more'), disk('data'), seed] },
  'a disk less': { disks: [disk('root', { bootOrder: 1 }), seed] },
  'a disk on another bus': { disks: [disk('root', { bootOrder: 1 }), disk('data', { bus: 'scsi' }), seed] },
  'a disk with another cache': {
    disks: [disk('root', { bootOrder: 1, cache: 'none', io: 'native' }), disk('data'), seed],
  },
  'a slower disk': { disks: [disk('root', { bootOrder: 1 }), disk('data', { iotune: { totalIopsSec: 100 } }), seed] },
  'an empty drive': { disks: [disk('root', { bootOrder: 1 }), disk('data'), { ...seed, source: null }] },
  'a second drive': {
    disks: [...base.disks, disk('tools', { device: 'cdrom', bus: 'scsi', format: 'raw', source: null })],
  },
  'a NIC more in front': { interfaces: [nic('new', 3), ...base.interfaces] },
  'a NIC less': { interfaces: [nic('wan', 2)] },
  'a NIC of another model': { interfaces: [nic('lan', 1, { model: 'e1000e' }), nic('wan', 2)] },
  bandwidth: { interfaces: [nic('lan', 1, { bandwidth: { inbound: { averageKiBSec: 1000 } } }), nic('wan', 2)] },
  'no agent': { agent: false },
  'no rng': { rng: false },
  'a watchdog': { watchdog: { model: 'i6300esb', action: 'reset' } },
  VNC: { graphics: { type: 'VNC', listen: '127.0.0.1' } },
  'no serial log': { serialLogPath: '/var/log/libvirt/qemu/other.log' },
};

/** What identifies each device and where it sits. */
function places(xml: string): Map<string, string> {
  const map = new Map<string, string>();
  for (const device of children(child(parseXml(xml), 'devices'))) {
    const address = child(device, 'address');
    if (address) map.set(keyOf(device), JSON.stringify(address.attrs));
  }
  return map;
}

function keyOf(device: Element): string {
  const alias = attr(child(device, 'alias'), 'name');
  const mac = attr(child(device, 'mac'), 'address') ?? '';
  const { type = '', index = '', model = '' } = device.attrs;
  return device.name === 'controller'
    ? `controller ${type} ${index}`
    : `${device.name} ${alias ?? `${type} ${model}`} ${mac}`;
}

describe('a machine that is defined again on QEMU', () => {
  let first: string;
  beforeAll(async () => {
    first = await host.define(renderDomain(base, null));
  });

  test('has not drifted, and keeps its hash', async () => {
    expect(domainDrift(base, first)).toEqual([]);
    const again = await host.define(renderDomain(base, first));
    expect(documentHash(again)).toBe(documentHash(first));
  });

  test('has eight free ports', () => {
    const devices = children(child(parseXml(first), 'devices'));
    const ports = devices
      .filter((one) => attr(one, 'model') === 'pcie-root-port')
      .map((one) => Number(attr(one, 'index')));
    const used = new Set(devices.map((one) => Number(attr(child(one, 'address'), 'bus') ?? 0)));
    expect(ports.filter((port) => !used.has(port))).toHaveLength(8);
  });

  test.each(Object.entries(edits))('with %s: no other device moves', async (_, edit) => {
    const input = { ...base, ...edit };
    await host.define(renderDomain(base, first));
    const second = await host.define(renderDomain(input, first));
    expect(domainDrift(input, second)).toEqual([]);
    const [before, after] = [places(first), places(second)];
    const touched = touchedBy(edit);
    for (const [device, address] of before) {
      if (!touched.some((name) => device.includes(name)))
        expect([device, after.get(device)]).toEqual([device, address]);
    }
    const back = await host.define(renderDomain(base, second));
    expect(domainDrift(base, back)).toEqual([]);
  });
});

/** The devices that an edit is about: they alone may come, go or move. */
function touchedBy(edit: Partial<DomainInput>): string[] {
  const names: string[] = [];
  for (const old of base.disks) {
    const now = edit.disks?.find((one) => one.name === old.name);
    if (edit.disks && JSON.stringify(now) !== JSON.stringify(old))
      if (!now || now.bus !== old.bus) names.push(`ua-${old.name} `);
  }
  for (const old of base.interfaces)
    if (edit.interfaces && !edit.interfaces.some((one) => one.name === old.name)) names.push(`ua-nic_${old.name} `);
  if (edit.agent === false) names.push('channel');
  if (edit.rng === false) names.push('rng');
  if (edit.graphics) names.push('controller usb');
  return names;
}

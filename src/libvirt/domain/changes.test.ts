import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anyMachine } from '../testing/arbitrary.ts';
import { disk, MIB, machine, nic } from '../testing/builders.ts';
import { attr, child, children } from '../tree.ts';
import { el, parseXml, printXml } from '../xml.ts';
import { type DomainChange, domainChanges } from './changes.ts';
import { domainDrift } from './drift.ts';
import { documentHash } from './hash.ts';
import type { DomainInput } from './input.ts';
import { renderDomain } from './render.ts';

const cdrom = disk('seed', { device: 'cdrom', bus: 'scsi', format: 'raw' });
const base = machine({
  maxMemoryBytes: 512 * MIB,
  memorySlots: 2,
  cpu: { mode: 'custom', model: 'qemu64', sockets: 1, cores: 2, threads: 1, maxVcpus: 4 },
  disks: [disk('root'), disk('data'), cdrom],
  interfaces: [nic('lan', 1), nic('wan', 2)],
});
const active = renderDomain(base, null);
const told = (edit: Partial<DomainInput>): DomainChange[] => domainChanges({ ...base, ...edit }, active);
/** The kind of each change, and what it is about. */
const short = (changes: DomainChange[]): string[] =>
  changes.map((one) => {
    switch (one.type) {
      case 'RestartRequired':
        return `restart: ${one.field}`;
      case 'SetVcpus':
        return `vcpus: ${one.vcpus}`;
      case 'SetMemory':
        return `memory: ${one.memoryBytes / MIB}`;
      default:
        return `${one.type}: ${one.name}`;
    }
  });

test('documents that were read before tell the same, and are left as they are', () => {
  const edit = { disks: [disk('root')], interfaces: [nic('lan', 1)], maxMemoryBytes: 1024 * MIB };
  const [live, next] = [parseXml(active), parseXml(active)];
  expect(domainChanges({ ...base, ...edit }, live, next)).toEqual(domainChanges({ ...base, ...edit }, active, active));
  expect(documentHash(next)).toBe(documentHash(active));
  expect(domainDrift({ ...base, ...edit }, next)).toEqual(domainDrift({ ...base, ...edit }, active));
  expect([live, next].map(printXml)).toEqual([active, active]);
});

describe('what a running machine is told', () => {
  const [lan, wan] = [nic('lan', 1), nic('wan', 2)];
  const table: [string, Partial<DomainInput>, string[]][] = [
    ['nothing when it is as wanted', {}, []],
    ['nothing for a title', { title: 'web' }, []],
    ['another disk', { disks: [...base.disks, disk('more')] }, ['AttachDisk: more']],
    ['another SATA disk', { disks: [...base.disks, disk('more', { bus: 'sata' })] }, ['restart: devices/disk[more]']],
    ['a disk less', { disks: [disk('root'), cdrom] }, ['DetachDisk: data']],
    ['one disk for another', { disks: [disk('root'), disk('new'), cdrom] }, ['DetachDisk: data', 'AttachDisk: new']],
    [
      'another medium',
      { disks: [disk('root'), disk('data'), { ...cdrom, source: { kind: 'file', path: '/b.iso' } }] },
      ['UpdateDisk: seed'],
    ],
    ['no medium', { disks: [disk('root'), disk('data'), { ...cdrom, source: null }] }, ['UpdateDisk: seed']],
    [
      'a throttle',
      { disks: [disk('root', { iotune: { totalIopsSec: 9 } }), disk('data'), cdrom] },
      ['ThrottleDisk: root'],
    ],
    [
      'another cache',
      { disks: [disk('root', { cache: 'none' }), disk('data'), cdrom] },
      ['restart: devices/disk[root]/driver@cache'],
    ],
    [
      'another file for a disk',
      { disks: [disk('root', { source: { kind: 'file', path: '/other' } }), disk('data'), cdrom] },
      ['restart: devices/disk[root]/source@file'],
    ],
    ['another NIC', { interfaces: [lan, wan, nic('dmz', 3)] }, ['AttachInterface: dmz']],
    ['a NIC less', { interfaces: [wan] }, ['DetachInterface: lan']],
    ['link down', { interfaces: [nic('lan', 1, { linkState: 'down' }), wan] }, ['UpdateInterface: lan']],
    [
      'another network',
      { interfaces: [nic('lan', 1, { source: { kind: 'network', network: 'lab_other' } }), wan] },
      ['UpdateInterface: lan'],
    ],
    [
      'bandwidth',
      { interfaces: [lan, nic('wan', 2, { bandwidth: { inbound: { averageKiBSec: 8 } } })] },
      ['UpdateInterface: wan'],
    ],
    [
      'another NIC model',
      { interfaces: [nic('lan', 1, { model: 'e1000e' }), wan] },
      ['restart: devices/interface[lan]/model@type'],
    ],
    ['another MAC', { interfaces: [nic('lan', 7), wan] }, ['restart: devices/interface[lan]/mac@address']],
    ['a vCPU more', { cpu: { ...base.cpu, cores: 3 } }, ['vcpus: 3']],
    ['a vCPU less', { cpu: { ...base.cpu, cores: 1 } }, ['restart: vcpu']],
    [
      'more vCPUs than there is room for',
      { cpu: { ...base.cpu, cores: 8 } },
      ['restart: vcpu', 'restart: vcpu/max', 'restart: cpu/topology@cores'],
    ],
    ['more memory', { memoryBytes: 384 * MIB }, ['memory: 384']],
    ['memory up to the maximum', { memoryBytes: 512 * MIB }, ['memory: 512']],
    ['memory beyond the maximum', { memoryBytes: 1024 * MIB }, ['restart: memory']],
    ['memory that is no whole module', { memoryBytes: 200 * MIB }, ['restart: memory']],
    ['less memory', { memoryBytes: 64 * MIB }, ['restart: memory']],
    ['another CPU', { cpu: { ...base.cpu, model: 'Nehalem' } }, ['restart: cpu/model']],
    ['another machine type', { machineType: 'pc-q35-8.0' }, ['restart: os/type@machine']],
    ['a watchdog', { watchdog: { model: 'i6300esb', action: 'reset' } }, ['restart: devices/watchdog[watchdog]']],
    ['no agent', { agent: false }, ['restart: devices/channel']],
  ];
  test.each(table)('%s', (_, edit, expected) => {
    expect(short(told(edit))).toEqual(expected);
  });

  test('nothing to any machine that runs as it was rendered', () => {
    fc.assert(
      fc.property(anyMachine, (input) => {
        expect(domainChanges(input, renderDomain(input, null))).toEqual([]);
      }),
    );
  });

  test('to attach a device at the address of its next start', () => {
    const input = { ...base, disks: [...base.disks, disk('more')] };
    const next = parseXml(renderDomain(input, active));
    const more = children(child(next, 'devices'), 'disk').find(
      (one) => attr(child(one, 'alias'), 'name') === 'ua-more',
    );
    more?.children.push(el('address', { type: 'pci', bus: '0x0b' }));
    expect(domainChanges(input, active, printXml(next))).toEqual([
      { type: 'AttachDisk', name: 'more', target: 'vdc', xml: expect.stringContaining('bus="0x0b"') },
    ]);
  });

  test('every limit of a throttle, so that an old one ends', () => {
    const changes = told({ disks: [disk('root', { iotune: { readBytesSec: 5 } }), disk('data'), cdrom] });
    const none = {
      total_bytes_sec: 0n,
      write_bytes_sec: 0n,
      total_iops_sec: 0n,
      read_iops_sec: 0n,
      write_iops_sec: 0n,
    };
    expect(changes).toEqual([
      { type: 'ThrottleDisk', name: 'root', target: 'vda', params: { ...none, read_bytes_sec: 5n } },
    ]);
  });

  test('to restart when its memory slots are used up', () => {
    const root = parseXml(active);
    for (const size of [128, 128]) {
      const target = el('target', {}, [el('size', { unit: 'MiB' }, [String(size)])]);
      child(root, 'devices')?.children.push(el('memory', { model: 'dimm' }, [target]));
    }
    const memory = child(root, 'memory');
    if (memory) memory.children = [String(384 * 1024)];
    const changes = domainChanges({ ...base, memoryBytes: 512 * MIB }, printXml(root));
    expect(short(changes)).toEqual(['restart: memory']);
    expect(short(domainChanges({ ...base, memoryBytes: 384 * MIB }, printXml(root)))).toEqual([]);
  });

  test('nothing about a device that is not ours', () => {
    const root = parseXml(active);
    child(root, 'devices')?.children.push(
      el('disk', { type: 'file', device: 'disk' }, [el('target', { dev: 'vdz', bus: 'virtio' })]),
    );
    expect(domainChanges(base, printXml(root))).toEqual([]);
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readStamp } from '../stamp.ts';
import { anyMachine } from '../testing/arbitrary.ts';
import { disk, MIB, machine, nic } from '../testing/builders.ts';
import { attr, child, children, find, text } from '../tree.ts';
import { type Element, el, parseXml, printXml } from '../xml.ts';
import { domainDrift, hasForeignChange } from './drift.ts';
import { documentHash, inputHash } from './hash.ts';
import { readDomain } from './read.ts';
import { renderDomain } from './render.ts';

/** What libvirt does on define: every device gets an address, and what a person added is there, too. */
function asDefined(xml: string): string {
  const root = parseXml(xml);
  let n = 0;
  for (const device of children(child(root, 'devices')))
    device.children.push(el('address', { type: 'pci', slot: n++ }));
  root.children.push({ comment: ' by hand ' }, el('foreign', { key: 'value' }, [el('inner')]));
  child(root, 'metadata')?.children.push(el('other:tool', { 'xmlns:other': 'urn:other' }, ['kept']));
  child(root, 'devices')?.children.push(el('hostdev', { mode: 'subsystem', type: 'usb' }));
  return printXml(root);
}

const deviceKey = (device: Element): string => {
  const { type, index } = device.attrs;
  return attr(child(device, 'alias'), 'name') ?? `${device.name} ${type} ${index}`;
};
const devicesOf = (xml: string): Element[] => children(child(parseXml(xml), 'devices'));

describe('renderDomain', () => {
  test('of its own document changes nothing', () => {
    fc.assert(
      fc.property(anyMachine, (input) => {
        const first = renderDomain(input, null);
        expect(renderDomain(input, first)).toBe(first);
        expect(domainDrift(input, first)).toEqual([]);
      }),
    );
  });

  test('reaches every machine from every other one', () => {
    fc.assert(
      fc.property(anyMachine, anyMachine, (before, after) => {
        expect(domainDrift(after, renderDomain(after, asDefined(renderDomain(before, null))))).toEqual([]);
      }),
    );
  });

  test('keeps what it does not know', () => {
    fc.assert(
      fc.property(anyMachine, anyMachine, (before, after) => {
        const edited = renderDomain(after, asDefined(renderDomain(before, null)));
        expect(edited).toContain('<!-- by hand -->');
        expect(edited).toContain('<other:tool xmlns:other="urn:other">kept</other:tool>');
        const root = parseXml(edited);
        expect(find(root, 'foreign', 'inner')).toBeDefined();
        expect(find(root, 'devices', 'hostdev')).toBeDefined();
      }),
    );
  });

  test('leaves every device alone that did not change', () => {
    fc.assert(
      fc.property(anyMachine, anyMachine, (before, after) => {
        const current = asDefined(renderDomain(before, null));
        const input = { ...before, title: 'another', memoryBytes: after.memoryBytes, cpu: after.cpu };
        const now = new Map(
          devicesOf(renderDomain(input, current)).map((device) => [deviceKey(device), printXml(device)]),
        );
        for (const device of devicesOf(current)) expect(now.get(deviceKey(device))).toBe(printXml(device));
      }),
    );
  });

  test('keeps names and addresses of the other disks when one goes and one comes', () => {
    const before = machine({ disks: [disk('a'), disk('b'), disk('c')] });
    const after = { ...before, disks: [disk('c'), disk('new'), disk('b')] };
    const facts = readDomain(renderDomain(after, asDefined(renderDomain(before, null)))).disks;
    expect(facts.map(({ name, target }) => [name, target])).toEqual([
      ['b', 'vdb'],
      ['c', 'vdc'],
      ['new', 'vda'],
    ]);
  });

  test('keeps the version of a machine type that is asked for by its alias', () => {
    const current = renderDomain(machine({ machineType: 'pc-q35-6.2' }), null);
    expect(readDomain(renderDomain(machine({ machineType: 'q35' }), current)).machineType).toBe('pc-q35-6.2');
    expect(readDomain(renderDomain(machine({ machineType: 'pc-q35-7.2' }), current)).machineType).toBe('pc-q35-7.2');
  });

  test('takes over a disk and a NIC that stand there without our alias', () => {
    const current = parseXml(renderDomain(machine({ disks: [disk('root')], interfaces: [nic('lan', 1)] }), null));
    for (const device of children(child(current, 'devices')))
      device.children = device.children.filter((c) => !(typeof c === 'object' && 'name' in c && c.name === 'alias'));
    const facts = readDomain(
      renderDomain(machine({ disks: [disk('root')], interfaces: [nic('lan', 1)] }), printXml(current)),
    );
    expect(facts.disks.map(({ name, target }) => [name, target])).toEqual([['root', 'vda']]);
    expect(facts.interfaces.map(({ name, mac }) => [name, mac])).toEqual([['lan', '02:00:00:00:00:01']]);
  });

  test('escapes what a user wrote', () => {
    const title = '</title><devices><disk type="file"><source file="/etc/shadow"/></disk></devices>';
    const xml = renderDomain(machine({ title }), null);
    expect(readDomain(xml)).toMatchObject({ title, disks: [] });
  });

  test.each([
    [{ sockets: 1, cores: 2, threads: 1 }, { current: 2, max: 2 }, ['1', '2', '1']],
    [{ sockets: 1, cores: 2, threads: 1, maxVcpus: 8 }, { current: 2, max: 8 }, ['1', '8', '1']],
    [{ sockets: 1, cores: 2, threads: 2, maxVcpus: 7 }, { current: 4, max: 8 }, ['1', '4', '2']],
    [{ sockets: 2, cores: 2, threads: 1, maxVcpus: 7 }, { current: 4, max: 8 }, ['4', '2', '1']],
    [{ sockets: 1, cores: 4, threads: 1, maxVcpus: 2 }, { current: 4, max: 4 }, ['1', '4', '1']],
  ])('gives %j the vCPUs %j', (cpu, vcpus, topology) => {
    const xml = renderDomain(machine({ cpu: { mode: 'host-model', ...cpu } }), null);
    expect(readDomain(xml).vcpus).toEqual(vcpus);
    const element = find(parseXml(xml), 'cpu', 'topology');
    expect(['sockets', 'cores', 'threads'].map((name) => attr(element, name))).toEqual(topology);
  });

  test('gives room for memory one guest NUMA cell with all vCPUs', () => {
    const xml = renderDomain(
      machine({ maxMemoryBytes: 512 * MIB, cpu: { mode: 'custom', sockets: 1, cores: 1, threads: 1, maxVcpus: 4 } }),
      null,
    );
    const cell = find(parseXml(xml), 'cpu', 'numa', 'cell');
    expect(cell?.attrs).toEqual({ id: '0', cpus: '0-3', memory: String(128 * 1024), unit: 'KiB' });
    expect(readDomain(xml).maxMemoryBytes).toBe(512 * MIB);
  });

  test('bounds the cache of software emulation, and says nothing of it to KVM', () => {
    const cache = (domainType: 'qemu' | 'kvm'): string | undefined =>
      text(find(parseXml(renderDomain(machine({ domainType }), null)), 'features', 'tcg', 'tb-cache'));
    expect(cache('qemu')).toBe(String(64 * 1024));
    expect(cache('kvm')).toBeUndefined();
  });

  test('removes the list of single vCPUs when their number changes', () => {
    const root = parseXml(renderDomain(machine(), null));
    root.children.push(el('vcpus', {}, [el('vcpu', { id: 0, enabled: 'yes', hotpluggable: 'no' })]));
    expect(child(parseXml(renderDomain(machine(), printXml(root))), 'vcpus')).toBeDefined();
    const more = machine({ cpu: { mode: 'custom', sockets: 1, cores: 2, threads: 1 } });
    expect(child(parseXml(renderDomain(more, printXml(root))), 'vcpus')).toBeUndefined();
  });
});

describe('drift', () => {
  const input = machine({ disks: [disk('root')], interfaces: [nic('lan', 1)] });
  const edit = (change: (root: Element) => void): string => {
    const root = parseXml(renderDomain(input, null));
    change(root);
    return printXml(root);
  };

  test('names what a hand changed', () => {
    const current = edit((root) => {
      const memory = child(root, 'memory');
      if (memory) memory.children = ['262144'];
      const source = find(root, 'devices', 'disk', 'source');
      if (source) source.attrs.file = '/somewhere/else.qcow2';
    });
    expect(domainDrift(input, current)).toEqual([
      { path: 'memory', wanted: '131072', found: '262144' },
      {
        path: 'devices/disk[root]/source@file',
        wanted: '/var/lib/libvirt/images/root.qcow2',
        found: '/somewhere/else.qcow2',
      },
    ]);
  });

  test('names a device that a hand took away', () => {
    const current = edit((root) => {
      const devices = child(root, 'devices');
      if (devices)
        devices.children = devices.children.filter(
          (node) => !(typeof node === 'object' && 'name' in node && node.name === 'interface'),
        );
    });
    expect(domainDrift(input, current)).toEqual([
      { path: 'devices/interface[lan]', wanted: expect.stringContaining('02:00:00:00:00:01'), found: '' },
    ]);
  });

  test('does not count what is not ours, but says that it is there', () => {
    const current = edit((root) => child(root, 'devices')?.children.push(el('hostdev', { type: 'usb' })));
    const definedHash = documentHash(renderDomain(input, null));
    const defined = { ...input, stamp: { ...input.stamp, definedHash } };
    expect(domainDrift(input, current)).toEqual([]);
    expect(hasForeignChange(defined, current)).toBe(true);
    expect(hasForeignChange(defined, renderDomain(defined, null))).toBe(false);
    expect(hasForeignChange(input, current)).toBe(false);
  });
});

describe('hashes', () => {
  test('do not depend on layout, order of attributes, comments or the stamp', () => {
    const hash = documentHash(`<domain type='qemu' id='3'><a x='1' y='2'/></domain>`);
    expect(documentHash(`<domain id="4" type="qemu">\n  <!-- x -->\n  <a y="2" x="1"/>\n</domain>`)).toBe(hash);
    expect(documentHash(`<domain type='qemu'><a x='1' y='3'/></domain>`)).not.toBe(hash);
    const other = machine({ stamp: { ...machine().stamp, incarnation: 7, definedHash: 'sha256:1' } });
    expect(documentHash(renderDomain(other, null))).toBe(documentHash(renderDomain(machine(), null)));
    expect(inputHash(other)).toBe(inputHash(machine()));
    expect(inputHash(machine({ agent: false }))).not.toBe(inputHash(machine()));
  });

  test('of a document that was printed anew stay', () => {
    fc.assert(
      fc.property(anyMachine, (input) => {
        const xml = renderDomain(input, null);
        expect(documentHash(printXml(parseXml(xml)).replaceAll('\n', ''))).toBe(documentHash(xml));
        expect(readStamp(xml)).toEqual(input.stamp);
      }),
    );
  });
});

test('an empty drive of the test driver has no driver element that says nothing', () => {
  const empty = machine({ domainType: 'test', disks: [disk('cd', { device: 'cdrom', bus: 'sata', source: null })] });
  expect(renderDomain(empty, null)).not.toContain('<driver');
});

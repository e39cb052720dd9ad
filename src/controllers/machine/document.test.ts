import { describe, expect, test } from 'vitest';
import type { Capabilities } from '#libvirt/capabilities.ts';
import { inputHash } from '#libvirt/domain/hash.ts';
import { type Chosen, domainInput } from './document.ts';
import { FleetLedger } from './ledger.ts';
import { planRecord } from './record.ts';
import { aMachine, around, MACHINE_UID } from './testing.ts';

const capabilities: Capabilities = {
  host: {
    uuid: null,
    arch: 'x86_64',
    cpu: null,
    numaCells: [],
    cpus: 4,
    memoryBytes: 0,
    migrationTransports: [],
    secModels: [],
  },
  guests: [
    {
      osType: 'hvm',
      arch: 'x86_64',
      wordSize: 64,
      emulator: '/usr/bin/qemu-system-x86_64',
      domainTypes: ['qemu'],
      machines: [],
    },
  ],
};
const chosen: Chosen = {
  uuid: MACHINE_UID,
  incarnation: 1,
  domainType: 'qemu',
  architecture: 'x86_64',
  machineType: 'pc-q35-7.2',
  cpu: { mode: 'custom', model: 'qemu64' },
};

function inputFor(spec: object) {
  const machine = aMachine(spec);
  const objects = around();
  const { interfaces, volumes } = planRecord({
    machine,
    uuid: MACHINE_UID,
    around: objects,
    ledger: new FleetLedger(),
    seed: { digest: 'sha256:abcdef0123456789' },
    keepSeed: false,
    lost: new Set(),
  });
  return domainInput({ fleet: 'fleet', machine, chosen, interfaces, volumes, around: objects, capabilities });
}
const ROOT = { name: 'root', template: { poolName: 'local', imageName: 'debian' } };

describe('domainInput', () => {
  test('a disk is a file in its pool, and the machine boots from the first', () => {
    const input = inputFor({ disks: [ROOT, { name: 'data', template: { poolName: 'local', size: '1Gi' } }] });
    expect(input.disks).toMatchObject([
      {
        name: 'root',
        bus: 'virtio',
        format: 'qcow2',
        source: { kind: 'file', path: `/srv/local/web-root-${MACHINE_UID}-1.qcow2` },
        bootOrder: 1,
      },
      { name: 'data', bus: 'virtio' },
    ]);
    expect(input.disks[1]).not.toHaveProperty('bootOrder');
  });

  test('a boot order that is given is the only one', () => {
    const input = inputFor({
      disks: [ROOT, { name: 'data', bootOrder: 1, template: { poolName: 'local', size: '1Gi' } }],
    });
    expect(input.disks.map((d) => d.bootOrder)).toEqual([undefined, 1]);
  });

  test('the seed is a read-only CD on virtio-scsi', () => {
    const input = inputFor({ disks: [ROOT], cloudInit: { userData: '#!/bin/sh' } });
    expect(input.disks.at(-1)).toMatchObject({ device: 'cdrom', bus: 'scsi', readonly: true, format: 'raw' });
  });

  test('units are libvirt’s', () => {
    const input = inputFor({
      memory: { size: '1Gi', max: '2Gi' },
      cpu: { cores: 2, max: 4 },
      interfaces: [{ name: 'lan', networkName: 'lan', bandwidth: { inbound: { average: '10Mi' } } }],
      disks: [{ ...ROOT, throttle: { totalBytesPerSecond: '1Mi', readIOPS: 100 } }],
    });
    expect(input).toMatchObject({ memoryBytes: 2 ** 30, maxMemoryBytes: 2 ** 31, cpu: { cores: 2, maxVcpus: 4 } });
    expect(input.interfaces[0]?.bandwidth).toEqual({ inbound: { averageKiBSec: 10_240 } });
    expect(input.disks[0]?.iotune).toEqual({ totalBytesSec: 2 ** 20, readIopsSec: 100 });
  });

  test('its hash changes with what is asked for, and with nothing else', () => {
    expect(inputHash(inputFor({ disks: [ROOT] }))).toBe(inputHash(inputFor({ disks: [ROOT], runStrategy: 'Manual' })));
    expect(inputHash(inputFor({ disks: [ROOT] }))).not.toBe(inputHash(inputFor({ disks: [ROOT], cpu: { cores: 2 } })));
  });
});

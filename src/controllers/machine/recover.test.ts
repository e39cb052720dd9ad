import { expect, test } from 'vitest';
import type { VirtualMachine } from '#api/v1alpha1/virtual-machine.ts';
import type { DomainFacts } from '#libvirt/domain.ts';
import { FleetLedger } from './ledger.ts';
import { planRecord, SEED } from './record.ts';
import { recoverRecord } from './recover.ts';
import { aMachine, aPool, around, MACHINE_UID } from './testing.ts';

const disk = (name: string, path: string, format = 'qcow2') => ({
  name,
  alias: `ua-${name}`,
  device: 'disk',
  bus: 'virtio',
  target: 'vda',
  format,
  path,
  pool: null,
  volume: null,
  readonly: false,
  backing: [],
});
const facts: DomainFacts = {
  type: 'qemu',
  id: 1,
  uuid: 'u',
  name: 'lab_web',
  title: null,
  stamp: null,
  arch: 'x86_64',
  machineType: 'pc-q35-7.2',
  emulator: null,
  vcpus: { current: 1, max: 1 },
  cpu: { mode: null, model: null },
  memoryBytes: 0,
  currentMemoryBytes: 0,
  maxMemoryBytes: null,
  disks: [
    disk('root', '/srv/local/web-root-olduid-3.qcow2'),
    disk(SEED, '/srv/local/web-seed-olduid-abc.iso', 'raw'),
    disk('stray', '/elsewhere/x.qcow2'),
  ],
  interfaces: [
    {
      name: 'lan',
      alias: 'ua-nic_lan',
      mac: '02:00:00:00:00:09',
      type: 'network',
      network: 'lab_lan',
      bridge: null,
      portId: null,
      targetDev: null,
      model: 'virtio',
      linkState: 'up',
    },
  ],
  serial: null,
  agent: { present: true, connected: false },
  graphics: [],
  nvram: null,
  tpm: false,
};
const spec = {
  disks: [{ name: 'root', template: { poolName: 'local', imageName: 'debian' } }],
  interfaces: [{ name: 'lan', networkName: 'lan' }],
  cloudInit: { userData: '#!/bin/sh' },
};

test('disks, MAC and address of the machine that is there are kept, whatever uid made them', () => {
  const machine = aMachine(spec);
  const record = recoverRecord({
    machine,
    facts,
    around: around(),
    pools: [aPool()],
    reserved: new Map([['02:00:00:00:00:09', '10.40.0.77']]),
  });
  expect(record).toMatchObject({
    hypervisor: 'QEMU',
    machineType: 'pc-q35-7.2',
    volumes: [
      {
        name: 'root',
        role: 'Disk',
        poolName: 'local',
        volumeName: 'web-root-olduid-3.qcow2',
        attempt: 3,
        phase: 'Ready',
        base: { imageUID: 'image-debian' },
      },
      { name: SEED, role: 'Seed', volumeName: 'web-seed-olduid-abc.iso' },
    ],
    interfaces: [{ mac: '02:00:00:00:00:09', addresses: [{ address: '10.40.0.77', prefix: 24 }] }],
  });

  const again = planRecord({
    machine: aMachine(spec, record),
    uuid: 'u',
    around: around(),
    ledger: new FleetLedger(),
    seed: null,
    keepSeed: true,
    lost: new Set(),
  });
  expect(again.changed).toBe(false);
});

test('what the spec does not name is recorded only when it is a disk of this machine, and then kept', () => {
  const rolledBack = { interfaces: spec.interfaces };
  const data = `web-data-${MACHINE_UID}-1.qcow2`;
  const attached = [
    disk('data', `/srv/local/${data}`),
    disk('shared', '/srv/local/shared-22222222-2222-4222-8222-222222222222-1.qcow2'),
    disk('cd', '/srv/local/rescue-33333333-3333-4333-8333-333333333333-1.raw', 'raw'),
  ];
  const record = recoverRecord({
    machine: aMachine(rolledBack),
    facts: { ...facts, disks: attached },
    around: around(),
    pools: [aPool()],
    reserved: new Map(),
  });
  expect(record.volumes).toMatchObject([{ name: 'data', role: 'Disk', volumeName: data, reclaimPolicy: 'Retain' }]);
  expect(record.volumes).toHaveLength(1);
});

test('the policy that was recorded with a disk outlives the spec', () => {
  const [root] =
    recoverRecord({
      machine: aMachine(spec),
      facts,
      around: around(),
      pools: [aPool()],
      reserved: new Map(),
    }).volumes ?? [];
  const status = { volumes: root ? [{ ...root, reclaimPolicy: 'Retain' as const }] : [] };
  const again = recoverRecord({
    machine: aMachine(spec, status),
    facts,
    around: around(),
    pools: [aPool()],
    reserved: new Map(),
  });
  expect(again.volumes?.[0]).toMatchObject({ name: 'root', reclaimPolicy: 'Retain' });
});

test('an address outlives a move by hand to a host without a reservation', () => {
  const at = (reserved: [string, string][], status?: VirtualMachine['status']) =>
    recoverRecord({
      machine: aMachine(spec, status),
      facts,
      around: around(),
      pools: [aPool()],
      reserved: new Map(reserved),
    });
  const before = at([['02:00:00:00:00:09', '10.40.0.77']]);
  expect(at([], { interfaces: before.interfaces ?? [] }).interfaces).toEqual(before.interfaces);
});

test('what is recorded and not in the definition stays recorded: its file would be nobody’s', () => {
  const on = { role: 'Disk' as const, poolName: 'local', reclaimPolicy: 'Delete' as const };
  const nic = { name: 'old', networkName: 'lan', networkUID: 'network-lan', mac: '02:00:00:00:00:77' };
  const status: VirtualMachine['status'] = {
    volumes: [
      { ...on, name: 'root', volumeName: 'web-root-olduid-3.qcow2', phase: 'Ready', attempt: 3 },
      { ...on, name: 'made', volumeName: 'web-made-olduid-4.qcow2', phase: 'Ready', attempt: 4 },
      { ...on, name: 'left', volumeName: 'web-left-olduid-4.qcow2', phase: 'Released', attempt: 4 },
      { ...on, role: 'Seed', name: SEED, volumeName: 'web-seed-olduid-older.iso', phase: 'Ready', attempt: 1 },
      { name: 'kept', role: 'Volume', poolName: 'local', volumeName: 'kept-1.qcow2', phase: 'Ready' },
    ],
    interfaces: [nic],
  };
  const record = recoverRecord({
    machine: aMachine(spec, status),
    facts,
    around: around(),
    pools: [aPool()],
    reserved: new Map(),
  });
  expect(record.volumes?.map(({ name, volumeName, phase }) => [name, volumeName, phase])).toEqual([
    ['root', 'web-root-olduid-3.qcow2', 'Ready'],
    [SEED, 'web-seed-olduid-abc.iso', 'Ready'],
    ['made', 'web-made-olduid-4.qcow2', 'Planned'],
    ['left', 'web-left-olduid-4.qcow2', 'Released'],
    [`${SEED}_1`, 'web-seed-olduid-older.iso', 'Released'],
  ]);
  expect(record.interfaces?.map(({ name, mac }) => [name, mac])).toEqual([
    ['lan', '02:00:00:00:00:09'],
    ['old', nic.mac],
  ]);
});

test('a file outside of every pool is not recorded, and so never removed', () => {
  const record = recoverRecord({
    machine: aMachine(spec),
    facts,
    around: around(),
    pools: [aPool()],
    reserved: new Map(),
  });
  expect(record.volumes?.map((v) => v.name)).not.toContain('stray');
});

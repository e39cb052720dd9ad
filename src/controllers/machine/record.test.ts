import { describe, expect, test } from 'vitest';
import type { VirtualMachine } from '#api/v1alpha1/virtual-machine.ts';
import { FleetLedger } from './ledger.ts';
import { planRecord, type RecordInput, SEED } from './record.ts';
import { aMachine, aNetwork, around, aVolume, MACHINE_UID } from './testing.ts';

const ROOT = { name: 'root', template: { poolName: 'local', imageName: 'debian' } };
const NIC = { name: 'lan', networkName: 'lan' };

const plan = (machine: VirtualMachine, over: Partial<RecordInput> = {}) =>
  planRecord({
    machine,
    uuid: MACHINE_UID,
    around: around(),
    ledger: new FleetLedger(),
    seed: null,
    keepSeed: false,
    lost: new Set(),
    ...over,
  });

const recorded = (spec: object, over: Partial<RecordInput> = {}): VirtualMachine => {
  const { interfaces, volumes } = plan(aMachine(spec), over);
  return aMachine(spec, { interfaces, volumes });
};

describe('a new machine', () => {
  test('gets a name for its disk, a MAC and an address before anything is made', () => {
    const p = plan(aMachine({ disks: [ROOT], interfaces: [NIC] }));
    expect(p.problems).toEqual([]);
    expect(p.changed).toBe(true);
    expect(p.volumes).toMatchObject([
      {
        name: 'root',
        role: 'Disk',
        volumeName: `web-root-${MACHINE_UID}-1.qcow2`,
        phase: 'Planned',
        reclaimPolicy: 'Delete',
        base: { imageUID: 'image-debian' },
      },
    ]);
    expect(p.interfaces).toMatchObject([
      { name: 'lan', networkUID: 'network-lan', addresses: [{ address: '10.40.0.2', prefix: 24, source: 'Reserved' }] },
    ]);
    expect(p.interfaces[0]?.mac).toMatch(/^02(:[0-9a-f]{2}){5}$/);
  });

  test.each([
    ['a network that does not exist', { interfaces: [{ name: 'a', networkName: 'x' }] }, 'NetworkNotFound'],
    [
      'a pool that does not exist',
      { disks: [{ name: 'a', template: { poolName: 'x', size: '1Gi' } }] },
      'PoolNotFound',
    ],
    [
      'an image that does not exist',
      { disks: [{ name: 'a', template: { poolName: 'local', imageName: 'x' } }] },
      'ImageNotFound',
    ],
    ['a volume that does not exist', { disks: [{ name: 'a', volumeName: 'x' }] }, 'VolumeNotFound'],
    ['the address of the gateway', { interfaces: [{ ...NIC, ipv4: { address: '10.40.0.1' } }] }, 'AddressInvalid'],
    ['an address outside the range', { interfaces: [{ ...NIC, ipv4: { address: '10.41.0.9' } }] }, 'AddressInvalid'],
  ])('%s is a problem that names it', (_, spec, reason) => {
    expect(plan(aMachine(spec)).problems.map((p) => p.reason)).toEqual([reason]);
  });

  test('an address that its network cannot give is said, not left out in silence', () => {
    const bare = aNetwork('lan', { mode: 'Isolated', ipv4: undefined });
    const nic = { ...NIC, ipv4: { address: '10.40.0.9' } };
    const { problems } = plan(aMachine({ interfaces: [nic] }), {
      around: around({ networks: [bare] }),
    });
    expect(problems).toMatchObject([
      { kind: 'Stall', reason: 'AddressInvalid', message: expect.stringContaining('leave ipv4.address out') },
    ]);
  });

  test('a CD-ROM of an image that is no plain disk is refused: the guest would see its container', () => {
    const { problems, volumes } = plan(aMachine({ disks: [ROOT, { name: 'cd', cdrom: { imageName: 'debian' } }] }));
    expect(problems).toMatchObject([
      { kind: 'Stall', reason: 'ImageNotRaw', message: expect.stringContaining('disk cd: image debian is QCOW2') },
    ]);
    expect(volumes.map(({ name }) => name)).toEqual(['root']);
  });

  test('a seed that has no place because its volume is not there says nothing of its own', () => {
    const { problems } = plan(aMachine({ disks: [{ name: 'a', volumeName: 'x' }], cloudInit: { userData: '#!' } }));
    expect(problems.map(({ reason }) => reason)).toEqual(['VolumeNotFound']);
  });

  test('an address and a MAC that another machine holds are refused', () => {
    const ledger = new FleetLedger();
    ledger.observe({
      uid: 'other',
      version: '1',
      uuid: null,
      createdAt: 0,
      hostUid: 'h',
      namespace: 'lab',
      granted: { cpuMilli: 0, memoryBytes: 0 },
      cpuMilli: 0,
      memoryBytes: 0,
      addresses: [{ networkUid: 'network-lan', address: '10.40.0.9' }],
      macs: ['52:54:00:00:00:01'],
    });
    const reasons = (nic: object) =>
      plan(aMachine({ interfaces: [{ ...NIC, ...nic }] }), { ledger }).problems.map((p) => p.reason);
    expect(reasons({ ipv4: { address: '10.40.0.9' } })).toEqual(['AddressInUse']);
    expect(reasons({ mac: '52:54:00:00:00:01' })).toEqual(['MACInUse']);
    const before = recorded({ interfaces: [NIC] });
    const changed = plan(aMachine({ interfaces: [{ ...NIC, mac: '52:54:00:00:00:01' }] }, before.status), { ledger });
    expect(changed.problems.map((p) => p.reason)).toEqual(['MACInUse']);
    expect(changed.interfaces).toEqual(before.status?.interfaces);
  });

  test('two interfaces in one network have two addresses, also when one of them comes later', () => {
    const second = { name: 'second', networkName: 'lan' };
    const addresses = (machine: VirtualMachine): (string | undefined)[] =>
      plan(machine).interfaces.map((nic) => nic.addresses?.[0]?.address);
    expect(addresses(aMachine({ interfaces: [NIC, second] }))).toEqual(['10.40.0.2', '10.40.0.3']);
    // A ledger that has just been rebuilt begins to search at the start.
    const before = recorded({ interfaces: [NIC] });
    expect(addresses(aMachine({ interfaces: [NIC, second] }, before.status))).toEqual(['10.40.0.2', '10.40.0.3']);
    const fixed = { ...second, ipv4: { address: '10.40.0.2' } };
    expect(addresses(aMachine({ interfaces: [NIC, fixed] }))).toEqual(['10.40.0.3', '10.40.0.2']);
  });

  test('takes no address of a machine that has no object any more', () => {
    const orphans = new Map([['network-lan', new Set(['10.40.0.2'])]]);
    expect(plan(aMachine({ interfaces: [NIC] }), { orphans }).interfaces[0]?.addresses?.[0]?.address).toBe('10.40.0.3');
    const fixed = { ...NIC, ipv4: { address: '10.40.0.2' } };
    const { problems } = plan(aMachine({ interfaces: [fixed] }), { orphans });
    expect(problems).toMatchObject([{ kind: 'Stall', reason: 'AddressInUse' }]);
  });

  test('one fixed address for two interfaces is refused', () => {
    const nics = ['lan', 'second'].map((name) => ({ name, networkName: 'lan', ipv4: { address: '10.40.0.7' } }));
    const p = plan(aMachine({ interfaces: nics }));
    expect(p.problems.map(({ reason }) => reason)).toContain('AddressInUse');
    expect(p.problems[0]?.message).toContain('interface second');
  });

  test('a full network says so and takes nothing', () => {
    const full = around({
      networks: [aNetwork('lan', { ipv4: { cidr: '10.40.0.0/24', dhcp: { start: '10.40.0.2', end: '10.40.0.2' } } })],
    });
    const ledger = new FleetLedger();
    ledger.observe({
      uid: 'other',
      version: '1',
      uuid: null,
      createdAt: 0,
      hostUid: 'h',
      namespace: 'lab',
      granted: { cpuMilli: 0, memoryBytes: 0 },
      cpuMilli: 0,
      memoryBytes: 0,
      addresses: [{ networkUid: 'network-lan', address: '10.40.0.2' }],
      macs: [],
    });
    const p = plan(aMachine({ interfaces: [NIC] }), { around: full, ledger });
    expect(p.problems.map((x) => x.reason)).toEqual(['AddressesExhausted']);
    expect(p.interfaces).toEqual([]);
  });
});

describe('a recorded machine', () => {
  const spec = { disks: [ROOT], interfaces: [NIC] };

  test('keeps what is recorded', () => {
    const machine = recorded(spec);
    const p = plan(machine);
    expect(p.changed).toBe(false);
    expect(p.interfaces).toEqual(machine.status?.interfaces);
    expect(p.volumes).toEqual(machine.status?.volumes);
  });

  test('a disk that the spec gains is added, the others stay', () => {
    const before = recorded(spec);
    const p = plan(
      aMachine(
        { ...spec, disks: [ROOT, { name: 'data', template: { poolName: 'local', size: '1Gi' } }] },
        before.status,
      ),
    );
    expect(p.changed).toBe(true);
    expect(p.volumes.map((v) => v.name)).toEqual(['root', 'data']);
    expect(p.volumes[0]).toEqual(before.status?.volumes?.[0]);
  });

  test('what the spec no longer names stays recorded until it was taken apart', () => {
    const before = recorded(spec);
    const p = plan(aMachine({}, before.status));
    expect(p.releasedVolumes).toEqual(['root']);
    expect(p.releasedInterfaces).toEqual(['lan']);
    expect(p.volumes).toEqual(before.status?.volumes);
  });

  test('an address that was lost to an older machine is replaced, the MAC stays', () => {
    const before = recorded(spec);
    const ledger = new FleetLedger();
    ledger.observe({
      uid: 'older',
      version: '1',
      uuid: null,
      createdAt: 0,
      hostUid: 'h',
      namespace: 'lab',
      granted: { cpuMilli: 0, memoryBytes: 0 },
      cpuMilli: 0,
      memoryBytes: 0,
      addresses: [{ networkUid: 'network-lan', address: '10.40.0.2' }],
      macs: [],
    });
    const p = plan(before, { lost: new Set(['lan']), ledger });
    expect(p.interfaces[0]?.addresses?.[0]?.address).toBe('10.40.0.3');
    expect(p.interfaces[0]?.mac).toBe(before.status?.interfaces?.[0]?.mac);
  });
});

describe('a StorageVolume', () => {
  const spec = { disks: [{ name: 'data', volumeName: 'data' }] };
  const withVolume = (attachedTo?: { kind: 'VirtualMachine'; name: string; uid: string }) => ({
    ...around(),
    volumes: new Map([
      ['data', aVolume('data', { phase: 'Ready', volumeName: 'f', ...(attachedTo ? { attachedTo } : {}) })],
    ]),
  });
  test.each([
    ['that nobody has yet is waited for', undefined, 'Planned'],
    [
      'that this machine was given is there',
      { kind: 'VirtualMachine' as const, name: 'web', uid: MACHINE_UID },
      'Ready',
    ],
  ])('%s', (_, attachedTo, phase) => {
    expect(plan(aMachine(spec), { around: withVolume(attachedTo) }).volumes).toMatchObject([{ role: 'Volume', phase }]);
  });
  test('that another machine has is refused', () => {
    const other = { kind: 'VirtualMachine' as const, name: 'db', uid: 'other' };
    expect(plan(aMachine(spec), { around: withVolume(other) }).problems[0]?.reason).toBe('VolumeInUse');
  });
});

describe('the seed', () => {
  const spec = { disks: [ROOT], cloudInit: { userData: '#cloud-config\n' } };

  test('lies in the pool of the first disk, under a name that carries its content', () => {
    const p = plan(aMachine(spec), { seed: { digest: 'sha256:abcdef0123456789' } });
    expect(p.volumes[1]).toMatchObject({
      name: SEED,
      role: 'Seed',
      poolName: 'local',
      volumeName: `web-seed-${MACHINE_UID}-abcdef012345.iso`,
    });
  });

  test('with other content it is another volume, and the old one is let go', () => {
    const before = recorded(spec, { seed: { digest: 'sha256:aaaaaaaaaaaa' } });
    const p = plan(before, { seed: { digest: 'sha256:bbbbbbbbbbbb' } });
    expect(p.volumes.map((v) => [v.name, v.phase])).toEqual([
      ['root', 'Planned'],
      [SEED, 'Planned'],
      [`${SEED}_1`, 'Released'],
    ]);
  });

  test('stays as it is while it must', () => {
    const before = recorded(spec, { seed: { digest: 'sha256:aaaaaaaaaaaa' } });
    expect(plan(before, { seed: { digest: 'sha256:bbbbbbbbbbbb' }, keepSeed: true }).changed).toBe(false);
  });
});

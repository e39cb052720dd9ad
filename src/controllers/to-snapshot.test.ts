import { describe, expect, test } from 'vitest';
import { type Host, hostSpec } from '#api/v1alpha1/host.ts';
import { aMachine, anImage, around, aVolume, MACHINE_UID } from './machine/testing.ts';
import { hostViewOf, placedOf, plannedVolumes, requestOf } from './to-snapshot.ts';

const MIB = 2 ** 20;
const GIB = 2 ** 30;

const request = (spec: object, o: Partial<Parameters<typeof requestOf>[0]> = {}) =>
  requestOf({ machine: aMachine(spec), around: around(), volumes: [], priority: 0, ...o });

describe('what a machine asks for', () => {
  test('its size, and what was left out is not asked for', () => {
    const asked = request({ cpu: { cores: 2, sockets: 2 }, memory: { size: '3Gi' } }, { priority: 7 });
    expect(asked).toMatchObject({
      uid: MACHINE_UID,
      namespace: 'lab',
      name: 'web',
      cpuMilli: 4000,
      memoryBytes: 3 * GIB,
      hypervisor: 'Auto',
      machineType: 'q35',
      tolerations: [],
      requiredPools: [],
      priority: 7,
    });
    expect([asked.arch, asked.cpuModel, asked.selector, asked.affinity, asked.spread, asked.strategy]).toEqual(
      Array(6).fill(undefined),
    );
    expect(asked.pinnedHosts).toBeUndefined();
  });

  test('the words of the API become those of the scheduler', () => {
    const labelSelector = { matchLabels: { app: 'db' } };
    const asked = request({
      cpu: { mode: 'Custom', model: 'EPYC' },
      scheduling: {
        hostSelector: { matchExpressions: [{ key: 'zone', operator: 'In', values: ['a'] }] },
        affinity: { required: [{ topologyKey: 'zone', labelSelector }] },
        antiAffinity: {
          preferred: [{ weight: 5, machineAffinityTerm: { topologyKey: 'rack', labelSelector, namespaces: ['x'] } }],
        },
        topologySpreadConstraints: [{ topologyKey: 'zone', whenUnsatisfiable: 'DoNotSchedule', labelSelector }],
        strategy: 'Pack',
      },
    });
    expect(asked).toMatchObject({
      cpuModel: 'EPYC',
      selector: { matchExpressions: [{ key: 'zone', operator: 'In', values: ['a'] }] },
      affinity: { required: [{ topologyKey: 'zone', selector: labelSelector }] },
      antiAffinity: {
        preferred: [{ weight: 5, term: { topologyKey: 'rack', selector: labelSelector, namespaces: ['x'] } }],
      },
      spread: [{ topologyKey: 'zone', maxSkew: 1, whenUnsatisfiable: 'DoNotSchedule', selector: labelSelector }],
      strategy: 'Pack',
    });
  });

  test('a CPU model is not asked of a host that only emulates', () => {
    expect(request({ hypervisor: 'QEMU', cpu: { mode: 'Custom', model: 'EPYC' } }).cpuModel).toBeUndefined();
    expect(request({ hypervisor: 'Test', machineType: 'pc' }).machineType).toBeUndefined();
  });

  test('a volume on one host ties it there, two on two hosts leave none', () => {
    const on = (name: string, host: string) => [name, aVolume(name, { host: { name: host, uid: host } })] as const;
    const disks = ['a', 'b'].map((volumeName) => ({ name: volumeName, volumeName }));
    const with_ = (...hosts: [string, string]) =>
      request({ disks }, { around: { ...around(), volumes: new Map([on('a', hosts[0]), on('b', hosts[1])]) } });
    expect(with_('h1', 'h1').pinnedHosts).toEqual(['h1']);
    expect(with_('h1', 'h2').pinnedHosts).toEqual([]);
  });

  test('disks take room in their pools, and their image draws it to where it is', () => {
    const disks = ['root', 'data'].map((name) => ({
      name,
      template: { poolName: 'local', size: '1Gi', imageName: 'debian' },
    }));
    const copies = ['h1', 'h2'].map((hostName, i) => ({
      key: `local/${hostName}`,
      poolName: 'local',
      hostName,
      phase: i === 0 ? ('Ready' as const) : ('Fetching' as const),
    }));
    const machine = aMachine({ disks });
    const images = [anImage('debian', { copies } as never)];
    const asked = requestOf({ machine, around: around({ images }), volumes: plannedVolumes(machine), priority: 0 });
    expect(asked.requiredPools).toEqual([{ name: 'local', bytes: 128 * MIB }]);
    expect(asked.preferredImagesOn).toEqual(['h1']);
  });
});

describe('a machine that has its host', () => {
  const volume = (name: string, phase: 'Planned' | 'Ready') => ({
    name,
    role: 'Disk' as const,
    poolName: 'local',
    phase,
  });

  test('is counted there, with what it has still to take', () => {
    const status = { host: { name: 'h1', uid: 'u1' }, volumes: [volume('a', 'Ready'), volume('b', 'Planned')] };
    expect(placedOf(aMachine({}, status), status)).toMatchObject({
      host: 'h1',
      memoryBytes: GIB,
      requiredPools: [{ name: 'local', bytes: 64 * MIB }],
    });
  });

  test('before that it is nowhere', () => expect(placedOf(aMachine(), undefined)).toBeNull());
});

describe('a host', () => {
  const at = '2026-01-01T00:00:00Z';
  const condition = (type: string, status: 'True' | 'False') => ({
    type,
    status,
    reason: 'Ready',
    message: '',
    lastTransitionTime: at,
  });
  const aHostObject = (spec: object = {}, status: Partial<Host['status']> = {}): Host => ({
    apiVersion: 'virtfleet.io/v1alpha1',
    kind: 'Host',
    metadata: { name: 'h1', uid: 'u1', resourceVersion: '1', creationTimestamp: at, labels: { zone: 'a' } },
    spec: hostSpec.parse({ uri: 'test:///default', ...spec }),
    status: {
      architecture: 'x86_64',
      domainTypes: ['qemu'],
      allocatable: { cpu: '8', memory: '16Gi' },
      allocated: { cpu: '3', memory: '5Gi' },
      conditions: [condition('Ready', 'True'), condition('Schedulable', 'True')],
      ...status,
    },
  });
  const seen = { inSight: true, facts: null, pools: {}, promised: { cpuMilli: 2000, memoryBytes: 6 * GIB } };

  test('what it counts above our claims is taken beside them', () => {
    expect(hostViewOf(aHostObject(), seen)).toMatchObject({
      labels: { zone: 'a' },
      ready: true,
      schedulable: true,
      allocatable: { cpuMilli: 8000, memoryBytes: 16 * GIB },
      allocated: { cpuMilli: 1000, memoryBytes: 0 },
    });
  });

  test.each([
    ['cordoned', aHostObject({ unschedulable: true })],
    [
      'not schedulable',
      aHostObject({}, { conditions: [condition('Ready', 'True'), condition('Schedulable', 'False')] }),
    ],
    ['to be swept first', aHostObject({}, { tombstones: [{} as never] })],
  ])('%s: closed', (_, object) => expect(hostViewOf(object, seen)?.schedulable).toBe(false));

  test('of which nothing is known yet is no host, nor is one that goes', () => {
    expect(hostViewOf(aHostObject({}, { allocatable: undefined }), seen)).toBeNull();
    const going = aHostObject();
    going.metadata.deletionTimestamp = at;
    expect(hostViewOf(going, seen)).toBeNull();
  });

  test('tells its machine types by name and alias, of all architectures', () => {
    const guest = (arch: string, machines: { name: string; alias: string | null; maxCpus: number | null }[]) => ({
      osType: 'hvm',
      arch,
      wordSize: 64,
      emulator: '/usr/bin/qemu',
      domainTypes: ['qemu'],
      machines,
    });
    const capabilities = {
      guests: [
        guest('x86_64', [{ name: 'pc-q35-7.2', alias: 'q35', maxCpus: 288 }]),
        guest('i686', [{ name: 'pc-i440fx-7.2', alias: null, maxCpus: 255 }]),
      ],
    };
    const facts = { capabilities, domainCapabilities: { cpuModels: ['EPYC'] } } as never;
    expect(hostViewOf(aHostObject(), { ...seen, facts })).toMatchObject({
      machineTypes: ['pc-i440fx-7.2', 'pc-q35-7.2', 'q35'],
      cpuModels: ['EPYC'],
    });
  });
});

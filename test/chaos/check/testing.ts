/** A small fleet in which every invariant holds, for tests that break one of them. */
import type { VirtualMachine } from '#api/v1alpha1/index.ts';
import type { Facts, SeenDomain, SeenHost, SeenNetwork } from './facts.ts';

export const fleet = 'f1ee7000-0000-4000-8000-000000000000';
const finalizers = ['virtfleet.io/finalizer'];
const meta = (name: string, namespace?: string) => ({
  name,
  uid: `uid-${name}`,
  resourceVersion: '1',
  finalizers,
  ...(namespace ? { namespace } : {}),
});
const is = (...types: string[]) => types.map((type) => ({ type, status: 'True', reason: type, message: '' }));

export const disk = 'web-root-uid-web-1.qcow2';
export const copy = 'tiny-uid-tiny-1.qcow2';
export const data = 'data-uid-data-1.qcow2';
const startedAt = Date.parse('2026-01-01T00:00:01Z');
export const mac = '02:00:00:00:00:01';

export function domain(over: Partial<SeenDomain> = {}): SeenDomain {
  return {
    uuid: 'uid-web',
    name: 'team_web',
    power: 'Running',
    stamp: { fleet, namespace: 'team', name: 'web', uid: 'uid-web', incarnation: 1, specHash: 'x' },
    files: [`/pool/${disk}`, `/pool/${copy}`],
    ...over,
  };
}

export function network(over: Partial<SeenNetwork> = {}): SeenNetwork {
  return {
    uuid: 'uid-lab',
    name: 'team_lab',
    active: true,
    owner: { fleet, namespace: 'team', name: 'lab', uid: 'uid-lab' },
    claim: null,
    reservations: [{ mac, ip: '10.0.0.5' }],
    leases: [{ mac, ip: '10.0.0.5' }],
    ...over,
  };
}

const claim = (): SeenNetwork => ({
  ...network({ uuid: 'claim', name: 'virtfleet-claim', owner: null, claim: fleet }),
  active: false,
  reservations: [],
  leases: [],
});

function host(name: string, domains: SeenDomain[], networks: SeenNetwork[], files: string[]): SeenHost {
  return {
    name,
    libvirt: { domains, networks: [claim(), ...networks] },
    poolFiles: new Map([
      ['local', files],
      ['shared', [data]],
    ]),
    runs: new Map(
      domains.map(() => [
        'team/web',
        { starts: [{ uuid: 'uid-web', atMs: startedAt, takenBack: false, incoming: false }], boots: 1, silentMs: 500 },
      ]),
    ),
  };
}

/** The parts of a machine that a judge reads; the rest of its spec is of no interest. */
export function machine(name = 'web'): VirtualMachine {
  return {
    apiVersion: 'virtfleet.io/v1alpha1',
    kind: 'VirtualMachine',
    metadata: meta(name, 'team'),
    spec: {} as VirtualMachine['spec'],
    status: {
      uuid: `uid-${name}`,
      host: { name: 'h1', uid: 'uid-h1' },
      incarnation: 1,
      interfaces: [
        {
          name: 'lan',
          networkName: 'lab',
          networkUID: 'uid-lab',
          mac,
          addresses: [{ address: '10.0.0.5', source: 'Reserved' }],
        },
      ],
      volumes: [{ name: 'root', role: 'Disk', poolName: 'local', volumeName: disk, phase: 'Ready' }],
      run: { generation: 1, startedAt: '2026-01-01T00:00:00Z', desired: 'On', confirmed: true, ended: false },
      conditions: is('Ready', 'Running', 'Provisioned'),
    },
  } as VirtualMachine;
}

/** Two hosts, a machine on the first, its image on both, a StorageVolume in the shared pool. */
export function soundFacts(): Facts {
  const pool = (name: string, access: string) => ({ metadata: meta(name), spec: { access, targetPath: '/pool' } });
  const hostObject = (name: string) => ({ metadata: meta(name), status: { conditions: is('Ready') } });
  const objects = {
    hosts: [hostObject('h1'), hostObject('h2')],
    pools: [pool('local', 'PerHost'), pool('shared', 'Shared')],
    images: [
      {
        kind: 'VirtualMachineImage',
        metadata: meta('tiny', 'team'),
        status: {
          copies: ['h1', 'h2'].map((hostName) => ({
            key: hostName,
            poolName: 'local',
            hostName,
            volumeName: copy,
            phase: 'Ready',
          })),
        },
      },
    ],
    volumes: [
      {
        kind: 'StorageVolume',
        metadata: meta('data', 'team'),
        spec: { poolName: 'shared' },
        status: { phase: 'Ready', volumeName: data },
      },
    ],
    networks: [{ kind: 'VirtualNetwork', metadata: meta('lab', 'team'), status: { hosts: [{ name: 'h1' }] } }],
  };
  return {
    fleet,
    seen: [host('h1', [domain()], [network()], [disk, copy]), host('h2', [], [], [copy])],
    processes: [{ uuid: 'uid-web', pid: 100 }],
    queue: { jobs: [], strayKeys: [] },
    machines: [machine()],
    operations: [],
    migrations: [],
    // Only what the judge reads is there.
    ...(objects as unknown as Pick<Facts, 'hosts' | 'pools' | 'images' | 'volumes' | 'networks'>),
  };
}

import { describe, expect, it } from 'vitest';
import type { StoragePool } from '#api/v1alpha1/storage-pool.ts';
import type { StorageVolume, StorageVolumeStatus } from '#api/v1alpha1/storage-volume.ts';
import type { VirtualMachine } from '#api/v1alpha1/virtual-machine.ts';
import type { VirtualMachineImage } from '#api/v1alpha1/virtual-machine-image.ts';
import { type Fleet, type Wanted, wantedCopies } from './wanted.ts';

type Volumes = NonNullable<NonNullable<VirtualMachine['status']>['volumes']>;

const meta = (name: string, namespace?: string) => ({
  name,
  uid: `uid-${name}`,
  resourceVersion: '1',
  ...(namespace ? { namespace } : {}),
});

function aPool(
  name: string,
  spec: Partial<StoragePool['spec']> = {},
  states: Record<string, string> = { h1: 'Running', h2: 'Running' },
) {
  const hosts = Object.entries(states).map(([host, state]) => ({ name: host, state }));
  return {
    apiVersion: 'v',
    kind: 'StoragePool',
    metadata: meta(name),
    spec: { access: 'PerHost', ...spec },
    status: { hosts },
  } as StoragePool;
}
const local = aPool('local');
const shared = aPool('shared', { access: 'Shared' });

function anImage(
  spec: Partial<VirtualMachineImage['spec']>,
  status: VirtualMachineImage['status'] = {},
): VirtualMachineImage {
  const metadata = meta('debian', 'a');
  return { apiVersion: 'v', kind: 'VirtualMachineImage', metadata, spec: { format: 'QCOW2', ...spec }, status };
}
const http = { url: 'http://x/y', checksum: 'sha256:0' };

function aMachine(name: string, volumes: Volumes, host?: string): VirtualMachine {
  const status = { volumes, ...(host ? { host: { name: host, uid: `uid-${host}` } } : {}) };
  return { apiVersion: 'v', kind: 'VirtualMachine', metadata: meta(name, 'a'), spec: {}, status } as VirtualMachine;
}
const disk = (poolName: string, imageUID = 'uid-debian') =>
  ({ name: 'root', role: 'Disk', poolName, base: { imageName: 'debian', imageUID } }) as Volumes[number];

function aVolume(name: string, poolName: string, status: StorageVolumeStatus): StorageVolume {
  return {
    apiVersion: 'v',
    kind: 'StorageVolume',
    metadata: meta(name, 'a'),
    spec: { poolName },
    status,
  } as StorageVolume;
}

function look(image: VirtualMachineImage, fleet: Partial<Fleet> = {}): Wanted & { keys: string[]; reasons: string[] } {
  const pools = new Map([local, shared].map((pool) => [pool.metadata.name, pool]));
  const wanted = wantedCopies(image, {
    pools: (name) => pools.get(name),
    machines: [],
    volumes: [],
    source: undefined,
    ...fleet,
  });
  return {
    ...wanted,
    keys: wanted.copies.map(({ key }) => key).sort(),
    reasons: wanted.problems.map(({ reason }) => reason),
  };
}

describe('where copies of an image are to be', () => {
  it('on every host of a pool that it names, once in a shared one', () => {
    expect(look(anImage({ http, pools: ['local', 'shared'] })).keys).toEqual(['local/h1', 'local/h2', 'shared/']);
  });

  it('on a host that is out of sight, too, but not in somebody else’s pool', () => {
    const pool = aPool('local', {}, { h1: 'Unknown', h2: 'Foreign' });
    expect(look(anImage({ http, pools: ['local'] }), { pools: () => pool }).keys).toEqual(['local/h1']);
  });

  it('nowhere, when nobody needs it', () => {
    expect(look(anImage({ http }))).toMatchObject({ keys: [], reasons: [] });
  });

  it('where a machine that stands on it is placed', () => {
    const machines = [aMachine('web', [disk('local')], 'h2'), aMachine('other', [disk('local', 'uid-namesake')], 'h1')];
    const { keys, users } = look(anImage({ http }), { machines });
    expect(keys).toEqual(['local/h2']);
    expect(users).toEqual(new Map([['local/h2', ['VirtualMachine a/web']]]));
  });

  it('on both hosts of a machine that is being moved, once in a shared pool', () => {
    const moving = aMachine('web', [disk('local'), { ...disk('shared'), name: 'data' }], 'h1');
    const migration = { name: 'm', uid: 'm', phase: 'Planned' as const, target: { name: 'h2', uid: 'uid-h2' } };
    const machines = [{ ...moving, status: { ...moving.status, migration } }];
    const { keys, users } = look(anImage({ http }), { machines });
    expect(keys).toEqual(['local/h1', 'local/h2', 'shared/']);
    const web = ['VirtualMachine a/web'];
    expect(users).toEqual(
      new Map([
        ['local/h1', web],
        ['local/h2', web],
        ['shared/', web],
      ]),
    );
  });

  it('where a volume that stands on it is', () => {
    const base = { imageName: 'debian', imageUID: 'uid-debian' };
    const volumes = [
      aVolume('one', 'shared', { base }),
      aVolume('two', 'local', { base, host: { name: 'h1', uid: 'x' } }),
    ];
    expect(look(anImage({ http }), { volumes }).keys).toEqual(['local/h1', 'shared/']);
  });

  it('not for a machine that is nowhere yet', () => {
    expect(look(anImage({ http }), { machines: [aMachine('web', [disk('local')])] }).keys).toEqual([]);
  });

  it('says which pool is missing or not offered, and serves the others', () => {
    const closed = aPool('closed', { allowedNamespaces: ['b'] });
    const pools = (name: string) => ({ local, closed })[name];
    expect(look(anImage({ http, pools: ['gone', 'closed', 'local'] }), { pools })).toMatchObject({
      keys: ['local/h1', 'local/h2'],
      reasons: ['PoolNotFound', 'PoolNotAllowed'],
    });
  });
});

describe('an image from a volume', () => {
  const image = anImage({ volumeName: 'data' });
  const there = { phase: 'Ready', volumeName: 'data-1.qcow2', host: { name: 'h1', uid: 'x' } } as const;
  const taken = anImage(
    { volumeName: 'data' },
    {
      copies: [
        { key: 'local/h1', poolName: 'local', poolUID: 'uid-local', hostName: 'h1', phase: 'Ready', path: '/p' },
      ],
    },
  );

  it('is taken where the volume is', () => {
    expect(look(image, { source: aVolume('data', 'local', there) }).keys).toEqual(['local/h1']);
    expect(look(image, { source: aVolume('data', 'shared', { ...there }) }).keys).toEqual(['shared/']);
  });

  it('cannot be had on another host', () => {
    const wide = anImage({ volumeName: 'data', pools: ['local'] });
    expect(look(wide, { source: aVolume('data', 'local', there) })).toMatchObject({
      keys: ['local/h1'],
      reasons: ['CopyElsewhere'],
    });
  });

  it('waits for its volume', () => {
    expect(look(image)).toMatchObject({ keys: [], reasons: ['SourceNotFound'] });
    expect(look(image, { source: aVolume('data', 'local', {}) })).toMatchObject({ keys: [], reasons: ['SourceInUse'] });
  });

  it('stays when its volume is gone, for it cannot be had again', () => {
    expect(look(taken)).toMatchObject({ keys: ['local/h1'], reasons: [] });
    expect(look(taken, { source: aVolume('data', 'shared', {}) })).toMatchObject({ keys: ['local/h1'], reasons: [] });
  });
});

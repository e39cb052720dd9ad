/** What libvirt is told of a StoragePool, and which of a host's pools it is. */
import type { StoragePool } from '#api/v1alpha1/storage-pool.ts';
import type { Host as HostEntry, PoolRecord } from '#hostpool/types.ts';
import { poolUuid } from '#libvirt/names.ts';
import type { PoolInput } from '#libvirt/pool.ts';
import type { PoolView } from '#scheduler/index.ts';
import type { ControllerDeps } from './deps.ts';

/** libvirt's name of the pool. */
export function poolNameOf(pool: StoragePool): string {
  return pool.spec.poolName ?? pool.metadata.name;
}

const FORMATS = { Auto: 'auto', Ext4: 'ext4', XFS: 'xfs' } as const;

export function poolInput(pool: StoragePool, fleet: string): PoolInput {
  const { spec } = pool;
  return {
    uuid: poolUuid(fleet, pool.metadata.uid),
    name: poolNameOf(pool),
    source: spec.fs ? { type: 'FS', device: spec.fs.device, format: FORMATS[spec.fs.format] } : { type: 'Dir' },
    targetPath: spec.targetPath,
  };
}

export interface PoolSighting {
  ours: PoolRecord | null;
  /** Same name, another UUID: somebody else's. */
  foreign: PoolRecord | null;
}

export function sightPool(pool: StoragePool, fleet: string, host: HostEntry): PoolSighting {
  const pools = host.inventory?.pools;
  const ours = pools?.get(poolUuid(fleet, pool.metadata.uid)) ?? null;
  if (ours || !pools) return { ours, foreign: null };
  const name = poolNameOf(pool);
  return { ours, foreign: [...pools.values()].find((record) => record.name === name) ?? null };
}

/** The libvirt pool to use on a host for a StoragePool: ours, or the foreign one that it adopts. Null: there is none. */
export function findPoolOnHost(
  deps: Pick<ControllerDeps, 'informers' | 'fleetId'>,
  host: HostEntry,
  name: string,
): PoolRecord | null {
  const pool = deps.informers.pools.get(name);
  if (!pool) return null;
  const { ours, foreign } = sightPool(pool, deps.fleetId, host);
  return ours ?? (pool.spec.adoptExisting ? foreign : null);
}

/** Running pools by the StoragePool's name, as the scheduler sees them on one host. */
export function poolViewsOn(
  deps: Pick<ControllerDeps, 'informers' | 'fleetId'>,
  entry: HostEntry,
): Record<string, PoolView> {
  const views: Record<string, PoolView> = {};
  for (const { metadata, spec } of deps.informers.pools.list()) {
    const record = findPoolOnHost(deps, entry, metadata.name);
    if (record?.active) {
      views[metadata.name] = { freeBytes: Number(record.availableBytes), shared: spec.access === 'Shared' };
    }
  }
  return views;
}

import type { StoragePool } from '#api/v1alpha1/storage-pool.ts';
import type { Host, PoolRecord } from '#hostpool/types.ts';
import { poolUuid } from '#libvirt/names.ts';

/**
 * libvirt's pool on a host for a StoragePool: ours by its UUID, or the foreign one of its name that it adopts. Null: none
 * was seen there.
 */
export function poolOnHost(host: Host, pool: StoragePool, fleetId: string): PoolRecord | null {
  const pools = host.inventory?.pools;
  const ours = pools?.get(poolUuid(fleetId, pool.metadata.uid));
  if (ours !== undefined || pools === undefined) return ours ?? null;
  if (!pool.spec.adoptExisting) return null;
  const name = pool.spec.poolName ?? pool.metadata.name;
  return [...pools.values()].find((record) => record.name === name) ?? null;
}

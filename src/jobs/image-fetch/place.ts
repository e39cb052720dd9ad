import { type StoragePool, storagePoolKind } from '#api/v1alpha1/storage-pool.ts';
import type { ImageCopy } from '#api/v1alpha1/virtual-machine-image.ts';
import type { HostPool } from '#hostpool/pool.ts';
import type { Host, PoolRecord } from '#hostpool/types.ts';
import type { KubeClient } from '#kube/client.ts';
import { VirtfleetError } from '#platform/errors.ts';
import { poolOnHost } from '../pool-on-host.ts';

export interface PlaceDeps {
  client: KubeClient;
  hosts: HostPool;
  fleetId: string;
}

/** Where a copy goes, ready to be written to. */
export interface Place {
  host: Host;
  pool: PoolRecord;
}

function waiting(reason: string, message: string, mend: string, host?: string): VirtfleetError {
  return new VirtfleetError('Transient', reason, message, { mend, host });
}

/** @throws Transient HostOutOfSight or WaitingForPool, InvalidSpec PoolNotFound */
export async function findPlace(deps: PlaceDeps, poolName: string, hostName: string): Promise<Place> {
  const host = deps.hosts.get(hostName);
  if (!host?.inSight) {
    const why = host?.lastError ? `: ${host.lastError.message}` : '';
    throw waiting(
      'HostOutOfSight',
      `Host ${hostName} is out of sight${why}`,
      'It goes on when the host is back.',
      hostName,
    );
  }
  const object: StoragePool | null = await deps.client.get(storagePoolKind, { name: poolName });
  if (object === null) {
    throw new VirtfleetError('InvalidSpec', 'PoolNotFound', `StoragePool ${poolName} is not there`, {
      mend: 'Create it.',
    });
  }
  const pool = poolOnHost(host, object, deps.fleetId);
  if (!pool?.active) {
    const mend = `See kubectl describe storagepool ${poolName}.`;
    throw waiting('WaitingForPool', `StoragePool ${poolName} does not run on host ${hostName}`, mend, hostName);
  }
  return { host, pool };
}

/** @throws Capacity PoolFull */
export function checkRoom({ host, pool }: Place, poolName: string, bytes: number): void {
  if (pool.availableBytes >= BigInt(bytes)) return;
  throw new VirtfleetError(
    'Capacity',
    'PoolFull',
    `StoragePool ${poolName} on host ${host.name} has ${pool.availableBytes} bytes free, ${bytes} are needed`,
    { host: host.name, mend: 'Make room there.' },
  );
}

export function copyPlace(deps: PlaceDeps, copy: ImageCopy): Promise<Place> {
  return findPlace(deps, copy.poolName, copy.hostName ?? '');
}

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

/** A process that has just begun is not connected yet: that is waited for, rather than told as a failure. */
const PATIENCE_MS = 20_000;

/**
 * Where to write, as soon as that can be done.
 *
 * @throws Transient HostOutOfSight or WaitingForPool when it cannot for 20 s, InvalidSpec PoolNotFound
 */
export async function findPlace(
  deps: PlaceDeps,
  poolName: string,
  hostName: string,
  signal: AbortSignal,
): Promise<Place> {
  const object = await deps.client.get(storagePoolKind, { name: poolName });
  if (object === null) {
    throw new VirtfleetError('InvalidSpec', 'PoolNotFound', `StoragePool ${poolName} is not there`, {
      mend: 'Create it.',
    });
  }
  const giveUp = AbortSignal.timeout(PATIENCE_MS);
  for (;;) {
    const found = lookForPlace(deps, object, hostName);
    if ('pool' in found) return found;
    if (giveUp.aborted) throw found;
    await nextChange(deps.hosts, hostName, AbortSignal.any([signal, giveUp]));
    signal.throwIfAborted();
  }
}

/** Where to write now, or why not. */
export function lookForPlace(deps: PlaceDeps, object: StoragePool, hostName: string): Place | VirtfleetError {
  const host = deps.hosts.get(hostName);
  if (!host?.inSight) {
    const why = host?.lastError ? `: ${host.lastError.message}` : '';
    const mend = 'It goes on when the host is back.';
    return waiting('HostOutOfSight', `Host ${hostName} is out of sight${why}`, mend, hostName);
  }
  const pool = poolOnHost(host, object, deps.fleetId);
  if (pool?.active) return { host, pool };
  const { name } = object.metadata;
  const mend = `See kubectl describe storagepool ${name}.`;
  return waiting('WaitingForPool', `StoragePool ${name} does not run on host ${hostName}`, mend, hostName);
}

/** Resolves when something is told of the host, or the signal is aborted. */
function nextChange(hosts: HostPool, hostName: string, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      unsubscribe();
      signal.removeEventListener('abort', end);
      resolve();
    };
    const unsubscribe = hosts.onChange(({ host }) => {
      if (host === hostName) end();
    });
    signal.addEventListener('abort', end, { once: true });
    if (signal.aborted) end();
  });
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

export function copyPlace(deps: PlaceDeps, copy: ImageCopy, signal: AbortSignal): Promise<Place> {
  return findPlace(deps, copy.poolName, copy.hostName ?? '', signal);
}

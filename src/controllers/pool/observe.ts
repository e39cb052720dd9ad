/** What a pool's reconcile reads: the hosts' inventories, who uses the pool, and what this process remembers. */
import type { Host } from '#api/v1alpha1/host.ts';
import type { StoragePool } from '#api/v1alpha1/storage-pool.ts';
import type { Host as HostEntry } from '#hostpool/types.ts';
import { keyOf } from '#kube/types.ts';
import { isSelected } from '#scheduler/selector.ts';
import { conditionStatus } from '../conditions.ts';
import type { ControllerDeps } from '../deps.ts';
import { machineIndexes, machinesAt, poolIndex } from '../indexes.ts';
import { type PoolSighting, sightPool } from '../pool-input.ts';
import type { PoolMemories, PoolMemory } from './memory.ts';
import type { PoolInput } from './plan.ts';

export interface PoolSeen {
  name: string;
  uid: string;
  entry: HostEntry | undefined;
  /** In sight, and ours to use. */
  isUsable: boolean;
  isSelected: boolean;
  isLeaving: boolean;
  sighting: PoolSighting;
  /** This process has not listed the host yet, and an earlier one may have defined the pool there. */
  mayBeThere: boolean;
  memory: PoolMemory;
}

export interface PoolObservation {
  object: StoragePool;
  hosts: PoolSeen[];
  input: PoolInput;
}

export function observePool(deps: ControllerDeps, memories: PoolMemories, object: StoragePool): PoolObservation {
  const now = deps.clock.now();
  const hosts = deps.informers.hosts
    .list()
    .sort((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1))
    .map((host) => seePool(deps, memories, object, host));
  return {
    object,
    hosts,
    input: {
      now,
      isDeleting: object.metadata.deletionTimestamp !== undefined,
      isSupported: object.spec.type === 'Dir' || object.spec.type === 'FS',
      users: usersOf(deps, object),
      adoptExisting: object.spec.adoptExisting,
      hosts: hosts.map(({ name, isUsable, isSelected: selected, isLeaving, sighting, mayBeThere, memory }) => ({
        host: name,
        inSight: isUsable,
        selected,
        leaving: isLeaving,
        ours: sighting.ours ?? (mayBeThere ? { active: false } : null),
        foreign: sighting.foreign,
        isEnsured: memory.ensuredGeneration === (object.metadata.generation ?? 0),
        refreshedAt: memory.refreshedAt,
        isBackingOff:
          memory.failure !== null &&
          memory.failure.generation === (object.metadata.generation ?? 0) &&
          memory.failure.retryAt > now,
      })),
    },
  };
}

function seePool(deps: ControllerDeps, memories: PoolMemories, object: StoragePool, host: Host): PoolSeen {
  const { name, uid, labels } = host.metadata;
  const found = deps.hosts.get(name);
  const entry = found?.uid === uid ? found : undefined;
  return {
    name,
    uid,
    entry,
    isUsable: entry?.inSight === true && conditionStatus(host.status?.conditions, 'Claimed') === 'True',
    isSelected: isSelected(object.spec.hostSelector, labels ?? {}) && host.metadata.deletionTimestamp === undefined,
    isLeaving: isLeaving(deps, host),
    sighting: entry ? sightPool(object, deps.fleetId, entry) : { ours: null, foreign: null },
    mayBeThere: !entry?.inventory && mayHave(host, object),
    memory: memories.of(object.metadata.uid, uid),
  };
}

/**
 * A process before this one may have defined it there, and died before it could say so in status. Only a host that was
 * never ours has surely nothing of ours.
 */
export function mayHave(
  { metadata, status }: Pick<Host, 'metadata' | 'status'>,
  pool: Pick<StoragePool, 'spec' | 'status'>,
): boolean {
  if (status?.hostUUID === undefined) return false;
  const isRecorded = pool.status?.hosts?.some(({ name }) => name === metadata.name) ?? false;
  return isRecorded || isSelected(pool.spec.hostSelector, metadata.labels ?? {});
}

/** A Host that is being deleted gives its pools up once nothing of ours is on it any more. */
function isLeaving({ informers }: ControllerDeps, { metadata, status }: Host): boolean {
  if (metadata.deletionTimestamp === undefined) return false;
  return machinesAt(informers, metadata.uid).length === 0 && (status?.tombstones ?? []).length === 0;
}

/** Everyone who names the pool, or has something in it. */
export function usersOf({ informers }: ControllerDeps, { metadata }: StoragePool): string[] {
  const named = (kind: string, objects: Parameters<typeof keyOf>[0][]): string[] =>
    objects.map((object) => `${kind} ${keyOf(object)}`);
  const graves = informers.hosts
    .list()
    .flatMap(({ status }) => status?.tombstones ?? [])
    .filter(({ volumes }) => volumes?.some(({ poolName }) => poolName === metadata.name));
  return [
    ...named('VirtualMachine', informers.machines.byIndex(machineIndexes.pool, metadata.name)),
    ...named('StorageVolume', informers.volumes.byIndex(poolIndex, metadata.name)),
    ...named('VirtualMachineImage', informers.images.byIndex(poolIndex, metadata.name)),
    ...graves.map(({ namespace, name }) => `abandoned machine ${namespace}/${name}`),
  ].sort();
}

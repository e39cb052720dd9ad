/** Where copies of an image are to be, and who stands on them. Pure. */
import type { StoragePool } from '#api/v1alpha1/storage-pool.ts';
import type { StorageVolume } from '#api/v1alpha1/storage-volume.ts';
import type { VirtualMachine } from '#api/v1alpha1/virtual-machine.ts';
import type { VirtualMachineImage } from '#api/v1alpha1/virtual-machine-image.ts';

export interface WantedCopy {
  /** "pool/host"; the host is empty in a shared pool. */
  key: string;
  poolName: string;
  poolUID: string;
  /** Empty in a shared pool: any host that has it will do. */
  hostName: string;
}

export interface Problem {
  reason: 'PoolNotFound' | 'PoolNotAllowed' | 'SourceNotFound' | 'SourceInUse' | 'CopyElsewhere';
  message: string;
  /** Only a person can mend it. */
  isLasting: boolean;
}

export interface Fleet {
  pools: (name: string) => StoragePool | undefined;
  /** Those that may stand on the image. */
  machines: readonly VirtualMachine[];
  volumes: readonly StorageVolume[];
  /** The StorageVolume that the image is taken from. */
  source: StorageVolume | undefined;
}

export interface Wanted {
  copies: WantedCopy[];
  /** Who stands on the copy of a key: "VirtualMachine a/b". */
  users: Map<string, string[]>;
  problems: Problem[];
}

export function copyKey(pool: StoragePool | undefined, poolName: string, hostName: string): string {
  return pool?.spec.access === 'Shared' ? `${poolName}/` : `${poolName}/${hostName}`;
}

interface Use {
  user: string;
  poolName: string;
  hostName: string;
}

/** Everything recorded as standing on the image, or about to: that is what a copy is needed for, and kept for. */
function usesOf(image: VirtualMachineImage, fleet: Fleet): Use[] {
  const { uid } = image.metadata;
  const uses: Use[] = [];
  for (const { metadata, status } of fleet.machines) {
    for (const { base, poolName } of status?.volumes ?? []) {
      if (base?.imageUID !== uid || poolName === undefined) continue;
      const user = `VirtualMachine ${metadata.namespace}/${metadata.name}`;
      uses.push({ user, poolName, hostName: status?.host?.name ?? '' });
      // A machine that is being moved needs it on both hosts: it may have to stay, and it may have arrived.
      const target = status?.migration?.target;
      if (target) uses.push({ user, poolName, hostName: target.name });
    }
  }
  for (const { metadata, spec, status } of fleet.volumes) {
    if (status?.base?.imageUID !== uid) continue;
    const user = `StorageVolume ${metadata.namespace}/${metadata.name}`;
    uses.push({ user, poolName: spec.poolName, hostName: status.host?.name ?? '' });
  }
  return uses;
}

export function wantedCopies(image: VirtualMachineImage, fleet: Fleet): Wanted {
  const copies = new Map<string, WantedCopy>();
  const users = new Map<string, string[]>();
  const problems: Problem[] = [];
  const want = (pool: StoragePool, hostName: string): void => {
    const { name: poolName, uid: poolUID } = pool.metadata;
    const key = copyKey(pool, poolName, hostName);
    if (key.endsWith('/') && pool.spec.access !== 'Shared') return;
    copies.set(key, { key, poolName, poolUID, hostName: pool.spec.access === 'Shared' ? '' : hostName });
  };
  for (const poolName of image.spec.pools ?? []) {
    const pool = findPool(image, poolName, fleet, problems);
    if (pool !== null) for (const hostName of hostsOf(pool)) want(pool, hostName);
  }
  for (const { user, poolName, hostName } of usesOf(image, fleet)) {
    const pool = fleet.pools(poolName);
    const key = copyKey(pool, poolName, hostName);
    const known = users.get(key) ?? [];
    if (!known.includes(user)) users.set(key, [...known, user]);
    if (pool !== undefined) want(pool, hostName);
  }
  if (image.spec.volumeName === undefined) return { copies: [...copies.values()], users, problems };
  return { copies: besideSource(image, fleet, copies, problems), users, problems };
}

/** A pool that is out of sight on a host is still to have its copy there. */
function hostsOf(pool: StoragePool): string[] {
  if (pool.spec.access === 'Shared') return [''];
  return (pool.status?.hosts ?? [])
    .filter(({ state }) => state !== 'Foreign' || pool.spec.adoptExisting)
    .map(({ name }) => name);
}

function findPool(image: VirtualMachineImage, name: string, fleet: Fleet, problems: Problem[]): StoragePool | null {
  const pool = fleet.pools(name);
  const namespace = image.metadata.namespace ?? '';
  if (pool === undefined) {
    problems.push({
      reason: 'PoolNotFound',
      message: `StoragePool ${name} is not there; create it, or take it out of spec.pools.`,
      isLasting: true,
    });
    return null;
  }
  if (pool.spec.allowedNamespaces !== undefined && !pool.spec.allowedNamespaces.includes(namespace)) {
    problems.push({
      reason: 'PoolNotAllowed',
      message: `StoragePool ${name} is not offered to namespace ${namespace}; choose another, or ask an administrator.`,
      isLasting: true,
    });
    return null;
  }
  return pool;
}

/**
 * An image from a volume is taken where the volume is, by the host itself. What is wanted elsewhere cannot be had; what
 * is there already stays, also after the volume has gone.
 */
function besideSource(
  image: VirtualMachineImage,
  { source, pools }: Fleet,
  wanted: ReadonlyMap<string, WantedCopy>,
  problems: Problem[],
): WantedCopy[] {
  const name = image.spec.volumeName ?? '';
  // A copy that was complete once stays, whatever becomes of the volume: it cannot be had again.
  const copies = new Map<string, WantedCopy>();
  for (const { key, poolName, poolUID, hostName, path } of image.status?.copies ?? []) {
    if (path === undefined || poolUID === undefined) continue;
    copies.set(key, { key, poolName, poolUID, hostName: key.endsWith('/') ? '' : (hostName ?? '') });
  }
  const isTaken = copies.size > 0;
  const pool = source && pools(source.spec.poolName);
  const hostName = source?.status?.host?.name ?? '';
  if (source === undefined || pool === undefined || source.metadata.deletionTimestamp !== undefined) {
    if (!isTaken) {
      problems.push({
        reason: 'SourceNotFound',
        message: `StorageVolume ${name} is not there; create it.`,
        isLasting: true,
      });
    }
  } else if (source.status?.volumeName === undefined || (hostName === '' && pool.spec.access !== 'Shared')) {
    if (isTaken) return [...copies.values()];
    problems.push({
      reason: 'SourceInUse',
      message: `StorageVolume ${name} is not made yet; the image follows it.`,
      isLasting: false,
    });
  } else {
    const { name: poolName, uid: poolUID } = pool.metadata;
    const key = copyKey(pool, poolName, hostName);
    copies.set(key, { key, poolName, poolUID, hostName: pool.spec.access === 'Shared' ? '' : hostName });
    // Other pools of the same host are reached without leaving it.
    for (const [other, copy] of wanted) if (copy.hostName === hostName && hostName !== '') copies.set(other, copy);
  }
  const elsewhere = [...wanted.keys()].filter((key) => !copies.has(key));
  if (elsewhere.length > 0 && source !== undefined) {
    problems.push({
      reason: 'CopyElsewhere',
      message: `An image from a volume is kept on the host of the volume; it cannot be had in ${elsewhere.join(', ')}.`,
      isLasting: true,
    });
  }
  return [...copies.values()];
}

/** All that is read for one image, from caches alone. */
import type { ImageCopy, VirtualMachineImage } from '#api/v1alpha1/virtual-machine-image.ts';
import type { Host as HostEntry, PoolRecord } from '#hostpool/types.ts';
import { keyOf } from '#kube/types.ts';
import type { ControllerDeps } from '../deps.ts';
import type { Executors } from '../executors.ts';
import { machineIndexes } from '../indexes.ts';
import { findPoolOnHost } from '../pool-input.ts';
import type { QueuePlace } from '../queue-place.ts';
import type { ImageDeps } from './act.ts';
import { type Fetches, isToFetch, placeOfImage } from './fetch-queue.ts';
import type { CopyView, ImageInput } from './plan.ts';
import { type Problem, wantedCopies } from './wanted.ts';

/** As in the configuration, where no process says it. */
const DEFAULT_WORKERS = 8;
/** A Ready copy is looked at this often. */
export const LOOK_EVERY_MS = 10 * 60_000;

export interface Seen {
  input: ImageInput;
  problems: Problem[];
  userCount: number;
}

/** When each copy was looked at last, by this process. */
export type Looks = Map<string, number>;

export const lookKey = (image: VirtualMachineImage, copy: Pick<ImageCopy, 'key' | 'attempt'>): string =>
  `${image.metadata.uid}/${copy.key}/${copy.attempt}`;

/** The copy's host and pool, ready to be used; null: not now. */
export function placeOf(
  deps: ControllerDeps,
  copy: { poolName: string; hostName?: string | undefined },
): { host: HostEntry; pool: PoolRecord } | null {
  const host = deps.hosts.get(copy.hostName ?? '');
  if (!host?.inSight) return null;
  const pool = findPoolOnHost(deps, host, copy.poolName);
  return pool?.active ? { host, pool } : null;
}

export function observeImage(
  deps: ControllerDeps,
  image: VirtualMachineImage,
  executors: Executors,
  looks: Looks,
): Seen {
  const { informers, clock } = deps;
  const { namespace, uid } = image.metadata;
  const key = keyOf(image);
  const { copies, users, problems } = wantedCopies(image, {
    pools: (name) => informers.pools.get(name),
    machines: informers.machines.byIndex(machineIndexes.image, key),
    volumes: informers.volumes.list().filter((volume) => volume.status?.base?.imageUID === uid),
    source:
      image.spec.volumeName === undefined ? undefined : informers.volumes.get(`${namespace}/${image.spec.volumeName}`),
  });
  const recorded = new Map((image.status?.copies ?? []).map((copy) => [copy.key, copy]));
  const wanted = new Map(copies.map((copy) => [copy.key, copy]));
  const keys = [...new Set([...recorded.keys(), ...wanted.keys(), ...users.keys()])].sort();
  const views = keys.map((one): CopyView => {
    const copy = recorded.get(one) ?? null;
    const want = wanted.get(one) ?? null;
    const operation = image.status?.operations?.find((entry) => entry.key === one) ?? null;
    const poolName = copy?.poolName ?? want?.poolName ?? one.slice(0, one.indexOf('/'));
    const hostName = copy?.hostName ?? want?.hostName ?? '';
    const lookedAt = copy === null ? undefined : looks.get(lookKey(image, copy));
    return {
      key: one,
      copy,
      wanted: want,
      users: users.get(one) ?? [],
      place: stateOfPlace(deps, copy, poolName, hostName),
      otherHost: one.endsWith('/') ? anyHost(deps, poolName) : null,
      operation,
      isExecutorAlive: executors.isAlive(uid, one, operation),
      isLookDue: lookedAt === undefined || clock.monotonicMs() - lookedAt >= LOOK_EVERY_MS,
    };
  });
  const input = { now: clock.now(), isDeleting: image.metadata.deletionTimestamp !== undefined, copies: views };
  return { input, problems, userCount: [...users.values()].flat().length };
}

function stateOfPlace(
  deps: ControllerDeps,
  copy: ImageCopy | null,
  poolName: string,
  hostName: string,
): CopyView['place'] {
  const pool = deps.informers.pools.get(poolName);
  if (pool === undefined || (copy?.poolUID !== undefined && copy.poolUID !== pool.metadata.uid)) return 'Forgotten';
  // A shared pool outlives any one of its hosts.
  const isGone = hostName !== '' && deps.informers.hosts.get(hostName) === undefined;
  if (isGone && pool.spec.access !== 'Shared') return 'Forgotten';
  if (!deps.hosts.get(hostName)?.inSight) return 'OutOfSight';
  return placeOf(deps, { poolName, hostName }) === null ? 'PoolDown' : 'Ready';
}

/** A host that has the shared pool running and in sight, the same one each time. */
function anyHost(deps: ControllerDeps, poolName: string): string | null {
  const names = deps.hosts
    .hosts()
    .filter((host) => host.inSight && findPoolOnHost(deps, host, poolName)?.active)
    .map(({ name }) => name);
  return names.sort()[0] ?? null;
}

/** Where the image's next copy stands in the queue; null: none of its copies waits for a worker, or the queue is away. */
export function placeInQueue(
  deps: ImageDeps,
  executors: Executors,
  { metadata: { uid } }: VirtualMachineImage,
  copies: readonly ImageCopy[],
): QueuePlace | null {
  if (!copies.some(isToFetch) || !deps.queue.available()) return null;
  const { config, informers } = deps;
  const all = informers.images.list().map(
    ({ metadata, status }): Fetches => ({
      uid: metadata.uid,
      copies: metadata.uid === uid ? copies : (status?.copies ?? []),
      operations: status?.operations ?? [],
      isReachable: (copy) => placeOf(deps, copy) !== null,
      isAlive: (operation) => executors.isAlive(metadata.uid, operation.key, operation),
    }),
  );
  return placeOfImage(uid, all, config.workerCount ?? DEFAULT_WORKERS);
}

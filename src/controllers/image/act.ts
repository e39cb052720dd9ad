/** One outward step for each copy that needs one. What comes of it is told by the copies that it gives back. */
import type { ImageCopy, ImageOperation, VirtualMachineImage } from '#api/v1alpha1/virtual-machine-image.ts';
import { deleteVolume, findVolume, overlaysOf } from '#hostpool/ensure.ts';
import type { Host as HostEntry, PoolRecord } from '#hostpool/types.ts';
import { isLasting } from '#jobs/image-fetch/errors.ts';
import { type JobQueue, type JobSpec, jobId } from '#jobs/port.ts';
import { errorClassOf, reasonOf, toMessage, VirtfleetError } from '#platform/errors.ts';
import type { Right } from '#platform/right.ts';
import { isoTime, nameSome } from '../conditions.ts';
import type { ControllerDeps } from '../deps.ts';
import { sortCopies } from './decide.ts';
import { placeOf } from './observe.ts';
import { type Act, retryDelayMs, VANISHED_RETRY_MS } from './plan.ts';

export type ImageDeps = ControllerDeps & { queue: JobQueue };

export interface Acted {
  copies: ImageCopy[];
  /** Keys of copies that were seen on their hosts. */
  looked: string[];
  /** Why jobs could not be queued. */
  queueProblem: string | null;
  /** What went wrong with single copies; the others were attended to all the same. */
  failures: { key: string; error: unknown }[];
}

type Result = ImageCopy | 'Unchanged' | 'Gone';

export async function actOnImage(
  deps: ImageDeps,
  right: Right,
  image: VirtualMachineImage,
  acts: readonly Act[],
): Promise<Acted> {
  const copies = new Map((image.status?.copies ?? []).map((copy) => [copy.key, copy]));
  const acted: Acted = { copies: [], looked: [], queueProblem: null, failures: [] };
  const one = async (act: Act): Promise<void> => {
    const copy = copies.get(act.key);
    if (copy === undefined) return;
    try {
      const result = await actOnCopy(deps, right, image, copy, act);
      if (act.kind === 'Look') acted.looked.push(act.key);
      if (result === 'Gone') copies.delete(act.key);
      else if (result !== 'Unchanged') copies.set(act.key, result);
    } catch (error) {
      if (errorClassOf(error) === 'LeaseLost') throw error;
      if (reasonOf(error) === 'QueueUnavailable') acted.queueProblem = toMessage(error);
      else acted.failures.push({ key: act.key, error });
      const message = toMessage(error);
      if (act.kind === 'Remove' && reasonOf(error) === 'InUse' && copy.message !== message)
        copies.set(act.key, { ...copy, message });
    }
  };
  await Promise.all(acts.map(one));
  acted.copies = sortCopies([...copies.values()]);
  return acted;
}

async function actOnCopy(
  deps: ImageDeps,
  right: Right,
  image: VirtualMachineImage,
  copy: ImageCopy,
  act: Act,
): Promise<Result> {
  switch (act.kind) {
    case 'Enqueue':
      await deps.queue.add(right, jobOf(image, copy));
      return 'Unchanged';
    case 'Look':
      return look(deps, right, image, copy);
    case 'Clean':
      if (isLeftover(image, copy)) await remove(deps, right, copy, { unlessStoodOn: false });
      return failedCopy(deps, image, copy);
    case 'Remove':
      await remove(deps, right, copy, { unlessStoodOn: true });
      return 'Gone';
    default:
      return act satisfies never;
  }
}

/**
 * Whether what lies under the copy's name is what the attempt that failed has begun. Under a name that disks stand on it
 * may have been brought back since: the next attempt compares it with the checksum, and nothing is removed before.
 */
export function isLeftover(image: VirtualMachineImage, copy: ImageCopy): boolean {
  return copy.path === undefined && operationOf(image, copy)?.wrote === true;
}

export function operationOf(image: VirtualMachineImage, copy: ImageCopy): ImageOperation | undefined {
  return image.status?.operations?.find(({ key, attempt }) => key === copy.key && attempt === copy.attempt);
}

export function jobOf(image: VirtualMachineImage, copy: ImageCopy): JobSpec {
  const { namespace, name, uid } = image.metadata;
  const attempt = copy.attempt ?? 1;
  return {
    id: jobId(uid, 'ImageFetch', copy.key, attempt),
    operation: 'ImageFetch',
    object: { kind: 'VirtualMachineImage', namespace, name, uid },
    key: copy.key,
    attempt,
  };
}

async function remove(
  deps: ImageDeps,
  right: Right,
  copy: ImageCopy,
  { unlessStoodOn }: { unlessStoodOn: boolean },
): Promise<void> {
  const place = placeOf(deps, copy);
  if (place === null) throw new Error(`copy ${copy.key} is to be removed where it cannot be reached`);
  if (copy.volumeName === undefined) return;
  const { host, pool } = place;
  const found = await findVolume(host, right, pool.uuid, copy.volumeName);
  if (found === null) return;
  if (unlessStoodOn && found.path !== null) await refuseWhileStoodOn(host, right, pool, copy, found.path);
  await deleteVolume(host, right, pool.uuid, copy.volumeName);
}

/**
 * Objects do not tell of every disk: one that was retained, a machine that was orphaned or abandoned, or one whose object
 * a restored etcd does not have. What the files say counts.
 */
async function refuseWhileStoodOn(
  host: HostEntry,
  right: Right,
  pool: PoolRecord,
  copy: ImageCopy,
  path: string,
): Promise<void> {
  const overlays = await overlaysOf(host, right, pool.uuid, path);
  if (overlays.length === 0) return;
  throw new VirtfleetError(
    'InvalidSpec',
    'InUse',
    `copy ${copy.key} stays: these volumes of pool ${copy.poolName} on host ${host.name} stand on it, and belong to no object: ${nameSome(overlays)}`,
    { host: host.name, object: copy.volumeName ?? copy.key, mend: 'Remove them there when nobody needs them' },
  );
}

async function look(deps: ImageDeps, right: Right, image: VirtualMachineImage, copy: ImageCopy): Promise<Result> {
  const place = placeOf(deps, copy);
  if (place === null || copy.volumeName === undefined) return 'Unchanged';
  const facts = await findVolume(place.host, right, place.pool.uuid, copy.volumeName);
  const operation = operationOf(image, copy);
  if (facts === null || facts.path === null) {
    return {
      ...copy,
      phase: 'Failed',
      message: vanished(image, copy),
      retryAt: isoTime(deps.clock.now() + VANISHED_RETRY_MS),
    };
  }
  const { message: _message, retryAt: _retryAt, ...rest } = copy;
  return {
    ...rest,
    phase: 'Ready',
    path: facts.path,
    ...(operation?.digest === undefined ? {} : { digest: operation.digest }),
    sizeBytes: operation?.sizeBytes ?? copy.sizeBytes ?? facts.capacityBytes,
  };
}

/** Exported for its words. Pure. */
export function vanished(image: VirtualMachineImage, { volumeName, poolName, hostName }: ImageCopy): string {
  const next =
    image.spec.http !== undefined
      ? 'it is fetched again, under the same name.'
      : `what the volume ${image.spec.volumeName} is now may be other than it was, so a new copy has another name: bring the file back for the disks that stand on it.`;
  return `Volume ${volumeName} has vanished from pool ${poolName} on host ${hostName}; ${next}`;
}

function failedCopy(deps: ImageDeps, image: VirtualMachineImage, copy: ImageCopy): ImageCopy {
  const operation = operationOf(image, copy);
  const ended = Date.parse(operation?.finishedAt ?? '') || deps.clock.now();
  // Disks that stand on it need that very name.
  const isTaken = operation?.reason === 'VolumeExists' && copy.path !== undefined;
  const reason = isTaken ? undefined : operation?.reason;
  const delayMs = retryDelayMs(copy.attempt ?? 1, reason, isLasting(reason));
  const { digest: _digest, ...rest } = copy;
  return {
    ...rest,
    phase: 'Failed',
    ...(operation?.reason ? { reason: operation.reason } : {}),
    message: operation?.message ?? 'It was cancelled.',
    retryAt: isoTime(ended + delayMs),
  };
}

/** The whole status of an image, computed anew each time. Pure. */
import { bytesToShortQuantity } from '#api/quantity.ts';
import type {
  ImageCopy,
  ImageOperation,
  VirtualMachineImage,
  VirtualMachineImageStatus,
} from '#api/v1alpha1/virtual-machine-image.ts';
import { isLasting } from '#jobs/image-fetch/errors.ts';
import { mergeConditions, nameSome, type WantedCondition } from '../conditions.ts';
import { type QueuePlace, queueStatus } from '../queue-place.ts';
import { duration, rateText } from '../rate-text.ts';
import { type IsAlive, leftMs, shareDone, underWay } from './fetch-queue.ts';
import type { Wait } from './plan.ts';
import type { Problem } from './wanted.ts';

export interface StatusInput {
  now: number;
  image: VirtualMachineImage;
  /** As they are after this reconcile. */
  copies: ImageCopy[];
  /** Keys of those that are wanted. */
  wanted: ReadonlySet<string>;
  waits: readonly Wait[];
  problems: readonly Problem[];
  queueProblem: string | null;
  userCount: number;
  /** Where the first of its copies that wait stands; null: none waits, or one of them is under way. */
  queue: QueuePlace | null;
  isAlive: IsAlive;
  /** Who holds up the deletion. */
  blockedBy: readonly string[] | null;
}

type Verdict = Pick<WantedCondition, 'status' | 'reason' | 'message'> & {
  phase: NonNullable<VirtualMachineImageStatus['phase']>;
  progressing: boolean;
  stalled: boolean;
};

export function imageStatus(input: StatusInput): VirtualMachineImageStatus {
  const { image, copies, now } = input;
  const previous = image.status;
  const operations = (previous?.operations ?? []).filter(({ key }) => copies.some((copy) => copy.key === key));
  const verdict = judge(input, operations);
  const { phase, progressing, stalled, ...ready } = verdict;
  const conditions: WantedCondition[] = [{ type: 'Ready', ...ready }];
  if (progressing) conditions.push({ type: 'Reconciling', ...ready, status: 'True' });
  if (stalled) conditions.push({ type: 'Stalled', ...ready, status: 'True' });
  const sizeBytes = copies.find((copy) => copy.sizeBytes !== undefined)?.sizeBytes ?? previous?.sizeBytes;
  const digest = image.spec.http?.checksum ?? copies.find((copy) => copy.digest !== undefined)?.digest;
  const { generation } = image.metadata;
  return {
    ...(generation === undefined ? {} : { observedGeneration: generation }),
    phase,
    source: sourceOf(image),
    ...(sizeBytes === undefined ? {} : { sizeBytes, size: bytesToShortQuantity(sizeBytes) }),
    ...(digest === undefined ? {} : { digest }),
    format: image.spec.format,
    ...progressOf(input, operations),
    ...(input.queue ? queueStatus(input.queue, previous?.estimatedStartAt, now) : {}),
    copies,
    operations,
    usedBy: input.userCount,
    conditions: mergeConditions(previous?.conditions, conditions, generation, now),
  };
}

/** What differs from moment to moment and can wait ten seconds to be told. */
export function withoutCounters(status: VirtualMachineImageStatus): unknown {
  const {
    fetchedBytes: _bytes,
    progress: _progress,
    rate: _rate,
    remaining: _remaining,
    queuePosition: _position,
    estimatedStartAt: _start,
    operations: _operations,
    ...rest
  } = status;
  return rest;
}

/** Without the query, which may hold a token. */
function sourceOf({ spec }: VirtualMachineImage): string {
  if (spec.http === undefined) return `volume ${spec.volumeName}`;
  const url = URL.parse(spec.http.url);
  return url === null ? 'http' : `${url.protocol}//${url.host}${url.pathname}`.slice(0, 200);
}

function progressOf(
  { copies, wanted, isAlive }: StatusInput,
  operations: readonly ImageOperation[],
): Pick<VirtualMachineImageStatus, 'progress' | 'fetchedBytes' | 'rate' | 'remaining'> {
  const relevant = copies.filter(({ key }) => wanted.has(key));
  if (relevant.length === 0) return {};
  const done = relevant.map((copy) =>
    shareDone(
      copy,
      operations.find(({ key }) => key === copy.key),
    ),
  );
  const isAll = relevant.every(({ phase }) => phase === 'Ready');
  const share = done.reduce((sum, one) => sum + one, 0) / relevant.length;
  const active = operations.filter(({ outcome }) => outcome === undefined);
  // What an attempt that failed had reached is no progress.
  if (active.length === 0 && relevant.some(({ phase }) => phase === 'Failed')) return {};
  const fetchedBytes = active.reduce((sum, { progressBytes }) => sum + (progressBytes ?? 0), 0);
  // 100 % is said only of what is there and verified.
  const progress = isAll ? '100%' : `${Math.min(99, Math.floor(share * 100))}%`;
  // What nobody works on any more has neither a rate nor an end.
  const flowing = relevant.flatMap((copy) => underWay(copy, operations, isAlive) ?? []);
  const rate = rateText(flowing.reduce((sum, { ratePerSecond }) => sum + (ratePerSecond ?? 0), 0));
  const remaining = remainingOf(flowing.map(leftMs));
  return {
    progress,
    ...(active.length > 0 ? { fetchedBytes } : {}),
    ...(rate ? { rate } : {}),
    ...(remaining ? { remaining } : {}),
  };
}

/** The last of them ends then. Of one that has just begun nobody knows. */
function remainingOf(left: readonly (number | null)[]): string | undefined {
  const known = left.filter((ms) => ms !== null);
  return known.length === 0 || known.length < left.length ? undefined : duration(Math.max(...known) / 1000);
}

function judge(input: StatusInput, operations: readonly ImageOperation[]): Verdict {
  const { image, copies, wanted, waits, problems, queueProblem, blockedBy } = input;
  const on = (wait: Wait['for']): string[] => waits.filter((one) => one.for === wait).map(({ key }) => key);
  if (image.metadata.deletionTimestamp !== undefined) return judgeDeletion(blockedBy, on('Host'), copies);
  const [problem] = problems;
  if (problem !== undefined) {
    const { reason, message } = problem;
    return no('Failed', reason, message, { stalled: problem.isLasting });
  }
  if (wanted.size === 0) {
    const message = 'No pool is named and no machine needs it yet: it is fetched when one does.';
    return { phase: 'Pending', status: 'True', reason: 'OnDemand', message, progressing: false, stalled: false };
  }
  const missing = [...wanted].filter((key) => copies.find((copy) => copy.key === key)?.phase !== 'Ready');
  if (missing.length === 0) {
    const message = `${wanted.size === 1 ? 'Its copy is' : `All ${wanted.size} copies are`} complete and verified.`;
    return { phase: 'Ready', status: 'True', reason: 'Ready', message, progressing: false, stalled: false };
  }
  const failed = copies.filter((copy) => copy.phase === 'Failed' && wanted.has(copy.key));
  const [worst] = failed;
  if (worst !== undefined) {
    const operation = operations.find(({ key, attempt }) => key === worst.key && attempt === worst.attempt);
    const reason = operation?.reason ?? 'FetchFailed';
    const again = worst.retryAt === undefined ? '' : ` The next attempt is at ${worst.retryAt}.`;
    const message = `Copy ${worst.key}: ${worst.message ?? 'it failed.'}${again}`;
    return no('Failed', reason, message, { stalled: isLasting(reason), progressing: !isLasting(reason) });
  }
  if (queueProblem !== null) return no('Pending', 'QueueUnavailable', queueProblem, { progressing: true });
  const blind = on('Host');
  if (blind.length === missing.length) {
    return no('Pending', 'HostOutOfSight', `The hosts of ${nameSome(blind)} are out of sight.`, { progressing: true });
  }
  const poolDown = on('Pool');
  if (poolDown.length + blind.length === missing.length) {
    return no('Pending', 'WaitingForPool', `The pool does not run for ${nameSome(poolDown)}.`, { progressing: true });
  }
  const ready = wanted.size - missing.length;
  const turn = input.queue && input.queue.position > 0 ? ' The next waits for its turn (status.queuePosition).' : '';
  return no('Fetching', 'Fetching', `${ready} of ${wanted.size} copies are ready.${turn}`, { progressing: true });
}

function judgeDeletion(
  blockedBy: readonly string[] | null,
  blind: readonly string[],
  copies: readonly ImageCopy[],
): Verdict {
  if (blockedBy !== null) {
    const message = `It cannot be deleted while these stand on it: ${nameSome(blockedBy)}.`;
    return no('Deleting', 'InUse', message, { progressing: true });
  }
  const held = copies.find((copy) => copy.phase === 'Deleting' && copy.message !== undefined);
  if (held?.message) return no('Deleting', 'InUse', held.message, { progressing: true });
  const message = blind.length > 0 ? `Waits for the hosts of ${nameSome(blind)}.` : 'Its copies are being removed.';
  return no('Deleting', 'Deleting', message, { progressing: true });
}

function no(
  phase: Verdict['phase'],
  reason: string,
  message: string,
  { progressing = false, stalled = false }: { progressing?: boolean; stalled?: boolean },
): Verdict {
  return { phase, status: 'False', reason, message, progressing, stalled };
}

/** The queue of fetches: copies of all images that wait for a worker, and those that are under way. Pure. */
import type { ImageCopy, ImageOperation, VirtualMachineImage } from '#api/v1alpha1/virtual-machine-image.ts';
import { type QueuePlace, startsInMs } from '../queue-place.ts';

/** What is to be fetched of one image; `isReachable`: its host and pool are there, so that it stands in the queue. */
export interface Fetches {
  uid: string;
  copies: readonly ImageCopy[];
  operations: readonly ImageOperation[];
  isReachable: (copy: ImageCopy) => boolean;
}

/** The executor's entry of this very attempt, claimed and not ended. */
export function underWay(copy: ImageCopy, operations: readonly ImageOperation[]): ImageOperation | null {
  if (!isToFetch(copy)) return null;
  const mine = operations.find(({ key, attempt }) => key === copy.key && attempt === copy.attempt);
  return mine?.claim !== undefined && mine.outcome === undefined ? mine : null;
}

const isToFetch = ({ phase }: ImageCopy): boolean => phase === 'Planned' || phase === 'Fetching';

/** Downloading and uploading are the two halves of a copy. */
export function shareDone(copy: ImageCopy, operation: ImageOperation | undefined): number {
  if (copy.phase === 'Ready') return 1;
  return operation === undefined || operation.attempt !== copy.attempt ? 0 : shareOf(operation);
}

function shareOf({ phase, progressBytes = 0, totalBytes }: ImageOperation): number {
  const share = totalBytes ? Math.min(1, progressBytes / totalBytes) : 0;
  switch (phase) {
    case 'Downloading':
      return share / 2;
    case 'Checking':
      return 0.5;
    case 'Uploading':
      return 0.5 + share / 2;
    case 'Verifying':
    case 'Done':
      return 1;
    default:
      return 0;
  }
}

/** Of less than that nothing follows for the rest. */
const LEAST_SHARE = 0.05;

/** Time left at the pace until now, ms; null: it has just begun, or does not tell how much there is. */
export function leftMs(operation: ImageOperation, now: number): number | null {
  const startedAt = Date.parse(operation.startedAt ?? '');
  const share = shareOf(operation);
  if (Number.isNaN(startedAt) || share < LEAST_SHARE) return null;
  return Math.max(0, ((now - startedAt) * (1 - share)) / share);
}

/**
 * Where the first waiting copy of that image stands; null: none waits, or one of its copies is under way. `places`: as many
 * are fetched at once. Oldest first, as the queue hands them out; after a queue that was lost it is an estimate.
 */
export function placeOfImage(uid: string, all: readonly Fetches[], places: number, now: number): QueuePlace | null {
  const waiting: { uid: string; order: string }[] = [];
  const left: (number | null)[] = [];
  for (const image of all) {
    for (const copy of image.copies.filter(isToFetch)) {
      const operation = underWay(copy, image.operations);
      if (operation && image.uid === uid) return null;
      if (operation) left.push(leftMs(operation, now));
      else if (image.isReachable(copy))
        waiting.push({ uid: image.uid, order: `${copy.queuedAt ?? ''} ${image.uid} ${copy.key}` });
    }
  }
  const index = waiting.sort((a, b) => (a.order < b.order ? -1 : 1)).findIndex((one) => one.uid === uid);
  if (index < 0) return null;
  const position = index + 1 - Math.max(0, places - left.length);
  if (position <= 0) return { position: 0, startsInMs: 0 };
  return { position, startsInMs: startsInMs(left, position, places) };
}

/** All images of the fleet, this one with its copies as they are about to be written. */
export function fetchesOf(
  images: readonly VirtualMachineImage[],
  changed: { uid: string; copies: readonly ImageCopy[] },
  isReachable: (copy: ImageCopy) => boolean,
): Fetches[] {
  return images.map(({ metadata: { uid }, status }) => ({
    uid,
    copies: uid === changed.uid ? changed.copies : (status?.copies ?? []),
    operations: status?.operations ?? [],
    isReachable,
  }));
}

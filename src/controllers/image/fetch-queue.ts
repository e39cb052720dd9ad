/** The queue of fetches: copies of all images that wait for a worker, and those that are under way. Pure. */
import type { ImageCopy, ImageOperation } from '#api/v1alpha1/virtual-machine-image.ts';
import { type QueuePlace, startsInMs } from '../queue-place.ts';

/** What is to be fetched of one image; `isReachable`: its host and pool are there, so that it stands in the queue. */
export interface Fetches {
  uid: string;
  copies: readonly ImageCopy[];
  operations: readonly ImageOperation[];
  isReachable: (copy: ImageCopy) => boolean;
  isAlive: IsAlive;
}

/** Whether who claimed the entry gave a sign of life not long ago, and has not ended it. */
export type IsAlive = (operation: ImageOperation) => boolean;

/** The entry of this very attempt, when somebody works on it. */
export function underWay(
  copy: ImageCopy,
  operations: readonly ImageOperation[],
  isAlive: IsAlive,
): ImageOperation | null {
  if (!isToFetch(copy)) return null;
  const mine = operations.find(({ key, attempt }) => key === copy.key && attempt === copy.attempt);
  return mine && isAlive(mine) ? mine : null;
}

export const isToFetch = ({ phase }: Pick<ImageCopy, 'phase'>): boolean => phase === 'Planned' || phase === 'Fetching';

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

/** Time left at the present rate, ms: what is downloaded is uploaded then. Null: it does not tell how much there is. */
export function leftMs({ phase, progressBytes = 0, totalBytes, ratePerSecond }: ImageOperation): number | null {
  if (!totalBytes || !ratePerSecond || (phase !== 'Downloading' && phase !== 'Uploading')) return null;
  const bytes = Math.max(0, totalBytes - progressBytes) + (phase === 'Downloading' ? totalBytes : 0);
  return (bytes / ratePerSecond) * 1000;
}

/**
 * Where the first waiting copy of that image stands; null: none waits, or one of its copies is under way. `places`: as many
 * are fetched at once. Oldest first, as the queue hands them out; after a queue that was lost it is an estimate.
 */
export function placeOfImage(uid: string, all: readonly Fetches[], places: number): QueuePlace | null {
  const waiting: { uid: string; order: string }[] = [];
  const left: (number | null)[] = [];
  for (const image of all) {
    for (const copy of image.copies.filter(isToFetch)) {
      const operation = underWay(copy, image.operations, image.isAlive);
      if (operation && image.uid === uid) return null;
      if (operation) left.push(leftMs(operation));
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

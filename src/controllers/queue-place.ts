/** Where something stands in the queue of long operations, and when its turn may come, as status tells it. Pure. */
import { isoTime } from './conditions.ts';

export interface QueuePlace {
  /** How many are before it, and one; 0: its turn has come. */
  position: number;
  /** When its turn may come, ms from now; null: not known. */
  startsInMs: number | null;
}

/**
 * When the turn of the one at that position may come, ms. Those under way end one after the other; who comes after all of
 * them waits for as many rounds of the longest. Null: of one of them it is not known how long it takes.
 */
export function startsInMs(leftMs: readonly (number | null)[], position: number, places: number): number | null {
  const known = leftMs.filter((left) => left !== null).sort((a, b) => a - b);
  const longest = known.at(-1);
  if (longest === undefined || known.length < leftMs.length) return null;
  const rounds = Math.floor((position - 1) / places);
  return (known[Math.min((position - 1) % places, known.length - 1)] ?? longest) + rounds * longest;
}

/** An estimate is written anew when it is off by so much. */
const ESTIMATE_OFF_MS = 15_000;

export interface QueueStatus {
  queuePosition?: number;
  estimatedStartAt?: string;
}

/** `before`: the estimate that status has, which stays when the new one is near it. */
export function queueStatus(
  { position, startsInMs }: QueuePlace,
  before: string | undefined,
  now: number,
): QueueStatus {
  if (position === 0) return {};
  const at = startsInMs === null ? null : now + startsInMs;
  const isNear = before !== undefined && at !== null && Math.abs(Date.parse(before) - at) < ESTIMATE_OFF_MS;
  return {
    queuePosition: roundPosition(position),
    ...(at === null ? {} : { estimatedStartAt: isNear ? before : isoTime(at) }),
  };
}

/** From 20 on positions are rounded up, so that one that ends is not a write for each that waits. */
export function roundPosition(position: number): number {
  if (position < 20) return position;
  const unit = position < 200 ? 10 : 100;
  return Math.ceil(position / unit) * unit;
}

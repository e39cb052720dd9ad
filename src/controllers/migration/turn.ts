/**
 * Whose turn it is. Pure.
 *
 * The oldest first, as far as the limits of its source and of the fleet allow; one that is held back by its own host holds
 * up nobody from another one. All that wait are judged together, so that two that look at the same moment never both take
 * the last place.
 */
import { type QueuePlace, startsInMs } from '../queue-place.ts';

export interface Mover {
  uid: string;
  createdAt: number;
  /** Name of the host that it leaves. */
  source: string;
  /** Of one that goes on: time left, ms; null: not known. */
  leftMs: number | null;
}

export interface Limits {
  /** `--migrations-at-once`. */
  fleet: number;
  /** spec.migration.maxOutgoing of that host. */
  outgoing: (host: string) => number;
}

export interface Turn extends QueuePlace {
  isFree: boolean;
  /** What it waits for. */
  message: string;
}

export const freeTurn: Turn = { isFree: true, position: 0, startsInMs: 0, message: '' };

/** One turn for each that waits, by uid. */
export function takeTurns(waiting: readonly Mover[], underWay: readonly Mover[], limits: Limits): Map<string, Turn> {
  const turns = new Map<string, Turn>();
  const going = new Map<string, number>();
  const queued = new Map<string, number>();
  const raise = (counts: Map<string, number>, host: string): number => {
    const count = (counts.get(host) ?? 0) + 1;
    counts.set(host, count);
    return count;
  };
  for (const { source } of underWay) raise(going, source);
  let total = underWay.length;
  let before = 0;
  for (const mover of [...waiting].sort(order)) {
    const most = limits.outgoing(mover.source);
    if (total < limits.fleet && (going.get(mover.source) ?? 0) < most) {
      raise(going, mover.source);
      total += 1;
      turns.set(mover.uid, freeTurn);
      continue;
    }
    before += 1;
    const beforeHere = raise(queued, mover.source);
    const isHostFull = (going.get(mover.source) ?? 0) >= most;
    const position = isHostFull ? beforeHere : before;
    const places = isHostFull ? most : limits.fleet;
    const ahead = isHostFull ? underWay.filter(({ source }) => source === mover.source) : underWay;
    turns.set(mover.uid, {
      isFree: false,
      position,
      startsInMs: startsInMs(
        ahead.map(({ leftMs }) => leftMs),
        position,
        places,
      ),
      message: isHostFull
        ? `${most} ${most === 1 ? 'machine leaves' : 'machines leave'} host ${mover.source} already, as many as its spec.migration.maxOutgoing allows.`
        : `${limits.fleet} ${limits.fleet === 1 ? 'machine moves' : 'machines move'} in the fleet already, as many as --migrations-at-once allows.`,
    });
  }
  return turns;
}

/** Oldest first; of two made in the same second the one with the lower uid, so that everybody sees the same order. */
export function order(a: Pick<Mover, 'uid' | 'createdAt'>, b: Pick<Mover, 'uid' | 'createdAt'>): number {
  if (a.createdAt !== b.createdAt) return a.createdAt - b.createdAt;
  return a.uid < b.uid ? -1 : 1;
}

/**
 * In which order machines leave a host, a few at a time. What a move costs beside its bytes (making ready, the pause at the
 * end) passes unused when one is moved after the other, and several large ones at once share the wire and write memory
 * for longer: so one large machine is on the wire at any time, and small ones go beside it.
 */
import { compareText } from '../candidate.ts';

export interface Mover {
  uid: string;
  /** Bytes that are sent for it, as far as known. */
  bytes: number;
}

export interface Turn<T> {
  mover: T;
  /** 1 for those that begin at once, and so on. */
  order: number;
}

/** What a move takes beside its bytes, in bytes that could be sent meanwhile. */
const BESIDE_BYTES = 256 * 2 ** 20;

/** The first lane takes the largest that is left, the others the smallest. */
export function smallBesideLarge<T extends Mover>(movers: readonly T[], lanes: number): Turn<T>[] {
  return inTurns(movers, lanes, (left, lane) => (lane === 0 ? left.shift() : left.pop()));
}

/** What is small fits into what is left: for a fleet with little room. */
export function largestFirst<T extends Mover>(movers: readonly T[], lanes: number): Turn<T>[] {
  return inTurns(movers, lanes, (left) => left.shift());
}

function inTurns<T extends Mover>(
  movers: readonly T[],
  lanes: number,
  take: (left: T[], lane: number) => T | undefined,
): Turn<T>[] {
  const left = movers.toSorted((a, b) => b.bytes - a.bytes || compareText(a.uid, b.uid));
  const freeAt: number[] = Array.from({ length: Math.max(1, lanes) }, () => 0);
  const turns: Turn<T>[] = [];
  let [order, lastStart] = [0, -1];
  while (left.length > 0) {
    const start = Math.min(...freeAt);
    const lane = freeAt.indexOf(start);
    const mover = take(left, lane);
    if (mover === undefined) break;
    if (start > lastStart) [order, lastStart] = [order + 1, start];
    freeAt[lane] = start + mover.bytes + BESIDE_BYTES;
    turns.push({ mover, order });
  }
  return turns;
}

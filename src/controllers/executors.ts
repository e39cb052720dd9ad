import type { Clock } from '#platform/clock.ts';

/** An executor signs every six seconds; its right ends ten seconds after it was last renewed. */
const SILENT_MS = 20_000;

/** What an executor says of itself in the status of the object that its job is about. */
export interface SignOfLife {
  attempt?: number | undefined;
  claim?: string | undefined;
  updatedAt?: string | undefined;
  outcome?: string | undefined;
}

/**
 * Who still works on what, told by the sign of life in status. Clocks of other machines are not believed: what counts is
 * how long, by our own clock, the sign has not changed.
 */
export class Executors {
  readonly #clock: Clock;
  readonly #seen = new Map<string, { sign: string; sinceMs: number }>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** `key`: which job of the object; null: nobody has claimed it. */
  isAlive(uid: string, key: string, operation: SignOfLife | null): boolean {
    if (operation?.claim === undefined || operation.outcome !== undefined) return false;
    const seenKey = `${uid}/${key}`;
    const sign = `${operation.attempt} ${operation.claim} ${operation.updatedAt}`;
    const now = this.#clock.monotonicMs();
    const before = this.#seen.get(seenKey);
    if (before?.sign !== sign) {
      this.#seen.set(seenKey, { sign, sinceMs: now });
      return true;
    }
    return now - before.sinceMs < SILENT_MS;
  }

  forget(uid: string): void {
    for (const key of this.#seen.keys()) if (key.startsWith(`${uid}/`)) this.#seen.delete(key);
  }
}

import type { ImageOperation } from '#api/v1alpha1/virtual-machine-image.ts';
import type { Clock } from '#platform/clock.ts';

/** An executor signs every six seconds; its right ends ten seconds after it was last renewed. */
const SILENT_MS = 20_000;

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

  isAlive(uid: string, operation: ImageOperation | null): boolean {
    if (operation?.claim === undefined || operation.outcome !== undefined) return false;
    const key = `${uid}/${operation.key}`;
    const sign = `${operation.attempt} ${operation.claim} ${operation.updatedAt}`;
    const now = this.#clock.monotonicMs();
    const before = this.#seen.get(key);
    if (before?.sign !== sign) {
      this.#seen.set(key, { sign, sinceMs: now });
      return true;
    }
    return now - before.sinceMs < SILENT_MS;
  }

  forget(uid: string): void {
    for (const key of this.#seen.keys()) if (key.startsWith(`${uid}/`)) this.#seen.delete(key);
  }
}

import { type Clock, systemClock } from '#platform/clock.ts';
import type { Right } from '#platform/right.ts';

/**
 * The right that a job's lock gives. It ends by itself when the lock is not renewed in time, on a clock that goes on
 * while the process is stopped. Once ended it never comes back: somebody else may have the job by then.
 */
export class JobRight implements Right {
  readonly name: string;
  readonly #controller = new AbortController();
  readonly #clock: Clock;
  #notAfterMs: number;
  #timer: NodeJS.Timeout | undefined;

  /** @param notAfterMs CLOCK_BOOTTIME ms. */
  constructor(jobId: string, notAfterMs: number, clock: Clock = systemClock) {
    this.name = `job ${jobId}`;
    this.#clock = clock;
    this.#notAfterMs = notAfterMs;
    this.#arm();
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  notAfterMs(): number {
    return this.#notAfterMs;
  }

  /** Moves the end on. An older renewal that is answered late moves nothing back. */
  renew(notAfterMs: number): void {
    if (this.signal.aborted || notAfterMs <= this.#notAfterMs) return;
    this.#notAfterMs = notAfterMs;
    this.#arm();
  }

  end(reason: string): void {
    clearTimeout(this.#timer);
    this.#notAfterMs = Math.min(this.#notAfterMs, this.#clock.boottimeMs());
    if (!this.signal.aborted) this.#controller.abort(new Error(`${this.name}: ${reason}`));
  }

  #arm(): void {
    clearTimeout(this.#timer);
    const leftMs = this.#notAfterMs - this.#clock.boottimeMs();
    if (leftMs <= 0) {
      this.end('its lock was not renewed in time');
      return;
    }
    // The timer may fire early or, after a freeze, late: the deadline itself is checked at every effect, so this only
    // serves to stop what is in flight.
    this.#timer = setTimeout(() => this.#arm(), Math.ceil(leftMs));
    this.#timer.unref();
  }
}

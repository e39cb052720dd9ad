import type { Clock } from '#platform/clock.ts';

/** How often the loop is looked at; well below any lease's margin. */
const TURN_MS = 250;

/**
 * Notices that the process stood still: stopped, frozen, or suspended with its machine. Whoever wrote something into a
 * local socket before the freeze had a right that may have ended meanwhile, and the bytes must not go on to a host.
 *
 * `passed()` is asked before bytes are sent on: a wake-up may well begin with a socket's event and not with our timer.
 */
export class FreezeWatch {
  readonly #clock: Clock;
  readonly #marginMs: number;
  readonly #timer: NodeJS.Timeout;
  readonly #onFreeze: (frozenMs: number) => void;
  #boottimeMs: number;
  #monotonicMs: number;
  #isLooked = false;

  constructor(clock: Clock, marginMs: number, onFreeze: (frozenMs: number) => void) {
    this.#clock = clock;
    this.#marginMs = marginMs;
    this.#onFreeze = onFreeze;
    this.#boottimeMs = clock.boottimeMs();
    this.#monotonicMs = clock.monotonicMs();
    this.#timer = setInterval(() => this.#look(), TURN_MS).unref();
  }

  /** False: the process stood still for longer than the margin; what is at hand is stale and must be dropped. */
  passed(): boolean {
    // A stop of the process shows on the monotonic clock, which costs nothing to read.
    if (this.#clock.monotonicMs() - this.#monotonicMs > this.#marginMs) return this.#look();
    // A suspend of the machine shows on CLOCK_BOOTTIME alone: once a turn of the loop.
    if (this.#isLooked) return true;
    this.#isLooked = true;
    setImmediate(() => {
      this.#isLooked = false;
    });
    return this.#look();
  }

  #look(): boolean {
    const boottimeMs = this.#clock.boottimeMs();
    const monotonicMs = this.#clock.monotonicMs();
    const jumpMs = Math.max(boottimeMs - this.#boottimeMs, monotonicMs - this.#monotonicMs);
    this.#boottimeMs = boottimeMs;
    this.#monotonicMs = monotonicMs;
    if (jumpMs <= this.#marginMs) return true;
    this.#onFreeze(jumpMs);
    return false;
  }

  close(): void {
    clearInterval(this.#timer);
  }
}

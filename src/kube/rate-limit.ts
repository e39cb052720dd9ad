/** How long a failed key waits: its own exponential delay, or its place behind everybody else's, whichever is longer. */
export interface RateLimits {
  baseMs: number;
  maxMs: number;
  /** Retries a second over all keys, in the long run. */
  perSecond: number;
  burst: number;
  /** A number in [0, 1). */
  random: () => number;
}

export const defaultRateLimits: RateLimits = {
  baseMs: 100,
  maxMs: 120_000,
  perSecond: 50,
  burst: 200,
  random: Math.random,
};

export class RateLimiter {
  readonly #limits: RateLimits;
  readonly #failures = new Map<string, number>();
  #tokens: number;
  #filledAt: number;

  constructor(limits: RateLimits, nowMs: number) {
    this.#limits = limits;
    this.#tokens = limits.burst;
    this.#filledAt = nowMs;
  }

  /** The delay of a key that failed once more. Half of it is jitter, so that what failed together does not come together. */
  delayMs(key: string, nowMs: number): number {
    const failures = this.#failures.get(key) ?? 0;
    this.#failures.set(key, failures + 1);
    const { baseMs, maxMs, random } = this.#limits;
    const full = Math.min(maxMs, baseMs * 2 ** Math.min(failures, 30));
    return Math.max(full / 2 + (full / 2) * random(), this.#reserveMs(nowMs));
  }

  failures(key: string): number {
    return this.#failures.get(key) ?? 0;
  }

  forget(key: string): void {
    this.#failures.delete(key);
  }

  /** Takes one token, on credit when there is none: the answer is how long until it is really there. */
  #reserveMs(nowMs: number): number {
    const { perSecond, burst } = this.#limits;
    this.#tokens = Math.min(burst, this.#tokens + ((nowMs - this.#filledAt) * perSecond) / 1000);
    this.#filledAt = nowMs;
    this.#tokens -= 1;
    return this.#tokens >= 0 ? 0 : (-this.#tokens * 1000) / perSecond;
  }
}

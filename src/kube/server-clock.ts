import { type Clock, systemClock } from '#platform/clock.ts';
import { log } from '#platform/log.ts';

/** An HTTP date has whole seconds. */
const GRAIN_MS = 1_000;
/** What is less is no news: a person reads seconds. */
const TOLD_MS = 5_000;

/**
 * The wall clock of the API server, as the `Date` of its answers tells it. Times in objects are compared with times that
 * the API server writes (creationTimestamp) and with those of other replicas, so they have to be of one clock; our own may
 * be wrong, or jump. In between it runs on CLOCK_BOOTTIME; until the first answer it is our own.
 */
export class ServerClock implements Clock {
  readonly #own: Clock;
  /** What is added to CLOCK_BOOTTIME. */
  #offsetMs: number | null = null;
  #toldMs = 0;

  constructor(own: Clock = systemClock) {
    this.#own = own;
  }

  /** Like the other two it may be passed on by itself. */
  readonly now = (): number => (this.#offsetMs === null ? this.#own.now() : this.#own.boottimeMs() + this.#offsetMs);

  readonly monotonicMs = (): number => this.#own.monotonicMs();

  readonly boottimeMs = (): number => this.#own.boottimeMs();

  /**
   * Takes in the `Date` of an answer whose request was sent at `sentMs` (CLOCK_BOOTTIME). The server's clock was read
   * between then and now, and showed that second: what is known already is changed only when it contradicts that.
   */
  learn(date: string | undefined, sentMs: number): void {
    const second = Date.parse(date ?? '');
    if (Number.isNaN(second)) return;
    const least = second - this.#own.boottimeMs();
    const most = second + GRAIN_MS - sentMs;
    const known = this.#offsetMs ?? this.#own.now() - this.#own.boottimeMs();
    this.#offsetMs = Math.min(Math.max(known, least), most);
    this.#tell();
  }

  #tell(): void {
    const aheadMs = this.#own.now() - this.now();
    if (Math.abs(aheadMs - this.#toldMs) < TOLD_MS) return;
    this.#toldMs = aheadMs;
    const seconds = Math.round(Math.abs(aheadMs) / 1000);
    log.warn(
      { room: 'kube', aheadMs: Math.round(aheadMs) },
      seconds === 0
        ? 'the clock of this process agrees with that of the API server again'
        : `the clock of this process is ${seconds} s ${aheadMs > 0 ? 'ahead of' : 'behind'} that of the API server, ` +
            'which is the one that counts in objects; certificates are judged by our own: set it right',
    );
  }
}

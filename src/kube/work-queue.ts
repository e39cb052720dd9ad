import { counter, gauge, histogram } from '#platform/metrics.ts';
import { DelayHeap } from './delay-heap.ts';
import { defaultRateLimits, RateLimiter, type RateLimits } from './rate-limit.ts';

const depth = gauge('workqueue_depth', 'Keys that wait to be worked on.', ['name']);
const adds = counter('workqueue_adds_total', 'Keys that were added.', ['name']);
const waited = histogram('workqueue_queue_duration_seconds', 'Time from being due to being taken.', ['name']);
const worked = histogram('workqueue_work_duration_seconds', 'Time from being taken to being done.', ['name']);
const retries = counter('workqueue_retries_total', 'Keys that were added again after a failure.', ['name']);

/**
 * Keys to be worked on, after the model of client-go's workqueue.
 *
 * - A key waits at most once, however often it is added.
 * - A key is worked on by one worker at a time: added meanwhile, it comes again after `done`.
 * - `addAfter` and `addRateLimited` delay; an earlier time wins, and coming due counts as one `add`.
 */
export class WorkQueue {
  readonly name: string;
  /** Waiting, in order. */
  readonly #queue: string[] = [];
  #head = 0;
  /** To be worked on: waiting, or added while being worked on. */
  readonly #dirty = new Set<string>();
  /** Being worked on, with the time it was taken. */
  readonly #processing = new Map<string, number>();
  readonly #dueAt = new Map<string, number>();
  readonly #delayed = new DelayHeap();
  readonly #limiter: RateLimiter;
  readonly #now: () => number;
  #takers: ((key: string | null) => void)[] = [];
  #timer: NodeJS.Timeout | null = null;
  #timerAt = Number.POSITIVE_INFINITY;
  #closed = false;

  constructor(name: string, limits: Partial<RateLimits> = {}, now: () => number = () => performance.now()) {
    this.name = name;
    this.#now = now;
    this.#limiter = new RateLimiter({ ...defaultRateLimits, ...limits }, now());
  }

  /** Keys that wait, delayed ones left out. */
  get length(): number {
    return this.#queue.length - this.#head;
  }

  add(key: string): void {
    if (this.#closed || this.#dirty.has(key)) return;
    this.#dirty.add(key);
    adds.inc({ name: this.name });
    if (!this.#processing.has(key)) this.#push(key);
  }

  /** Puts the keys that wait now into another order; delayed ones are left out. `inTurn` must return what it was given. */
  arrange(inTurn: (keys: string[]) => string[]): void {
    const waiting = this.#queue.splice(this.#head);
    this.#queue.push(...inTurn(waiting));
  }

  addAfter(key: string, delayMs: number): void {
    if (this.#closed) return;
    if (!(delayMs > 0)) {
      this.add(key);
      return;
    }
    this.#delayed.add(key, this.#now() + delayMs);
    this.#schedule();
  }

  /** After a failure: the key's own exponential delay and the queue's token bucket. */
  addRateLimited(key: string): void {
    retries.inc({ name: this.name });
    this.addAfter(key, this.#limiter.delayMs(key, this.#now()));
  }

  failures(key: string): number {
    return this.#limiter.failures(key);
  }

  /** It went well: the next failure is a first one. */
  forget(key: string): void {
    this.#limiter.forget(key);
  }

  /** The next key, as soon as there is one; null after `close`. Each taken key must be given to `done`. */
  take(): Promise<string | null> {
    if (this.#closed) return Promise.resolve(null);
    if (this.length > 0) return Promise.resolve(this.#shift());
    return new Promise((resolve) => this.#takers.push(resolve));
  }

  done(key: string): void {
    const takenAt = this.#processing.get(key);
    if (takenAt === undefined) return;
    this.#processing.delete(key);
    worked.observe({ name: this.name }, (this.#now() - takenAt) / 1000);
    if (this.#dirty.has(key) && !this.#closed) this.#push(key);
  }

  /** Ends all waiting takers and hands nothing out any more. */
  close(): void {
    this.#closed = true;
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    depth.set({ name: this.name }, 0);
    for (const taker of this.#takers.splice(0)) taker(null);
  }

  #push(key: string): void {
    this.#queue.push(key);
    this.#dueAt.set(key, this.#now());
    const taker = this.#takers.shift();
    if (taker) taker(this.#shift());
    depth.set({ name: this.name }, this.length);
  }

  #shift(): string | null {
    const key = this.#queue[this.#head];
    if (key === undefined) return null;
    this.#head += 1;
    // The front is cut off now and then, so that a step costs the same however long the queue is.
    if (this.#head > 1024 && this.#head * 2 > this.#queue.length) {
      this.#queue.splice(0, this.#head);
      this.#head = 0;
    }
    const now = this.#now();
    this.#dirty.delete(key);
    this.#processing.set(key, now);
    waited.observe({ name: this.name }, (now - (this.#dueAt.get(key) ?? now)) / 1000);
    this.#dueAt.delete(key);
    depth.set({ name: this.name }, this.length);
    return key;
  }

  #schedule(): void {
    const at = this.#delayed.nextAt();
    if (at === undefined || (this.#timer && this.#timerAt <= at)) return;
    if (this.#timer) clearTimeout(this.#timer);
    this.#timerAt = at;
    // Timers hold at most 2^31 ms; a later one is set when this one fires.
    const delayMs = Math.min(Math.max(0, Math.ceil(at - this.#now())), 2 ** 31 - 1);
    this.#timer = setTimeout(() => this.#release(), delayMs);
  }

  #release(): void {
    this.#timer = null;
    const now = this.#now();
    for (let key = this.#delayed.pop(now); key !== undefined; key = this.#delayed.pop(now)) this.add(key);
    this.#schedule();
  }
}

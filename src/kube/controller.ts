import { errorClassOf, toMessage } from '#platform/errors.ts';
import { log } from '#platform/log.ts';
import { counter, gauge, histogram } from '#platform/metrics.ts';
import type { Right } from '#platform/right.ts';
import type { Informer } from './informer.ts';
import type { RateLimits } from './rate-limit.ts';
import { type KubeObject, keyOf, type ObjectKey } from './types.ts';
import { WorkQueue } from './work-queue.ts';

export interface ReconcileResult {
  /** Look again after that long, even if nothing is heard of it. */
  requeueAfterMs?: number | undefined;
}

export type Reconcile = (key: ObjectKey, right: Right) => Promise<ReconcileResult | undefined> | Promise<void>;

export interface ControllerOptions {
  name: string;
  /** Keys that are worked on at once; those that have taken for longer than three seconds are not counted, up to four times as many. */
  concurrency: number;
  /** Must be idempotent: it is called anew after any failure, and after a restart for every object. */
  reconcile: Reconcile;
  rateLimits?: Partial<RateLimits>;
  /** Called when this process begins to lead, before the first reconcile. */
  onLead?: () => void;
  /** The order in which the keys are worked on that came before the start; left out: as they came, by name mostly. */
  inTurn?: (keys: ObjectKey[]) => ObjectKey[];
}

/** What waits for the user or the fleet is looked at again this often, whatever happens. */
const SLOW_RETRY_MS = 60_000;
const CONFLICT_RETRY_MS = 50;
/**
 * A reconcile that takes longer waits for somebody, a host that hangs above all: its place is lent to another key, so that
 * sixteen objects on hosts that hang do not stand before all the others.
 */
const LENT_AFTER_MS = 3_000;
/** So many times the concurrency may be under way, those that wait counted. */
const MOST_UNDER_WAY = 4;

const total = counter('controller_runtime_reconcile_total', 'Reconciles by result.', ['controller', 'result']);
const errors = counter('controller_runtime_reconcile_errors_total', 'Reconciles that failed, by class.', [
  'controller',
  'class',
]);
const time = histogram('controller_runtime_reconcile_time_seconds', 'Time of a reconcile.', ['controller']);
const active = gauge('controller_runtime_active_workers', 'Reconciles that run.', ['controller']);
const limit = gauge('controller_runtime_max_concurrent_reconciles', 'Reconciles that may run at once.', ['controller']);

/** Works on keys, one worker a key at a time, and turns what comes of it into when to look again. */
export class Controller {
  readonly name: string;
  readonly #options: ControllerOptions;
  readonly #queue: WorkQueue;
  readonly #logger;
  readonly #workers = new Set<Promise<void>>();
  /** What lends the places of those that are late and found all of them taken. */
  readonly #toLend = new Set<() => void>();

  constructor(options: ControllerOptions) {
    this.name = options.name;
    this.#options = options;
    this.#queue = new WorkQueue(options.name, options.rateLimits);
    this.#logger = log.child({ controller: options.name });
  }

  /** May be called before start: the key waits. */
  enqueue(key: ObjectKey, afterMs = 0): void {
    this.#queue.addAfter(key, afterMs);
  }

  /** Enqueues the changed object itself, or the keys that `keysOf` finds for it. */
  watch<T extends KubeObject>(
    informer: Informer<T>,
    keysOf: (object: T, old?: T) => ObjectKey[] = (o) => [keyOf(o)],
  ): void {
    informer.onChange((_, object, old) => {
      for (const key of keysOf(object, old)) this.enqueue(key);
    });
  }

  start(right: Right): void {
    if (this.#workers.size > 0) return;
    this.#options.onLead?.();
    if (this.#options.inTurn) this.#queue.arrange(this.#options.inTurn);
    limit.set({ controller: this.name }, this.#options.concurrency);
    right.signal.addEventListener('abort', () => this.#queue.close(), { once: true });
    if (right.signal.aborted) this.#queue.close();
    for (let i = 0; i < this.#options.concurrency; i++) this.#hire(right);
  }

  /** Hands out no more keys, and waits for what is being worked on. */
  async stop(): Promise<void> {
    this.#queue.close();
    while (this.#workers.size > 0) await Promise.all(this.#workers);
  }

  #hire(right: Right): void {
    const worker = this.#work(right).finally(() => {
      this.#workers.delete(worker);
      const [lend] = this.#toLend;
      lend?.();
    });
    this.#workers.add(worker);
  }

  async #work(right: Right): Promise<void> {
    for (let key = await this.#queue.take(); key !== null; key = await this.#queue.take()) {
      let isLent = false;
      const lend = (): void => {
        isLent = this.#workers.size < MOST_UNDER_WAY * this.#options.concurrency;
        if (!isLent) {
          this.#toLend.add(lend);
          return;
        }
        this.#toLend.delete(lend);
        this.#hire(right);
      };
      const late = setTimeout(lend, LENT_AFTER_MS);
      await this.#once(key, right);
      clearTimeout(late);
      this.#toLend.delete(lend);
      this.#queue.done(key);
      // Who took the place over keeps it.
      if (isLent) return;
    }
  }

  async #once(key: ObjectKey, right: Right): Promise<void> {
    const end = time.startTimer({ controller: this.name });
    active.inc({ controller: this.name });
    try {
      const result = await this.#options.reconcile(key, right);
      this.#queue.forget(key);
      const requeueAfterMs = result ? result.requeueAfterMs : undefined;
      total.inc({ controller: this.name, result: requeueAfterMs === undefined ? 'success' : 'requeue_after' });
      if (requeueAfterMs !== undefined) this.#queue.addAfter(key, Math.max(1, requeueAfterMs));
    } catch (error) {
      this.#failed(key, error);
    } finally {
      active.dec({ controller: this.name });
      end();
    }
  }

  #failed(key: ObjectKey, error: unknown): void {
    const errorClass = errorClassOf(error);
    total.inc({ controller: this.name, result: 'error' });
    errors.inc({ controller: this.name, class: errorClass });
    switch (errorClass) {
      case 'Conflict':
        // The cache is behind: the watch will bring the new version. A conflict that stays is backed off like a failure.
        this.#logger.debug({ key }, toMessage(error));
        if (this.#queue.failures(key) < 5) this.#queue.addAfter(key, CONFLICT_RETRY_MS);
        this.#queue.addRateLimited(key);
        return;
      case 'Capacity':
      case 'InvalidSpec':
      case 'Denied':
        this.#logger.info({ key, class: errorClass }, toMessage(error));
        this.#queue.addAfter(key, SLOW_RETRY_MS * (1 + Math.random() / 4));
        return;
      case 'LeaseLost':
        // When the right ends, the queue is closed by its signal (see start). The deadline of one call is no such end: it
        // may pass while the call waits for its turn on a slow host, and the Lease was renewed meanwhile.
        this.#logger.info({ key }, toMessage(error));
        this.#queue.addRateLimited(key);
        return;
      case 'NotFound':
      case 'Transient':
      case 'OutcomeUnknown':
        this.#logger.warn({ key, class: errorClass, failures: this.#queue.failures(key) }, toMessage(error));
        this.#queue.addRateLimited(key);
        return;
      case 'Bug':
        this.#logger.error({ key, err: error }, 'reconcile failed, this is a bug');
        this.#queue.addRateLimited(key);
        return;
    }
  }
}

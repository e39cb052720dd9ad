import { randomBytes } from 'node:crypto';
import { errorClassOf, toMessage } from '#platform/errors.ts';
import { log } from '#platform/log.ts';
import { counter } from '#platform/metrics.ts';
import type { Right } from '#platform/right.ts';
import type { KubeClient } from './client.ts';
import {
  defaultSeriesLimits,
  type EventInput,
  eventKind,
  eventMeta,
  type Series,
  type SeriesLimits,
  SeriesTable,
} from './event-series.ts';
import { microTime } from './lease-record.ts';
import type { KubeObject } from './types.ts';

export type { EventInput } from './event-series.ts';

/** Tells users what happened to an object. Never blocks, never throws: an event is a help, not a record. */
export interface EventRecorder {
  event(object: KubeObject, event: EventInput): void;
}

/** For parts that may run without a cluster. */
export const silentRecorder: EventRecorder = { event: () => undefined };

export interface RecorderOptions {
  /** reportingController: "virtfleet.io/machine-controller". */
  controller: string;
  instance: string;
  limits?: Partial<SeriesLimits>;
  /** A series whose count rose is written this often at most. */
  flushMs?: number;
}

/** A fleet of some thousand machines that starts at once says two things of each; they take a few kB each while they wait. */
const MAX_PENDING = 10_000;
const MAX_TRIES = 4;

const written = counter('virtfleet_events_written_total', 'Events and raised counts that were written.', ['type']);
const dropped = counter('virtfleet_events_dropped_total', 'Events that were not written, by why.', ['why']);
const logger = log.child({ room: 'kube' });

/**
 * Writes events.k8s.io/v1. The same thing said again raises the count of a series, an object that says too much is
 * cut, and what cannot be written after a few tries is dropped. One write at a time, in the order of what was said.
 */
export class ApiEventRecorder implements EventRecorder {
  readonly #client: KubeClient;
  readonly #options: RecorderOptions;
  readonly #table: SeriesTable;
  readonly #pending = new Map<string, Series>();
  #right: Right | null = null;
  #pumping: Promise<void> | null = null;
  #timer: NodeJS.Timeout | null = null;

  constructor(client: KubeClient, options: RecorderOptions) {
    this.#client = client;
    this.#options = options;
    this.#table = new SeriesTable({ ...defaultSeriesLimits, ...options.limits });
  }

  /** From now on it writes; what was said before has waited. */
  start(right: Right): void {
    this.#right = right;
    this.#pump();
  }

  event(object: KubeObject, event: EventInput): void {
    try {
      const series = this.#table.note(object, event, this.#client.clock.now());
      if (series === null) dropped.inc({ why: 'rate' });
      else if (this.#pending.size >= MAX_PENDING && !this.#pending.has(series.key)) dropped.inc({ why: 'full' });
      else {
        this.#pending.set(series.key, series);
        if (series.written === null) this.#pump();
        else this.#later();
      }
    } catch (error) {
      logger.error({ err: error }, 'an event could not be taken in');
    }
  }

  /** Writes what is left, for as long as the signal allows. */
  async flush(signal: AbortSignal): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    if (signal.aborted) return;
    signal.addEventListener('abort', () => resolve(), { once: true });
    this.#pump();
    await Promise.race([promise, this.#pumping]);
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
  }

  #later(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      this.#pump();
    }, this.#options.flushMs ?? 10_000).unref();
  }

  #pump(): void {
    if (this.#right === null || this.#pumping !== null || this.#pending.size === 0) return;
    this.#pumping = this.#writeAll(this.#right).finally(() => {
      this.#pumping = null;
    });
  }

  async #writeAll(right: Right): Promise<void> {
    for (const [key, series] of this.#pending) {
      this.#pending.delete(key);
      try {
        await this.#write(right, series);
        series.tries = 0;
        written.inc({ type: series.input.type });
      } catch (error) {
        this.#failed(series, error);
        if (right.signal.aborted) return;
      }
    }
  }

  #failed(series: Series, error: unknown): void {
    const errorClass = errorClassOf(error);
    series.tries += 1;
    const again = errorClass === 'Transient' || errorClass === 'OutcomeUnknown';
    if (again && series.tries < MAX_TRIES) {
      this.#pending.set(series.key, series);
      this.#later();
      return;
    }
    dropped.inc({ why: errorClass });
    // A namespace that is being deleted takes no events: that is no news.
    logger.debug({ reason: series.input.reason }, `an event was dropped: ${toMessage(error)}`);
  }

  async #write(right: Right, series: Series): Promise<void> {
    const { count } = series;
    if (series.written === null) return this.#create(right, series, count);
    if (series.written.count === count) return;
    const { name, uid } = series.written;
    const patch = { series: { count, lastObservedTime: microTime(series.lastAt) } };
    try {
      await this.#client.patchByUid(right, eventKind, { namespace: series.namespace, name, uid }, patch);
      series.written = { name, uid, count };
    } catch (error) {
      // Events live for an hour: the first of a long series is gone before the last.
      if (errorClassOf(error) !== 'NotFound') throw error;
      await this.#create(right, series, count);
    }
  }

  async #create(right: Right, series: Series, count: number): Promise<void> {
    const { type, reason, action, note } = series.input;
    const made = await this.#client.create(right, eventKind, {
      apiVersion: 'events.k8s.io/v1',
      kind: 'Event',
      metadata: eventMeta(series, randomBytes(8).toString('hex')),
      eventTime: microTime(series.firstAt),
      reportingController: this.#options.controller,
      reportingInstance: this.#options.instance.slice(0, 128),
      type,
      reason,
      action,
      note,
      regarding: series.regarding,
      ...(series.related ? { related: series.related } : {}),
      ...(count > 1 ? { series: { count, lastObservedTime: microTime(series.lastAt) } } : {}),
    });
    series.written = { name: made.metadata.name, uid: made.metadata.uid, count };
  }
}

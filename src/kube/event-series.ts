import type { KubeObject, ObjectMeta, ResourceKind } from './types.ts';

/** events.k8s.io/v1 */
export interface Event extends KubeObject {
  eventTime: string;
  reportingController: string;
  reportingInstance: string;
  action: string;
  reason: string;
  note: string;
  type: 'Normal' | 'Warning';
  regarding: ObjectReference;
  related?: ObjectReference;
  series?: { count: number; lastObservedTime: string };
}

export interface ObjectReference {
  apiVersion: string;
  kind: string;
  name: string;
  namespace?: string;
  uid: string;
  resourceVersion?: string;
}

export const eventKind: ResourceKind<Event> = {
  group: 'events.k8s.io',
  version: 'v1',
  plural: 'events',
  kind: 'Event',
  namespaced: true,
};

export interface EventInput {
  type: 'Normal' | 'Warning';
  /** CamelCase: why, as in a condition. */
  reason: string;
  /** CamelCase: what was done or tried. */
  action: string;
  /** A sentence. */
  note: string;
  related?: KubeObject;
}

export interface Series {
  key: string;
  namespace: string;
  regarding: ObjectReference;
  related?: ObjectReference;
  input: EventInput;
  count: number;
  firstAt: number;
  lastAt: number;
  /** The Event in the API, once it is made. */
  written: { name: string; uid: string; count: number } | null;
  tries: number;
}

export interface SeriesLimits {
  /** Events that one object may begin at once, and how fast it earns new ones. */
  burst: number;
  refillMs: number;
  /** The same thing said again within this time is counted, not told anew. */
  windowMs: number;
  maxSeries: number;
}

export const defaultSeriesLimits: SeriesLimits = { burst: 20, refillMs: 30_000, windowMs: 360_000, maxSeries: 4096 };

const MAX_NOTE_BYTES = 1024;

/** What was said about which object, pure bookkeeping: the same again makes a series, too much of an object is dropped. */
export class SeriesTable {
  readonly #limits: SeriesLimits;
  readonly #series = new Map<string, Series>();
  readonly #buckets = new Map<string, { tokens: number; at: number }>();

  constructor(limits: SeriesLimits) {
    this.#limits = limits;
  }

  /** The series that the event belongs to; null when it is one too many. */
  note(object: KubeObject, input: EventInput, nowMs: number): Series | null {
    const regarding = referenceTo(object);
    const note = shorten(input.note);
    const key = [regarding.uid, input.type, input.reason, input.action, note, input.related?.metadata.uid ?? ''].join(
      '\0',
    );
    const known = this.#series.get(key);
    if (known && nowMs - known.lastAt < this.#limits.windowMs) {
      known.count += 1;
      known.lastAt = nowMs;
      return known;
    }
    if (!this.#spend(regarding.uid, nowMs)) return null;
    const series: Series = {
      key,
      namespace: regarding.namespace ?? 'default',
      regarding,
      input: { ...input, note },
      count: 1,
      firstAt: nowMs,
      lastAt: nowMs,
      written: null,
      tries: 0,
    };
    if (input.related) series.related = referenceTo(input.related);
    this.#series.delete(key);
    this.#series.set(key, series);
    this.#forget(nowMs);
    return series;
  }

  #spend(uid: string, nowMs: number): boolean {
    const { burst, refillMs } = this.#limits;
    const bucket = this.#buckets.get(uid) ?? { tokens: burst, at: nowMs };
    const tokens = Math.min(burst, bucket.tokens + (nowMs - bucket.at) / refillMs);
    const enough = tokens >= 1;
    this.#buckets.delete(uid);
    this.#buckets.set(uid, { tokens: enough ? tokens - 1 : tokens, at: nowMs });
    return enough;
  }

  /** The oldest go first; both maps are in the order of their last use. */
  #forget(nowMs: number): void {
    const { maxSeries, windowMs, burst, refillMs } = this.#limits;
    for (const [key, series] of this.#series) {
      if (this.#series.size <= maxSeries && nowMs - series.lastAt < windowMs) break;
      this.#series.delete(key);
    }
    for (const [uid, bucket] of this.#buckets) {
      if (this.#buckets.size <= maxSeries && nowMs - bucket.at < burst * refillMs) break;
      this.#buckets.delete(uid);
    }
  }
}

function referenceTo(object: KubeObject): ObjectReference {
  const { name, namespace, uid, resourceVersion } = object.metadata;
  const reference: ObjectReference = { apiVersion: object.apiVersion, kind: object.kind, name, uid };
  if (namespace) reference.namespace = namespace;
  if (resourceVersion) reference.resourceVersion = resourceVersion;
  return reference;
}

function shorten(note: string): string {
  if (Buffer.byteLength(note) <= MAX_NOTE_BYTES) return note;
  // Cut at a character: a decoder leaves a broken one at the end as U+FFFD.
  const cut = Buffer.from(note)
    .subarray(0, MAX_NOTE_BYTES - 4)
    .toString('utf8');
  return `${cut.replace(/\uFFFD$/, '')}…`;
}

/** The name that an Event gets: the object's, and something that no other Event of it has. */
export function eventMeta(series: Series, suffix: string): Pick<ObjectMeta, 'name'> & { namespace: string } {
  return { name: `${series.regarding.name.slice(0, 200)}.${suffix}`, namespace: series.namespace };
}

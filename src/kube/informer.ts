import { log } from '#platform/log.ts';
import { gauge } from '#platform/metrics.ts';
import type { KubeClient } from './client.ts';
import { type ListBegins, type ReflectorOptions, runReflector, slim } from './reflector.ts';
import type { Emission } from './reflector-state.ts';
import { type Change, type ChangeType, Store } from './store.ts';
import type { KubeObject, ObjectKey, ResourceKind } from './types.ts';

export type ChangeHandler<T> = (type: ChangeType, object: T, old?: T) => void;

export interface InformerOptions extends Omit<ReflectorOptions, 'namespace'> {
  /** Only these namespaces are followed; none or empty: all. Of no meaning for kinds without a namespace. */
  namespaces?: readonly string[];
}

const cached = gauge('virtfleet_informer_objects', 'Objects in the cache, by kind.', ['kind']);
const logger = log.child({ room: 'kube' });

/**
 * A cache of one kind that follows the API server, shared by all who read it. What it hands out is shared: never change
 * it, copy it. It may be behind the server, never ahead; `learn` makes it show our own writes at once.
 */
export class Informer<T extends KubeObject> {
  readonly kind: ResourceKind<T>;
  readonly #client: KubeClient;
  readonly #options: InformerOptions;
  /** Namespaces whose first list is still to come; undefined stands for all. */
  readonly #missing: Set<string | undefined>;
  readonly #store = new Store<T>();
  readonly #handlers: ChangeHandler<T>[] = [];
  readonly #synced = Promise.withResolvers<void>();
  #running: Promise<unknown> | null = null;

  constructor(client: KubeClient, kind: ResourceKind<T>, options: InformerOptions = {}) {
    this.#client = client;
    this.kind = kind;
    this.#options = options;
    const named = kind.namespaced ? (options.namespaces ?? []) : [];
    this.#missing = new Set(named.length > 0 ? named : [undefined]);
  }

  get(key: ObjectKey): T | undefined {
    return this.#store.get(key);
  }

  byUid(uid: string): T | undefined {
    return this.#store.byUid(uid);
  }

  list(): T[] {
    return this.#store.list();
  }

  get size(): number {
    return this.#store.size;
  }

  /** An index by any number of values an object. */
  addIndex(name: string, values: (object: T) => string[]): void {
    this.#store.addIndex(name, values);
  }

  byIndex(name: string, value: string): T[] {
    return this.#store.byIndex(name, value);
  }

  /** Called after the cache shows the change. Added late, it is told of all that is there already. Must be quick. */
  onChange(handler: ChangeHandler<T>): void {
    this.#handlers.push(handler);
    for (const object of this.#store.list()) this.#call(handler, { type: 'added', object });
  }

  /** The first full list is in. */
  hasSynced(): boolean {
    return this.#missing.size === 0;
  }

  /** Resolves when the first full list is in. */
  get synced(): Promise<void> {
    return this.#synced.promise;
  }

  /** Follows until the signal is aborted. A second call changes nothing. */
  start(signal: AbortSignal): void {
    if (this.#running !== null) return;
    const { namespaces: _, ...options } = this.#options;
    const follow = (namespace: string | undefined): Promise<void> => {
      const take = (emission: Emission<T> | ListBegins): void => this.#take(emission, namespace);
      return runReflector(this.#client, this.kind, take, signal, { ...options, namespace });
    };
    this.#running = Promise.all([...this.#missing].map(follow));
  }

  /** Resolves when the reflector has ended after its signal was aborted. */
  async stopped(): Promise<void> {
    await this.#running;
  }

  /**
   * Puts in the answer of our own fenced write, or of our create (`basedOn` ''). Ignored when the cache has moved on.
   */
  learn(object: T, basedOn: string): void {
    this.#tell(this.#store.learn(slim(object), basedOn));
  }

  #take(emission: Emission<T> | ListBegins, namespace: string | undefined): void {
    switch (emission.type) {
      case 'begin':
        this.#store.beginList(namespace);
        break;
      case 'replace':
        this.#tell(this.#store.replace(emission.items, namespace));
        this.#missing.delete(namespace);
        if (this.#missing.size === 0) this.#synced.resolve();
        break;
      case 'apply':
        this.#tell(this.#store.apply(emission.object));
        break;
      case 'delete':
        this.#tell(this.#store.delete(emission.object));
        break;
    }
    cached.set({ kind: this.kind.kind }, this.#store.size);
  }

  #tell(changes: readonly Change<T>[]): void {
    for (const change of changes) for (const handler of this.#handlers) this.#call(handler, change);
  }

  /** A handler that throws must not stop the watch, nor keep the news from the others. */
  #call(handler: ChangeHandler<T>, change: Change<T>): void {
    try {
      handler(change.type, change.object, change.old);
    } catch (error) {
      logger.error({ kind: this.kind.kind, err: error }, 'a change handler threw');
    }
  }
}

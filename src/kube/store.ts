import type { KubeObject, ObjectKey } from './types.ts';
import { keyOf } from './types.ts';

export type ChangeType = 'added' | 'updated' | 'deleted';
export type Change<T> = { type: ChangeType; object: T; old?: T };

interface Index<T> {
  values: (object: T) => string[];
  entries: Map<string, Set<ObjectKey>>;
}

/** How many deleted uids are remembered, so that a late answer of a write does not bring one back. */
const REMEMBERED_DELETIONS = 1024;

/**
 * Objects by key, by uid and by indexes, with one writer: the reflector, and `learn` for the answers of our own writes.
 * Objects in it are shared: they are never to be changed by a reader.
 */
export class Store<T extends KubeObject> {
  readonly #objects = new Map<ObjectKey, T>();
  readonly #byUid = new Map<string, T>();
  readonly #indexes = new Map<string, Index<T>>();
  /** uid → the versions that our own writes were based on: a watch that still brings one of them is behind us. */
  readonly #learned = new Map<string, Set<string>>();
  readonly #deleted = new Set<string>();
  /** Key → uid of what we made ourselves and the server has not told of yet: what it tells of that name is older. */
  readonly #unconfirmed = new Map<ObjectKey, string>();

  get size(): number {
    return this.#objects.size;
  }

  get(key: ObjectKey): T | undefined {
    return this.#objects.get(key);
  }

  byUid(uid: string): T | undefined {
    return this.#byUid.get(uid);
  }

  list(): T[] {
    return [...this.#objects.values()];
  }

  keys(): ObjectKey[] {
    return [...this.#objects.keys()];
  }

  /** May be added at any time; what is there already is indexed at once. The same name twice is a mistake. */
  addIndex(name: string, values: (object: T) => string[]): void {
    if (this.#indexes.has(name)) throw new Error(`There is an index "${name}" already`);
    const index: Index<T> = { values, entries: new Map() };
    for (const [key, object] of this.#objects) enter(index, key, values(object));
    this.#indexes.set(name, index);
  }

  byIndex(name: string, value: string): T[] {
    const index = this.#indexes.get(name);
    if (!index) throw new Error(`There is no index "${name}"`);
    const found: T[] = [];
    for (const key of index.entries.get(value) ?? []) {
      const object = this.#objects.get(key);
      if (object) found.push(object);
    }
    return found;
  }

  /** What the watch says of one object. Returns the changes (two when another object took the name). */
  apply(object: T): Change<T>[] {
    const key = keyOf(object);
    const old = this.#objects.get(key);
    const { uid, resourceVersion } = object.metadata;
    if (this.#unconfirmed.get(key) === uid) this.#unconfirmed.delete(key);
    else if (this.#unconfirmed.has(key)) return [];
    if (old?.metadata.uid === uid && this.#learned.get(uid)?.has(resourceVersion)) return [];
    this.#learned.delete(uid);
    if (old && old.metadata.uid === uid && old.metadata.resourceVersion === resourceVersion) return [];
    const entries = this.#indexed(object);
    if (old && old.metadata.uid !== uid) {
      this.#remove(key, old);
      this.#put(key, object, entries);
      return [
        { type: 'deleted', object: old },
        { type: 'added', object },
      ];
    }
    this.#put(key, object, entries);
    return [old ? { type: 'updated', object, old } : { type: 'added', object }];
  }

  delete(object: T): Change<T>[] {
    const key = keyOf(object);
    const old = this.#objects.get(key);
    this.#rememberDeleted(object.metadata.uid);
    if (!old || old.metadata.uid !== object.metadata.uid) return [];
    this.#remove(key, old);
    // The watch's last word carries the state at deletion, such as the final labels.
    return [{ type: 'deleted', object, old }];
  }

  /**
   * A list is about to be asked for: it will show all that was learned until now. What is learned from here on may be
   * missing in it, or be there as it was before.
   */
  beginList(namespace?: string): void {
    const prefix = prefixOf(namespace);
    for (const key of this.#unconfirmed.keys()) if (key.startsWith(prefix)) this.#unconfirmed.delete(key);
    for (const uid of this.#learned.keys()) {
      const object = this.#byUid.get(uid);
      if (object && keyOf(object).startsWith(prefix)) this.#learned.delete(uid);
    }
  }

  /** A full list, of one namespace or of all: what is not in it is gone, unless it was made since the list began. */
  replace(items: readonly T[], namespace?: string): Change<T>[] {
    // All or nothing: changes that nobody was told of would stay unknown, for the next list shows nothing new.
    for (const item of items) this.#indexed(item);
    const present = new Set(items.map(keyOf));
    const prefix = prefixOf(namespace);
    const gone = this.keys().filter(
      (key) => key.startsWith(prefix) && !present.has(key) && !this.#unconfirmed.has(key),
    );
    const changes: Change<T>[] = [];
    for (const key of gone) {
      const old = this.#objects.get(key);
      if (old) changes.push(...this.delete(old));
    }
    for (const item of items) changes.push(...this.apply(item));
    return changes;
  }

  /**
   * Takes the answer of our own write, so that it is seen before the watch brings it. Only when the cache shows exactly
   * the version that the write was based on (or, for '' after a create, nothing): else the cache may be newer.
   */
  learn(object: T, basedOn: string): Change<T>[] {
    const { uid, resourceVersion } = object.metadata;
    const old = this.#objects.get(keyOf(object));
    if (resourceVersion === basedOn || this.#deleted.has(uid)) return [];
    const fits =
      basedOn === '' ? old === undefined : old?.metadata.uid === uid && old.metadata.resourceVersion === basedOn;
    if (!fits) return [];
    const behind = this.#learned.get(uid) ?? new Set<string>();
    const unconfirmed = basedOn === '' || this.#unconfirmed.has(keyOf(object));
    const changes = this.apply(object);
    if (unconfirmed) this.#unconfirmed.set(keyOf(object), uid);
    if (basedOn !== '') this.#learned.set(uid, behind.add(basedOn));
    return changes;
  }

  /** An index function that throws does so here, before anything is changed. */
  #indexed(object: T): { index: Index<T>; values: string[] }[] {
    return [...this.#indexes.values()].map((index) => ({ index, values: index.values(object) }));
  }

  #put(key: ObjectKey, object: T, entries: { index: Index<T>; values: string[] }[]): void {
    const old = this.#objects.get(key);
    if (old) this.#leave(key, old);
    this.#objects.set(key, object);
    this.#byUid.set(object.metadata.uid, object);
    for (const { index, values } of entries) enter(index, key, values);
  }

  #remove(key: ObjectKey, old: T): void {
    this.#leave(key, old);
    this.#objects.delete(key);
    this.#byUid.delete(old.metadata.uid);
    this.#learned.delete(old.metadata.uid);
    this.#unconfirmed.delete(key);
    this.#rememberDeleted(old.metadata.uid);
  }

  #rememberDeleted(uid: string): void {
    this.#deleted.add(uid);
    if (this.#deleted.size <= REMEMBERED_DELETIONS) return;
    const [oldest] = this.#deleted;
    if (oldest !== undefined) this.#deleted.delete(oldest);
  }

  #leave(key: ObjectKey, old: T): void {
    for (const { values, entries } of this.#indexes.values()) {
      for (const value of values(old)) {
        const keys = entries.get(value);
        if (keys?.delete(key) && keys.size === 0) entries.delete(value);
      }
    }
  }
}

const prefixOf = (namespace: string | undefined): string => (namespace === undefined ? '' : `${namespace}/`);

function enter<T>(index: Index<T>, key: ObjectKey, values: readonly string[]): void {
  for (const value of values) {
    const keys = index.entries.get(value);
    if (keys) keys.add(key);
    else index.entries.set(value, new Set([key]));
  }
}

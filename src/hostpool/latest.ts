/**
 * Reads a thing by key so that every caller gets a reading that began after the call: callers that come while one
 * reading runs share the next one. A burst of events about a domain costs two readings, not a hundred.
 */
export class Latest<V> {
  readonly #read: (key: string) => Promise<V>;
  readonly #running = new Map<string, { current: Promise<V>; next: Promise<V> | null }>();

  constructor(read: (key: string) => Promise<V>) {
    this.#read = read;
  }

  get(key: string): Promise<V> {
    const running = this.#running.get(key);
    if (!running) return this.#begin(key);
    running.next ??= running.current.then(
      () => this.#begin(key),
      () => this.#begin(key),
    );
    return running.next;
  }

  #begin(key: string): Promise<V> {
    const entry: { current: Promise<V>; next: Promise<V> | null } = { current: this.#read(key), next: null };
    this.#running.set(key, entry);
    const done = (): void => {
      if (entry.next === null && this.#running.get(key) === entry) this.#running.delete(key);
    };
    entry.current.then(done, done);
    return entry.current;
  }
}

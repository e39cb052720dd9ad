/** A binary heap of keys by time; a key is in it once, at the earliest of the times it was given. */
export class DelayHeap {
  readonly #heap: { key: string; at: number }[] = [];
  readonly #index = new Map<string, number>();

  get size(): number {
    return this.#heap.length;
  }

  /** Adds a key, or moves it forward. A later time than it has already changes nothing. */
  add(key: string, at: number): void {
    const present = this.#index.get(key);
    if (present === undefined) {
      this.#heap.push({ key, at });
      this.#up(this.#place(this.#heap.length - 1, { key, at }));
      return;
    }
    const entry = this.#heap[present];
    if (entry === undefined || entry.at <= at) return;
    this.#up(this.#place(present, { key, at }));
  }

  /** The earliest time, or undefined when empty. */
  nextAt(): number | undefined {
    return this.#heap[0]?.at;
  }

  /** Takes out one key whose time has come. */
  pop(now: number): string | undefined {
    const first = this.#heap[0];
    if (first === undefined || first.at > now) return undefined;
    const last = this.#heap.pop();
    this.#index.delete(first.key);
    if (last !== undefined && this.#heap.length > 0) this.#down(this.#place(0, last));
    return first.key;
  }

  #place(position: number, entry: { key: string; at: number }): number {
    this.#heap[position] = entry;
    this.#index.set(entry.key, position);
    return position;
  }

  #up(from: number): void {
    let position = from;
    while (position > 0) {
      const parent = (position - 1) >> 1;
      if (this.#atOf(parent) <= this.#atOf(position)) return;
      this.#swap(parent, position);
      position = parent;
    }
  }

  #down(from: number): void {
    let position = from;
    for (;;) {
      const left = 2 * position + 1;
      const smaller = this.#atOf(left + 1) < this.#atOf(left) ? left + 1 : left;
      if (this.#atOf(smaller) >= this.#atOf(position)) return;
      this.#swap(smaller, position);
      position = smaller;
    }
  }

  #atOf(position: number): number {
    return this.#heap[position]?.at ?? Number.POSITIVE_INFINITY;
  }

  #swap(a: number, b: number): void {
    const [atA, atB] = [this.#heap[a], this.#heap[b]];
    if (atA === undefined || atB === undefined) return;
    this.#place(a, atB);
    this.#place(b, atA);
  }
}

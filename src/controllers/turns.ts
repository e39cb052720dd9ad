/**
 * A few places for work that may wait. What hosts that do not answer give us to write down (theirs, and their machines')
 * comes in crowds; it must not stand before what the others need. Nobody waits here: who finds no place is woken.
 */
export class Turns {
  readonly #places: number;
  readonly #wake: (key: string) => void;
  readonly #waiting = new Set<string>();
  #taken = 0;

  /** `wake` is called for one that found no place, in the order they came, when there is one. */
  constructor(places: number, wake: (key: string) => void) {
    this.#places = places;
    this.#wake = wake;
  }

  /** Does the work when there is a place; null: there is none, nothing was done, and the key will be woken. */
  async take<T>(key: string, work: () => Promise<T>): Promise<{ done: T } | null> {
    if (this.#taken >= this.#places) {
      this.#waiting.add(key);
      return null;
    }
    this.#waiting.delete(key);
    this.#taken += 1;
    try {
      return { done: await work() };
    } finally {
      this.#taken -= 1;
      this.#next();
    }
  }

  /** As many as there are places: one that was woken before may have had nothing to do any more. */
  #next(): void {
    let free = this.#places - this.#taken;
    for (const key of this.#waiting) {
      if (free-- <= 0) return;
      this.#waiting.delete(key);
      this.#wake(key);
    }
  }
}

import type { Connection } from './connection.ts';

const IDLE_MS = 10_000;
const MOST_IDLE = 2;

/**
 * A dedicated connection that ended its work in peace serves the next one: machines come in crowds, each with a seed to
 * upload, and over ssh a connection costs more than the seed.
 */
export class SpareConnections {
  /** Those that nobody has, and when they go. */
  readonly #idle = new Map<Connection, NodeJS.Timeout>();
  /** One whose tunnel ended while somebody had it: that work may have been done, the next would fail. */
  readonly #gone = new WeakSet<Connection>();

  /** Of every new one, so that it is known when it goes. */
  watch(connection: Connection): void {
    void connection.closed.then(() => {
      this.#gone.add(connection);
      this.#letGo(connection);
    });
  }

  take(): Connection | null {
    const [connection] = this.#idle.keys();
    if (connection === undefined) return null;
    this.#takeOut(connection);
    return connection;
  }

  /** Closed at once when there are enough of them, or when it is gone. */
  put(connection: Connection): void {
    if (this.#idle.size >= MOST_IDLE || this.#gone.has(connection)) void connection.close();
    else this.#idle.set(connection, setTimeout(() => this.#letGo(connection), IDLE_MS).unref());
  }

  /** Cuts them all. */
  abort(): void {
    for (const connection of [...this.#idle.keys()]) if (this.#takeOut(connection)) connection.abort();
  }

  #letGo(connection: Connection): void {
    if (this.#takeOut(connection)) void connection.close();
  }

  #takeOut(connection: Connection): boolean {
    clearTimeout(this.#idle.get(connection));
    return this.#idle.delete(connection);
  }
}

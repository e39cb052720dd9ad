import type { Connect } from '@virtfleet/libvirt';
import { type Connection, type ConnectionOptions, openConnection, type Wiring } from './connection.ts';
import { SpareConnections } from './spare-connections.ts';
import type { DialTarget } from './transport/dial.ts';

/**
 * libvirtd answers five calls of one client at once, and keepalive dies with several calls pending: so events and
 * keepalive have a connection with one call, and short work has one with four.
 */
const CONTROL: ConnectionOptions = { events: true, maxInFlight: 1 };
const WORK: ConnectionOptions = { events: false, maxInFlight: 4 };
const DEDICATED: ConnectionOptions = { events: false, maxInFlight: 4 };
/** The daemon asks who can answer between calls whether it is still there, and lets go of it after half a minute. */
const WATCHED: ConnectionOptions = { events: true, maxInFlight: 4 };

/** A connection that is given up waits that long for the calls of others on it, then it is cut. */
const DRAIN_MS = 15_000;

/** A work connection and how many calls are on it. */
export class WorkLine {
  readonly connection: Connection;
  /** Resolves when the connection is gone, so that nothing which was sent on it is still on the way from here. */
  readonly gone: Promise<void>;
  readonly #gone = Promise.withResolvers<void>();
  #inFlight = 0;
  #isRetired = false;

  constructor(connection: Connection) {
    this.connection = connection;
    this.gone = this.#gone.promise;
    void connection.closed.then(() => this.#gone.resolve());
  }

  async run<T>(fn: (connect: Connect) => Promise<T>): Promise<T> {
    this.#inFlight += 1;
    try {
      return await fn(this.connection.connect);
    } finally {
      this.#inFlight -= 1;
      if (this.#isRetired && this.#inFlight === 0) this.cut();
    }
  }

  /** Cuts the connection as soon as nobody else's call is on it. Resolves when it is gone. */
  retire(): Promise<void> {
    if (!this.#isRetired) {
      this.#isRetired = true;
      if (this.#inFlight === 0) this.cut();
      else setTimeout(() => this.cut(), DRAIN_MS).unref();
    }
    return this.gone;
  }

  cut(): void {
    this.connection.abort();
    this.#gone.resolve();
  }
}

/** The connections of one contact with a host: from a dial that worked until the control connection ends. */
export class Session {
  readonly control: Connection;
  readonly #target: DialTarget;
  readonly #wiring: Wiring;
  readonly #abort = new AbortController();
  /** Called once, when the session ended by whatever side. */
  onEnd: (() => void) | null = null;
  /** Every work connection that is not gone yet, those that are being given up too. */
  readonly #lines = new Set<WorkLine>();
  #work: Promise<WorkLine> | null = null;
  readonly #spare = new SpareConnections();

  private constructor(target: DialTarget, wiring: Wiring, control: Connection) {
    this.#target = target;
    this.#wiring = wiring;
    this.control = control;
  }

  static async open(target: DialTarget, wiring: Wiring, signal: AbortSignal): Promise<Session> {
    return new Session(target, wiring, await openConnection(target, CONTROL, wiring, signal));
  }

  get isEnded(): boolean {
    return this.#abort.signal.aborted;
  }

  /** The work connection, opened when it is first wanted and again when it broke. */
  work(): Promise<WorkLine> {
    if (this.#work) return this.#work;
    const opening = openConnection(this.#target, WORK, this.#wiring, this.#abort.signal).then((connection) => {
      const line = new WorkLine(connection);
      this.#lines.add(line);
      void line.gone.then(() => {
        this.#lines.delete(line);
        this.#forget(opening);
      });
      if (this.isEnded) line.cut();
      return line;
    });
    this.#work = opening;
    opening.catch(() => this.#forget(opening));
    return opening;
  }

  #forget(line: Promise<WorkLine>): void {
    if (this.#work === line) this.#work = null;
  }

  /** New calls get a new connection; resolves when the old one is gone. */
  async retireWork(line: WorkLine): Promise<void> {
    const current = this.#work;
    if (current && (await current.catch(() => null)) === line) this.#forget(current);
    await line.retire();
  }

  /** The same for whatever work connection there is. */
  async renewWork(): Promise<void> {
    const line = await this.#work?.catch(() => null);
    if (line) await this.retireWork(line);
  }

  /** A watched one is nobody's afterwards: it is closed, and not put back. */
  async dedicated(signal: AbortSignal, isWatched: boolean): Promise<Connection> {
    signal.throwIfAborted();
    if (isWatched) return openConnection(this.#target, WATCHED, this.#wiring, signal);
    const spare = this.#spare.take();
    if (spare) return spare;
    const connection = await openConnection(this.#target, DEDICATED, this.#wiring, signal);
    this.#spare.watch(connection);
    return connection;
  }

  /** Nothing is in flight on it, and nothing on it has failed. */
  putBack(connection: Connection): void {
    if (this.isEnded) void connection.close();
    else this.#spare.put(connection);
  }

  /** Cuts everything: pending calls fail within milliseconds. */
  end(): void {
    if (this.isEnded) return;
    this.#abort.abort();
    this.control.abort();
    for (const line of this.#lines) line.cut();
    this.#spare.abort();
    this.#work = null;
    this.onEnd?.();
  }
}

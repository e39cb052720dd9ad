import type { CallOptions, Connect } from '@virtfleet/libvirt';
import { effect } from '#platform/effect.ts';
import { VirtfleetError } from '#platform/errors.ts';
import { checkRight, type Right } from '#platform/right.ts';
import { isBroken, mapLibvirtError } from './errors.ts';
import { MonitorLimit } from './limits.ts';
import { readDuration } from './measures.ts';
import type { Session, WorkLine } from './session.ts';
import type { DedicatedOptions, ReadOptions } from './types.ts';

const READ_TIMEOUT_MS = 5_000;
export const CHANGE_TIMEOUT_MS = 30_000;

export type HostCall<T> = (c: Connect, o: CallOptions) => Promise<T>;
export type DedicatedCall<T> = (c: Connect, o: CallOptions, signal: AbortSignal) => Promise<T>;

export interface CallSide {
  /** Throws when there is no connection, with the reason why. */
  connected(): Session;
  /** A call had no answer in time: look whether the host has one. */
  unanswered(session: Session): void;
  /** A connection broke under a call, perhaps one behind the daemon: the session no longer tells all that happens. */
  broken(session: Session, error: VirtfleetError): void;
  /** A change had no answer: what is on the host is not known until `gone`, and a listing after it. */
  answerLost(gone: Promise<void>): void;
}

/** A right without an end has no deadline to compare. */
function gated(options: CallOptions, notAfterMs: number): CallOptions {
  return Number.isFinite(notAfterMs) ? { ...options, notAfterMs } : options;
}

/** The same for what may wait before it is sent, behind a lookup for instance: a right that was renewed meanwhile counts. */
function gatedBy(right: Right, options: CallOptions): CallOptions {
  if (!Number.isFinite(right.notAfterMs())) return options;
  return {
    ...options,
    get notAfterMs() {
      return right.notAfterMs();
    },
  };
}

/** Reads, changes and dedicated connections of one host: deadlines, the door, limits, and errors in our words. */
export class HostCalls {
  readonly #host: string;
  readonly #side: CallSide;
  readonly #closing: AbortSignal;
  readonly #limit = new MonitorLimit();

  constructor(host: string, closing: AbortSignal, side: CallSide) {
    this.#host = host;
    this.#closing = closing;
    this.#side = side;
  }

  /** Nothing was sent yet when this fails. */
  async #line(session: Session, call: string): Promise<WorkLine> {
    try {
      return await session.work();
    } catch (error) {
      this.#side.unanswered(session);
      throw mapLibvirtError(error, { host: this.#host, call, changes: false });
    }
  }

  async read<T>(name: string, fn: HostCall<T>, opts: ReadOptions = {}): Promise<T> {
    const end = readDuration.startTimer({ call: name });
    const options: CallOptions = { timeoutMs: opts.timeoutMs ?? READ_TIMEOUT_MS };
    try {
      const result = await this.#limit.run(opts.monitorOf, () => this.#readNow(name, fn, options));
      end({ outcome: 'ok' });
      return result;
    } catch (error) {
      end({ outcome: error instanceof VirtfleetError ? error.errorClass : 'Bug' });
      throw error;
    }
  }

  async #readNow<T>(name: string, fn: HostCall<T>, options: CallOptions): Promise<T> {
    const session = this.#side.connected();
    const line = await this.#line(session, name);
    try {
      return await line.run((connect) => fn(connect, options));
    } catch (error) {
      const mapped = mapLibvirtError(error, { host: this.#host, call: name, changes: false });
      if (mapped.reason === 'HostNotAnswering') {
        // The call may hang in libvirt and hold one of four places: new calls get a new connection.
        void session.retireWork(line);
        this.#suspect(session, mapped);
      }
      throw mapped;
    }
  }

  change<T>(name: string, right: Right, fn: HostCall<T>, opts: ReadOptions = {}): Promise<T> {
    const timeoutMs = opts.timeoutMs ?? CHANGE_TIMEOUT_MS;
    return this.#limit.run(opts.monitorOf, async () => {
      checkRight(right);
      const session = this.#side.connected();
      const line = await this.#line(session, name);
      return effect(`libvirt:${name}`, right, async () => {
        try {
          return await line.run((connect) => fn(connect, gatedBy(right, { timeoutMs })));
        } catch (error) {
          const mapped = mapLibvirtError(error, { host: this.#host, call: name, changes: true });
          if (mapped.errorClass === 'OutcomeUnknown') {
            this.#side.answerLost(session.retireWork(line));
            this.#suspect(session, mapped);
          }
          throw mapped;
        }
      });
    });
  }

  #suspect(session: Session, error: VirtfleetError): void {
    if (isBroken(error)) this.#side.broken(session, error);
    else this.#side.unanswered(session);
  }

  async dedicated<T>(name: string, right: Right, fn: DedicatedCall<T>, opts: DedicatedOptions): Promise<T> {
    checkRight(right);
    const signal = AbortSignal.any([right.signal, this.#closing, ...(opts.signal ? [opts.signal] : [])]);
    const context = { host: this.#host, call: name, changes: opts.changes };
    const session = this.#side.connected();
    const { graceMs = 0, isWatched = false } = opts;
    const connection = await session.dedicated(signal, isWatched).catch((error: unknown) => {
      throw signal.aborted
        ? this.#cancelled(name, false, error)
        : mapLibvirtError(error, { ...context, changes: false });
    });
    let isDone = false;
    const overdue = Promise.withResolvers<never>();
    overdue.promise.catch(() => {});
    const expire = (): void => {
      connection.abort();
      overdue.reject(signal.reason);
    };
    // The timer stays when the work has ended in peace: the good-bye of its connection may hang as well.
    const cut = graceMs === 0 ? (): void => connection.abort() : (): void => void setTimeout(expire, graceMs).unref();
    signal.addEventListener('abort', cut, { once: true });
    const run = async (notAfterMs: number): Promise<T> => {
      try {
        signal.throwIfAborted();
        const work = fn(connection.connect, gated({}, notAfterMs), signal);
        const result = await Promise.race([work, overdue.promise]);
        isDone = true;
        return result;
      } catch (error) {
        if (!signal.aborted) throw mapLibvirtError(error, context);
        throw this.#cancelled(name, opts.changes, error);
      }
    };
    try {
      if (!opts.changes) return await run(Number.POSITIVE_INFINITY);
      return await effect(`libvirt:${name}`, right, ({ notAfterMs }) => run(notAfterMs));
    } finally {
      signal.removeEventListener('abort', cut);
      if (signal.aborted && graceMs === 0) connection.abort();
      else if (isDone && !signal.aborted && !isWatched) session.putBack(connection);
      else void connection.close();
    }
  }

  #cancelled(name: string, changes: boolean, cause: unknown): VirtfleetError {
    const message = `${name} on host ${this.#host} was cancelled`;
    return new VirtfleetError(changes ? 'OutcomeUnknown' : 'Transient', 'Cancelled', message, {
      host: this.#host,
      cause,
    });
  }
}

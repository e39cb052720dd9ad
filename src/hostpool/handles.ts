import type { Connect } from '@virtfleet/libvirt';

/** Runs `fn` and frees the handle, at once and whatever happens: a host may have thousands. */
export async function withHandle<H extends Disposable, T>(handle: H, fn: (handle: H) => Promise<T>): Promise<T> {
  try {
    return await fn(handle);
  } finally {
    handle[Symbol.dispose]();
  }
}

/** So many a kind and connection; who is used least goes first. */
const MOST_KEPT = 256;

/**
 * Handles of what a connection was asked for last. A handle holds no state of the host's: libvirt sends its UUID with
 * every call, and a call on what is gone fails with the same "there is none" as a look-up. So a kept one spares the
 * look-up that would go before each call. What is dropped is freed by the garbage collector, since a call may be about to
 * use it; the rest goes with the connection.
 */
export class KeptHandles<H extends { uuid: string }> {
  readonly #byConnection = new WeakMap<Connect, Map<string, H>>();
  readonly #most: number;

  constructor(most = MOST_KEPT) {
    this.#most = most;
  }

  find(c: Connect, uuid: string): H | undefined {
    const kept = this.#byConnection.get(c);
    const handle = kept?.get(uuid);
    if (!kept || !handle) return undefined;
    kept.delete(uuid);
    kept.set(uuid, handle);
    return handle;
  }

  /** In place of an older handle of the same thing. */
  keep(c: Connect, handle: H): H {
    const kept = this.#byConnection.get(c) ?? new Map<string, H>();
    this.#byConnection.set(c, kept);
    kept.delete(handle.uuid);
    kept.set(handle.uuid, handle);
    const [oldest] = kept.keys();
    if (kept.size > this.#most && oldest !== undefined) kept.delete(oldest);
    return handle;
  }

  forget(c: Connect, uuid: string): void {
    this.#byConnection.get(c)?.delete(uuid);
  }

  /** The kept one, or what `lookUp` finds. */
  async get(c: Connect, uuid: string, lookUp: () => Promise<H>): Promise<H> {
    return this.find(c, uuid) ?? this.keep(c, await lookUp());
  }
}

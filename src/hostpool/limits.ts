/**
 * Who may wait for a QEMU monitor: a call that touches one blocks a worker of libvirtd for as long as that QEMU does
 * not answer, and with all twenty workers blocked every client of the host stands still.
 */
export const MONITOR_CALLS_A_HOST = 15;

export class MonitorLimit {
  readonly #limit: number;
  readonly #busy = new Set<string>();
  readonly #waiting: { uuid: string; go: () => void }[] = [];

  constructor(limit = MONITOR_CALLS_A_HOST) {
    this.#limit = limit;
  }

  /** Runs `fn` when no other call holds that domain's monitor and the host has room. Without a domain: at once. */
  async run<T>(uuid: string | undefined, fn: () => Promise<T>): Promise<T> {
    if (uuid === undefined) return fn();
    await this.#enter(uuid);
    try {
      return await fn();
    } finally {
      this.#busy.delete(uuid);
      this.#admit();
    }
  }

  #isFree(uuid: string): boolean {
    return this.#busy.size < this.#limit && !this.#busy.has(uuid);
  }

  #enter(uuid: string): Promise<void> {
    if (this.#isFree(uuid)) {
      this.#busy.add(uuid);
      return Promise.resolve();
    }
    return new Promise((go) => {
      this.#waiting.push({ uuid, go });
    });
  }

  /** First come, first served, but nobody waits behind a domain that hangs. */
  #admit(): void {
    for (let at = 0; at < this.#waiting.length; ) {
      const next = this.#waiting[at];
      if (next !== undefined && this.#isFree(next.uuid)) {
        this.#waiting.splice(at, 1);
        this.#busy.add(next.uuid);
        next.go();
      } else at += 1;
    }
  }
}

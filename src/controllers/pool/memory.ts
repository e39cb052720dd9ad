/**
 * What this process remembers of a pool on a host: when it was last counted, and how the last try went. All of it may be
 * lost: it is looked at again then.
 */
export interface PoolMemory {
  refreshedAt: number | null;
  /** The generation of the spec that was ensured there. */
  ensuredGeneration: number | null;
  /** A changed spec is tried at once. */
  failure: { message: string; count: number; retryAt: number; generation: number } | null;
}

const FIRST_RETRY_MS = 2_000;
const LONGEST_RETRY_MS = 5 * 60_000;
const NOTHING: PoolMemory = { refreshedAt: null, ensuredGeneration: null, failure: null };

export class PoolMemories {
  /** By the pool's uid, then the host's uid. */
  readonly #pools = new Map<string, Map<string, PoolMemory>>();

  of(poolUid: string, hostUid: string): PoolMemory {
    return this.#pools.get(poolUid)?.get(hostUid) ?? NOTHING;
  }

  succeeded(poolUid: string, hostUid: string, change: Partial<PoolMemory>): void {
    this.#set(poolUid, hostUid, { ...this.of(poolUid, hostUid), ...change, failure: null });
  }

  failed(poolUid: string, hostUid: string, what: { message: string; generation: number }, now: number): void {
    const before = this.of(poolUid, hostUid);
    const isSame = before.failure?.generation === what.generation;
    const count = (isSame ? (before.failure?.count ?? 0) : 0) + 1;
    const retryAt = now + Math.min(FIRST_RETRY_MS * 2 ** (count - 1), LONGEST_RETRY_MS);
    this.#set(poolUid, hostUid, { ...before, failure: { ...what, count, retryAt } });
  }

  forget(poolUid: string): void {
    this.#pools.delete(poolUid);
  }

  #set(poolUid: string, hostUid: string, memory: PoolMemory): void {
    const hosts = this.#pools.get(poolUid) ?? new Map<string, PoolMemory>();
    this.#pools.set(poolUid, hosts.set(hostUid, memory));
  }
}

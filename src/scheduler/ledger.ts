import type { HostView, PlacementRequest, Resources } from './types.ts';

/**
 * What has been given away on each host, so that earlier decisions of a batch count for later ones.
 * It is the scheduler's own copy: the snapshot that came in is not changed.
 */
export class Ledger {
  readonly #allocated = new Map<string, Resources>();
  readonly #perHost = new Map<string, number>();
  readonly #shared = new Map<string, number>();

  constructor(hosts: readonly HostView[]) {
    for (const host of hosts) this.#allocated.set(host.name, { ...host.allocated });
  }

  allocated(host: HostView): Resources {
    return this.#allocated.get(host.name) ?? host.allocated;
  }

  /** What may still be claimed of a pool on a host; undefined when the host does not have it. */
  poolFreeBytes(host: HostView, pool: string): number | undefined {
    const view = Object.hasOwn(host.pools, pool) ? host.pools[pool] : undefined;
    if (view === undefined) return undefined;
    const claimed = view.shared ? this.#shared.get(pool) : this.#perHost.get(`${host.name}/${pool}`);
    return view.freeBytes - (claimed ?? 0);
  }

  claim(host: HostView, request: PlacementRequest): void {
    const before = this.allocated(host);
    this.#allocated.set(host.name, {
      cpuMilli: before.cpuMilli + request.cpuMilli,
      memoryBytes: before.memoryBytes + request.memoryBytes,
    });
    for (const { name, bytes } of request.requiredPools) {
      const claims = host.pools[name]?.shared ? this.#shared : this.#perHost;
      const key = host.pools[name]?.shared ? name : `${host.name}/${name}`;
      claims.set(key, (claims.get(key) ?? 0) + bytes);
    }
  }
}

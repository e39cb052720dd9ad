import type { CallOptions } from './call.ts';
import type { Domain } from './domain.ts';
import { LibvirtTimeout } from './errors.ts';
import { type Subscription, subscribe } from './events.ts';
import { ConnectCalls } from './generated/connect.ts';
import type {
  DomainEvents,
  NetworkEvents,
  NodeDeviceEvents,
  SecretEvents,
  StoragePoolEvents,
} from './generated/events.ts';
import { NATIVE, nativeOf } from './handle.ts';
import { addon } from './native.ts';
import type { Network, NodeDevice, Secret, StoragePool } from './objects.ts';
import type { TypedValues } from './params.ts';

export interface DomainStats {
  domain: Domain;
  uuid: string;
  name: string;
  params: TypedValues;
}

/** How long close() waits for calls that run before it shuts the socket down, and then for libvirt to notice. */
const CLOSE_GRACE_MS = 5_000;

/** A connection to one libvirt daemon (or to a driver inside the process, as test:///default). Made by `open`. */
export class Connect extends ConnectCalls {
  #closing: Promise<void> | null = null;
  readonly #subscriptions = new Set<Subscription>();

  /** True from the call of close() or abort() on. */
  get closed(): boolean {
    return this.#closing !== null;
  }

  /**
   * Closes on a thread of its own: calls that wait are rejected with ConnectionClosed, calls that run are waited
   * for (after `graceMs` the socket is shut down, and they fail), every handle of this connection is freed. Idempotent.
   */
  close(opts: { graceMs?: number } = {}): Promise<void> {
    this.#closing ??= this.#close(opts.graceMs ?? CLOSE_GRACE_MS);
    return this.#closing;
  }

  /** Shuts the socket down at once: every pending call fails within milliseconds, its outcome unknown. Then closes. */
  abort(): void {
    addon.abort(this[NATIVE]);
    this.close({ graceMs: 0 }).catch(() => {});
  }

  override [Symbol.dispose](): void {
    this.close().catch(() => {});
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #close(graceMs: number): Promise<void> {
    for (const subscription of this.#subscriptions) subscription.forget();
    this.#subscriptions.clear();
    const done = addon.close(this[NATIVE]);
    let hard: NodeJS.Timeout | undefined;
    const gaveUp = new Promise<never>((_, reject) => {
      hard = setTimeout(() => {
        addon.abort(this[NATIVE]);
        hard = setTimeout(
          () => reject(new LibvirtTimeout('virConnectClose', graceMs + CLOSE_GRACE_MS, true)),
          CLOSE_GRACE_MS,
        );
      }, graceMs);
    });
    try {
      await Promise.race([done, gaveUp]);
    } finally {
      clearTimeout(hard);
    }
  }

  /** `callback` is called once, when the connection is lost, with a VIR_CONNECT_CLOSE_REASON_…; not by our own close(). At most one a connection. */
  async onClose(callback: (reason: number) => void): Promise<void> {
    await this.#subscribe('Connect', 0, null, (payload: { reason: number }) => callback(payload.reason));
  }

  /** Of all domains, or of one. `id` is a VIR_DOMAIN_EVENT_ID_…, which gives the payload its type. */
  onDomainEvent<Id extends keyof DomainEvents>(
    id: Id,
    callback: (event: DomainEvents[Id]) => void,
    domain: Domain | null = null,
  ): Promise<Subscription> {
    return this.#subscribe('Domain', id, domain, callback);
  }

  onNetworkEvent<Id extends keyof NetworkEvents>(
    id: Id,
    callback: (event: NetworkEvents[Id]) => void,
    network: Network | null = null,
  ): Promise<Subscription> {
    return this.#subscribe('Network', id, network, callback);
  }

  onStoragePoolEvent<Id extends keyof StoragePoolEvents>(
    id: Id,
    callback: (event: StoragePoolEvents[Id]) => void,
    pool: StoragePool | null = null,
  ): Promise<Subscription> {
    return this.#subscribe('StoragePool', id, pool, callback);
  }

  onNodeDeviceEvent<Id extends keyof NodeDeviceEvents>(
    id: Id,
    callback: (event: NodeDeviceEvents[Id]) => void,
    device: NodeDevice | null = null,
  ): Promise<Subscription> {
    return this.#subscribe('NodeDevice', id, device, callback);
  }

  onSecretEvent<Id extends keyof SecretEvents>(
    id: Id,
    callback: (event: SecretEvents[Id]) => void,
    secret: Secret | null = null,
  ): Promise<Subscription> {
    return this.#subscribe('Secret', id, secret, callback);
  }

  async #subscribe<E>(
    kind: Parameters<typeof subscribe>[1],
    id: number,
    of: Parameters<typeof subscribe>[3],
    callback: (event: E) => void,
  ): Promise<Subscription> {
    const subscription = await subscribe(this, kind, id, of, callback as (event: unknown) => void, () =>
      this.#subscriptions.delete(subscription),
    );
    this.#subscriptions.add(subscription);
    return subscription;
  }

  /**
   * Statistics of all domains in one call. `stats` is a mask of VIR_DOMAIN_STATS_… (0: all), `flags` of
   * VIR_CONNECT_GET_ALL_DOMAINS_STATS_…; without NOWAIT one stopped QEMU hangs the call.
   */
  getAllDomainStats(stats = 0, flags = 0, opts?: CallOptions): Promise<DomainStats[]> {
    return this.call('virConnectGetAllDomainStats', opts, [stats >>> 0, flags >>> 0]);
  }

  /** Statistics of the given domains, which must be of this connection. */
  domainListGetStats(domains: readonly Domain[], stats = 0, flags = 0, opts?: CallOptions): Promise<DomainStats[]> {
    return this.call('virDomainListGetStats', opts, [domains.map(nativeOf), stats >>> 0, flags >>> 0]);
  }

  /** The host's CPUs: how many there are, how many are online, and which (bit n of byte m: CPU 8m + n). */
  nodeGetCPUMap(flags = 0, opts?: CallOptions): Promise<{ cpus: number; online: number; map: Uint8Array }> {
    return this.call('virNodeGetCPUMap', opts, [flags >>> 0]);
  }

  /** Of one CPU, or of all together (VIR_NODE_CPU_STATS_ALL_CPUS): nanoseconds by VIR_NODE_CPU_STATS_…. */
  nodeGetCPUStats(cpu: number, flags = 0, opts?: CallOptions): Promise<Record<string, bigint>> {
    return this.call('virNodeGetCPUStats', opts, [cpu, flags >>> 0]);
  }

  /** Of one NUMA cell, or of all together (VIR_NODE_MEMORY_STATS_ALL_CELLS): KiB by VIR_NODE_MEMORY_STATS_…. */
  nodeGetMemoryStats(cell: number, flags = 0, opts?: CallOptions): Promise<Record<string, bigint>> {
    return this.call('virNodeGetMemoryStats', opts, [cell, flags >>> 0]);
  }

  /** Free bytes of each NUMA cell from `startCell` on. */
  nodeGetCellsFreeMemory(startCell: number, maxCells: number, opts?: CallOptions): Promise<bigint[]> {
    return this.call('virNodeGetCellsFreeMemory', opts, [startCell, maxCells]);
  }

  /** Free pages: a row a cell, in it a count for each of `pageSizesKiB`. */
  nodeGetFreePages(
    pageSizesKiB: readonly number[],
    startCell: number,
    cells: number,
    flags = 0,
    opts?: CallOptions,
  ): Promise<bigint[][]> {
    return this.call('virNodeGetFreePages', opts, [pageSizesKiB, startCell, cells, flags >>> 0]);
  }

  /** Reserves huge pages; how many cells were changed. */
  nodeAllocPages(
    pages: readonly { sizeKiB: number; count: number }[],
    startCell: number,
    cells: number,
    flags = 0,
    opts?: CallOptions,
  ): Promise<number> {
    return this.call('virNodeAllocPages', opts, [
      pages.map((p) => p.sizeKiB),
      pages.map((p) => p.count),
      startCell,
      cells,
      flags >>> 0,
    ]);
  }

  /** Ids of the running domains. */
  listDomains(opts?: CallOptions): Promise<number[]> {
    return this.call('virConnectListDomains', opts, []);
  }

  /** The version of the libvirt library in this process: major × 1,000,000 + minor × 1,000 + release. */
  getClientVersion(opts?: CallOptions): Promise<number> {
    return this.call('virGetVersion', opts, []);
  }
}

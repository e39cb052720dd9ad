import { isDeepStrictEqual } from 'node:util';
import type { DomainRecord, Inventory, NetworkRecord, PoolRecord } from './types.ts';

export interface Listing {
  domains: DomainRecord[];
  networks: NetworkRecord[];
  pools: PoolRecord[];
}

export interface InventoryObserver {
  /** `now` null: it is gone. Called only when something but `seenAt` differs. */
  domain(uuid: string, now: DomainRecord | null, before: DomainRecord | null): void;
  network(uuid: string): void;
  pool(uuid: string): void;
}

/** What was seen on one host last, and who is told of differences. */
export class InventoryStore implements Inventory {
  readonly domains = new Map<string, DomainRecord>();
  readonly networks = new Map<string, NetworkRecord>();
  readonly pools = new Map<string, PoolRecord>();
  listedAt = 0;
  readonly #observer: InventoryObserver;

  constructor(observer: InventoryObserver) {
    this.#observer = observer;
  }

  /** The whole truth of one moment: what is not in it is gone. */
  replace(listing: Listing, listedAt: number): void {
    const seen = new Set(listing.domains.map(({ uuid }) => uuid));
    for (const uuid of [...this.domains.keys()]) if (!seen.has(uuid)) this.setDomain(uuid, null);
    for (const domain of listing.domains) this.setDomain(domain.uuid, domain);
    replaceIn(listing.networks, this.networks, (uuid, record) => this.setNetwork(uuid, record));
    replaceIn(listing.pools, this.pools, (uuid, record) => this.setPool(uuid, record));
    this.listedAt = listedAt;
  }

  setDomain(uuid: string, now: DomainRecord | null): void {
    const before = this.domains.get(uuid) ?? null;
    if (now === null) this.domains.delete(uuid);
    else this.domains.set(uuid, now);
    const isSame =
      now === null || before === null
        ? now === before
        : isDeepStrictEqual({ ...now, seenAt: 0 }, { ...before, seenAt: 0 });
    if (!isSame) this.#observer.domain(uuid, now, before);
  }

  setNetwork(uuid: string, now: NetworkRecord | null): void {
    if (set(this.networks, uuid, now)) this.#observer.network(uuid);
  }

  setPool(uuid: string, now: PoolRecord | null): void {
    if (set(this.pools, uuid, now)) this.#observer.pool(uuid);
  }
}

function set<R>(records: Map<string, R>, uuid: string, now: R | null): boolean {
  const before = records.get(uuid) ?? null;
  if (now === null) records.delete(uuid);
  else records.set(uuid, now);
  return !isDeepStrictEqual(now, before);
}

function replaceIn<R extends { uuid: string }>(
  listed: readonly R[],
  known: ReadonlyMap<string, R>,
  put: (uuid: string, record: R | null) => void,
): void {
  const seen = new Set(listed.map(({ uuid }) => uuid));
  for (const uuid of [...known.keys()]) if (!seen.has(uuid)) put(uuid, null);
  for (const record of listed) put(record.uuid, record);
}

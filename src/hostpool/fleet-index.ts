import type { DomainRecord } from './types.ts';

export interface IndexedDomain {
  host: string;
  domain: DomainRecord;
}

const stampKey = (fleet: string, namespace: string, name: string): string => `${fleet}/${namespace}/${name}`;

/** All domains of all hosts, by UUID and by stamp, kept up as they change: a look-up never walks over a host. */
export class FleetIndex {
  readonly #byUuid = new Map<string, Map<string, DomainRecord>>();
  readonly #byStamp = new Map<string, Map<string, IndexedDomain>>();

  put(host: string, domain: DomainRecord): void {
    this.drop(host, domain.uuid);
    const onHosts = this.#byUuid.get(domain.uuid) ?? new Map<string, DomainRecord>();
    onHosts.set(host, domain);
    this.#byUuid.set(domain.uuid, onHosts);
    if (domain.stamp === null) return;
    const key = stampKey(domain.stamp.fleet, domain.stamp.namespace, domain.stamp.name);
    const stamped = this.#byStamp.get(key) ?? new Map<string, IndexedDomain>();
    stamped.set(`${host}/${domain.uuid}`, { host, domain });
    this.#byStamp.set(key, stamped);
  }

  drop(host: string, uuid: string): void {
    const onHosts = this.#byUuid.get(uuid);
    const domain = onHosts?.get(host);
    if (!onHosts || !domain) return;
    onHosts.delete(host);
    if (onHosts.size === 0) this.#byUuid.delete(uuid);
    if (domain.stamp === null) return;
    const key = stampKey(domain.stamp.fleet, domain.stamp.namespace, domain.stamp.name);
    const stamped = this.#byStamp.get(key);
    stamped?.delete(`${host}/${uuid}`);
    if (stamped?.size === 0) this.#byStamp.delete(key);
  }

  byUuid(uuid: string): IndexedDomain[] {
    return [...(this.#byUuid.get(uuid) ?? [])].map(([host, domain]) => ({ host, domain }));
  }

  byStamp(fleet: string, namespace: string, name: string): IndexedDomain[] {
    return [...(this.#byStamp.get(stampKey(fleet, namespace, name))?.values() ?? [])];
  }

  /** Entries of both indexes: zero when everything was dropped. */
  get size(): number {
    return this.#byUuid.size + this.#byStamp.size;
  }
}

import {
  type CallOptions,
  type Connect,
  type Domain,
  type Network,
  type StoragePool,
  VIR_CONNECT_GET_ALL_DOMAINS_STATS_NOWAIT,
  VIR_CONNECT_LIST_DOMAINS_AUTOSTART,
  VIR_CONNECT_LIST_DOMAINS_PERSISTENT,
  VIR_CONNECT_LIST_NETWORKS_ACTIVE,
  VIR_CONNECT_LIST_NETWORKS_AUTOSTART,
  VIR_CONNECT_LIST_STORAGE_POOLS_PERSISTENT,
  VIR_DOMAIN_METADATA_ELEMENT,
  VIR_DOMAIN_STATS_STATE,
  VIR_STORAGE_POOL_RUNNING,
} from '@virtfleet/libvirt';
import { readStamp, STAMP_NS, type Stamp } from '#libvirt/stamp.ts';
import { parseXml } from '#libvirt/xml.ts';
import { hasCode, libvirtCode, orElse } from './errors.ts';
import { KeptHandles, withHandle } from './handles.ts';
import type { Listing } from './inventory.ts';
import type { DomainRecord, NetworkRecord, PoolRecord } from './types.ts';

const { NO_SUPPORT, NO_DOMAIN, NO_NETWORK, NO_STORAGE_POOL: NO_POOL, NO_DOMAIN_METADATA: NO_METADATA } = libvirtCode;

/** As many calls as the work connection carries at once. */
const WIDTH = 4;

async function mapWide<A, B>(items: readonly A[], fn: (item: A) => Promise<B>): Promise<B[]> {
  const results: B[] = new Array(items.length);
  let next = 0;
  const work = async (): Promise<void> => {
    for (let at = next++; at < items.length; at = next++) results[at] = await fn(items[at] as A);
  };
  await Promise.all(Array.from({ length: Math.min(WIDTH, items.length) }, work));
  return results;
}

/** Handles carry their UUID; they are freed at once, for a host may have thousands. */
function uuidsOf(handles: readonly (Disposable & { uuid: string })[]): Set<string> {
  const uuids = new Set(handles.map(({ uuid }) => uuid));
  for (const handle of handles) handle[Symbol.dispose]();
  return uuids;
}

/**
 * Everything that is on a host. States come in one call, lists in one call each; only stamps are read one by one, for
 * libvirt has no bulk call for metadata.
 */
export async function listHost(c: Connect, o: CallOptions, now: () => number): Promise<Listing> {
  const domains = await listDomains(c, o, now);
  const networks = await listNetworks(c, o);
  const pools = await listPools(c, o);
  return { domains, networks, pools };
}

interface DomainState {
  domain: Domain;
  state: number;
  reason: number;
}

async function domainStates(c: Connect, o: CallOptions): Promise<DomainState[]> {
  try {
    const records = await c.getAllDomainStats(VIR_DOMAIN_STATS_STATE, VIR_CONNECT_GET_ALL_DOMAINS_STATS_NOWAIT, o);
    return records.map(({ domain, params }) => ({
      domain,
      state: Number(params['state.state'] ?? 0),
      reason: Number(params['state.reason'] ?? 0),
    }));
  } catch (error) {
    if (!hasCode(error, NO_SUPPORT)) throw error;
  }
  // Drivers without statistics: a call a domain.
  const domains = await c.listAllDomains(0, o);
  const states = await mapWide(domains, async (domain) => {
    const state = await orElse(domain.getState(0, o), null, NO_DOMAIN);
    return state === null ? null : { domain, ...state };
  });
  return states.filter((state) => state !== null);
}

async function listDomains(c: Connect, o: CallOptions, now: () => number): Promise<DomainRecord[]> {
  const states = await domainStates(c, o);
  const persistent = uuidsOf(await c.listAllDomains(VIR_CONNECT_LIST_DOMAINS_PERSISTENT, o));
  const autostart = uuidsOf(await c.listAllDomains(VIR_CONNECT_LIST_DOMAINS_AUTOSTART, o));
  const records = await mapWide(states, async ({ domain, state, reason }): Promise<DomainRecord | null> => {
    const stamp = await readDomainStamp(domainHandles.keep(c, domain), o);
    if (stamp === undefined) return null;
    const { uuid, name } = domain;
    return {
      uuid,
      name,
      state,
      reason,
      persistent: persistent.has(uuid),
      autostart: autostart.has(uuid),
      stamp,
      seenAt: now(),
    };
  });
  return records.filter((record) => record !== null);
}

/** Undefined: the domain is gone. Null: it has no stamp, or one that nobody can read. */
async function readDomainStamp(domain: Domain, o: CallOptions): Promise<Stamp | null | undefined> {
  try {
    const xml = await domain.getMetadata(VIR_DOMAIN_METADATA_ELEMENT, STAMP_NS, 0, o);
    return parseStamp(xml);
  } catch (error) {
    if (hasCode(error, NO_METADATA, NO_SUPPORT)) return null;
    if (hasCode(error, NO_DOMAIN)) return undefined;
    throw error;
  }
}

/** libvirt hands the element out bare, its namespace taken off; somebody else may have written anything there. */
export function parseStamp(xml: string): Stamp | null {
  try {
    const root = parseXml(xml);
    if (!root.name.includes(':')) root.attrs.xmlns ??= STAMP_NS;
    return readStamp(root);
  } catch {
    return null;
  }
}

/** Of domains whose record was read; the next call on one of them needs no look-up. */
export const domainHandles = new KeptHandles<Domain>();

/**
 * One domain as it is now; null: it is not there. Whether it starts with its host is asked only where that was seen. All
 * is asked for at once: what changes in between has an event of its own. The look-up tells the name, which may be another
 * one by now, so it is never spared.
 */
export async function readDomainRecord(
  c: Connect,
  uuid: string,
  o: CallOptions,
  now: () => number,
  hadAutostart: boolean,
): Promise<DomainRecord | null> {
  try {
    const looked = c.domainLookupByUUIDString(uuid, o).then((domain) => domainHandles.keep(c, domain));
    const known = domainHandles.find(c, uuid) ?? (await looked);
    const [{ name }, { state, reason }, persistent, stamp] = await Promise.all([
      looked,
      known.getState(0, o),
      known.isPersistent(o),
      readDomainStamp(known, o),
    ]);
    if (stamp === undefined) return null;
    const autostart = hadAutostart && persistent && (await known.getAutostart(o));
    return { uuid, name, state, reason, persistent, autostart, stamp, seenAt: now() };
  } catch (error) {
    if (!hasCode(error, NO_DOMAIN)) throw error;
    domainHandles.forget(c, uuid);
    return null;
  }
}

async function listNetworks(c: Connect, o: CallOptions): Promise<NetworkRecord[]> {
  const list = (flags: number): Promise<Network[]> => orElse(c.listAllNetworks(flags, o), [], NO_SUPPORT);
  const all = await list(0);
  const active = uuidsOf(await list(VIR_CONNECT_LIST_NETWORKS_ACTIVE));
  const autostart = uuidsOf(await list(VIR_CONNECT_LIST_NETWORKS_AUTOSTART));
  return all.map(({ uuid, name }) => ({ uuid, name, active: active.has(uuid), autostart: autostart.has(uuid) }));
}

export async function readNetworkRecord(c: Connect, uuid: string, o: CallOptions): Promise<NetworkRecord | null> {
  try {
    return await withHandle(await c.networkLookupByUUIDString(uuid, o), async (network) => {
      const active = await network.isActive(o);
      // A transient network has no autostart to ask for.
      const autostart = (await network.isPersistent(o)) && (await network.getAutostart(o));
      return { uuid, name: network.name, active, autostart };
    });
  } catch (error) {
    if (hasCode(error, NO_NETWORK)) return null;
    throw error;
  }
}

async function listPools(c: Connect, o: CallOptions): Promise<PoolRecord[]> {
  const all = await orElse(c.listAllStoragePools(0, o), [], NO_SUPPORT);
  const persistent = uuidsOf(
    await orElse(c.listAllStoragePools(VIR_CONNECT_LIST_STORAGE_POOLS_PERSISTENT, o), [], NO_SUPPORT),
  );
  const records = await mapWide(all, (pool) => poolRecord(pool, persistent.has(pool.uuid), o));
  return records.filter((record) => record !== null);
}

async function poolRecord(pool: StoragePool, persistent: boolean, o: CallOptions): Promise<PoolRecord | null> {
  const info = await withHandle(pool, (handle) => orElse(handle.getInfo(o), null, NO_POOL));
  if (info === null) return null;
  const { uuid, name } = pool;
  return {
    uuid,
    name,
    active: info.state === VIR_STORAGE_POOL_RUNNING,
    persistent,
    capacityBytes: info.capacity,
    allocationBytes: info.allocation,
    availableBytes: info.available,
  };
}

export async function readPoolRecord(c: Connect, uuid: string, o: CallOptions): Promise<PoolRecord | null> {
  try {
    const pool = await c.storagePoolLookupByUUIDString(uuid, o);
    return await poolRecord(pool, await pool.isPersistent(o), o);
  } catch (error) {
    if (hasCode(error, NO_POOL)) return null;
    throw error;
  }
}

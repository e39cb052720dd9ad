/** Whose the domains on a host are. Pure. */
import type { DomainRecord } from '#hostpool/types.ts';

export interface SortedDomains {
  /** Ours, and there is an object. */
  ours: DomainRecord[];
  /** Ours by the stamp, and there is no object: after a restored etcd, a real machine. Shown, never swept. */
  orphans: DomainRecord[];
  /** Nobody's that we know, or another fleet's. */
  foreign: DomainRecord[];
}

export interface SortInput {
  domains: Iterable<DomainRecord>;
  fleet: string;
  /** Is there a VirtualMachine that this domain belongs to: by uid, or by namespace, name and UUID. */
  hasObject: (domain: DomainRecord) => boolean;
  /** UUIDs of machines that were abandoned on this host: on their way out, and no orphans. */
  tombstones: ReadonlySet<string>;
}

export function sortDomains({ domains, fleet, hasObject, tombstones }: SortInput): SortedDomains {
  const sorted: SortedDomains = { ours: [], orphans: [], foreign: [] };
  for (const domain of domains) {
    if (domain.stamp?.fleet !== fleet) sorted.foreign.push(domain);
    else if (hasObject(domain)) sorted.ours.push(domain);
    else if (!tombstones.has(domain.uuid)) sorted.orphans.push(domain);
  }
  return sorted;
}

const RUNNING = 1;
const BLOCKED = 2;
const PAUSED = 3;
const SHUTDOWN = 4;
const SHUTOFF = 5;
const CRASHED = 6;
const SUSPENDED = 7;

export interface StateCounts {
  running: number;
  stopped: number;
  paused: number;
  other: number;
}

/** libvirt's virDomainState, in four words. */
export function countStates(domains: readonly Pick<DomainRecord, 'state'>[]): StateCounts {
  const counts: StateCounts = { running: 0, stopped: 0, paused: 0, other: 0 };
  for (const { state } of domains) {
    if (state === RUNNING || state === BLOCKED || state === SHUTDOWN) counts.running += 1;
    else if (state === SHUTOFF || state === CRASHED) counts.stopped += 1;
    else if (state === PAUSED || state === SUSPENDED) counts.paused += 1;
    else counts.other += 1;
  }
  return counts;
}

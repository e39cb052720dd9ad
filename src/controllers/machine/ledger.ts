/**
 * What is promised in the fleet: room on hosts, addresses, MACs. An index over the status of all machines and the
 * hosts' tombstones, kept by their changes and never by a scan, plus the promises of decisions that are being written
 * at this moment, which the watch has not shown yet. One process decides at a time (the Lease), so this memory is
 * whole: it is rebuilt from the cache before the first decision.
 */

import type { PlacedMachine } from '#scheduler/index.ts';
import type { Room } from '../room.ts';

/** What one machine holds, as its status says (or will say, for a decision under way). */
export interface Claim {
  uid: string;
  /** resourceVersion of the object that says so; of a decision that is being written, the one that it is based on. */
  version: string;
  /** Of its domain; null before it was decided. */
  uuid: string | null;
  /** Older machines win a conflict of equals. Wall-clock ms. */
  createdAt: number;
  hostUid: string | null;
  namespace: string;
  /** What quotas count of it: less than the room below while it is not let grow. */
  granted: Room;
  cpuMilli: number;
  memoryBytes: number;
  /** As the scheduler counts it on its host; null before it was decided. */
  machine?: PlacedMachine | null;
  /** The host that it is being moved to: it takes its room there, too, until the move is over. */
  arrival?: Arrival | null;
  addresses: { networkUid: string; address: string }[];
  macs: string[];
}

export interface Arrival {
  hostUid: string;
  /** As the scheduler counts it there. */
  machine: PlacedMachine;
}

export interface Promised {
  cpuMilli: number;
  memoryBytes: number;
  machines: number;
}

const NOTHING: Promised = { cpuMilli: 0, memoryBytes: 0, machines: 0 };
/** Under which a claim stands in the indexes whose write may have taken effect. No uid holds a blank. */
const ghostKey = (uid: string, nth: number): string => `${uid} ${nth}`;
const ownerOf = (key: string): string => key.split(' ', 1)[0] ?? key;
const addressKey = (networkUid: string, address: string): string => `${networkUid} ${address}`;

export class FleetLedger {
  readonly #claims = new Map<string, Claim>();
  readonly #writing = new Set<string>();
  /** Claims whose writes went without an answer, by uid. */
  readonly #doubts = new Map<string, Claim[]>();
  readonly #hosts = new Map<string, Promised>();
  readonly #namespaces = new Map<string, Promised>();
  /** What machines were let grow to, by uid: their status says so a moment later. */
  readonly #growths = new Map<string, Room>();
  readonly #addresses = new Map<string, Set<string>>();
  readonly #macs = new Map<string, Set<string>>();
  readonly #tombstones = new Map<string, Set<string>>();
  /** Uids of machines that are on their way, by the uid of the host that they go to. */
  readonly #arrivals = new Map<string, Set<string>>();
  readonly #cursor = new Map<string, number>();
  readonly #listeners: ((claim: Claim | null, before: Claim | null) => void)[] = [];

  /** Called after each change of a claim; null: there is none. */
  onChange(listener: (claim: Claim | null, before: Claim | null) => void): void {
    this.#listeners.push(listener);
  }

  /** What the cache says of a machine. Ignored while a decision of this process for it is being written. */
  observe(claim: Claim): void {
    this.#resolve(claim);
    if (!this.#writing.has(claim.uid)) this.#replace(claim);
  }

  forget(uid: string): void {
    this.#writing.delete(uid);
    this.#growths.delete(uid);
    this.#resolve(null, uid);
    this.#remove(uid);
  }

  /** Takes a claim before its write; it counts from this moment on. Follow with `settle`, or with `doubt`. */
  take(claim: Claim): void {
    this.#writing.add(claim.uid);
    this.#replace(claim);
  }

  /** The write ended: `claim` is what the cache says now (null when the machine is gone). */
  settle(uid: string, claim: Claim | null): void {
    this.#writing.delete(uid);
    this.#resolve(claim, uid);
    if (claim) this.#replace(claim);
    else this.#remove(uid);
  }

  /**
   * Whether the write took effect nobody knows: what it claimed counts, whatever is decided and refused meanwhile, until
   * another version of the machine is seen than the one that it was based on. That one either has it or was written over it.
   */
  doubt(uid: string): void {
    this.#writing.delete(uid);
    const claim = this.#claims.get(uid);
    if (!claim) return;
    this.#remove(uid);
    const ghosts = this.#doubts.get(uid) ?? [];
    const ghost = { ...claim, uid: ghostKey(uid, ghosts.length) };
    this.#doubts.set(uid, [...ghosts, ghost]);
    this.#replace(ghost);
  }

  /** All doubts of a machine are about one version: what is based on a later one was decided after they were over. */
  #resolve(claim: Claim | null, uid = claim?.uid ?? ''): void {
    const ghosts = this.#doubts.get(uid);
    if (!ghosts || ghosts[0]?.version === claim?.version) return;
    this.#doubts.delete(uid);
    for (const ghost of ghosts) this.#remove(ghost.uid);
  }

  /** Whether the machine has claimed a host, also by a decision that is being written or whose outcome nobody knows. */
  hasHost(uid: string): boolean {
    const claims = [this.#claims.get(uid), ...(this.#doubts.get(uid) ?? [])];
    return claims.some((claim) => claim !== undefined && claim.hostUid !== null);
  }

  /** Of the machines that are there. Those on their way are not in it, as they are not in what the host counts itself. */
  promisedOn(hostUid: string): Promised {
    return this.#hosts.get(hostUid) ?? NOTHING;
  }

  /** How many machines are being moved to the host, one of them left out. */
  arrivingAt(hostUid: string, except: string): number {
    const coming = new Set([...(this.#arrivals.get(hostUid) ?? [])].map(ownerOf));
    coming.delete(except);
    return coming.size;
  }

  /** What the machines of a namespace have together that have a host, all but one of them. */
  usedIn(namespace: string, except: string): Promised {
    const all = this.#namespaces.get(namespace) ?? NOTHING;
    const own = this.#claims.get(except);
    return own && own.hostUid !== null && own.namespace === namespace ? sum(all, own.granted, -1) : all;
  }

  /** A machine may grow to this much: it counts from this moment on, whatever the cache still says. */
  grow(uid: string, room: Room): void {
    this.#growths.set(uid, room);
    const claim = this.#claims.get(uid);
    if (claim) this.#replace(claim);
  }

  /** Addresses of machines that were let go while their host was away: taken until the host was swept. */
  observeTombstones(hostUid: string, addresses: string[]): void {
    if (addresses.length === 0) this.#tombstones.delete(hostUid);
    else this.#tombstones.set(hostUid, new Set(addresses));
  }

  isTaken(networkUid: string, address: string, except: string): boolean {
    const holders = this.#addresses.get(addressKey(networkUid, address)) ?? [];
    for (const holder of holders) if (ownerOf(holder) !== except) return true;
    for (const buried of this.#tombstones.values()) if (buried.has(address)) return true;
    return false;
  }

  /** Who else claims this address, oldest first. */
  rivals(networkUid: string, address: string, uid: string): Claim[] {
    const holders = this.#addresses.get(addressKey(networkUid, address)) ?? new Set<string>();
    return this.#claimsOf([...holders].filter((other) => ownerOf(other) !== uid));
  }

  macRivals(mac: string, uid: string): Claim[] {
    const holders = this.#macs.get(mac.toLowerCase()) ?? new Set<string>();
    return this.#claimsOf([...holders].filter((other) => ownerOf(other) !== uid));
  }

  /** Where the search for a free address starts: behind the one given last, so that released ones rest. */
  cursor(networkUid: string): number {
    return this.#cursor.get(networkUid) ?? 0;
  }

  advance(networkUid: string): void {
    this.#cursor.set(networkUid, this.cursor(networkUid) + 1);
  }

  #claimsOf(uids: string[]): Claim[] {
    return uids
      .flatMap((uid) => this.#claims.get(uid) ?? [])
      .sort((a, b) => a.createdAt - b.createdAt || (a.uid < b.uid ? -1 : 1));
  }

  #replace(told: Claim): void {
    const before = this.#drop(told.uid);
    const claim = this.#withGrowth(told);
    this.#claims.set(claim.uid, claim);
    this.#count(claim, 1);
    for (const a of claim.addresses) addTo(this.#addresses, addressKey(a.networkUid, a.address), claim.uid);
    for (const mac of claim.macs) addTo(this.#macs, mac.toLowerCase(), claim.uid);
    if (claim.arrival) addTo(this.#arrivals, claim.arrival.hostUid, claim.uid);
    for (const listener of this.#listeners) listener(claim, before);
  }

  #withGrowth(claim: Claim): Claim {
    const growth = this.#growths.get(claim.uid);
    if (!growth) return claim;
    const { granted } = claim;
    if (granted.cpuMilli >= growth.cpuMilli && granted.memoryBytes >= growth.memoryBytes) {
      this.#growths.delete(claim.uid);
      return claim;
    }
    // Who shrinks again needs no more than that.
    const cpuMilli = Math.min(claim.cpuMilli, Math.max(granted.cpuMilli, growth.cpuMilli));
    const memoryBytes = Math.min(claim.memoryBytes, Math.max(granted.memoryBytes, growth.memoryBytes));
    this.#growths.set(claim.uid, { cpuMilli, memoryBytes });
    return { ...claim, granted: { cpuMilli, memoryBytes } };
  }

  #remove(uid: string): void {
    const before = this.#drop(uid);
    if (before) for (const listener of this.#listeners) listener(null, before);
  }

  #drop(uid: string): Claim | null {
    const claim = this.#claims.get(uid);
    if (!claim) return null;
    this.#claims.delete(uid);
    this.#count(claim, -1);
    for (const a of claim.addresses) removeFrom(this.#addresses, addressKey(a.networkUid, a.address), uid);
    for (const mac of claim.macs) removeFrom(this.#macs, mac.toLowerCase(), uid);
    if (claim.arrival) removeFrom(this.#arrivals, claim.arrival.hostUid, uid);
    return claim;
  }

  #count(claim: Claim, sign: 1 | -1): void {
    if (claim.hostUid === null) return;
    this.#hosts.set(claim.hostUid, sum(this.promisedOn(claim.hostUid), claim, sign));
    const { namespace, granted } = claim;
    this.#namespaces.set(namespace, sum(this.#namespaces.get(namespace) ?? NOTHING, granted, sign));
  }
}

const sum = (now: Promised, { cpuMilli, memoryBytes }: Room, sign: 1 | -1): Promised => ({
  cpuMilli: now.cpuMilli + sign * cpuMilli,
  memoryBytes: now.memoryBytes + sign * memoryBytes,
  machines: now.machines + sign,
});

function addTo(index: Map<string, Set<string>>, key: string, uid: string): void {
  const set = index.get(key);
  if (set) set.add(uid);
  else index.set(key, new Set([uid]));
}

function removeFrom(index: Map<string, Set<string>>, key: string, uid: string): void {
  const set = index.get(key);
  if (!set) return;
  set.delete(uid);
  if (set.size === 0) index.delete(key);
}

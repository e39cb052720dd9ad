import { isDeepStrictEqual } from 'node:util';
import { type Clock, systemClock } from '#platform/clock.ts';
import { makeScratchDir, removeTree } from '#platform/files.ts';
import { log } from '#platform/log.ts';
import type { Right } from '#platform/right.ts';
import type { Wiring } from './connection.ts';
import type { Surroundings } from './contact.ts';
import { FleetIndex, type IndexedDomain } from './fleet-index.ts';
import { HostEntry } from './host.ts';
import { FreezeWatch } from './transport/freeze.ts';
import type { Relay } from './transport/relay.ts';
import type { FoundDomain, Host, HostChange, HostTarget } from './types.ts';

export interface HostPoolOptions {
  /** How far before its end the right to act is given up: a stop of the process that is longer drops all tunnels. */
  leaseMarginMs: number;
  /** Parent of the directory of the relays' sockets; keep it short, a socket's path holds 107 bytes. */
  scratchDir: string;
  clock?: Clock;
  /** A number in [0, 1), for jitter. */
  random?: () => number;
}

export type ChangeListener = (change: HostChange) => void;

/** Sockets for libvirt's own client inside this process: nobody outside sees them, no Lease is needed for them. */
const ownProcess: Right = {
  name: 'sockets of this process',
  notAfterMs: () => Number.POSITIVE_INFINITY,
  signal: new AbortController().signal,
};

/** All hosts of the fleet, by name. It knows nothing of Kubernetes: the Host controller tells it which hosts there are. */
export class HostPool {
  readonly #entries = new Map<string, HostEntry>();
  readonly #listeners = new Set<ChangeListener>();
  readonly #index = new FleetIndex();
  readonly #relays = new Set<Relay>();
  readonly #watch: FreezeWatch;
  readonly #around: Surroundings;
  #directory: Promise<string> | null = null;

  constructor(options: HostPoolOptions) {
    const clock = options.clock ?? systemClock;
    this.#watch = new FreezeWatch(clock, options.leaseMarginMs, (frozenMs) => this.#dropTunnels(frozenMs));
    const wiring: Wiring = {
      socketDirectory: () => {
        this.#directory ??= makeScratchDir(ownProcess, options.scratchDir, 'hosts');
        return this.#directory;
      },
      mayPass: () => this.#watch.passed(),
      relays: this.#relays,
    };
    this.#around = {
      clock,
      wiring,
      index: this.#index,
      random: options.random ?? Math.random,
      changed: (change) => this.#tell(change),
      otherWithUUID: (target, hostUUID) => this.#otherWithUUID(target, hostUUID),
    };
  }

  get(name: string): Host | undefined {
    return this.#entries.get(name);
  }

  hosts(): Host[] {
    return [...this.#entries.values()];
  }

  /**
   * The host shall be in the pool like this. Returns at once; what becomes of it is told by `onChange`. Another uid is
   * another host: the old entry goes, with its inventory. Another URI is another way: what was seen last stays.
   */
  ensure(target: HostTarget): void {
    const present = this.#entries.get(target.name);
    if (present) {
      if (present.uid === target.uid) {
        if (!isDeepStrictEqual(present.target, target)) present.retarget(target);
        return;
      }
      this.#drop(present);
    }
    this.#entries.set(target.name, new HostEntry(target, this.#around));
  }

  /** A host that is not connected is dialled now: what stood in the way may be gone. Nothing happens to one that is. */
  retry(name: string): void {
    this.#entries.get(name)?.retry();
  }

  /** Forgets the host and closes its connections. Nothing is changed on it. */
  async remove(name: string): Promise<void> {
    const entry = this.#entries.get(name);
    if (entry) this.#drop(entry);
  }

  #drop(entry: HostEntry): void {
    this.#entries.delete(entry.name);
    entry.close();
    // Whoever was refused because of it need not wait a minute.
    for (const other of this.#entries.values()) if (other.lastError?.reason === 'DuplicateHost') other.retry();
  }

  /** Over all hosts' last known inventories: those that are out of sight, too. */
  findDomain(uuid: string): FoundDomain[] {
    return this.#found(this.#index.byUuid(uuid));
  }

  findByStamp(fleet: string, namespace: string, name: string): FoundDomain[] {
    return this.#found(this.#index.byStamp(fleet, namespace, name));
  }

  #found(indexed: readonly IndexedDomain[]): FoundDomain[] {
    return indexed.flatMap(({ host, domain }) => {
      const entry = this.#entries.get(host);
      return entry ? [{ host: entry, domain }] : [];
    });
  }

  /** Returns what takes the listener away again. Listeners must be quick; what they throw is logged. */
  onChange(listener: ChangeListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #tell(change: HostChange): void {
    for (const listener of this.#listeners) {
      try {
        listener(change);
      } catch (error) {
        log.error({ room: 'hostpool', host: change.host, error }, 'a listener of the host pool failed');
      }
    }
  }

  /** A pinned UUID belongs to the Host that pins it, connected or not; else who came first has it. */
  #otherWithUUID(target: HostTarget, hostUUID: string): string | null {
    const same = (uuid: string | undefined): boolean => uuid?.toLowerCase() === hostUUID.toLowerCase();
    const isPinnedHere = same(target.expectedHostUUID);
    for (const entry of this.#entries.values()) {
      if (entry.name === target.name) continue;
      const isHeldThere = same(entry.facts?.hostUUID) && entry.lastError?.errorClass !== 'Denied';
      if (isHeldThere || (!isPinnedHere && same(entry.target.expectedHostUUID))) return entry.name;
    }
    return null;
  }

  #dropTunnels(frozenMs: number): void {
    log.warn(
      { room: 'hostpool', frozenMs, tunnels: this.#relays.size },
      'the process stood still: all tunnels to hosts are dropped',
    );
    for (const relay of [...this.#relays]) relay.destroy();
  }

  async close(): Promise<void> {
    for (const entry of [...this.#entries.values()]) this.#drop(entry);
    this.#watch.close();
    const directory = await this.#directory?.catch(() => null);
    this.#directory = null;
    if (directory) await removeTree(ownProcess, directory);
  }
}

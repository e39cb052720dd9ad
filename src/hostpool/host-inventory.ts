import type { CallOptions, Connect } from '@virtfleet/libvirt';
import { CLAIM_NAME } from '#libvirt/claim.ts';
import { VirtfleetError } from '#platform/errors.ts';
import { log } from '#platform/log.ts';
import type { Surroundings } from './contact.ts';
import { InventoryStore, type Listing } from './inventory.ts';
import { Latest } from './latest.ts';
import { listHost, readDomainRecord, readNetworkRecord, readPoolRecord } from './listing.ts';
import { callRoll, ROLL_CALL_MS } from './roll-call.ts';
import type { Session } from './session.ts';
import type { DomainRecord, HostFacts, NetworkRecord, PoolRecord } from './types.ts';
import type { EventSink } from './watch.ts';

/** Events tell what changed; a full listing now and then tells what they forgot. */
const FULL_LISTING_MS = 600_000;

type Thing = 'domain' | 'network' | 'pool';

/** Events of our own change may come a moment after its answer. */
const HOLD_MS = 50;

/** A domain that this process is changing. */
interface Held {
  changes: number;
  /** An event came that no reading has followed yet. */
  isUnread: boolean;
}

export interface InventoryCalls {
  call<T>(name: string, fn: (c: Connect, o: CallOptions) => Promise<T>): Promise<T>;
  refreshFacts(): Promise<HostFacts>;
  /** The host cannot be listed: the connection is of no use. */
  failed(error: VirtfleetError): void;
}

/**
 * Keeps one host's inventory true: events are answered by reading the thing again, and a listing that was overtaken by
 * events is mended by reading those things once more.
 */
export class HostInventory {
  readonly store: InventoryStore;
  readonly #host: string;
  readonly #around: Surroundings;
  readonly #calls: InventoryCalls;
  readonly #domains: Latest<DomainRecord | null>;
  readonly #networks: Latest<NetworkRecord | null>;
  readonly #pools: Latest<PoolRecord | null>;
  /** One after the other, so that an older answer does not overtake a newer one. */
  readonly #claims = new Latest<HostFacts>(() => this.#calls.refreshFacts());
  readonly #listings = new Latest<void>(() => this.#list());
  /** What changed while a listing ran, and must be read after it. */
  #overtaken: { thing: Thing; uuid: string }[] | null = null;
  /** False from the first subscription until its listing was taken. */
  #isTaken = false;
  #early: { thing: Thing; uuid: string }[] = [];
  /** Changes whose answer was lost and whose connection is not gone yet. */
  #unsettled = 0;
  #lostAnswers = 0;
  #isStale = false;
  readonly #held = new Map<string, Held>();
  #timer: NodeJS.Timeout | undefined;
  #rollCall: NodeJS.Timeout | undefined;

  constructor(host: string, around: Surroundings, calls: InventoryCalls) {
    this.#host = host;
    this.#around = around;
    this.#calls = calls;
    this.store = new InventoryStore({
      domain: (uuid, now, before) => {
        if (now) around.index.put(host, now);
        else around.index.drop(host, uuid);
        around.changed({ host, kind: 'domain', uuid, stamp: (now ?? before)?.stamp ?? null });
      },
      network: (uuid) => around.changed({ host, kind: 'network', uuid }),
      pool: (uuid) => around.changed({ host, kind: 'pool', uuid }),
    });
    const now = (): number => around.clock.now();
    this.#domains = new Latest(async (uuid) => {
      const hadAutostart = this.store.domains.get(uuid)?.autostart === true;
      const record = await calls.call('domain.read', (c, o) => readDomainRecord(c, uuid, o, now, hadAutostart));
      this.store.setDomain(uuid, record);
      this.#overtaken?.push({ thing: 'domain', uuid });
      return record;
    });
    this.#networks = new Latest(async (uuid) => {
      const before = this.store.networks.get(uuid);
      const record = await calls.call('network.read', (c, o) => readNetworkRecord(c, uuid, o));
      this.store.setNetwork(uuid, record);
      this.#overtaken?.push({ thing: 'network', uuid });
      if ((record ?? before)?.name === CLAIM_NAME) this.#readClaim();
      return record;
    });
    this.#pools = new Latest(async (uuid) => {
      const record = await calls.call('pool.read', (c, o) => readPoolRecord(c, uuid, o));
      this.store.setPool(uuid, record);
      this.#overtaken?.push({ thing: 'pool', uuid });
      return record;
    });
  }

  /** No change is without an answer since the last listing. */
  get isCurrent(): boolean {
    return this.#isTaken && !this.#isStale && this.#unsettled === 0;
  }

  domain(uuid: string): Promise<DomainRecord | null> {
    const held = this.#held.get(uuid);
    if (held) held.isUnread = false;
    return this.#domains.get(uuid);
  }

  network(uuid: string): Promise<NetworkRecord | null> {
    return this.#networks.get(uuid);
  }

  pool(uuid: string): Promise<PoolRecord | null> {
    return this.#pools.get(uuid);
  }

  /** Events of one session. Those that come before its listing was taken wait for it. */
  readonly sink = (session: Session): EventSink => {
    this.#early = [];
    const on = (thing: Thing) => (uuid: string) => {
      if (session.isEnded) return;
      if (this.#isTaken) this.#readAgain(thing, uuid);
      else this.#early.push({ thing, uuid });
    };
    const tell = (kind: 'domain' | 'agent') => (uuid: string) => {
      this.#around.changed({ host: this.#host, kind, uuid, stamp: this.store.domains.get(uuid)?.stamp ?? null });
    };
    return {
      domainChanged: on('domain'),
      networkChanged: on('network'),
      poolChanged: on('pool'),
      domainTouched: tell('domain'),
      agentChanged: tell('agent'),
    };
  };

  /**
   * Whoever changes a domain reads it afterwards: until then its events are kept, so that they cost no reading of their
   * own. What nobody has read a moment later is read. Returns what ends it.
   */
  hold(uuid: string): () => void {
    const held = this.#held.get(uuid) ?? { changes: 0, isUnread: false };
    held.changes += 1;
    this.#held.set(uuid, held);
    return () => {
      held.changes -= 1;
      if (held.changes === 0) setTimeout(() => this.#release(uuid, held), HOLD_MS).unref();
    };
  }

  #release(uuid: string, held: Held): void {
    if (held.changes > 0 || this.#held.get(uuid) !== held) return;
    this.#held.delete(uuid);
    if (held.isUnread && this.#isTaken) this.#readAgain('domain', uuid);
  }

  /** Somebody has taken our claim away, or put another fleet's there: whose host it is must be known before the next change. */
  #readClaim(): void {
    this.#claims.get('').catch((error: unknown) => {
      log.debug({ room: 'hostpool', host: this.#host, error }, 'the claim could not be read after an event');
      if (this.#isTaken && error instanceof VirtfleetError) this.#calls.failed(error);
    });
  }

  #readAgain(thing: Thing, uuid: string): void {
    const held = thing === 'domain' ? this.#held.get(uuid) : undefined;
    if (held) {
      held.isUnread = true;
      return;
    }
    const reading: Promise<unknown> =
      thing === 'domain' ? this.domain(uuid) : thing === 'network' ? this.network(uuid) : this.pool(uuid);
    // A host that is gone is listed when it is back; else an event must not be lost.
    reading.catch((error: unknown) => {
      log.debug({ room: 'hostpool', host: this.#host, thing, uuid, error }, 'could not be read after an event');
      if (this.#isTaken) void this.#listings.get('').catch(() => {});
    });
  }

  /** The first listing of a session. `mayBeSplit`: libvirt may be several daemons there, and who ends does not say so. */
  take(listing: Listing, mayBeSplit: boolean): void {
    this.store.replace(listing, this.#around.clock.now());
    this.#isTaken = true;
    // Whatever had no answer was on connections that are gone now.
    this.#isStale = this.#unsettled > 0;
    this.#mend(this.#early.splice(0));
    this.#armFullListing();
    if (mayBeSplit) this.#armRollCall();
  }

  #mend(things: readonly { thing: Thing; uuid: string }[]): void {
    const seen = new Set<string>();
    for (const { thing, uuid } of things) {
      if (seen.has(`${thing}/${uuid}`)) continue;
      seen.add(`${thing}/${uuid}`);
      this.#readAgain(thing, uuid);
    }
  }

  async #list(): Promise<void> {
    const lostBefore = this.#lostAnswers;
    const settles = this.#unsettled === 0;
    const overtaken: { thing: Thing; uuid: string }[] = [];
    this.#overtaken = overtaken;
    try {
      const listing = await this.#calls.call('host.list', (c, o) => listHost(c, o, () => this.#around.clock.now()));
      if (!this.#isTaken) return;
      this.store.replace(listing, this.#around.clock.now());
      if (settles && lostBefore === this.#lostAnswers) this.#isStale = false;
    } catch (error) {
      if (error instanceof VirtfleetError && this.#isTaken) this.#calls.failed(error);
      throw error;
    } finally {
      this.#overtaken = null;
    }
    this.#mend(overtaken);
    this.#armFullListing();
    this.#around.changed({ host: this.#host, kind: 'inventory' });
  }

  /** A change was sent and no answer came: the inventory counts again when its connection is gone and a listing followed. */
  answerLost(gone: Promise<void>): void {
    void this.anew(gone).catch(() => {});
    this.#around.changed({ host: this.#host, kind: 'state' });
  }

  /** A listing that begins after `gone`; until then the inventory is not current. */
  async anew(gone: Promise<void>): Promise<void> {
    this.#isStale = true;
    this.#lostAnswers += 1;
    this.#unsettled += 1;
    try {
      await gone;
    } finally {
      this.#unsettled -= 1;
    }
    if (this.#isTaken) await this.#listings.get('');
  }

  #armFullListing(): void {
    clearTimeout(this.#timer);
    const delayMs = FULL_LISTING_MS * (0.9 + 0.2 * this.#around.random());
    this.#timer = setTimeout(() => {
      this.#calls.refreshFacts().catch(() => {});
      this.#listings.get('').catch(() => {});
    }, delayMs).unref();
  }

  #armRollCall(): void {
    clearTimeout(this.#rollCall);
    const delayMs = ROLL_CALL_MS * (0.9 + 0.2 * this.#around.random());
    this.#rollCall = setTimeout(async () => {
      // a connection that broke is seen to by whoever makes the call
      await this.#calls.call('host.rollCall', callRoll).catch((error: unknown) => {
        const isFrozen = error instanceof VirtfleetError && error.reason === 'HostNotAnswering';
        if (isFrozen && this.#isTaken) this.#calls.failed(error);
      });
      if (this.#isTaken) this.#armRollCall();
    }, delayMs).unref();
  }

  /** The connection is gone: what was seen stays, as history. */
  pause(): void {
    clearTimeout(this.#timer);
    clearTimeout(this.#rollCall);
    this.#isTaken = false;
  }

  /** The host was removed from the pool. */
  forget(): void {
    this.pause();
    for (const uuid of this.store.domains.keys()) this.#around.index.drop(this.#host, uuid);
  }
}

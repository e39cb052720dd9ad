import { parseHostUri } from '#libvirt/uri.ts';
import { VirtfleetError } from '#platform/errors.ts';
import { log } from '#platform/log.ts';
import type { Right } from '#platform/right.ts';
import { CHANGE_TIMEOUT_MS, type DedicatedCall, type HostCall, HostCalls } from './calls.ts';
import { type Contact, contactHost, identityError, type Surroundings } from './contact.ts';
import { mapLibvirtError, NOT_ANSWERING_MEND } from './errors.ts';
import { readFacts } from './facts.ts';
import { HostInventory } from './host-inventory.ts';
import type { InventoryStore } from './inventory.ts';
import { dialsTotal, showState } from './measures.ts';
import type { Session } from './session.ts';
import { initialLink, type LinkEvent, type LinkState, nextLink, nextWake } from './state.ts';
import type {
  DedicatedOptions,
  DomainRecord,
  Host,
  HostFacts,
  HostState,
  HostTarget,
  Inventory,
  NetworkRecord,
  PoolRecord,
  ReadOptions,
} from './types.ts';

/** A host that leaves a call unanswered is asked something trivial, and gets that long for it. */
const PROBE_TIMEOUT_MS = 2_000;
const PROBE_EVERY_MS = 2_000;
const RESYNC_TIMEOUT_MS = 30_000;

/** One host of the pool: drives the state machine, holds the connections, and keeps the inventory. */
export class HostEntry implements Host {
  readonly name: string;
  readonly uid: string;
  dials = 0;
  stateSince: number;
  lastError: VirtfleetError | null = null;
  facts: HostFacts | null = null;
  #target: HostTarget;
  #link: LinkState;
  #session: Session | null = null;
  readonly #around: Surroundings;
  readonly #inventory: HostInventory;
  readonly #calls: HostCalls;
  readonly #closing = new AbortController();
  #timer: NodeJS.Timeout | undefined;
  #attempt: AbortController | null = null;
  #isProbing = false;
  readonly #waiters = new Set<PromiseWithResolvers<void>>();

  constructor(target: HostTarget, around: Surroundings) {
    this.name = target.name;
    this.uid = target.uid;
    this.#target = target;
    this.#around = around;
    this.#link = initialLink(around.clock.monotonicMs());
    this.stateSince = around.clock.now();
    this.#inventory = new HostInventory(target.name, around, {
      call: (name, fn) => this.read(name, fn, { timeoutMs: CHANGE_TIMEOUT_MS }),
      refreshFacts: () => this.refreshFacts(),
      failed: (error) => this.#lose(this.#session, error),
    });
    this.#calls = new HostCalls(this.name, this.#closing.signal, {
      connected: () => this.#connected(),
      unanswered: (session) => void this.#probe(session),
      broken: (session, error) => this.#lose(session, error),
      answerLost: (gone) => this.#inventory.answerLost(gone),
    });
    showState(this.name, 'Connecting');
    this.#arm();
  }

  get target(): HostTarget {
    return this.#target;
  }

  get state(): HostState {
    return this.#link.state;
  }

  get inventory(): Inventory | null {
    const store: InventoryStore = this.#inventory.store;
    return store.listedAt === 0 ? null : store;
  }

  get inSight(): boolean {
    return this.#link.state === 'Ready' && this.#session !== null && this.#inventory.isCurrent;
  }

  /** New credentials or another pin are used from the next dial on, which is now when the host is not connected. */
  retarget(target: HostTarget): void {
    const before = this.#target;
    this.#target = target;
    if (target.uri !== before.uri || target.fleet !== before.fleet) {
      const message = `Host ${this.name}: its URI was changed`;
      this.#lose(this.#session, new VirtfleetError('Transient', 'TargetChanged', message, { host: this.name }));
    }
    const trouble = this.facts ? identityError(target, this.facts, this.#around) : null;
    if (this.#session && trouble) this.#refuse(trouble);
    else this.#apply({ type: 'retry' });
  }

  /** Forgets the back-off: what stood in the way may be gone. */
  retry(): void {
    this.#apply({ type: 'retry' });
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#closing.abort();
    this.#attempt?.abort();
    this.#session?.end();
    this.#session = null;
    this.#inventory.forget();
    showState(this.name, null);
    this.#settle(new VirtfleetError('Transient', 'HostRemoved', `Host ${this.name} was removed`, { host: this.name }));
  }

  // --- the way to the host ---

  #apply(event: LinkEvent): void {
    if (this.#closing.signal.aborted) return;
    const before = this.#link.state;
    this.#link = nextLink(this.#link, event, this.#around.clock.monotonicMs());
    if (this.#link.state !== before) {
      this.stateSince = this.#around.clock.now();
      showState(this.name, this.#link.state);
      log.info(
        { room: 'hostpool', host: this.name, from: before, to: this.#link.state, reason: this.lastError?.reason },
        'host state',
      );
      this.#around.changed({ host: this.name, kind: 'state' });
    }
    this.#arm();
  }

  #arm(): void {
    clearTimeout(this.#timer);
    const wake = nextWake(this.#link);
    if (wake === null || this.#closing.signal.aborted) return;
    this.#timer = setTimeout(() => this.#wake(), Math.max(0, Math.ceil(wake - this.#around.clock.monotonicMs())));
  }

  #wake(): void {
    const { nextDialAt } = this.#link;
    if (nextDialAt !== null && nextDialAt <= this.#around.clock.monotonicMs()) void this.#dial();
    else this.#apply({ type: 'tick' });
  }

  async #dial(): Promise<void> {
    this.#apply({ type: 'dialling' });
    this.dials += 1;
    const attempt = new AbortController();
    this.#attempt = attempt;
    const target = this.#target;
    try {
      const contact = await contactHost(
        target,
        parseHostUri(target.uri),
        this.#around,
        this.#inventory.sink,
        () => this.#apply({ type: 'reached' }),
        attempt.signal,
      );
      this.#commit(contact, target);
      dialsTotal.inc({ host: this.name, outcome: 'ok' });
    } catch (error) {
      if (this.#closing.signal.aborted) return;
      this.lastError = mapLibvirtError(error, { host: this.name, call: 'connect', changes: false });
      dialsTotal.inc({ host: this.name, outcome: this.lastError.reason });
      const denied = this.lastError.errorClass === 'Denied' || this.lastError.errorClass === 'InvalidSpec';
      this.#apply({ type: 'failed', denied, jitter: this.#around.random() });
      if (denied) this.#settle(this.lastError);
      // What came in meanwhile (other credentials) is tried at once.
      if (this.#target !== target) this.#apply({ type: 'retry' });
    }
  }

  #commit({ session, facts, listing, mayBeSplit }: Contact, dialled: HostTarget): void {
    if (this.#closing.signal.aborted) {
      session.end();
      return;
    }
    const trouble = identityError(this.#target, facts, this.#around);
    const isElsewhere = this.#target.uri !== dialled.uri || this.#target.fleet !== dialled.fleet;
    if (trouble || isElsewhere || session.isEnded) {
      session.end();
      throw (
        trouble ??
        new VirtfleetError(
          'Transient',
          'ConnectionLost',
          `Host ${this.name}: the connection ended during first contact`,
          { host: this.name },
        )
      );
    }
    this.#session = session;
    session.onEnd = () =>
      this.#lose(
        session,
        new VirtfleetError('Transient', 'ConnectionLost', `Host ${this.name}: the connection ended`, {
          host: this.name,
        }),
      );
    this.facts = facts;
    this.lastError = null;
    this.#inventory.take(listing, mayBeSplit);
    this.#apply({ type: 'connected' });
    this.#around.changed({ host: this.name, kind: 'facts' });
    this.#around.changed({ host: this.name, kind: 'inventory' });
    this.#settle(null);
  }

  /** The connection is gone or of no more use. */
  #lose(session: Session | null, error: VirtfleetError): void {
    if (session === null || this.#session !== session) return;
    this.#session = null;
    session.end();
    this.#inventory.pause();
    this.lastError = error;
    this.#apply({ type: 'closed', jitter: this.#around.random() });
  }

  /** It is connected and must not be: another machine, another fleet. */
  #refuse(error: VirtfleetError): void {
    this.#session?.end();
    this.#session = null;
    this.#inventory.pause();
    this.lastError = error;
    this.#apply({ type: 'failed', denied: true, jitter: this.#around.random() });
  }

  /** Something was not answered: is it that call, or the host? */
  async #probe(session: Session): Promise<void> {
    if (this.#isProbing) return;
    this.#isProbing = true;
    try {
      while (this.#session === session) {
        const answered = await session.control.connect.getLibVersion({ timeoutMs: PROBE_TIMEOUT_MS }).then(
          () => true,
          () => false,
        );
        if (this.#session !== session) return;
        if (answered) {
          if (this.#link.state !== 'Ready') this.lastError = null;
          return this.#apply({ type: 'answered' });
        }
        this.lastError = new VirtfleetError(
          'Transient',
          'HostNotAnswering',
          `Host ${this.name} is connected but does not answer`,
          { host: this.name, mend: NOT_ANSWERING_MEND },
        );
        this.#apply({ type: 'suspected' });
        await new Promise((resolve) => setTimeout(resolve, PROBE_EVERY_MS).unref());
      }
    } finally {
      this.#isProbing = false;
    }
  }

  // --- calls ---

  #connected(): Session {
    if (this.#session) return this.#session;
    const why = this.lastError;
    const errorClass = why?.errorClass === 'Denied' || why?.errorClass === 'InvalidSpec' ? why.errorClass : 'Transient';
    const message = why?.message ?? `Host ${this.name} is not connected yet`;
    throw new VirtfleetError(errorClass, why?.reason ?? 'HostUnreachable', message, {
      host: this.name,
      mend: why?.mend,
      cause: why ?? undefined,
    });
  }

  read<T>(name: string, fn: HostCall<T>, opts?: ReadOptions): Promise<T> {
    return this.#calls.read(name, fn, opts);
  }

  change<T>(name: string, right: Right, fn: HostCall<T>, opts?: ReadOptions): Promise<T> {
    if (opts?.changesDomain === undefined) return this.#calls.change(name, right, fn, opts);
    const letGo = this.#inventory.hold(opts.changesDomain);
    return this.#calls.change(name, right, fn, opts).finally(letGo);
  }

  dedicated<T>(name: string, right: Right, fn: DedicatedCall<T>, opts: DedicatedOptions): Promise<T> {
    return this.#calls.dedicated(name, right, fn, opts);
  }

  // --- what is on it ---

  async resync(): Promise<void> {
    const deadline = AbortSignal.timeout(RESYNC_TIMEOUT_MS);
    const session = this.#session;
    const work = session ? this.#inventory.anew(session.renewWork()) : this.#whenReady();
    if (!session) this.#apply({ type: 'retry' });
    const late = Promise.withResolvers<never>();
    deadline.addEventListener('abort', () => {
      late.reject(
        new VirtfleetError(
          'Transient',
          'ResyncTimeout',
          `Host ${this.name} could not be listed anew within ${RESYNC_TIMEOUT_MS / 1000} s`,
          { host: this.name, cause: this.lastError ?? undefined },
        ),
      );
    });
    await Promise.race([work, late.promise]);
  }

  #whenReady(): Promise<void> {
    const waiter = Promise.withResolvers<void>();
    this.#waiters.add(waiter);
    return waiter.promise;
  }

  #settle(error: VirtfleetError | null): void {
    for (const waiter of this.#waiters) {
      if (error) waiter.reject(error);
      else waiter.resolve();
    }
    this.#waiters.clear();
  }

  refreshDomain(uuid: string): Promise<DomainRecord | null> {
    return this.#inventory.domain(uuid);
  }

  refreshNetwork(uuid: string): Promise<NetworkRecord | null> {
    return this.#inventory.network(uuid);
  }

  refreshPool(uuid: string): Promise<PoolRecord | null> {
    return this.#inventory.pool(uuid);
  }

  async refreshFacts(): Promise<HostFacts> {
    const target = this.#target;
    const facts = await this.read('host.facts', (c, o) => readFacts(c, o, parseHostUri(target.uri), target));
    const trouble = identityError(target, facts, this.#around);
    this.facts = facts;
    if (trouble && this.#session) this.#refuse(trouble);
    this.#around.changed({ host: this.name, kind: 'facts' });
    return facts;
  }
}

import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '#platform/clock.ts';
import { errorClassOf, toMessage } from '#platform/errors.ts';
import { log } from '#platform/log.ts';
import { gauge } from '#platform/metrics.ts';
import type { Right } from '#platform/right.ts';
import type { KubeClient } from './client.ts';
import {
  candidacy,
  heldBy,
  type Lease,
  type LeaseTimes,
  leaseKind,
  type Observation,
  observe,
  released,
} from './lease-record.ts';
import { API_TIMEOUT_MS } from './transport.ts';
import type { KubeObject } from './types.ts';

export const defaultLeaseTimes: LeaseTimes = {
  durationMs: 15_000,
  renewDeadlineMs: 10_000,
  retryPeriodMs: 2_000,
  apiTimeoutMs: API_TIMEOUT_MS,
};

export interface ElectionOptions {
  namespace: string;
  name: string;
  /** Unlike any other process's, ever: it carries something random. */
  identity: string;
  times?: Partial<LeaseTimes>;
  clock?: Clock;
}

const master = gauge('leader_election_master_status', '1 while this process holds the Lease.', ['name']);

/** The clock has hundredths of a second, and a call needs a moment from its check to the wire. */
const MARGIN_MS = 100;

/**
 * Leadership by a Lease. `acquire` resolves with the right to act once this process holds the Lease **and** whatever its
 * predecessor could have sent has ended (see `candidacy`). From then on the Lease is renewed until the right ends:
 *
 * - The right reaches `renewDeadlineMs` past the moment at which the last successful renewal was *sent*, on CLOCK_BOOTTIME.
 *   Others take the Lease at the earliest `durationMs` after they *saw* that renewal, which is later.
 * - It ends for good when it was not renewed in time, when another holder or a deleted Lease is seen, or by `release`.
 *   Its signal is aborted then. A process that was stopped past the deadline finds it ended by the clock alone,
 *   before any timer runs, and its renewal does not pass the gate either: an ended right does not come back.
 */
export class LeaderElection {
  readonly #client: KubeClient;
  readonly #options: ElectionOptions;
  readonly #times: LeaseTimes;
  readonly #clock: Clock;
  readonly #logger;
  #seen: Observation | null = null;
  /** Kept over attempts: the Lease may be taken by a write whose answer was lost, and is then found to be ours. */
  #decideAfter = 0;
  #held: HeldRight | null = null;
  #renewing: Promise<void> | null = null;
  #ended = Promise.withResolvers<void>();

  constructor(client: KubeClient, options: ElectionOptions) {
    this.#client = client;
    this.#options = options;
    this.#times = { ...defaultLeaseTimes, ...options.times };
    this.#clock = options.clock ?? client.clock;
    this.#logger = log.child({ room: 'kube', lease: `${options.namespace}/${options.name}` });
    master.set({ name: options.name }, 0);
  }

  /** Waits for its turn; rejects only when the signal is aborted before. To be called once. */
  async acquire(signal: AbortSignal): Promise<Right> {
    for (;;) {
      signal.throwIfAborted();
      const right = await this.#tryTake(signal);
      if (right !== null && (await this.#waitOut(right, signal))) return right;
      // Jitter keeps the candidates apart.
      await sleep(this.#times.retryPeriodMs * (0.8 + 0.4 * Math.random()), undefined, { signal });
    }
  }

  /** Resolves when the right has ended, for whatever reason. */
  get ended(): Promise<void> {
    return this.#ended.promise;
  }

  /**
   * Ends the right, and gives the Lease back so that the next leader need not wait. Only to be called when nothing is in
   * flight under the right any more; else let it run out by `abandon`.
   */
  async release(): Promise<void> {
    const held = this.#held;
    if (held === null) return;
    held.end('released');
    await this.#renewing;
    if (held.lease === null || this.#clock.boottimeMs() >= held.notAfterMs()) return;
    const right: Right = { name: held.name, notAfterMs: held.notAfterMs, signal: AbortSignal.timeout(2_000) };
    const giveBack = (lease: Lease): Promise<Lease> =>
      this.#client.replace(right, leaseKind, released(lease, this.#clock.now()));
    try {
      await giveBack(held.lease).catch(async (error: unknown) => {
        // A renewal whose answer nobody waits for any more has come through.
        if (errorClassOf(error) !== 'Conflict') throw error;
        const lease = await this.#client.get(leaseKind, this.#options);
        if (lease === null || !this.#isOurs(lease, held)) throw error;
        await giveBack(lease);
      });
    } catch (error) {
      this.#logger.info(`The Lease was not given back, it will run out: ${toMessage(error)}`);
    }
  }

  /** Ends the right and leaves the Lease to run out. */
  async abandon(): Promise<void> {
    this.#held?.end('abandoned');
    await this.#renewing;
  }

  async #tryTake(signal: AbortSignal): Promise<HeldRight | null> {
    const ref = { namespace: this.#options.namespace, name: this.#options.name };
    try {
      const lease = await this.#client.get(leaseKind, ref);
      this.#seen = observe(this.#seen, lease, this.#clock.boottimeMs());
      const turn = candidacy(this.#seen, this.#options.identity, this.#times, this.#clock.boottimeMs());
      if (turn.type === 'Wait') {
        this.#logger.debug({ holder: turn.holder, forMs: turn.forMs }, 'another process leads');
        return null;
      }
      this.#decideAfter = Math.max(this.#decideAfter, turn.decideAfter);
      const sentAt = this.#clock.boottimeMs();
      const candidate = new HeldRight(this.#leaseName(), sentAt + this.#times.renewDeadlineMs - MARGIN_MS, signal);
      const wanted = this.#wanted(lease);
      candidate.lease =
        lease === null
          ? await this.#client.create(candidate, leaseKind, wanted)
          : await this.#client.replace(candidate, leaseKind, wanted);
      this.#logger.info({ identity: this.#options.identity }, 'holds the Lease');
      return candidate;
    } catch (error) {
      if (signal.aborted) throw error;
      const level = errorClassOf(error) === 'Conflict' ? 'debug' : 'warn';
      this.#logger[level](toMessage(error));
      return null;
    }
  }

  /** Renews while what the predecessor sent may still arrive. False when the Lease was lost meanwhile. */
  async #waitOut(right: HeldRight, signal: AbortSignal): Promise<boolean> {
    this.#held = right;
    this.#renewing = this.#renew(right);
    const waitMs = this.#decideAfter - this.#clock.boottimeMs();
    if (waitMs > 0) {
      this.#logger.info({ waitMs }, 'waits until nothing of an earlier leader can arrive any more');
      const stop = AbortSignal.any([signal, right.signal]);
      // A timer stands still while the machine sleeps, CLOCK_BOOTTIME does not: waiting too long is harmless.
      await sleep(waitMs, undefined, { signal: stop }).catch(() => undefined);
    }
    if (signal.aborted) {
      // Given back, it would say that all earlier writes have ended: of our predecessor's nobody knows that yet.
      await (this.#clock.boottimeMs() < this.#decideAfter ? this.abandon() : this.release());
      signal.throwIfAborted();
    }
    if (right.signal.aborted) {
      this.#held = null;
      return false;
    }
    right.onEnd(() => this.#ended.resolve());
    return true;
  }

  /** Renews until the right ends. Never rejects. */
  async #renew(held: HeldRight): Promise<void> {
    master.set({ name: this.#options.name }, 1);
    while (!held.signal.aborted) {
      const leftMs = held.notAfterMs() - this.#clock.boottimeMs();
      if (leftMs <= 0) {
        held.end('it was not renewed in time');
        break;
      }
      await sleep(Math.min(this.#times.retryPeriodMs, leftMs), undefined, { signal: held.signal }).catch(
        () => undefined,
      );
      if (!held.signal.aborted) await this.#renewOnce(held);
    }
    master.set({ name: this.#options.name }, 0);
    this.#logger.info({ why: held.why }, 'the right to act has ended');
  }

  async #renewOnce(held: HeldRight): Promise<void> {
    const sentAt = this.#clock.boottimeMs();
    if (sentAt >= held.notAfterMs()) return;
    try {
      held.lease = await this.#client.replace(held, leaseKind, this.#wanted(held.lease));
      held.extend(sentAt + this.#times.renewDeadlineMs - MARGIN_MS);
    } catch (error) {
      if (held.signal.aborted) return;
      this.#logger.warn(toMessage(error));
      switch (errorClassOf(error)) {
        case 'Conflict':
          return this.#lookAgain(held);
        case 'NotFound':
          return held.end('the Lease was deleted');
        default:
      }
    }
  }

  /** Somebody wrote the Lease: a renewal of ours whose answer was lost, a person's label, or another leader. */
  async #lookAgain(held: HeldRight): Promise<void> {
    try {
      const lease = await this.#client.get(leaseKind, this.#options);
      if (lease && this.#isOurs(lease, held)) held.lease = lease;
      else held.end(`the Lease is held by ${lease?.spec?.holderIdentity || 'nobody'}`);
    } catch (error) {
      this.#logger.warn(toMessage(error));
    }
  }

  #isOurs(lease: Lease, held: HeldRight): boolean {
    const isSame = lease.metadata.uid === held.lease?.metadata.uid;
    return isSame && lease.spec?.holderIdentity === this.#options.identity;
  }

  #wanted(lease: Lease | null): Lease & { metadata: KubeObject['metadata'] } {
    const { namespace, name, identity } = this.#options;
    return heldBy(lease, { namespace, name }, identity, this.#times.durationMs, this.#clock.now());
  }

  #leaseName(): string {
    return `lease ${this.#options.namespace}/${this.#options.name}`;
  }
}

class HeldRight implements Right {
  readonly name: string;
  lease: Lease | null = null;
  why = '';
  readonly #abort = new AbortController();
  #notAfterMs: number;

  constructor(name: string, notAfterMs: number, outer: AbortSignal) {
    this.name = name;
    this.#notAfterMs = notAfterMs;
    if (outer.aborted) this.end('stopped');
  }

  readonly notAfterMs = (): number => this.#notAfterMs;

  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  extend(notAfterMs: number): void {
    if (!this.#abort.signal.aborted) this.#notAfterMs = Math.max(this.#notAfterMs, notAfterMs);
  }

  end(why: string): void {
    if (this.#abort.signal.aborted) return;
    this.why = why;
    this.#abort.abort(new Error(why));
  }

  onEnd(callback: () => void): void {
    if (this.#abort.signal.aborted) callback();
    else this.#abort.signal.addEventListener('abort', callback, { once: true });
  }
}

import { setTimeout as sleep } from 'node:timers/promises';
import type { Address } from '#platform/config.ts';
import { toMessage } from '#platform/errors.ts';
import { log } from '#platform/log.ts';
import { type Right, unrestricted } from '#platform/right.ts';
import type { KubeClient } from './client.ts';
import type { Controller } from './controller.ts';
import { ApiEventRecorder } from './events.ts';
import { ProbeServer } from './http-server.ts';
import { Informer, type InformerOptions } from './informer.ts';
import { type ElectionOptions, LeaderElection } from './lease.ts';
import type { KubeObject, ResourceKind } from './types.ts';

export interface ManagerOptions {
  client: KubeClient;
  identity: string;
  /** Null: nobody else can decide (tests, or a person at the command line). */
  lease: Omit<ElectionOptions, 'identity'> | null;
  /** None: no probes and no metrics are served. */
  listen?: Address | undefined;
  /** For informers that name none of their own. */
  namespaces?: readonly string[];
  /** All of the stopping, giving the Lease back included. */
  stopTimeoutMs?: number;
}

/** Why `run` ended: it was asked to, or the right was lost. After the latter the process is to end, and to be started anew. */
export type EndOfRun = 'Stopped' | 'LeaseLost';

/** Held back from the time for stopping, to give the Lease back. */
const RELEASE_MS = 2_000;

const logger = log.child({ room: 'kube' });

/**
 * Puts the parts of one process together and runs them in order: probes; informers, until they are synced; the Lease;
 * then what was hooked to leading, then the controllers. A process that waits for the Lease has warm caches.
 */
export class Manager {
  readonly client: KubeClient;
  readonly events: ApiEventRecorder;
  readonly probes = new ProbeServer();
  readonly #options: ManagerOptions;
  readonly #informers = new Map<string, { informer: Informer<never>; start: (signal: AbortSignal) => void }>();
  readonly #controllers: Controller[] = [];
  readonly #leading: ((right: Right) => void | Promise<void>)[] = [];
  readonly #stopping: (() => Promise<void>)[] = [];
  readonly #informing = new AbortController();
  #running = false;
  #isLeader = false;

  constructor(options: ManagerOptions) {
    this.#options = options;
    this.client = options.client;
    this.events = new ApiEventRecorder(options.client, {
      controller: 'virtfleet.io/controllers',
      instance: options.identity,
    });
    this.probes.addHealth('ping', () => null);
    this.probes.addReady('informers', () => this.#notSynced());
  }

  get isLeader(): boolean {
    return this.#isLeader;
  }

  /** The one informer of a kind (and of the options, where they are given). Asked for late, it is started at once. */
  informer<T extends KubeObject>(kind: ResourceKind<T>, options: InformerOptions = {}): Informer<T> {
    const { namespaces = this.#options.namespaces ?? [] } = options;
    const key = JSON.stringify([kind.group, kind.plural, namespaces, options.labelSelector, options.fieldSelector]);
    const known = this.#informers.get(key);
    if (known) return known.informer as unknown as Informer<T>;
    const informer = new Informer<T>(this.client, kind, { ...options, namespaces });
    const start = (signal: AbortSignal): void => informer.start(signal);
    this.#informers.set(key, { informer: informer as unknown as Informer<never>, start });
    if (this.#running) start(this.#informing.signal);
    return informer;
  }

  add(controller: Controller): void {
    this.#controllers.push(controller);
  }

  /** Called with the right after the Lease was taken, in order, before any controller starts. */
  onLeading(hook: (right: Right) => void | Promise<void>): void {
    this.#leading.push(hook);
  }

  /** Called when it stops, after the controllers have ended and while the right still holds. */
  onStopping(hook: () => Promise<void>): void {
    this.#stopping.push(hook);
  }

  /** Runs until the signal is aborted or the right is lost. Rejects only when it cannot start. */
  async run(signal: AbortSignal): Promise<EndOfRun> {
    const { listen, lease, identity } = this.#options;
    if (listen) logger.info(await this.probes.listen(listen), 'serves probes and metrics');
    this.#running = true;
    for (const { start } of this.#informers.values()) start(this.#informing.signal);
    const election = lease ? new LeaderElection(this.client, { ...lease, identity }) : null;
    try {
      await untilAborted(Promise.all([...this.#informers.values()].map(({ informer }) => informer.synced)), signal);
      logger.info({ kinds: this.#informers.size }, 'caches are synced');
      const right = election ? await election.acquire(signal) : unrestricted;
      await this.#lead(right, signal);
      const lost = right.signal.aborted;
      await this.#stop(election, right);
      return lost ? 'LeaseLost' : 'Stopped';
    } catch (error) {
      if (!signal.aborted) throw error;
      return 'Stopped';
    } finally {
      this.#isLeader = false;
      this.#informing.abort();
      await this.probes.close();
      await this.client.close();
    }
  }

  async #lead(right: Right, signal: AbortSignal): Promise<void> {
    this.#isLeader = true;
    this.events.start(right);
    for (const hook of this.#leading) await hook(right);
    for (const controller of this.#controllers) controller.start(right);
    logger.info({ controllers: this.#controllers.map(({ name }) => name) }, 'leads');
    const { promise, resolve } = Promise.withResolvers<void>();
    for (const end of [signal, right.signal]) {
      if (end.aborted) resolve();
      end.addEventListener('abort', () => resolve(), { once: true });
    }
    await promise;
  }

  /** The Lease is given back only when nothing is in flight any more; else it is left to run out. */
  async #stop(election: LeaderElection | null, right: Right): Promise<void> {
    const timeoutMs = (this.#options.stopTimeoutMs ?? 10_000) - RELEASE_MS;
    const late = AbortSignal.timeout(Math.max(0, timeoutMs));
    const stopAll = async (): Promise<boolean> => {
      await Promise.all(this.#controllers.map((controller) => controller.stop()));
      for (const hook of this.#stopping) await hook();
      if (!right.signal.aborted) await this.events.flush(late);
      return true;
    };
    const stopped = await Promise.race([
      stopAll().catch((error: unknown) => {
        logger.error({ err: error }, `stopping failed: ${toMessage(error)}`);
        return false;
      }),
      sleep(Math.max(0, timeoutMs), false, { ref: false }),
    ]);
    if (stopped) await election?.release();
    else {
      logger.warn('something was still in flight when time was up: the Lease is left to run out');
      await election?.abandon();
    }
  }

  #notSynced(): string | null {
    const kinds = [...this.#informers.values()].filter(({ informer }) => !informer.hasSynced());
    return kinds.length === 0 ? null : `not synced: ${kinds.map(({ informer }) => informer.kind.kind).join(', ')}`;
  }
}

async function untilAborted(work: Promise<unknown>, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  const { promise, reject } = Promise.withResolvers<never>();
  const abort = (): void => reject(signal.reason);
  signal.addEventListener('abort', abort, { once: true });
  try {
    await Promise.race([work, promise]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

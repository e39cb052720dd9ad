/** Host: brings it into the pool, makes sure whose it is, and tells what is on it. */
import { type Host, hostKind } from '#api/v1alpha1/host.ts';
import type { HostChange } from '#hostpool/types.ts';
import { Controller, type ReconcileResult } from '#kube/controller.ts';
import { keyOf } from '#kube/types.ts';
import { poolUuid } from '#libvirt/names.ts';
import type { Right } from '#platform/right.ts';
import type { ControllerDeps } from '../deps.ts';
import { hold } from '../hold.ts';
import { StartGrace } from '../start-grace.ts';
import { Turns } from '../turns.ts';
import { StatusWriter } from '../write-status.ts';
import { actOnHost, type HostOutcome } from './act.ts';
import { Connections } from './connection.ts';
import { hostEvents } from './events.ts';
import { ForeignLoads } from './foreign.ts';
import { expectedUUID, findDuplicate, observeHost, placedRoom, specRoom } from './observe.ts';
import { type HostStep, type Obstacle, planHost } from './plan.ts';
import { hostStatus, withoutCounters } from './status.ts';

/** Events of single domains come in crowds; what they change here is counters, which are written every ten seconds at most. */
const CROWD_MS = 1_500;
/** The Secret that is missing or refused is looked at again this often: there is no watch on Secrets. */
const SECRET_AGAIN_MS = 15_000;
/** Slow resync: memory and versions change without an event. */
const RESYNC_MS = 5 * 60_000;
/** Hosts that are out of sight may be many at once: so few of them are written at a time, and the others go before them. */
const AWAY_PLACES = 4;
/** Who found no place is woken; should nobody do it, it looks by itself. */
const AWAY_AGAIN_MS = 30_000;

export function hostController(deps: ControllerDeps): Controller {
  const reconciler = new HostReconciler(deps, (key) => controller.enqueue(key));
  const controller: Controller = new Controller({
    name: 'host',
    concurrency: deps.config.reconcileConcurrency,
    reconcile: (key, right) => reconciler.reconcile(key, right),
  });
  wire(deps, controller);
  return controller;
}

function wire({ informers, hosts }: ControllerDeps, controller: Controller): void {
  controller.watch(informers.hosts);
  informers.hosts.onChange((type, object) => {
    if (type !== 'deleted') return;
    // The other Host of the same machine may have it now.
    const others = informers.hosts.list().filter((other) => other.status?.hostUUID === object.status?.hostUUID);
    for (const other of others) controller.enqueue(keyOf(other));
  });
  informers.machines.onChange((_, object, old) => {
    const at = [object.status, old?.status].flatMap((status) => [status?.host?.name, status?.migration?.target?.name]);
    for (const name of new Set(at)) if (name !== undefined) controller.enqueue(name, CROWD_MS);
  });
  // Only a deletion waits for the volumes on a host.
  informers.volumes.onChange((_, volume, old) => {
    const name = volume.status?.host?.name ?? old?.status?.host?.name;
    if (name && informers.hosts.get(name)?.metadata.deletionTimestamp) controller.enqueue(name, CROWD_MS);
  });
  hosts.onChange((change: HostChange) => {
    const isCrowd = change.kind === 'domain' || change.kind === 'network' || change.kind === 'pool';
    if (change.kind !== 'agent') controller.enqueue(change.host, isCrowd ? CROWD_MS : 0);
  });
}

class HostReconciler {
  readonly #deps: ControllerDeps;
  readonly #connections: Connections;
  readonly #foreign: ForeignLoads;
  readonly #writer: StatusWriter<Host>;
  readonly #grace: StartGrace;
  readonly #away: Turns;

  constructor(deps: ControllerDeps, wake: (key: string) => void) {
    const { client, informers, clock, config } = deps;
    this.#deps = deps;
    this.#grace = new StartGrace(clock);
    this.#away = new Turns(AWAY_PLACES, wake);
    this.#connections = new Connections(client, config.namespace, clock);
    this.#foreign = new ForeignLoads(clock);
    this.#writer = new StatusWriter({ client, kind: hostKind, informer: informers.hosts, clock, withoutCounters });
  }

  async reconcile(key: string, right: Right): Promise<ReconcileResult | undefined> {
    const { client, informers } = this.#deps;
    const object = informers.hosts.get(key);
    if (!object) {
      await this.#gone(key);
      return undefined;
    }
    const held = await hold(client, informers.hosts, right, object);
    if (held !== 'Held') return held === 'Taken' ? { requeueAfterMs: 1 } : undefined;
    return this.#attend(object, right);
  }

  async #attend(object: Host, right: Right): Promise<ReconcileResult | undefined> {
    const obstacle = await this.#connect(object);
    const seen = observeHost(this.#deps, object, obstacle);
    const step = planHost(seen.input);
    let outcome: HostOutcome = { swept: new Set(), forgotten: false, again: false };
    let failure: unknown = null;
    try {
      outcome = await actOnHost(this.#deps, this.#connections, right, seen, step);
    } catch (error) {
      failure = error;
    }
    if (outcome.forgotten) return undefined;
    const againInMs = await this.#writeStatus(object, right, obstacle, step, outcome);
    if (failure !== null) throw failure;
    if (outcome.again) return { requeueAfterMs: 1 };
    const refused = obstacle !== null || seen.entry?.lastError?.errorClass === 'Denied';
    return { requeueAfterMs: Math.min(againInMs ?? RESYNC_MS, refused ? SECRET_AGAIN_MS : RESYNC_MS) };
  }

  /** Tells the pool where the host is and how to get in. Returns what stands in the way of even trying. */
  async #connect(object: Host): Promise<Obstacle | null> {
    const { hosts, informers, fleetId } = this.#deps;
    const { name, uid } = object.metadata;
    const entry = hosts.get(name);
    // A Host of the same name that was made anew is another one.
    if (entry && entry.uid !== uid) await hosts.remove(name);
    const connection = await this.#connections.read(object, hosts.get(name));
    if (connection.kind === 'Obstacle') return connection.obstacle;
    if (findDuplicate(object, informers.hosts.list()) !== null) return null;
    hosts.ensure({ name, uid, fleet: fleetId, expectedHostUUID: expectedUUID(object), ...connection.access });
    if (connection.kind === 'Read' && connection.isTouched) hosts.retry(name);
    return null;
  }

  async #writeStatus(
    object: Host,
    right: Right,
    obstacle: Obstacle | null,
    step: HostStep,
    outcome: HostOutcome,
  ): Promise<number | null> {
    const { clock, fleetId, hosts, informers, recorder } = this.#deps;
    const graceMs = obstacle === null ? this.#grace.of(object, hosts) : 0;
    if (graceMs > 0) return graceMs;
    const { entry, machines, domains } = observeHost(this.#deps, object, obstacle);
    const status = hostStatus({
      now: clock.now(),
      fleet: fleetId,
      object,
      step,
      link: hosts.get(object.metadata.name) ?? null,
      domains,
      placed: placedRoom(this.#deps, machines),
      foreignLoad: entry ? await this.#foreign.of(entry, domains.foreign) : { cpuMilli: 0, memoryBytes: 0 },
      spec: specRoom(object),
      poolNames: this.#poolNames(),
      networkNames: new Map(informers.networks.list().map((network) => [network.metadata.uid, keyOf(network)])),
      swept: outcome.swept,
    });
    const write = async (): Promise<number | null> => {
      const { object: written, againInMs } = await this.#writer.write(right, object, status);
      if (written !== object) {
        for (const event of hostEvents(object.status, status)) recorder.event(object, event);
      }
      return againInMs;
    };
    // What a step needs to be written is written now.
    if (entry?.inSight || step.kind !== 'Settled') return write();
    const turn = await this.#away.take(object.metadata.name, write);
    return turn ? turn.done : AWAY_AGAIN_MS;
  }

  #poolNames(): Map<string, string> {
    const { fleetId, informers } = this.#deps;
    return new Map(informers.pools.list().map((pool) => [poolUuid(fleetId, pool.metadata.uid), pool.metadata.name]));
  }

  async #gone(name: string): Promise<void> {
    const entry = this.#deps.hosts.get(name);
    if (!entry) return;
    this.#foreign.forget(entry.uid);
    this.#writer.forget(entry.uid);
    this.#connections.forget(entry.uid);
    await this.#deps.hosts.remove(name);
  }
}

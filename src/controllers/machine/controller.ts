/** VirtualMachine: observe, plan, act, and again, until there is nothing to do now; then status. */
import { type VirtualMachine, virtualMachineKind } from '#api/v1alpha1/virtual-machine.ts';
import type { VirtualMachineMigration } from '#api/v1alpha1/virtual-machine-migration.ts';
import type { VirtualMachineOperation } from '#api/v1alpha1/virtual-machine-operation.ts';
import type { VirtualMachineStatus } from '#api/v1alpha1/virtual-machine-status.ts';
import { Controller, type ReconcileResult } from '#kube/controller.ts';
import { keyOf } from '#kube/types.ts';
import { errorClassOf, reasonOf, toMessage, VirtfleetError } from '#platform/errors.ts';
import type { Right } from '#platform/right.ts';
import type { ControllerDeps } from '../deps.ts';
import { machineIndexes, namespaceIndex } from '../indexes.ts';
import { sizeFrom } from '../size.ts';
import { Turns } from '../turns.ts';
import { StatusWriter } from '../write-status.ts';
import { act } from './act.ts';
import { changeKey } from './change.ts';
import { concernedBy } from './concerned.ts';
import { LIVE_AGAIN_MS, verifiedKey } from './documents.ts';
import { domainState } from './domain-state.ts';
import { FirstLooks, START_GRACE_MS } from './first-look.ts';
import { askGuest } from './guest.ts';
import { nextGuestPoll } from './guest-poll.ts';
import { FleetLedger } from './ledger.ts';
import { Memories } from './memory.ts';
import { buriedAddresses, copiesOf, hasGainedRoom, isLess, placementRelevant, usable } from './news.ts';
import { type MachineServices, observe, type Seen } from './observe.ts';
import { concernOf } from './observe-move.ts';
import { claimOf } from './place.ts';
import { Placements } from './placements.ts';
import { plan, type Step } from './plan.ts';
import { type Outcome, statusOf } from './status.ts';
import { followNeighbours, inTurn, Waiting } from './waiting.ts';
import { type Actor, write } from './writing.ts';

/** A machine's life takes a dozen steps; more in one go means that a step does not show in what is observed. */
const MOST_STEPS = 25;
/** A host that is out of sight for less is not worth a word. */
const HIDDEN_GRACE_MS = 3_000;
/** Slow resync, spread out: events tell of everything, this is the net below them. */
const RESYNC_MS = 10 * 60_000;
/** A host that is out of sight may hide hundreds of machines: so few of them are written at a time, and the others go before them. */
const HIDDEN_PLACES = 4;
/** Who found no place is woken; should nobody do it, it looks by itself. */
const HIDDEN_AGAIN_MS = 30_000;

export function machineController(deps: ControllerDeps): Controller {
  const reconciler = new MachineReconciler(deps, (key) => controller.enqueue(key));
  const controller: Controller = new Controller({
    name: 'machine',
    concurrency: deps.config.reconcileConcurrency,
    reconcile: (key, right) => reconciler.reconcile(key, right),
    onLead: () => reconciler.lead(),
    inTurn: (keys) => inTurn(deps.informers, keys),
  });
  reconciler.wire(controller);
  return controller;
}

class MachineReconciler {
  readonly #services: MachineServices;
  readonly #actor: Actor;
  readonly #hidden: Turns;
  readonly #firstLooks: FirstLooks;
  /** When this process began to lead. */
  #startedAt = 0;
  /** For a host, a pool, an address. */
  readonly #waiting: Waiting;

  constructor(deps: ControllerDeps, wake: (key: string) => void) {
    const { client, informers, clock } = deps;
    this.#hidden = new Turns(HIDDEN_PLACES, wake);
    this.#waiting = new Waiting(
      wake,
      (keys) => inTurn(informers, keys),
      () => clock.monotonicMs(),
    );
    const ledger = new FleetLedger();
    const memories = new Memories();
    this.#services = { deps, ledger, placements: new Placements(deps, ledger), memories };
    this.#firstLooks = new FirstLooks(deps, memories);
    this.#actor = {
      services: this.#services,
      writer: new StatusWriter({ client, kind: virtualMachineKind, informer: informers.machines, clock }),
    };
  }

  /** Who is woken by what. The ledger follows the cache before any reconcile sees the change. */
  wire(controller: Controller): void {
    const { deps, ledger } = this.#services;
    const { informers, hosts } = deps;
    informers.machines.onChange((type, machine) => {
      if (type === 'updated') this.#firstLooks.stir(machine);
      if (type !== 'deleted') return ledger.observe(claimOf(sizeFrom(informers, machine).machine));
      this.#forget(machine);
      // Its room, its addresses and its MACs are free for those who wait for some.
      this.#waiting.wakeNow();
    });
    followNeighbours(informers, ledger, this.#waiting);
    informers.hosts.onChange((type, host) =>
      ledger.observeTombstones(host.metadata.uid, type === 'deleted' ? [] : buriedAddresses(host)),
    );
    controller.watch(informers.machines);
    const wake = (machine: VirtualMachine): void => {
      this.#firstLooks.stir(machine);
      controller.enqueue(keyOf(machine));
    };
    const usersOf = (index: string, key: string): VirtualMachine[] => informers.machines.byIndex(index, key);
    informers.networks.onChange((type, network, old) => {
      const concerns = type === 'updated' && old ? concernedBy(network, old) : () => true;
      for (const machine of usersOf(machineIndexes.network, keyOf(network))) if (concerns(machine)) wake(machine);
    });
    // Who is placed keeps the size that it has; where machines of the class may run is the class's to say at any time.
    informers.classes.onChange((_, { metadata: { name } }) => {
      for (const machine of usersOf(machineIndexes.class, name)) {
        ledger.observe(claimOf(sizeFrom(informers, machine).machine));
        wake(machine);
      }
    });
    const wakeNamespace = (namespace = ''): void => this.#waiting.wakeNow((key) => key.startsWith(`${namespace}/`));
    informers.quotas.onChange((_, quota, old) => {
      if (old && JSON.stringify(old.spec) === JSON.stringify(quota.spec)) return;
      wakeNamespace(quota.metadata.namespace);
      // Room may be kept no longer for a machine that its quota keeps away now.
      this.#waiting.wakeSoon();
    });
    ledger.onChange((claim, before) => {
      if (!before || !isLess(claim, before)) return;
      if (informers.quotas.byIndex(namespaceIndex, before.namespace).length > 0) wakeNamespace(before.namespace);
    });
    informers.images.onChange((_, image, old) => {
      const isNews = !old || copiesOf(image) !== copiesOf(old);
      for (const machine of usersOf(machineIndexes.image, keyOf(image))) {
        if (isNews) wake(machine);
        // Who waits for it tells how far it is.
        else if (trouble(machine.status)) controller.enqueue(keyOf(machine));
      }
    });
    informers.volumes.onChange((_, volume) => usersOf(machineIndexes.volume, keyOf(volume)).forEach(wake));
    const wakeNamed = ({ metadata, spec }: VirtualMachineMigration | VirtualMachineOperation): void => {
      const key = `${metadata.namespace}/${spec.machineName}`;
      const machine = informers.machines.get(key);
      if (machine) wake(machine);
      else controller.enqueue(key);
    };
    informers.migrations.onChange((_, migration, old) => {
      if (!old || concernOf(migration) !== concernOf(old)) wakeNamed(migration);
    });
    informers.operations.onChange((_, operation) => wakeNamed(operation));
    informers.pools.onChange((_, pool, old) => {
      if (!old || usable(pool) !== usable(old)) this.#waiting.wakeNow();
    });
    informers.hosts.onChange((_, host, old) => {
      if (placementRelevant(host) !== (old ? placementRelevant(old) : '') || hasGainedRoom(host, old))
        this.#waiting.wakeNow();
    });
    hosts.onChange((change) => {
      const { stamp } = change;
      if (stamp && stamp.fleet === deps.fleetId) controller.enqueue(`${stamp.namespace}/${stamp.name}`);
      // A domain with our machine's UUID whose stamp is gone, or another one that was in its way.
      const namesake = change.uuid === undefined ? undefined : informers.machines.byUid(change.uuid);
      if (namesake) controller.enqueue(keyOf(namesake));
      // What a listing finds is compared with status; an event may be of what no listing shows.
      if (hosts.get(change.host)?.inSight) {
        const owner = stamp ? informers.machines.byUid(stamp.uid) : undefined;
        for (const machine of [owner, namesake]) if (machine) this.#firstLooks.stir(machine);
      }
      // Nobody's domain came, went or has another name: it may have been in the way of a machine of that name there.
      if (change.kind === 'domain' && !stamp)
        this.#waiting.wakeNow((key) => informers.machines.get(key)?.status?.host?.name === change.host);
      if (change.kind === 'agent') this.#askAgain(stamp?.uid);
      if (change.kind !== 'state' && change.kind !== 'inventory') return;
      this.#waiting.wakeNow();
      const uid = hosts.get(change.host)?.uid;
      if (!uid) return;
      for (const index of [machineIndexes.host, machineIndexes.target])
        for (const machine of informers.machines.byIndex(index, uid)) controller.enqueue(keyOf(machine));
    });
  }

  lead(): void {
    this.#startedAt = this.#services.deps.clock.now();
    this.#services.memories.decides(this.#startedAt);
    this.#firstLooks.lead(this.#startedAt);
  }

  async reconcile(key: string, right: Right): Promise<ReconcileResult | undefined> {
    try {
      return await this.#attend(key, right);
    } catch (error) {
      // Deleted for good while we were at it: the cache will say so in a moment. What a host lacks is another matter.
      const isOfHost = error instanceof VirtfleetError && error.host !== undefined;
      if (errorClassOf(error) === 'NotFound' && !isOfHost) return { requeueAfterMs: 1_000 };
      throw error;
    }
  }

  async #attend(key: string, right: Right): Promise<ReconcileResult | undefined> {
    this.#waiting.delete(key);
    const { informers } = this.#services.deps;
    for (let i = 0; i < MOST_STEPS; i++) {
      const machine = informers.machines.get(key);
      if (!machine) return undefined;
      const waitMs = this.#hostComesInMs(machine) || this.#firstLooks.inMs(machine);
      if (waitMs > 0) return { requeueAfterMs: waitMs };
      const seen = await observe(this.#services, this.#withLearned(machine));
      const step = plan(seen.observation);
      let result: Awaited<ReturnType<typeof act>>;
      try {
        result = await act(this.#actor, right, seen, step);
      } catch (error) {
        // What stood in the way may be gone before the back-off is over.
        this.#waiting.add(key);
        await this.#tell(right, key, seen, failureOf(step, error));
        throw error;
      }
      if (result.gone) return undefined;
      const rest: Step | undefined = result.rest ?? (step.do === 'Settle' ? step : undefined);
      if (rest) return this.#rest(key, right, seen, rest);
    }
    return { requeueAfterMs: 100 };
  }

  /** Nothing to do now: ask the guest when it is time, write status, and say when to look again. */
  async #rest(key: string, right: Right, seen: Seen, step: Step): Promise<ReconcileResult> {
    const { memory, record, host, observation: o } = seen;
    const graceMs = this.#graceOf(seen);
    // A host that is away wakes its machines itself. Were they woken by every host, they would be a crowd each time.
    const waitsForFleet = seen.located.kind !== 'HostOutOfSight' || !host;
    // A move that found no host is tried again like a machine that fits nowhere.
    const fitsNowhereElse = seen.machine.status?.migration?.phase === 'Waiting';
    if (graceMs > 0) {
      if (waitsForFleet && !this.#isHostComing(seen)) this.#waiting.add(key);
      return { requeueAfterMs: graceMs };
    }
    const pendingLive = seen.changes.some(
      (change) => change.type !== 'RestartRequired' && !memory.liveRefused.has(changeKey(change)),
    );
    if (step.do === 'Settle' && record && seen.specHash && !pendingLive)
      memory.verified = verifiedKey(record, seen.specHash);
    if (waitsForFleet && (step.do === 'Wait' || step.do === 'Stall'))
      this.#waiting.add(key, fitsNowhereElse || step.reason === 'Unschedulable');
    else if (waitsForFleet && fitsNowhereElse) this.#waiting.add(key, true);
    const runningSince =
      record && domainState(record).active && host && seen.chosen?.domainType !== 'test'
        ? Date.parse(seen.machine.status?.run?.startedAt ?? '')
        : Number.NaN;
    let pollAt = Number.POSITIVE_INFINITY;
    if (record && host && !o.deleting && seen.located.kind !== 'Migrating' && Number.isFinite(runningSince)) {
      const due = (): number =>
        nextGuestPoll({
          now: o.now,
          startedAt: runningSince,
          polls: memory.guestPolls,
          polledAt: memory.guestPolledAt,
          known: memory.guest !== null,
        });
      if (due() <= o.now) await askGuest(host, record.uuid, memory, seen.machine.status?.run?.generation ?? 0, o.now);
      pollAt = due();
    }
    const tell = (): Promise<void> => this.#tell(right, key, seen, { kind: 'Step', step });
    if (waitsForFleet) await tell();
    else if (!(await this.#hidden.take(key, tell))) return { requeueAfterMs: HIDDEN_AGAIN_MS };
    const isWaiting = step.do === 'Wait' || step.do === 'Stall' || step.do === 'AwaitMove';
    const waitUntil = (isWaiting ? step.at : undefined) ?? Number.POSITIVE_INFINITY;
    const changeAt = pendingLive ? o.now + LIVE_AGAIN_MS : Number.POSITIVE_INFINITY;
    const nextMs = Math.min(pollAt, waitUntil, changeAt) - o.now;
    return { requeueAfterMs: Math.max(50, Math.min(nextMs, RESYNC_MS * (1 + Math.random() / 4))) };
  }

  /** At our own start no host is in the pool yet, and all machines are looked at: each is woken when its own host is there. */
  #isHostComing({ located, machine }: Seen): boolean {
    const recorded = machine.status?.host;
    if (located.kind !== 'HostOutOfSight' || !recorded) return false;
    return this.#services.deps.informers.hosts.get(recorded.name)?.metadata.uid === recorded.uid;
  }

  /** At our own start all hosts are dialled at once, and each wakes its machines: before that there is nothing to see of them. */
  #hostComesInMs({ status }: VirtualMachine): number {
    const { informers, hosts, clock } = this.#services.deps;
    const leftMs = this.#startedAt + START_GRACE_MS - clock.now();
    if (leftMs <= 0 || !status?.host) return 0;
    const { name, uid } = status.host;
    if (informers.hosts.get(name)?.metadata.uid !== uid) return 0;
    const entry = hosts.get(name);
    return entry === undefined || (entry.uid === uid && entry.state === 'Connecting') ? leftMs : 0;
  }

  /**
   * A host that does not answer for a moment (a call that timed out and is looked up anew, our own start) changes
   * nothing that a user would want to read: how long status may still stay as it is, ms.
   */
  #graceOf({ located, memory, host, observation: o }: Seen): number {
    // Of a move one host may be behind, and between the two the machine is seen on neither for a moment.
    const isHalfSeen = located.kind === 'Migrating' && (located.at === null || located.hidden.length > 0);
    const isHidden = located.kind === 'HostOutOfSight' || located.kind === 'Hidden' || isHalfSeen;
    if (!isHidden) {
      memory.hiddenSince = null;
      return 0;
    }
    memory.hiddenSince ??= o.now;
    const isStarting = o.now - this.#startedAt < START_GRACE_MS;
    const grace = isStarting && (!host || host.state === 'Connecting' || isHalfSeen) ? START_GRACE_MS : HIDDEN_GRACE_MS;
    return memory.hiddenSince + grace - o.now;
  }

  async #tell(right: Right, key: string, seen: Seen, outcome: Outcome): Promise<void> {
    try {
      const status = statusOf(seen, outcome);
      const told = trouble(seen.machine.status);
      await write(this.#actor, right, seen, status);
      seen.memory.learned.clear();
      seen.memory.dropped.clear();
      const now = trouble(status);
      if (now && now.reason !== told?.reason && worthAnEvent(now.reason)) {
        this.#services.deps.recorder.event(seen.machine, {
          type: 'Warning',
          reason: now.reason,
          action: 'Reconcile',
          note: now.message,
        });
      }
    } catch (error) {
      // Somebody wrote in between: their change has woken us already. The failure itself is what matters more.
      if (outcome.kind === 'Step') throw error;
      this.#waiting.add(key);
    }
  }

  /** What was found or made on the host since the last write of status. */
  #withLearned(machine: VirtualMachine): VirtualMachine {
    const { learned, dropped } = this.#services.memories.of(machine.metadata.uid);
    if (learned.size + dropped.size === 0 || !machine.status) return machine;
    const { volumes = [], interfaces = [] } = machine.status;
    const kept = volumes.filter((v) => !dropped.has(v.name));
    const known = kept.map((v) => {
      const found = learned.get(v.name);
      return found && found.volumeName === v.volumeName ? found : v;
    });
    const nics = interfaces.filter((nic) => !dropped.has(nic.name));
    return { ...machine, status: { ...machine.status, volumes: known, interfaces: nics } };
  }

  /** The agent came or went: there is something to be asked, or nobody left to answer. */
  #askAgain(uid: string | undefined): void {
    if (uid === undefined || !this.#services.deps.informers.machines.byUid(uid)) return;
    Object.assign(this.#services.memories.of(uid), { guestPolledAt: null, verified: null });
  }

  #forget(machine: VirtualMachine): void {
    this.#services.ledger.forget(machine.metadata.uid);
    this.#services.memories.forget(machine.metadata);
    this.#actor.writer.forget(machine.metadata.uid);
    this.#waiting.delete(keyOf(machine));
  }
}

/** Why the machine is not as wanted, as its conditions tell it. */
function trouble(status: VirtualMachineStatus | undefined): { reason: string; message: string } | undefined {
  const ready = status?.conditions?.find((c) => c.type === 'Ready');
  return ready && ready.status !== 'True' ? ready : undefined;
}

/** Steps on the way tell themselves by their own events, or are over in a moment. */
const ON_THE_WAY = new Set([
  'Scheduling',
  'Starting',
  'Stopping',
  'Terminating',
  'ImageNotReady',
  'VolumeNotReady',
  'CrashLoopBackOff',
  'Paused',
  'Conflict',
  'PoolNotRunning',
]);
const worthAnEvent = (reason: string): boolean => !ON_THE_WAY.has(reason);

function failureOf(step: Step, error: unknown): Outcome {
  const kind = errorClassOf(error);
  return {
    kind: 'Failed',
    doing: step.do,
    stalled: kind === 'InvalidSpec' || kind === 'Denied' || kind === 'Bug',
    reason: reasonOf(error),
    message: toMessage(error),
  };
}

/**
 * The scheduler's index of the fleet, kept by what changes: hosts by their objects and connections, machines by the
 * ledger's claims, those under way included. What is in it is brought up to date before each decision.
 */
import type { Host as HostObject } from '#api/v1alpha1/host.ts';
import type { Host } from '#hostpool/types.ts';
import { FleetIndex, type HostView, type PlacedMachine, type PoolView, weightsOf } from '#scheduler/index.ts';
import type { ControllerDeps } from '../deps.ts';
import { findPoolOnHost } from '../pool-input.ts';
import type { Claim, FleetLedger } from './ledger.ts';
import { hostViewOf } from './to-snapshot.ts';

/** What a host's view was made from; when it is the same still, so is the view. */
interface Source {
  object: HostObject;
  entry: Host;
  inSight: boolean;
}

interface Resident {
  machine: PlacedMachine;
  hostUid: string;
}

export class Placements {
  readonly #deps: ControllerDeps;
  readonly #ledger: FleetLedger;
  readonly #index: FleetIndex;
  readonly #sources = new Map<string, Source>();
  readonly #residents = new Map<string, Resident>();
  /** Uids of machines by the name of their host. */
  readonly #onHost = new Map<string, Set<string>>();
  /** Names of hosts whose pools, facts or claims changed. */
  readonly #stale = new Set<string>();
  #areAllStale = false;

  constructor(deps: ControllerDeps, ledger: FleetLedger) {
    const { strategy, weights } = deps.config.placement ?? {};
    this.#deps = deps;
    this.#ledger = ledger;
    this.#index = new FleetIndex({ hosts: [] }, { strategy, weights: weights && weightsOf(weights) });
    ledger.onChange((claim, before) => this.#follow(claim, before));
    deps.hosts.onChange(({ host }) => this.#stale.add(host));
    deps.informers.pools.onChange(() => {
      this.#areAllStale = true;
    });
  }

  /** The fleet as it is known now. */
  current(): FleetIndex {
    const gone = new Set(this.#sources.keys());
    for (const object of this.#deps.informers.hosts.list()) {
      gone.delete(object.metadata.name);
      this.#refresh(object);
    }
    for (const name of gone) this.#drop(name);
    this.#stale.clear();
    this.#areAllStale = false;
    return this.#index;
  }

  #refresh(object: HostObject): void {
    const { name, uid } = object.metadata;
    const found = this.#deps.hosts.get(name);
    const entry = found?.uid === uid ? found : undefined;
    const before = this.#sources.get(name);
    const isSame =
      before !== undefined &&
      before.object === object &&
      before.entry === entry &&
      before.inSight === entry.inSight &&
      !this.#areAllStale &&
      !this.#stale.has(name);
    if (isSame) return;
    const view = entry ? this.#viewOf(object, entry) : null;
    if (!entry || !view) {
      this.#drop(name);
      return;
    }
    const take = (): void => {
      this.#sources.set(name, { object, entry, inSight: entry.inSight });
    };
    if (before?.object.metadata.uid === uid) take();
    else this.#move(name, take);
    this.#index.setHost(view);
  }

  #viewOf(object: HostObject, entry: Host): HostView | null {
    return hostViewOf(object, {
      inSight: entry.inSight,
      facts: entry.facts,
      pools: this.#poolsOn(entry),
      promised: this.#ledger.promisedOn(entry.uid),
    });
  }

  #drop(name: string): void {
    if (!this.#sources.has(name)) return;
    this.#move(name, () => this.#sources.delete(name));
    this.#index.removeHost(name);
  }

  #poolsOn(entry: Host): Record<string, PoolView> {
    const views: Record<string, PoolView> = {};
    for (const { metadata, spec } of this.#deps.informers.pools.list()) {
      const record = findPoolOnHost(this.#deps, entry, metadata.name);
      if (record?.active) {
        views[metadata.name] = { freeBytes: Number(record.availableBytes), shared: spec.access === 'Shared' };
      }
    }
    return views;
  }

  /** By the claim's uid: a decision in doubt counts beside the machine's own claim. */
  #follow(claim: Claim | null, before: Claim | null): void {
    if (before?.machine) this.#leave(before.uid, before.machine.host);
    if (!claim?.machine || claim.hostUid === null) return;
    this.#settle({ machine: { ...claim.machine, uid: claim.uid }, hostUid: claim.hostUid });
  }

  #settle(resident: Resident): void {
    const { machine } = resident;
    this.#residents.set(machine.uid, resident);
    const here = this.#onHost.get(machine.host) ?? new Set();
    this.#onHost.set(machine.host, here.add(machine.uid));
    this.#index.setMachine({ ...machine, host: this.#placeOf(resident) });
    this.#stale.add(machine.host);
  }

  #leave(uid: string, name: string): void {
    const resident = this.#residents.get(uid);
    if (!resident) return;
    this.#index.removeMachine(uid, this.#placeOf(resident));
    this.#residents.delete(uid);
    this.#onHost.get(name)?.delete(uid);
    if (this.#onHost.get(name)?.size === 0) this.#onHost.delete(name);
    this.#stale.add(name);
  }

  /** A namesake of its host that was made later is another host, and a machine is not counted there. */
  #placeOf({ machine, hostUid }: Resident): string {
    const isThere = this.#sources.get(machine.host)?.object.metadata.uid === hostUid;
    return isThere ? machine.host : `${machine.host} (${hostUid})`;
  }

  /** Who stands behind the host's name changes: its machines are counted where they belong afterwards. */
  #move(name: string, change: () => void): void {
    const residents = [...(this.#onHost.get(name) ?? [])].flatMap((uid) => this.#residents.get(uid) ?? []);
    for (const resident of residents) this.#index.removeMachine(resident.machine.uid, this.#placeOf(resident));
    change();
    for (const resident of residents) {
      this.#index.setMachine({ ...resident.machine, host: this.#placeOf(resident) });
    }
  }
}

/**
 * The scheduler's index of the fleet, kept by what changes: hosts by their objects and connections, machines by the
 * ledger's claims, those under way included. What is in it is brought up to date before each decision.
 */
import { isDeepStrictEqual } from 'node:util';
import type { Host as HostObject } from '#api/v1alpha1/host.ts';
import type { Host } from '#hostpool/types.ts';
import { FleetIndex, type HostView, type PlacedMachine, weightsOf } from '#scheduler/index.ts';
import type { ControllerDeps } from '../deps.ts';
import { poolViewsOn } from '../pool-input.ts';
import { hostViewOf } from '../to-snapshot.ts';
import type { Claim, FleetLedger } from './ledger.ts';

/** What a host's view was made from. */
interface Source {
  uid: string;
  entry: Host;
  /** It turns without an event when an answer was lost. */
  inSight: boolean;
}

interface Resident {
  machine: PlacedMachine;
  hostUid: string;
}

/** Under which a machine that is being moved stands on the host that it goes to. No uid holds a blank. */
const arrivalKey = (uid: string): string => `${uid} arriving`;

/** Whether the scheduler counts another machine than before, or elsewhere. Most changes of a machine's status are no news to it. */
export function isNews(claim: Claim | null, before: Claim | null): boolean {
  const [now, then] = [claim?.machine ?? null, before?.machine ?? null];
  if (!isDeepStrictEqual(claim?.arrival ?? null, before?.arrival ?? null)) return true;
  if (!now || !then) return now !== then;
  return claim?.hostUid !== before?.hostUid || !isDeepStrictEqual(now, then);
}

export class Placements {
  readonly #deps: ControllerDeps;
  readonly #ledger: FleetLedger;
  readonly #index: FleetIndex;
  readonly #sources = new Map<string, Source>();
  readonly #residents = new Map<string, Resident>();
  /** Uids of machines by the name of their host. */
  readonly #onHost = new Map<string, Set<string>>();
  /** Names of hosts of which anything changed: object, connection, pools, facts, claims. */
  readonly #stale = new Set<string>();

  constructor(deps: ControllerDeps, ledger: FleetLedger) {
    const { strategy, weights } = deps.config.placement ?? {};
    this.#deps = deps;
    this.#ledger = ledger;
    this.#index = new FleetIndex({ hosts: [] }, { strategy, weights: weights && weightsOf(weights) });
    ledger.onChange((claim, before) => this.#follow(claim, before));
    deps.hosts.onChange(({ host, kind }) => {
      if (kind !== 'domain' && kind !== 'network' && kind !== 'agent') this.#stale.add(host);
    });
    deps.informers.hosts.onChange((_, { metadata }) => this.#stale.add(metadata.name));
    deps.informers.pools.onChange((_, pool, old) => {
      // Its status changes with every look at its room; what is free on a host the host tells.
      if (old && JSON.stringify(old.spec) === JSON.stringify(pool.spec)) return;
      for (const { metadata } of deps.informers.hosts.list()) this.#stale.add(metadata.name);
    });
  }

  /** The fleet as it is known now. */
  current(): FleetIndex {
    for (const [name, { entry, inSight }] of this.#sources) if (entry.inSight !== inSight) this.#stale.add(name);
    for (const name of this.#stale) this.#refresh(name);
    this.#stale.clear();
    return this.#index;
  }

  /** Whether it counts on a host, a claim under way or in doubt included. */
  hasHost(uid: string): boolean {
    return this.#ledger.hasHost(uid);
  }

  /** What is answered of the fleet without the machine, wherever it is: it is no neighbour of itself, and leaves its room. */
  without<T>(uid: string, ask: (index: FleetIndex) => T): T {
    const index = this.current();
    const own = [uid, arrivalKey(uid)].flatMap((key) => this.#residents.get(key) ?? []);
    for (const resident of own) index.removeMachine(resident.machine.uid, this.#placeOf(resident));
    const answer = ask(index);
    for (const resident of own) index.setMachine({ ...resident.machine, host: this.#placeOf(resident) });
    return answer;
  }

  #refresh(name: string): void {
    const object = this.#deps.informers.hosts.get(name);
    const found = this.#deps.hosts.get(name);
    const entry = found?.uid === object?.metadata.uid ? found : undefined;
    const view = object && entry ? this.#viewOf(object, entry) : null;
    if (!object || !entry || !view) {
      this.#drop(name);
      return;
    }
    const { uid } = object.metadata;
    const take = (): void => {
      this.#sources.set(name, { uid, entry, inSight: entry.inSight });
    };
    if (this.#sources.get(name)?.uid === uid) take();
    else this.#move(name, take);
    this.#index.setHost(view);
  }

  #viewOf(object: HostObject, entry: Host): HostView | null {
    return hostViewOf(object, {
      inSight: entry.inSight,
      facts: entry.facts,
      pools: poolViewsOn(this.#deps, entry),
      promised: this.#ledger.promisedOn(entry.uid),
    });
  }

  #drop(name: string): void {
    if (!this.#sources.has(name)) return;
    this.#move(name, () => this.#sources.delete(name));
    this.#index.removeHost(name);
  }

  /** By the claim's uid: a decision in doubt counts beside the machine's own claim. */
  #follow(claim: Claim | null, before: Claim | null): void {
    if (!isNews(claim, before)) return;
    if (before?.machine) this.#leave(before.uid, before.machine.host);
    if (before?.arrival) this.#leave(arrivalKey(before.uid), before.arrival.machine.host);
    if (claim?.arrival) {
      const { hostUid, machine } = claim.arrival;
      this.#settle({ machine: { ...machine, uid: arrivalKey(claim.uid) }, hostUid });
    }
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
    const isThere = this.#sources.get(machine.host)?.uid === hostUid;
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

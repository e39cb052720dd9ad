/** The whole fleet with what is taken of it: the one thing that filters and scorers look at. */
import { Neighbours, type Resident } from '../neighbours/index.ts';
import type { HostView, PlacedMachine } from '../types.ts';
import { claim, HostState, type PoolClaim, placeKey, poolOf } from './host-state.ts';

export class FleetState {
  readonly hosts = new Map<string, HostState>();
  readonly #machines = new Map<string, PlacedMachine>();
  /** Machines whose host is not there, by its name. */
  readonly #homeless = new Map<string, Map<string, PlacedMachine>>();
  /** Claims of all machines by pool: what counts where a pool is one store seen from many hosts. */
  readonly #claims = new Map<string, PoolClaim>();
  /** What exists once, and who has it. */
  readonly #exclusive = new Map<string, Map<string, PlacedMachine>>();
  readonly neighbours = new Neighbours(() => this.#residents());

  /** Adds the host, or takes its new view. What runs there stays counted. */
  setHost(view: HostView): HostState {
    const state = this.hosts.get(view.name);
    if (state === undefined) {
      const made = new HostState(view);
      this.hosts.set(view.name, made);
      for (const machine of this.#homeless.get(view.name)?.values() ?? []) this.#settle(machine, made, 1);
      this.#homeless.delete(view.name);
      return made;
    }
    if (state.view.cpuOvercommit === view.cpuOvercommit && sameLabels(state.view, view)) {
      state.view = view;
      return state;
    }
    const machines = [...state.machines.values()];
    for (const machine of machines) this.#settle(machine, state, -1);
    state.view = view;
    for (const machine of machines) this.#settle(machine, state, 1);
    return state;
  }

  /** Its machines stay known: what exists once in the fleet stays theirs, and they count again when the host is back. */
  removeHost(name: string): void {
    const state = this.hosts.get(name);
    if (state === undefined) return;
    const machines = new Map(state.machines);
    for (const machine of machines.values()) this.#settle(machine, state, -1);
    if (machines.size > 0) this.#homeless.set(name, machines);
    this.hosts.delete(name);
  }

  /** Adds the machine on its host, or takes what changed of it. */
  setMachine(machine: PlacedMachine): void {
    this.removeMachine(machine.uid, machine.host);
    this.#machines.set(placeKey(machine), machine);
    for (const pool of machine.requiredPools) claim(this.#claims, pool, 1);
    for (const key of machine.exclusive ?? []) {
      const holders = this.#exclusive.get(key) ?? new Map();
      this.#exclusive.set(key, holders.set(placeKey(machine), machine));
    }
    const host = this.hosts.get(machine.host);
    if (host !== undefined) this.#settle(machine, host, 1);
    else {
      const there = this.#homeless.get(machine.host) ?? new Map<string, PlacedMachine>();
      this.#homeless.set(machine.host, there.set(placeKey(machine), machine));
    }
  }

  removeMachine(uid: string, hostName: string): void {
    const key = placeKey({ uid, host: hostName });
    const machine = this.#machines.get(key);
    if (machine === undefined) return;
    this.#machines.delete(key);
    for (const pool of machine.requiredPools) claim(this.#claims, pool, -1);
    for (const thing of machine.exclusive ?? []) {
      const holders = this.#exclusive.get(thing);
      holders?.delete(key);
      if (holders?.size === 0) this.#exclusive.delete(thing);
    }
    const host = this.hosts.get(hostName);
    if (host !== undefined) this.#settle(machine, host, -1);
    const there = this.#homeless.get(hostName);
    there?.delete(key);
    if (there?.size === 0) this.#homeless.delete(hostName);
  }

  /** What may still be claimed of a pool on a host; undefined when the host does not have it. */
  poolFree({ view, pools }: HostState, name: string): { bytes: number; thinBytes: number } | undefined {
    const pool = poolOf(view, name);
    if (pool === undefined) return undefined;
    const taken = (pool.shared ? this.#claims : pools).get(name);
    return {
      bytes: pool.freeBytes - (taken?.bytes ?? 0),
      thinBytes: (pool.thinFreeBytes ?? Number.POSITIVE_INFINITY) - (taken?.thinBytes ?? 0),
    };
  }

  /** Another machine that has what exists once. */
  holderOf(key: string, uid: string): PlacedMachine | undefined {
    for (const holder of this.#exclusive.get(key)?.values() ?? []) if (holder.uid !== uid) return holder;
    return undefined;
  }

  #settle(machine: PlacedMachine, host: HostState, by: 1 | -1): void {
    host.add(machine, by);
    this.neighbours.add({ machine, host: host.view }, by);
  }

  *#residents(): Iterable<Resident> {
    for (const { view, machines } of this.hosts.values()) {
      for (const machine of machines.values()) yield { machine, host: view };
    }
  }
}

export function sameLabels({ labels: a }: HostView, { labels: b }: HostView): boolean {
  if (a === b) return true;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && a[key] === b[key]);
}

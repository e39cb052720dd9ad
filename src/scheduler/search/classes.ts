/**
 * Hosts that no fixed filter can tell apart are one class, and are asked once for all. A fleet has few: by hardware,
 * zone, taints, pools. What a class does not tell (a label with a value a host) is asked of each host.
 */
import type { HostState } from '../state/host-state.ts';
import { poolOf, scoredSize } from '../state/host-state.ts';
import type { HostView, Resources } from '../types.ts';
import { HostLabels } from './labels.ts';
import { HostTree } from './tree.ts';

export interface HostClass {
  readonly tree: HostTree;
  readonly members: Set<HostState>;
  /** All of them are scored as hosts of this size. */
  readonly size: Resources;
}

const MOST_POOLS = 64;

export class HostClasses {
  readonly #classes = new Map<string, HostClass>();
  readonly #classOf = new Map<HostState, string>();
  readonly #pools = new Set<string>();
  readonly #texts = new WeakMap<object, string>();
  readonly labels = new HostLabels();
  /** Goes up when a class appears or vanishes. */
  version = 0;
  /** Goes up when a host comes, goes, or is another one than before in anything but room. */
  changes = 0;

  values(): Iterable<HostClass> {
    return this.#classes.values();
  }

  knowsPool(name: string): boolean {
    return this.#pools.has(name);
  }

  /** From now on hosts are told apart by these labels and pools, too. */
  learn(keys: readonly string[], pools: readonly string[]): void {
    let isNew = false;
    for (const key of keys) if (this.labels.learn(key, this.#classOf.keys())) isNew = true;
    for (const name of pools) {
      if (this.#pools.has(name) || this.#pools.size >= MOST_POOLS) continue;
      this.#pools.add(name);
      isNew = true;
    }
    if (isNew) this.#sortAnew();
  }

  /** Adds the host, after its view was set. */
  put(host: HostState): void {
    this.changes += 1;
    if (this.labels.put(host)) this.#sortAnew();
    this.#join(host);
  }

  /** Before its view changes in anything but room, or it goes. */
  remove(host: HostState): void {
    this.changes += 1;
    this.labels.remove(host);
    this.#leave(host);
  }

  /** After its room changed, by a machine or by a new view. */
  moved(host: HostState): void {
    this.#classes.get(this.#classOf.get(host) ?? '')?.tree.put(host);
  }

  /** Whether a host with this view is in the class that the host is in. */
  isLike(host: HostState, view: HostView): boolean {
    return this.#classOf.get(host) === this.#keyOf(view);
  }

  #sortAnew(): void {
    const hosts = [...this.#classOf.keys()];
    for (const host of hosts) this.#leave(host);
    for (const host of hosts) this.#join(host);
  }

  #join(host: HostState): void {
    const key = this.#keyOf(host.view);
    let found = this.#classes.get(key);
    if (found === undefined) {
      found = { tree: new HostTree(), members: new Set(), size: host.size };
      this.#classes.set(key, found);
      this.version += 1;
    }
    found.members.add(host);
    found.tree.put(host);
    this.#classOf.set(host, key);
  }

  #leave(host: HostState): void {
    const key = this.#classOf.get(host);
    const found = key === undefined ? undefined : this.#classes.get(key);
    if (key === undefined || found === undefined) return;
    this.#classOf.delete(host);
    found.members.delete(host);
    found.tree.remove(host);
    if (found.members.size > 0) return;
    this.#classes.delete(key);
    this.version += 1;
  }

  #keyOf(view: HostView): string {
    const { arch, ready, inSight, schedulable, devices } = view;
    const size = scoredSize(view.allocatable);
    const pools = [...this.#pools].map((name) => (poolOf(view, name) === undefined ? '-' : '+')).join('');
    return [
      ready,
      inSight,
      schedulable,
      arch,
      size.cpuMilli,
      size.memoryBytes,
      this.#text(view.taints),
      this.#text(view.domainTypes),
      this.#text(view.machineTypes),
      this.#text(view.firmwares),
      this.#text(view.cpuModels),
      this.#text(view.cpuFeatures),
      devices === undefined ? '' : Object.keys(devices).sort().join(),
      pools,
      this.labels.narrowValues(view),
    ].join('|');
  }

  /** Lists of hosts are long and mostly the same object: each is put into words once. */
  #text(list: object | undefined): string {
    if (list === undefined) return '';
    const known = this.#texts.get(list);
    if (known !== undefined) return known;
    const made = JSON.stringify(list);
    this.#texts.set(list, made);
    return made;
  }
}

/**
 * Hosts of one class by how full they are: a quadtree over (share of CPU, share of memory). Hosts that are full alike
 * stand in one bucket, so that a fleet of a thousand empty hosts is one place to look at. A host that fills up moves.
 */

import { shareOf } from '../scorers/index.ts';
import type { HostState } from '../state/host-state.ts';

/** Hosts of one size with the same use: they are scored alike. Most free memory first, then in order of their names. */
export interface Bucket {
  readonly cpu: number;
  readonly memory: number;
  readonly cpuUsed: number;
  readonly memoryUsed: number;
  readonly slots: Slot[];
  readonly extent: Extent;
}

/** What is known of the hosts in a part of the tree without looking at each. */
export interface Extent {
  cpuLeast: number;
  cpuMost: number;
  memoryLeast: number;
  memoryMost: number;
  /** No host in it has more free. */
  freeCpuMilli: number;
  freeMemoryBytes: number;
}

export interface Slot {
  readonly host: HostState;
  /** As it was when the host was put here. */
  readonly memoryBytes: number;
  readonly bucket: Bucket;
}

export interface Node {
  readonly cpu: number;
  readonly memory: number;
  /** Of its side; both shares are in [at, at + size], with 1 in the last one. */
  readonly size: number;
  /** Hosts in all of its buckets. */
  count: number;
  extent: Extent;
  /** Null in a node that was split. */
  buckets: Bucket[] | null;
  /** Low and low, high CPU, high memory, high and high. */
  children: readonly [Node, Node, Node, Node] | null;
}

const MOST_BUCKETS = 8;
const FEWEST_BUCKETS = 4;
const SMALLEST = 2 ** -12;

/** All hosts of a tree have the same size. */
export class HostTree {
  readonly root: Node = leaf(0, 0, 1);
  readonly #slots = new Map<HostState, Slot>();

  /** Adds the host, or moves it to where it belongs now. */
  put(host: HostState): void {
    const before = this.#slots.get(host);
    const { memoryBytes } = host.view.allocatable;
    if (before !== undefined) {
      if (isIn(before.bucket, host) && before.memoryBytes === memoryBytes) return;
      this.remove(host);
    }
    const cpu = shareOf(host.cpuUsed, host.size.cpuMilli);
    const memory = shareOf(host.memoryUsed, host.size.memoryBytes);
    const extent = {
      cpuLeast: cpu,
      cpuMost: cpu,
      memoryLeast: memory,
      memoryMost: memory,
      freeCpuMilli: host.view.allocatable.cpuMilli - host.cpuUsed,
      freeMemoryBytes: host.memoryFree,
    };
    let node = this.root;
    for (;;) {
      node.count += 1;
      widen(node.extent, extent);
      if (node.children === null) break;
      node = childAt(node, node.children, cpu, memory);
    }
    const buckets = node.buckets ?? [];
    let bucket = buckets.find((one) => isIn(one, host));
    if (bucket === undefined) {
      const { cpuUsed, memoryUsed } = host;
      bucket = { cpu, memory, cpuUsed, memoryUsed, slots: [], extent };
      buckets.push(bucket);
    }
    const slot = { host, memoryBytes, bucket };
    bucket.slots.splice(placeOf(bucket, slot), 0, slot);
    widen(bucket.extent, extent);
    this.#slots.set(host, slot);
    if (buckets.length > MOST_BUCKETS && node.size > SMALLEST) split(node, buckets);
  }

  remove(host: HostState): void {
    const slot = this.#slots.get(host);
    if (slot === undefined) return;
    const { bucket } = slot;
    this.#slots.delete(host);
    bucket.slots.splice(placeOf(bucket, slot), 1);
    const path: Node[] = [];
    let node = this.root;
    for (;;) {
      node.count -= 1;
      path.push(node);
      if (node.children === null) break;
      node = childAt(node, node.children, bucket.cpu, bucket.memory);
    }
    if (bucket.slots.length === 0) node.buckets?.splice(node.buckets.indexOf(bucket), 1);
    const shallow = path.find(({ count, children }) => children !== null && count <= FEWEST_BUCKETS);
    if (shallow !== undefined) merge(shallow);
    for (const each of path.reverse()) sumUp(each);
  }
}

function widen(to: Extent, by: Extent): void {
  if (by.cpuLeast < to.cpuLeast) to.cpuLeast = by.cpuLeast;
  if (by.cpuMost > to.cpuMost) to.cpuMost = by.cpuMost;
  if (by.memoryLeast < to.memoryLeast) to.memoryLeast = by.memoryLeast;
  if (by.memoryMost > to.memoryMost) to.memoryMost = by.memoryMost;
  if (by.freeCpuMilli > to.freeCpuMilli) to.freeCpuMilli = by.freeCpuMilli;
  if (by.freeMemoryBytes > to.freeMemoryBytes) to.freeMemoryBytes = by.freeMemoryBytes;
}

/** Of no host. */
const nowhere = (): Extent => ({
  cpuLeast: Number.POSITIVE_INFINITY,
  cpuMost: Number.NEGATIVE_INFINITY,
  memoryLeast: Number.POSITIVE_INFINITY,
  memoryMost: Number.NEGATIVE_INFINITY,
  freeCpuMilli: Number.NEGATIVE_INFINITY,
  freeMemoryBytes: Number.NEGATIVE_INFINITY,
});

function sumUp(node: Node): void {
  const extent = nowhere();
  for (const part of node.buckets ?? node.children ?? []) widen(extent, part.extent);
  node.extent = extent;
}

function leaf(cpu: number, memory: number, size: number): Node {
  return { cpu, memory, size, count: 0, extent: nowhere(), buckets: [], children: null };
}

const isIn = (bucket: Bucket, host: HostState): boolean =>
  bucket.cpuUsed === host.cpuUsed && bucket.memoryUsed === host.memoryUsed;

function childAt(node: Node, children: NonNullable<Node['children']>, cpu: number, memory: number): Node {
  const half = node.size / 2;
  const isHighCpu = cpu >= node.cpu + half;
  const isHighMemory = memory >= node.memory + half;
  return children[isHighCpu ? (isHighMemory ? 3 : 1) : isHighMemory ? 2 : 0];
}

function split(node: Node, buckets: readonly Bucket[]): void {
  const half = node.size / 2;
  const children = [
    leaf(node.cpu, node.memory, half),
    leaf(node.cpu + half, node.memory, half),
    leaf(node.cpu, node.memory + half, half),
    leaf(node.cpu + half, node.memory + half, half),
  ] as const;
  for (const bucket of buckets) {
    const child = childAt(node, children, bucket.cpu, bucket.memory);
    child.buckets?.push(bucket);
    child.count += bucket.slots.length;
    widen(child.extent, bucket.extent);
  }
  node.buckets = null;
  node.children = children;
}

function merge(node: Node): void {
  node.buckets = bucketsOf(node);
  node.children = null;
}

function bucketsOf({ buckets, children }: Node): Bucket[] {
  return buckets ?? (children ?? []).flatMap(bucketsOf);
}

function placeOf({ slots }: Bucket, slot: Slot): number {
  let low = 0;
  let high = slots.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const other = slots[middle];
    if (other !== undefined && isBefore(other, slot)) low = middle + 1;
    else high = middle;
  }
  return low;
}

const isBefore = (a: Slot, b: Slot): boolean =>
  a.memoryBytes !== b.memoryBytes ? a.memoryBytes > b.memoryBytes : a.host.view.name < b.host.view.name;

/** Best first through the trees: a part that cannot hold a better host than the one found is passed over. */
import { type Candidate, isBetter } from '../candidate.ts';
import { changingRejection, firstRejection } from '../filters/index.ts';
import type { Query } from '../query.ts';
import { type Box, type Scoring, shareOf } from '../scorers/index.ts';
import type { HostState } from '../state/host-state.ts';
import type { HostClass } from './classes.ts';
import type { Bucket, Extent, Node } from './tree.ts';

/** Scores are rounded to a thousandth; a part is passed over only when it is worse by more than that. */
const ROUNDING = 0.001;

export class Search {
  readonly #query: Query;
  readonly #scoring: Scoring;
  /** Hosts of a class may differ in what the fixed filters see, so each is asked. */
  readonly #asksEach: boolean;
  /** Hosts of one size with the same use give the same room to the machine. */
  readonly #areAlike: boolean;
  #best: Candidate | null = null;
  readonly #box: Box = { cpuLeast: 0, cpuMost: 0, memoryLeast: 0, memoryMost: 0 };
  #traits = 0;
  #cpu = 0;
  #cpuMost = 0;
  #memory = 0;

  constructor(query: Query, scoring: Scoring, asksEach: boolean) {
    this.#query = query;
    this.#scoring = scoring;
    this.#asksEach = asksEach;
    // How much a dedicated CPU takes depends on the overcommit.
    this.#areAlike = query.request.dedicatedCpus === undefined;
  }

  get best(): Candidate | null {
    return this.#best;
  }

  /** Looks at one host by itself, with all filters. */
  consider(host: HostState): void {
    if (firstRejection(this.#query, host) === null) this.#take(host);
  }

  /**
   * Hosts of the class are looked at as far as they can be the best.
   *
   * @param traits what hosts of the class can get at most for all but room
   */
  consult(one: HostClass, traits: number): void {
    this.#turnTo(one, traits);
    this.#visit(one.tree.root);
  }

  /** What a host of the class can get at most. */
  promise(one: HostClass, traits: number): number {
    this.#turnTo(one, traits);
    return this.#bestOf(one.tree.root.extent);
  }

  #turnTo({ size }: HostClass, traits: number): void {
    const { cpuMilli, memoryBytes, dedicatedCpus } = this.#query.request;
    this.#traits = traits;
    this.#cpu = shareOf(cpuMilli, size.cpuMilli);
    // A dedicated CPU takes more than itself, by the overcommit of the host.
    this.#cpuMost = dedicatedCpus ? 1 : this.#cpu;
    this.#memory = shareOf(memoryBytes, size.memoryBytes);
  }

  #visit({ count, extent, buckets, children }: Node): void {
    if (count === 0 || !this.#hasRoom(extent)) return;
    if (this.#best !== null && this.#bestOf(extent) < this.#best.score - ROUNDING) return;
    if (buckets !== null) {
      for (const bucket of buckets) this.#open(bucket);
    } else if (children !== null) {
      // The likeliest quarter first, so that the others can be passed over.
      const isPack = this.#query.strategy === 'Pack';
      this.#visit(children[isPack ? 3 : 0]);
      this.#visit(children[1]);
      this.#visit(children[2]);
      this.#visit(children[isPack ? 0 : 3]);
    }
  }

  #hasRoom({ freeCpuMilli, freeMemoryBytes }: Extent): boolean {
    const { cpuMilli, memoryBytes } = this.#query.request;
    return cpuMilli <= freeCpuMilli && memoryBytes <= freeMemoryBytes;
  }

  #bestOf({ cpuLeast, cpuMost, memoryLeast, memoryMost }: Extent): number {
    const box = this.#box;
    box.cpuLeast = Math.min(1, cpuLeast + this.#cpu);
    box.cpuMost = Math.min(1, cpuMost + this.#cpuMost);
    box.memoryLeast = Math.min(1, memoryLeast + this.#memory);
    box.memoryMost = Math.min(1, memoryMost + this.#memory);
    return this.#traits + this.#scoring.bestRoom(box);
  }

  #open(bucket: Bucket): void {
    const { slots } = bucket;
    const [first] = slots;
    if (first === undefined || !this.#hasRoom(bucket.extent)) return;
    if (this.#best !== null && this.#bestOf(bucket.extent) < this.#best.score - ROUNDING) return;
    const { named } = this.#query;
    const atBest = this.#scoring.total(this.#scoring.room(first.host), this.#traits);
    if (this.#best !== null && this.#areAlike && atBest < this.#best.score) return;
    for (const { host } of slots) {
      if (named.has(host.view.name)) continue;
      const rejection = this.#asksEach ? firstRejection(this.#query, host) : changingRejection(this.#query, host);
      if (rejection !== null) {
        // Those behind it have no more memory.
        if (rejection.filter === 'Memory') return;
        continue;
      }
      // None behind it has a better score, and at the same score they come after it.
      if (this.#take(host) >= atBest && this.#areAlike) return;
    }
  }

  #take(host: HostState): number {
    const candidate = { host, score: this.#scoring.score(host) };
    if (this.#best === null || isBetter(candidate, this.#best)) this.#best = candidate;
    return candidate.score;
  }
}

/** Who is where, asked by labels: counts for affinity, anti-affinity and spread, kept and not counted anew. */
import type { HostView, PlacedMachine, PlacementRequest } from '../types.ts';
import { DomainCounts, type Group, groupKey, groupOf } from './counts.ts';

/** Counts that nobody asked for in a while are dropped; asked for again, they are counted again. */
const MOST_COUNTS = 256;

export interface Resident {
  machine: PlacedMachine;
  host: HostView;
}

export class Neighbours {
  readonly #residents: () => Iterable<Resident>;
  readonly #counts = new Map<string, DomainCounts>();
  /** Required anti-affinity of machines that are placed holds against newcomers, too: where those machines are. */
  readonly #keepAway = new Map<string, { counts: DomainCounts; holders: number }>();

  /** `residents` lists the placed machines whose host is there; it is read when something is counted for the first time. */
  constructor(residents: () => Iterable<Resident>) {
    this.#residents = residents;
  }

  /** `by` is 1 when the machine came, -1 when it went. */
  add({ machine, host }: Resident, by: 1 | -1): void {
    for (const counts of this.#counts.values()) if (counts.includes(machine)) counts.add(host, by);
    for (const term of machine.antiAffinity?.required ?? []) {
      const group = groupOf(term, machine.namespace);
      const key = groupKey(group);
      const entry = this.#keepAway.get(key) ?? { counts: new DomainCounts(group), holders: 0 };
      entry.counts.add(host, by);
      entry.holders += by;
      if (entry.holders === 0) this.#keepAway.delete(key);
      else this.#keepAway.set(key, entry);
    }
  }

  counts(group: Group): DomainCounts {
    const key = groupKey(group);
    let counts = this.#counts.get(key);
    if (counts === undefined) {
      counts = new DomainCounts(group);
      for (const { machine, host } of this.#residents()) if (counts.includes(machine)) counts.add(host, 1);
      const [oldest] = this.#counts.keys();
      if (this.#counts.size >= MOST_COUNTS && oldest !== undefined) this.#counts.delete(oldest);
    } else this.#counts.delete(key);
    this.#counts.set(key, counts);
    return counts;
  }

  /** Where machines are that will not have this one beside them. */
  keptAwayBy(request: Pick<PlacementRequest, 'namespace' | 'labels'>): DomainCounts[] {
    const found: DomainCounts[] = [];
    for (const { counts } of this.#keepAway.values()) if (counts.includes(request)) found.push(counts);
    return found;
  }
}

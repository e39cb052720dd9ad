/** How many machines of a kind are in each domain: counted once, then kept by every machine that comes and goes. */
import { matcherOf } from '../selector.ts';
import type { HostView, LabelSelector, Labels, PlacedMachine } from '../types.ts';
import { domainOf } from './domain.ts';
import type { MachineTerm } from './types.ts';

/** A term with its namespaces named. */
export interface Group {
  topologyKey: string;
  selector: LabelSelector | undefined;
  namespaces: readonly string[];
}

export function groupOf(
  { topologyKey, selector, namespaces }: Pick<MachineTerm, 'topologyKey' | 'selector' | 'namespaces'>,
  namespace: string,
): Group {
  return { topologyKey, selector, namespaces: namespaces ?? [namespace] };
}

export function groupKey({ topologyKey, selector, namespaces }: Group): string {
  return JSON.stringify([topologyKey, namespaces, selector ?? null]);
}

const NONE: Labels = {};

export class DomainCounts {
  readonly group: Group;
  /** Only domains with at least one machine are here. */
  readonly byDomain = new Map<string, number>();
  readonly #matches: (labels: Labels) => boolean;

  constructor(group: Group) {
    this.group = group;
    this.#matches = matcherOf(group.selector);
  }

  /** As in Kubernetes: without a selector nobody is meant, with an empty one everybody. */
  includes({ namespace, labels = NONE }: Pick<PlacedMachine, 'namespace' | 'labels'>): boolean {
    const { selector, namespaces } = this.group;
    return selector !== undefined && namespaces.includes(namespace) && this.#matches(labels);
  }

  count(domain: string): number {
    return this.byDomain.get(domain) ?? 0;
  }

  /** `by` is 1 or -1. */
  add(host: HostView, by: number): void {
    const domain = domainOf(host, this.group.topologyKey);
    if (domain === undefined) return;
    const now = this.count(domain) + by;
    if (now === 0) this.byDomain.delete(domain);
    else this.byDomain.set(domain, now);
  }
}

/** How many machines of a kind are in each domain: counted once, then kept by every machine that comes and goes. */
import { isSelected } from '../selector.ts';
import type { HostView, LabelSelector, PlacedMachine } from '../types.ts';
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

/** As in Kubernetes: without a selector nobody is meant, with an empty one everybody. */
export function isInGroup(group: Group, machine: Pick<PlacedMachine, 'namespace' | 'labels'>): boolean {
  if (group.selector === undefined || !group.namespaces.includes(machine.namespace)) return false;
  return isSelected(group.selector, machine.labels ?? {});
}

export function groupKey({ topologyKey, selector, namespaces }: Group): string {
  return JSON.stringify([topologyKey, namespaces, selector ?? null]);
}

export class DomainCounts {
  readonly group: Group;
  /** Only domains with at least one machine are here. */
  readonly byDomain = new Map<string, number>();

  constructor(group: Group) {
    this.group = group;
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

/** Hosts by the values of those labels that some machine or network asked for. */
import { domainOf, HOSTNAME } from '../neighbours/domain.ts';
import type { HostState } from '../state/host-state.ts';
import type { HostView } from '../types.ts';

/** A label with more values (a rack's number, the host's own name) sets hosts apart too finely to be part of a class. */
export const MOST_VALUES = 64;
const MOST_KEYS = 64;
const ABSENT = '\u0000';

export class HostLabels {
  readonly #byKey = new Map<string, Map<string, Set<HostState>>>();
  readonly #wide = new Set<string>();

  /** True when the key is new. */
  learn(key: string, hosts: Iterable<HostState>): boolean {
    if (this.#byKey.has(key) || key === HOSTNAME || this.#byKey.size >= MOST_KEYS) return false;
    const values = new Map<string, Set<HostState>>();
    this.#byKey.set(key, values);
    for (const host of hosts) add(values, labelOf(host.view, key), host);
    if (values.size > MOST_VALUES) this.#wide.add(key);
    return !this.#wide.has(key);
  }

  /** All hosts of a class have the same value of it. */
  isNarrow(key: string): boolean {
    return this.#byKey.has(key) && !this.#wide.has(key);
  }

  /** Hosts with that value of a label that many values; undefined: the label is not kept by its values. */
  hostsWith(key: string, value: string): ReadonlySet<HostState> | undefined {
    return this.#wide.has(key) ? (this.#byKey.get(key)?.get(value) ?? new Set()) : undefined;
  }

  /** The host's part in the name of its class. */
  narrowValues(host: HostView): string {
    let text = '';
    for (const key of this.#byKey.keys()) if (!this.#wide.has(key)) text += `${labelOf(host, key)}\n`;
    return text;
  }

  /** True when a key turned out to have too many values: the classes must be made anew. */
  put(host: HostState): boolean {
    let isWider = false;
    for (const [key, values] of this.#byKey) {
      add(values, labelOf(host.view, key), host);
      if (values.size > MOST_VALUES && !this.#wide.has(key)) {
        this.#wide.add(key);
        isWider = true;
      }
    }
    return isWider;
  }

  /** Before its labels change, or it goes. */
  remove(host: HostState): void {
    for (const [key, values] of this.#byKey) {
      const value = labelOf(host.view, key);
      const hosts = values.get(value);
      hosts?.delete(host);
      if (hosts?.size === 0) values.delete(value);
    }
  }
}

const labelOf = (host: HostView, key: string): string => domainOf(host, key) ?? ABSENT;

function add(values: Map<string, Set<HostState>>, value: string, host: HostState): void {
  const hosts = values.get(value);
  if (hosts === undefined) values.set(value, new Set([host]));
  else hosts.add(host);
}

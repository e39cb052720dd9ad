import type { HostView } from '../types.ts';

/** Every host is a domain of its own under this key, also one without the label. */
export const HOSTNAME = 'kubernetes.io/hostname';

/** The domain that a host is in; undefined when it is in none. */
export function domainOf(host: Pick<HostView, 'name' | 'labels'>, topologyKey: string): string | undefined {
  if (topologyKey === HOSTNAME) return host.name;
  return Object.hasOwn(host.labels, topologyKey) ? host.labels[topologyKey] : undefined;
}

/** Whom a change of a network concerns. Pure. */
import { isDeepStrictEqual } from 'node:util';
import type { VirtualMachine } from '#api/v1alpha1/virtual-machine.ts';
import type { VirtualNetwork } from '#api/v1alpha1/virtual-network.ts';

/**
 * All machines in it when what they are told of it has changed, else those on the hosts of which its status says something
 * else: its counters change with every machine, and one host that comes back is no news for the machines on the others.
 */
export function concernedBy(now: VirtualNetwork, old: VirtualNetwork): (machine: VirtualMachine) => boolean {
  if (!isDeepStrictEqual(wish(now), wish(old))) return () => true;
  const [before, after] = [told(old), told(now)];
  const names = [...new Set([...before.keys(), ...after.keys()])];
  const changed = new Set(names.filter((name) => !isDeepStrictEqual(before.get(name), after.get(name))));
  return ({ status }) => changed.has(status?.host?.name ?? '');
}

/** By host, how many machines there are left out. */
function told({ status }: VirtualNetwork): Map<string, object> {
  return new Map((status?.hosts ?? []).map(({ machines: _machines, ...host }) => [host.name, host]));
}

const wish = ({ metadata, spec }: VirtualNetwork): unknown => [metadata.uid, metadata.deletionTimestamp, spec];

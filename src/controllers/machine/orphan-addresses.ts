/**
 * Addresses that machines without an object hold: after a restored etcd they run on, and no status speaks for them. The
 * reservation on their host does.
 */
import { networkXml } from '#hostpool/ensure.ts';
import { readNetwork } from '#libvirt/network.ts';
import type { MachineServices, Seen } from './observe.ts';

/** By the network's uid. Empty, without a call, where no host shows an orphan of the machine's namespace. */
export async function orphanAddresses(
  { deps, ledger }: MachineServices,
  { machine, around }: Pick<Seen, 'machine' | 'around'>,
): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const { namespace, uid } = machine.metadata;
  const held = new Map<string, Set<string>>();
  for (const { metadata, status } of deps.informers.hosts.list()) {
    if (!status?.orphans?.some((orphan) => orphan.namespace === namespace)) continue;
    const host = deps.hosts.get(metadata.name);
    if (!host?.inSight) continue;
    for (const network of around.networks.values()) {
      const xml = await networkXml(host, network.metadata.uid, { inactive: true });
      for (const { mac, ip } of xml ? readNetwork(xml).reservations : []) {
        // this machine's own may be there already, and others speak for themselves
        const isOwn = machine.status?.interfaces?.some((nic) => nic.mac.toLowerCase() === mac.toLowerCase());
        if (isOwn || ledger.macRivals(mac, uid).length > 0) continue;
        const addresses = held.get(network.metadata.uid) ?? new Set();
        held.set(network.metadata.uid, addresses.add(ip));
      }
    }
  }
  return held;
}

/** What libvirt is told of a VirtualNetwork: the same on every host, whoever brings it there. Pure. */
import type { VirtualNetwork } from '#api/v1alpha1/virtual-network.ts';
import { bridgeName, gatewayMac, networkName } from '#libvirt/names.ts';
import type { NetworkInput } from '#libvirt/network.ts';
import { gatewayOf } from './ipv4-range.ts';

/** Reservations are left out: they belong to the machines, and those that are there stay. */
export function networkInput(network: VirtualNetwork, fleet: string): NetworkInput {
  const { uid, name } = network.metadata;
  const namespace = network.metadata.namespace ?? '';
  const { spec } = network;
  return {
    uuid: uid,
    name: networkName(namespace, name),
    mode: spec.mode,
    bridge: bridgeName(uid),
    mac: gatewayMac(uid),
    ...(spec.ipv4 ? { ipv4: gatewayOf(spec.ipv4.cidr) } : {}),
    ...(spec.domain ? { domain: spec.domain } : {}),
    ...(spec.mtu ? { mtu: spec.mtu } : {}),
    dns: {
      enabled: spec.dns.mode === 'Enabled',
      ...(spec.dns.forwarders ? { forwarders: spec.dns.forwarders } : {}),
      ...(spec.dns.hosts ? { hosts: spec.dns.hosts } : {}),
    },
    portIsolation: spec.portIsolation === 'Enabled',
    stamp: { fleet, namespace, name, uid },
  };
}

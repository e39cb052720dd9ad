/** What libvirt is told of a VirtualNetwork: the same on every host, whoever brings it there. Pure. */
import ipaddr from 'ipaddr.js';
import type { VirtualNetwork } from '#api/v1alpha1/virtual-network.ts';
import { bridgeName, gatewayMac, networkName } from '#libvirt/names.ts';
import type { NetworkInput } from '#libvirt/network.ts';

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

/** The first address of the range. */
export function gatewayOf(cidr: string): { gateway: string; prefix: number } {
  const { base, prefix } = rangeOf(cidr);
  return { gateway: toText(base + 1), prefix };
}

/** Whether an IPv4 address is in the range. */
export function isInRange(address: string, cidr: string): boolean {
  if (!ipaddr.IPv4.isValid(address)) return false;
  const { base, prefix } = rangeOf(cidr);
  const n = toNumber(ipaddr.IPv4.parse(address));
  return n >= base && n < base + 2 ** (32 - prefix);
}

/** How many addresses can be given out: the DHCP range, else all but network, gateway and broadcast address. */
export function addressesIn(ipv4: NonNullable<VirtualNetwork['spec']['ipv4']>): number {
  const { base, prefix } = rangeOf(ipv4.cidr);
  if (!ipv4.dhcp) return 2 ** (32 - prefix) - 3;
  const start = toNumber(ipaddr.IPv4.parse(ipv4.dhcp.start));
  const end = toNumber(ipaddr.IPv4.parse(ipv4.dhcp.end));
  // What is never given to a machine does not count, even when the range names it.
  const excluded = [base, base + 1, base + 2 ** (32 - prefix) - 1].filter((n) => n >= start && n <= end).length;
  return Math.max(0, end - start + 1 - excluded);
}

function rangeOf(cidr: string): { base: number; prefix: number } {
  const prefix = ipaddr.IPv4.parseCIDR(cidr)[1];
  return { base: toNumber(ipaddr.IPv4.networkAddressFromCIDR(cidr)), prefix };
}

function toNumber(address: ipaddr.IPv4): number {
  return address.toByteArray().reduce((n, byte) => n * 256 + byte, 0);
}

function toText(n: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(n / 2 ** shift) % 256).join('.');
}

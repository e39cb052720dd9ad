import {
  type DomainStats,
  type TypedValues,
  VIR_CONNECT_GET_ALL_DOMAINS_STATS_NOWAIT,
  VIR_DOMAIN_GUEST_INFO_HOSTNAME,
  VIR_DOMAIN_GUEST_INFO_OS,
  VIR_DOMAIN_INTERFACE_ADDRESSES_SRC_AGENT,
  VIR_DOMAIN_INTERFACE_ADDRESSES_SRC_ARP,
  VIR_DOMAIN_INTERFACE_ADDRESSES_SRC_LEASE,
} from '@virtfleet/libvirt';
import { onDomain } from './domains.ts';
import type { Host } from './types.ts';

/** Statistics of all domains in one call; never waits for a QEMU that hangs. `stats`: VIR_DOMAIN_STATS_… */
export function domainStats(host: Host, stats: number): Promise<DomainStats[]> {
  return host.read('domain.stats', (c, o) => c.getAllDomainStats(stats, VIR_CONNECT_GET_ALL_DOMAINS_STATS_NOWAIT, o));
}

export interface GuestInfo {
  hostname: string | null;
  osName: string | null;
  osVersion: string | null;
  kernel: string | null;
}

const textOf = (values: TypedValues, key: string): string | null =>
  typeof values[key] === 'string' ? values[key] : null;

/** What the agent says of the guest. Transient AgentUnresponsive: no agent, or it does not answer. */
export async function guestInfo(host: Host, uuid: string): Promise<GuestInfo> {
  const types = VIR_DOMAIN_GUEST_INFO_HOSTNAME | VIR_DOMAIN_GUEST_INFO_OS;
  const ask = onDomain(uuid, (domain, o) => domain.getGuestInfo(types, 0, o));
  const values = await host.read('domain.guestInfo', ask, { monitorOf: uuid });
  return {
    hostname: textOf(values, 'hostname'),
    osName: textOf(values, 'os.pretty-name') ?? textOf(values, 'os.name'),
    osVersion: textOf(values, 'os.version-id') ?? textOf(values, 'os.version'),
    kernel: textOf(values, 'os.kernel-release'),
  };
}

export interface GuestInterface {
  /** As the source names it: the guest's own name, or the host's device. */
  name: string;
  mac: string | null;
  addresses: { address: string; prefix: number }[];
}

const SOURCES = {
  Lease: VIR_DOMAIN_INTERFACE_ADDRESSES_SRC_LEASE,
  Agent: VIR_DOMAIN_INTERFACE_ADDRESSES_SRC_AGENT,
  ARP: VIR_DOMAIN_INTERFACE_ADDRESSES_SRC_ARP,
} as const;

/** Addresses of a running domain, as that source knows them. */
export async function interfaceAddresses(
  host: Host,
  uuid: string,
  source: keyof typeof SOURCES,
): Promise<GuestInterface[]> {
  const ask = onDomain(uuid, (domain, o) => domain.interfaceAddresses(SOURCES[source], 0, o));
  const found = await host.read('domain.addresses', ask, source === 'Agent' ? { monitorOf: uuid } : {});
  return found.map(({ name, hwaddr, addrs }) => ({
    name,
    mac: hwaddr,
    addresses: addrs.map(({ addr, prefix }) => ({ address: addr, prefix })),
  }));
}

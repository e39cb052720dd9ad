/** libvirt networks: one segment a host, with the fleet's addresses reserved in it. */

/** Whose the network is, in its metadata. */
export interface ObjectStamp {
  fleet: string;
  namespace: string;
  name: string;
  uid: string;
}

export interface NetworkInput {
  uuid: string;
  /** `networkName(namespace, name)`. */
  name: string;
  mode: 'NAT' | 'Isolated';
  /** `bridgeName(uid)`. */
  bridge: string;
  /** `gatewayMac(uid)`: the same on every host. */
  mac: string;
  ipv4?: { gateway: string; prefix: number };
  ipv6?: { gateway: string; prefix: number };
  /** The DNS domain of the guests, and what DHCP tells them. */
  domain?: string;
  dns?: DnsInput;
  mtu?: number;
  /** Machines reach the gateway, not each other. */
  portIsolation?: boolean;
  /** How long a lease is good for; default 300. */
  leaseSeconds?: number;
  /** Every reservation that this host shall have; undefined leaves them as they are. */
  reservations?: Reservation[];
  stamp: ObjectStamp;
}

export interface DnsInput {
  /** False: no name service at all. Default true. */
  enabled?: boolean;
  forwarders?: string[];
  hosts?: { ip: string; names: string[] }[];
}

export interface Reservation {
  mac: string;
  ip: string;
  /** The host name that the guest is told. */
  name?: string;
}

/** virNetworkUpdate's arguments (section and command by name), or that only a restart of the network brings it. */
export type NetworkChange =
  | {
      type: 'Update';
      command: 'add-last' | 'delete' | 'modify';
      section: NetworkSection;
      parentIndex: number;
      xml: string;
    }
  | { type: 'RestartRequired'; field: string; message: string };
export type NetworkSection = 'ip-dhcp-host' | 'dns-host';

export interface NetworkFacts {
  uuid: string;
  name: string;
  bridge: string | null;
  mac: string | null;
  mode: 'NAT' | 'Isolated' | 'Other';
  /** Metadata of ours; null when it is none of ours. */
  stamp: ObjectStamp | null;
  /** The fleet whose claim this is; null when it is no claim. */
  claim: string | null;
  ips: { family: 'ipv4' | 'ipv6'; address: string; prefix: number }[];
  reservations: Reservation[];
  dnsHosts: { ip: string; names: string[] }[];
  mtu: number | null;
}

/** Renders by editing the previous inactive document. */
export function renderNetwork(input: NetworkInput, current: string | null): string {
  throw new Error(`${input.name} ${current}`);
}

/** What to do to a *running* network. Deletes come first: libvirt refuses a second entry of one MAC, name or address. */
export function networkChanges(input: NetworkInput, active: string): NetworkChange[] {
  throw new Error(`${input.name} ${active}`);
}

export function readNetwork(xml: string): NetworkFacts {
  throw new Error(xml);
}

/** One `ip-dhcp-host` entry for virNetworkUpdate. */
export function reservationXml(reservation: Reservation, leaseSeconds?: number): string {
  throw new Error(`${reservation.mac} ${leaseSeconds}`);
}

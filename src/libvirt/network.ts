/**
 * libvirt networks: one segment a host, with the fleet's addresses reserved in it. dnsmasq gets reservations and no free
 * range (measured: libvirt then says `dhcp-range=<gateway>,static`, and serves no DHCP at all while there are none), so
 * that nobody has an address which the fleet did not give.
 */
import { readClaimOf } from './claim.ts';
import { type Difference, difference } from './difference.ts';
import { type OwnerStamp, ownerElement, putMetadata, readOwner } from './stamp.ts';
import {
  attr,
  child,
  children,
  clone,
  ensureChild,
  removeChild,
  removeChildren,
  setAttrs,
  setText,
  text,
  wholeNumber,
} from './tree.ts';
import { type Element, el, parseXml, printXml } from './xml.ts';

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
  stamp: OwnerStamp;
}

export interface DnsInput {
  /** False: no name service at all. Default true. */
  enabled?: boolean;
  forwarders?: string[];
  hosts?: DnsHost[];
}
export interface DnsHost {
  ip: string;
  names: string[];
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
  stamp: OwnerStamp | null;
  /** The fleet whose claim this is; null when it is no claim. */
  claim: string | null;
  ips: { family: 'ipv4' | 'ipv6'; address: string; prefix: number }[];
  reservations: Reservation[];
  dnsHosts: DnsHost[];
  mtu: number | null;
  /** Interfaces that are plugged into it, while it runs. */
  connections: number;
}

const DEFAULT_LEASE_SECONDS = 300;

const TOP_LEVEL = ['name', 'uuid', 'metadata', 'forward', 'bridge', 'mtu', 'mac', 'domain', 'dns', 'port', 'ip'];
const before = (name: string): string[] => TOP_LEVEL.slice(0, TOP_LEVEL.indexOf(name));

/** Renders by editing the previous inactive document; define it with VALIDATE. */
export function renderNetwork(input: NetworkInput, current: string | null): string {
  const root = current === null ? el('network') : parseXml(current);
  editNetwork(root, input);
  putMetadata(root, ownerElement(input.stamp), before('metadata'));
  return printXml(root);
}

function editNetwork(root: Element, input: NetworkInput): void {
  setText(ensureChild(root, 'name', []), input.name);
  setText(ensureChild(root, 'uuid', before('uuid')), input.uuid);
  editForward(root, input);
  const bridge = ensureChild(root, 'bridge', before('bridge'));
  setAttrs(bridge, { name: input.bridge, stp: attr(bridge, 'stp') ?? 'off', delay: attr(bridge, 'delay') ?? 0 });
  if (input.mtu === undefined) removeChildren(root, 'mtu');
  else setAttrs(ensureChild(root, 'mtu', before('mtu')), { size: input.mtu });
  setAttrs(ensureChild(root, 'mac', before('mac')), { address: input.mac });
  if (input.domain === undefined) removeChildren(root, 'domain');
  else setAttrs(ensureChild(root, 'domain', before('domain')), { name: input.domain, localOnly: 'yes' });
  editDns(root, input);
  if (input.portIsolation) setAttrs(ensureChild(root, 'port', before('port')), { isolated: 'yes' });
  else removeChildren(root, 'port');
  editAddress(root, 'ipv4', input.ipv4);
  editAddress(root, 'ipv6', input.ipv6);
  editReservations(root, input);
}

function editForward(root: Element, input: NetworkInput): void {
  if (input.mode === 'Isolated') {
    removeChildren(root, 'forward');
    return;
  }
  const forward = ensureChild(root, 'forward', before('forward'));
  setAttrs(forward, { mode: 'nat' });
  if (input.ipv6) setAttrs(ensureChild(forward, 'nat'), { ipv6: 'yes' });
}

function editDns(root: Element, input: NetworkInput): void {
  const wanted = input.dns;
  if (!wanted && !child(root, 'dns')) return;
  const dns = ensureChild(root, 'dns', before('dns'));
  setAttrs(dns, { enable: wanted?.enabled === false ? 'no' : undefined });
  const addresses = wanted?.forwarders ?? [];
  const found = children(dns, 'forwarder').map((forwarder) => attr(forwarder, 'addr'));
  if (found.join() !== addresses.join()) {
    removeChildren(dns, 'forwarder');
    dns.children.unshift(...addresses.map((addr) => el('forwarder', { addr })));
  }
  const hosts = wanted?.hosts ?? [];
  if (JSON.stringify(readDnsHosts(root)) !== JSON.stringify(hosts)) {
    removeChildren(dns, 'host');
    dns.children.push(...hosts.map(dnsHostElement));
  }
  if (dns.children.length === 0 && Object.keys(dns.attrs).length === 0) removeChild(root, dns);
}

const dnsHostElement = ({ ip, names }: DnsHost): Element =>
  el(
    'host',
    { ip },
    names.map((name) => el('hostname', {}, [name])),
  );
const familyOf = (ip: Element): 'ipv4' | 'ipv6' => (attr(ip, 'family') === 'ipv6' ? 'ipv6' : 'ipv4');
const ipOf = (root: Element, family: 'ipv4' | 'ipv6'): Element | undefined =>
  children(root, 'ip').find((ip) => familyOf(ip) === family);

/** An address says its size by prefix or by netmask; ours by prefix. */
function editAddress(
  root: Element,
  family: 'ipv4' | 'ipv6',
  wanted: { gateway: string; prefix: number } | undefined,
): void {
  const found = ipOf(root, family);
  if (!wanted) {
    if (found) removeChild(root, found);
    return;
  }
  const ip = found ?? el('ip', { family });
  if (!found) root.children.push(ip);
  setAttrs(ip, { address: wanted.gateway, prefix: wanted.prefix, netmask: undefined });
}

function editReservations(root: Element, input: NetworkInput): void {
  const ip = ipOf(root, 'ipv4');
  if (!ip) return;
  const found = child(ip, 'dhcp');
  // A free range would hand out addresses that the fleet knows nothing of.
  if (found) removeChildren(found, 'range');
  if (input.reservations) {
    const { remove, add } = reservationSteps(input, root);
    for (const old of remove) removeChild(found ?? ip, old);
    for (const reservation of add)
      ensureChild(ip, 'dhcp').children.push(reservationElement(reservation, input.leaseSeconds));
  }
  const dhcp = child(ip, 'dhcp');
  if (dhcp && dhcp.children.length === 0) removeChild(ip, dhcp);
}

/** Entries that are there and right stay as they are. */
function reservationSteps(input: NetworkInput, root: Element): { remove: Element[]; add: Reservation[] } {
  const ip = ipOf(root, 'ipv4');
  const found = children(ip && child(ip, 'dhcp'), 'host');
  const wanted = input.reservations ?? [];
  const same = (host: Element, reservation: Reservation): boolean =>
    difference(reservationElement(reservation, input.leaseSeconds), host).length === 0;
  return {
    remove: found.filter((host) => !wanted.some((reservation) => same(host, reservation))),
    add: wanted.filter((reservation) => !found.some((host) => same(host, reservation))),
  };
}

function reservationElement({ mac, ip, name }: Reservation, leaseSeconds = DEFAULT_LEASE_SECONDS): Element {
  const lease = el('lease', { expiry: leaseSeconds, unit: 'seconds' });
  return el('host', { mac: mac.toLowerCase(), name, ip }, [lease]);
}

/** One `ip-dhcp-host` entry for virNetworkUpdate. */
export function reservationXml(reservation: Reservation, leaseSeconds?: number): string {
  return printXml(reservationElement(reservation, leaseSeconds));
}

/**
 * What to do to a *running* network. Deletes come first: libvirt refuses a second entry of one MAC, name or address.
 * What virNetworkUpdate cannot do waits for a restart of the network, which would cut its machines off.
 */
export function networkChanges(input: NetworkInput, active: string): NetworkChange[] {
  const found = parseXml(active);
  const wanted = clone(found);
  editNetwork(wanted, input);
  const updates = [...reservationChanges(input, found), ...dnsChanges(input, found)];
  const rest = difference(wanted, found).filter(({ path }) => !LIVE.test(path));
  return [...updates, ...rest.map(restart)];
}

/** Where virNetworkUpdate reaches. An `<ip>` that comes or goes as a whole is not among it. */
const LIVE = /^(ip(#\d+)?\/dhcp|dns$|dns\/host)|^metadata/;

function reservationChanges(input: NetworkInput, found: Element): NetworkChange[] {
  if (!input.reservations || !input.ipv4) return [];
  const { remove, add } = reservationSteps(input, found);
  return [
    ...remove.map((host) => update('delete', 'ip-dhcp-host', printXml(host))),
    ...add.map((reservation) => update('add-last', 'ip-dhcp-host', reservationXml(reservation, input.leaseSeconds))),
  ];
}

function dnsChanges(input: NetworkInput, root: Element): NetworkChange[] {
  const wanted = input.dns?.hosts ?? [];
  const found = readDnsHosts(root);
  const not = (list: DnsHost[]) => (host: DnsHost) =>
    !list.some((other) => JSON.stringify(other) === JSON.stringify(host));
  return [
    ...found.filter(not(wanted)).map((host) => update('delete', 'dns-host', printXml(dnsHostElement(host)))),
    ...wanted.filter(not(found)).map((host) => update('add-last', 'dns-host', printXml(dnsHostElement(host)))),
  ];
}

const update = (command: 'add-last' | 'delete', section: NetworkSection, xml: string): NetworkChange => ({
  type: 'Update',
  command,
  section,
  parentIndex: -1,
  xml,
});

function restart({ path, wanted, found }: Difference): NetworkChange {
  const message = `${path} is ${found === '' ? 'unset' : found}; ${wanted === '' ? 'unset' : wanted} comes when the network is started anew`;
  return { type: 'RestartRequired', field: path, message };
}

export function readNetwork(xml: string): NetworkFacts {
  const root = parseXml(xml);
  const forward = attr(child(root, 'forward'), 'mode');
  return {
    uuid: text(child(root, 'uuid')) ?? '',
    name: text(child(root, 'name')) ?? '',
    bridge: attr(child(root, 'bridge'), 'name') ?? null,
    mac: attr(child(root, 'mac'), 'address') ?? null,
    mode:
      child(root, 'forward') === undefined ? 'Isolated' : forward === undefined || forward === 'nat' ? 'NAT' : 'Other',
    stamp: readOwner(root),
    claim: readClaimOf(root),
    ips: children(root, 'ip').map(readAddress),
    reservations: children(root, 'ip').flatMap((ip) => children(child(ip, 'dhcp'), 'host').flatMap(readReservation)),
    dnsHosts: readDnsHosts(root),
    mtu: wholeNumber(attr(child(root, 'mtu'), 'size')) || null,
    connections: wholeNumber(attr(root, 'connections')) ?? 0,
  };
}

function readAddress(ip: Element): NetworkFacts['ips'][number] {
  const netmask = attr(ip, 'netmask');
  const prefix = wholeNumber(attr(ip, 'prefix')) ?? (netmask === undefined ? 0 : bitsOf(netmask));
  return { family: familyOf(ip), address: attr(ip, 'address') ?? '', prefix };
}

const bitsOf = (netmask: string): number =>
  netmask.split('.').reduce((bits, byte) => bits + Number(byte).toString(2).replaceAll('0', '').length, 0);

function readReservation(host: Element): Reservation[] {
  const { mac, ip, name } = host.attrs;
  if (mac === undefined || ip === undefined) return [];
  return [{ mac: mac.toLowerCase(), ip, ...(name === undefined ? {} : { name }) }];
}

function readDnsHosts(root: Element): DnsHost[] {
  return children(child(root, 'dns'), 'host').map((host) => ({
    ip: attr(host, 'ip') ?? '',
    names: children(host, 'hostname').map((name) => text(name) ?? ''),
  }));
}

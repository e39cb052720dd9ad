/**
 * Addresses belong to the fleet: one a machine and network, chosen here, recorded in the machine's status
 * before anything is defined. Pure; the caller brings the set of addresses that are taken.
 */
import ipaddr from 'ipaddr.js';

export interface AddressRange {
  cidr: string;
  /** Where automatic addresses come from; the whole range when unset. Both ends included. */
  dhcp?: { start: string; end: string } | undefined;
}

export type Allocation = { kind: 'Allocated'; address: string; prefix: number } | { kind: 'Exhausted'; total: number };

const toNumber = (address: string): number =>
  ipaddr.IPv4.parse(address)
    .toByteArray()
    .reduce((n, byte) => n * 256 + byte, 0);
const toAddress = (n: number): string => [24, 16, 8, 0].map((shift) => Math.floor(n / 2 ** shift) % 256).join('.');

/** Network address, broadcast, and the gateway (the first address of the range), which are never given to a machine. */
export function bounds(cidr: string): { first: number; last: number; gateway: number; prefix: number } {
  const [address, prefix] = ipaddr.IPv4.parseCIDR(cidr);
  const base = toNumber(ipaddr.IPv4.networkAddressFromCIDR(`${address.toString()}/${prefix}`).toString());
  return { first: base, last: base + 2 ** (32 - prefix) - 1, gateway: base + 1, prefix };
}

export function gatewayAddress(cidr: string): string {
  return toAddress(bounds(cidr).gateway);
}

function span(range: AddressRange): { from: number; to: number; gateway: number; prefix: number } {
  const { first, last, gateway, prefix } = bounds(range.cidr);
  const from = range.dhcp ? toNumber(range.dhcp.start) : first + 2;
  const to = range.dhcp ? toNumber(range.dhcp.end) : last - 1;
  return { from, to, gateway, prefix };
}

/** How many addresses a network can hand out by itself. */
export function capacityOf(range: AddressRange): number {
  const { from, to, gateway } = span(range);
  return Math.max(0, to - from + 1 - (gateway >= from && gateway <= to ? 1 : 0));
}

/**
 * The lowest free address at or after a start that differs from machine to machine (`hint`), so that a released
 * address is not given to the next machine at once: it rests until the range has come round.
 */
export function allocate(range: AddressRange, isTaken: (address: string) => boolean, hint: number): Allocation {
  const { from, to, gateway, prefix } = span(range);
  const size = to - from + 1;
  for (let i = 0; i < size; i++) {
    const n = from + ((hint + i) % size);
    const address = toAddress(n);
    if (n !== gateway && !isTaken(address)) return { kind: 'Allocated', address, prefix };
  }
  return { kind: 'Exhausted', total: capacityOf(range) };
}

/** Why a fixed address cannot be used in this network, or null. */
export function fixedAddressProblem(range: AddressRange, address: string): string | null {
  const { first, last, gateway } = bounds(range.cidr);
  const n = toNumber(address);
  if (n <= first || n >= last) return `${address} is not a host address of ${range.cidr}`;
  if (n === gateway) return `${address} is the gateway of ${range.cidr}`;
  return null;
}

/** Arithmetic of an IPv4 range: what is in it, what a machine may have of it. Pure. */
import ipaddr from 'ipaddr.js';

export interface AddressRange {
  cidr: string;
  /** Where automatic addresses come from; the whole range when unset. Both ends included. */
  dhcp?: { start: string; end: string } | undefined;
}

export function toNumber(address: string): number {
  return ipaddr.IPv4.parse(address)
    .toByteArray()
    .reduce((n, byte) => n * 256 + byte, 0);
}

export function toAddress(n: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(n / 2 ** shift) % 256).join('.');
}

/** Network address, broadcast, and the gateway (the first address of the range): never given to a machine. */
export function bounds(cidr: string): { network: number; broadcast: number; gateway: number; prefix: number } {
  const prefix = ipaddr.IPv4.parseCIDR(cidr)[1];
  const network = toNumber(ipaddr.IPv4.networkAddressFromCIDR(cidr).toString());
  return { network, broadcast: network + 2 ** (32 - prefix) - 1, gateway: network + 1, prefix };
}

/** The gateway's address, the same on every host. */
export function gatewayOf(cidr: string): { gateway: string; prefix: number } {
  const { gateway, prefix } = bounds(cidr);
  return { gateway: toAddress(gateway), prefix };
}

/** Whether an address is in the range; one that is no IPv4 address is not. */
export function inRange(cidr: string): (address: string) => boolean {
  const { network, broadcast } = bounds(cidr);
  return (address) => {
    if (!ipaddr.IPv4.isValid(address)) return false;
    const n = toNumber(address);
    return n >= network && n <= broadcast;
  };
}

/** The ends of what is given out by itself. */
export function span({ cidr, dhcp }: AddressRange): { from: number; to: number } {
  const { network, broadcast } = bounds(cidr);
  return dhcp ? { from: toNumber(dhcp.start), to: toNumber(dhcp.end) } : { from: network + 2, to: broadcast - 1 };
}

/** False for the network's own address, its broadcast and its gateway, also when a dhcp range names them. */
export function isForMachines(n: number, cidr: string): boolean {
  const { network, broadcast, gateway } = bounds(cidr);
  return n > network && n < broadcast && n !== gateway;
}

/** How many addresses can be given out by themselves. */
export function addressesIn(range: AddressRange): number {
  const { from, to } = span(range);
  const { network, broadcast, gateway } = bounds(range.cidr);
  const excluded = [network, gateway, broadcast].filter((n) => n >= from && n <= to).length;
  return Math.max(0, to - from + 1 - excluded);
}

/**
 * Addresses belong to the fleet: one a machine and network, chosen here, recorded in the machine's status
 * before anything is defined. Pure; the caller brings the set of addresses that are taken.
 */
import { type AddressRange, addressesIn, bounds, isForMachines, span, toAddress, toNumber } from '../ipv4-range.ts';

export type Allocation = { kind: 'Allocated'; address: string; prefix: number } | { kind: 'Exhausted'; total: number };

/**
 * The lowest free address at or after a start that differs from machine to machine (`hint`), so that a released
 * address is not given to the next machine at once: it rests until the range has come round.
 */
export function allocate(range: AddressRange, isTaken: (address: string) => boolean, hint: number): Allocation {
  const { from, to } = span(range);
  const size = to - from + 1;
  for (let i = 0; i < size; i++) {
    const n = from + ((hint + i) % size);
    const address = toAddress(n);
    if (isForMachines(n, range.cidr) && !isTaken(address)) {
      return { kind: 'Allocated', address, prefix: bounds(range.cidr).prefix };
    }
  }
  return { kind: 'Exhausted', total: addressesIn(range) };
}

/** Why a fixed address cannot be used in this network, or null. */
export function fixedAddressProblem(range: AddressRange, address: string): string | null {
  const n = toNumber(address);
  if (n === bounds(range.cidr).gateway) return `${address} is the gateway of ${range.cidr}`;
  return isForMachines(n, range.cidr) ? null : `${address} is not a host address of ${range.cidr}`;
}

/** Which address an interface has in its network: the recorded one, the one that is asked for, or a free one. Pure. */
import type { Interface } from '#api/v1alpha1/virtual-machine-devices.ts';
import type { InterfaceStatus } from '#api/v1alpha1/virtual-machine-status.ts';
import type { VirtualNetwork } from '#api/v1alpha1/virtual-network.ts';
import { bounds } from '../ipv4-range.ts';
import { allocate, fixedAddressProblem } from './addresses.ts';
import type { Problem } from './plan.ts';
import type { RecordInput } from './record.ts';

/** The address that is reserved, with what was learned besides kept; null when there is none to be had. */
export function planAddress(
  input: RecordInput,
  nic: Interface,
  network: VirtualNetwork,
  given: readonly InterfaceStatus[],
  recorded: InterfaceStatus | undefined,
  problems: Problem[],
): NonNullable<InterfaceStatus['addresses']> | null {
  const range = network.spec.ipv4;
  if (!range && nic.ipv4?.address) {
    return fail(
      problems,
      'Stall',
      'AddressInvalid',
      `interface ${nic.name}: network ${nic.networkName} has no ipv4 range to give ${nic.ipv4.address} from; leave ipv4.address out, or choose another network`,
    );
  }
  if (!range) return recorded?.addresses ?? [];
  const { ledger, machine } = input;
  const uid = machine.metadata.uid;
  const networkUid = network.metadata.uid;
  const isOrphans = (address: string): boolean => input.orphans?.get(networkUid)?.has(address) === true;
  const learned = (recorded?.addresses ?? []).filter((a) => a.source !== 'Reserved');
  const reserved = (recorded?.addresses ?? []).find((a) => a.source === 'Reserved');
  const prefix = bounds(range.cidr).prefix;
  const fixed = nic.ipv4?.address;
  if (fixed) {
    const wrong = fixedAddressProblem(range, fixed);
    if (wrong)
      return fail(
        problems,
        'Stall',
        'AddressInvalid',
        `interface ${nic.name}: ${wrong}; give an address of network ${nic.networkName}`,
      );
    const twin = input.machine.spec.interfaces?.find(
      (other) => other.name !== nic.name && other.networkName === nic.networkName && other.ipv4?.address === fixed,
    );
    if (twin) {
      return fail(
        problems,
        'Stall',
        'AddressInUse',
        `interface ${nic.name}: ${fixed} is asked for by interface ${twin.name} of this machine, too; give one of them another`,
      );
    }
    if (reserved?.address !== fixed && (isOrphans(fixed) || ledger.isTaken(networkUid, fixed, uid))) {
      return fail(
        problems,
        'Stall',
        'AddressInUse',
        `interface ${nic.name}: ${fixed} belongs to another machine in network ${nic.networkName}; choose another, or leave ipv4.address out`,
      );
    }
    return [{ address: fixed, prefix, source: 'Reserved' }, ...learned];
  }
  // Also when the range was changed since: what was given stays (the network says RangeInUse).
  if (reserved && !input.lost.has(nic.name)) return recorded?.addresses ?? [];
  const own = ownAddresses(input, nic, networkUid, given);
  const isTaken = (address: string): boolean =>
    own.has(address) || isOrphans(address) || ledger.isTaken(networkUid, address, uid);
  const got = allocate(range, isTaken, ledger.cursor(networkUid));
  if (got.kind === 'Exhausted') {
    return fail(
      problems,
      'Wait',
      'AddressesExhausted',
      `interface ${nic.name}: all ${got.total} addresses of network ${nic.networkName} are taken; widen its ipv4.dhcp or remove machines`,
    );
  }
  return [{ address: got.address, prefix: got.prefix, source: 'Reserved' }];
}

/** What the machine's other interfaces have or will have in that network: the ledger knows machines, not interfaces. */
function ownAddresses(
  { machine }: RecordInput,
  nic: Interface,
  networkUid: string,
  given: readonly InterfaceStatus[],
): Set<string> {
  const recorded = [...(machine.status?.interfaces ?? []), ...given].flatMap((other) =>
    other.name === nic.name || other.networkUID !== networkUid
      ? []
      : (other.addresses ?? []).flatMap(({ address, source }) => (source === 'Reserved' ? [address] : [])),
  );
  const fixed = (machine.spec.interfaces ?? []).flatMap((other) =>
    other.networkName === nic.networkName && other.ipv4?.address ? [other.ipv4.address] : [],
  );
  return new Set([...recorded, ...fixed]);
}

export function fail(problems: Problem[], kind: Problem['kind'], reason: string, message: string): null {
  problems.push({ kind, reason, message });
  return null;
}

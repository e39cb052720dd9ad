/** Addresses and MACs have one holder; reservations and networks on hosts have their owner. */
import type { VirtualMachine } from '#api/v1alpha1/index.ts';
import { type Facts, label, type SeenHost, type SeenNetwork, type Violation } from './facts.ts';
import { groupBy } from './group.ts';
import type { Rule } from './invariants.ts';

interface Nic {
  machine: VirtualMachine;
  owner: string;
  host: string | undefined;
  network: string;
  mac: string;
  address: string | undefined;
}

export function networkViolations(facts: Facts): Violation[] {
  const nics = facts.machines.flatMap((machine) =>
    (machine.status?.interfaces ?? []).map(
      (nic): Nic => ({
        machine,
        owner: `VirtualMachine ${label(machine)}`,
        host: machine.status?.host?.name,
        network: nic.networkUID ?? '',
        mac: nic.mac.toLowerCase(),
        address: nic.addresses?.find(({ source }) => source === 'Reserved')?.address,
      }),
    ),
  );
  return [
    ...heldTwice(nics),
    ...facts.seen.flatMap((seen) =>
      (seen.libvirt?.networks ?? []).flatMap((network) => onHost(facts, seen, network, nics)),
    ),
    ...nics.flatMap((nic) => reservationMissing(facts, nic)),
  ];
}

function heldTwice(nics: Nic[]): Violation[] {
  const by = (rule: Rule, keyOf: (nic: Nic) => string | null): Violation[] =>
    [...groupBy(nics, (nic) => keyOf(nic) ?? '')].flatMap(([key, group]) =>
      key === '' || group.length < 2
        ? []
        : [{ rule, never: false, object: key, evidence: `held by ${group.map(({ owner }) => owner).join(' and ')}` }],
    );
  return [
    ...by('AddressTwice', ({ network, address }) => (address ? `${address} of network ${network}` : null)),
    ...by('MACTwice', ({ mac }) => `MAC ${mac}`),
  ];
}

function onHost(facts: Facts, seen: SeenHost, network: SeenNetwork, nics: Nic[]): Violation[] {
  if (network.owner?.fleet !== facts.fleet) return [];
  const object = `network ${network.name} on ${seen.name}`;
  const say = (rule: Rule, evidence: string): Violation => ({ rule, never: false, object, evidence });
  const broken: Violation[] = [];
  const wanted = facts.networks.find(({ metadata }) => metadata.uid === network.uuid);
  const users = nics.filter((nic) => nic.network === network.uuid && nic.host === seen.name);
  if (!wanted) broken.push(say('NetworkWithoutOwner', `its VirtualNetwork ${network.owner.uid} does not exist`));
  else if (users.length === 0) broken.push(say('NetworkUnused', 'no machine of this host is in it'));
  if (users.length > 0 && !network.active) broken.push(say('NetworkDown', `${users.length} machines here need it`));

  const buried = facts.hosts
    .filter(({ metadata }) => metadata.name === seen.name)
    .flatMap(({ status }) => (status?.tombstones ?? []).flatMap((t) => t.macs ?? []));
  for (const { mac, ip } of network.reservations) {
    const nic = users.find((user) => user.mac === mac.toLowerCase());
    if (!nic && !buried.includes(mac))
      broken.push(say('ReservationWithoutOwner', `${ip} for ${mac}, which no machine here has`));
    else if (nic && nic.address !== ip)
      broken.push(say('ReservationDiffers', `${ip} for ${mac}; ${nic.owner} has ${nic.address} in status`));
  }
  for (const { mac, ip } of network.leases) {
    // Of a machine that is gone, a lease stays until it has run out.
    const holder = nics.find((nic) => nic.network === network.uuid && nic.address === ip);
    if (holder && holder.mac !== mac.toLowerCase())
      broken.push(say('LeaseForeign', `${ip} of ${holder.owner} is leased to ${mac}, and not to ${holder.mac}`));
  }
  for (const key of ['mac', 'ip'] as const) {
    for (const [value, group] of groupBy(network.reservations, (r) => r[key].toLowerCase()))
      if (group.length > 1) broken.push(say('ReservationTwice', `${value} has ${group.length} entries`));
  }
  return broken;
}

/** A machine that is defined on its host has every address that status promises. */
function reservationMissing(facts: Facts, nic: Nic): Violation[] {
  const { status, metadata } = nic.machine;
  const libvirt = facts.seen.find(({ name }) => name === nic.host)?.libvirt;
  const isDefined = libvirt?.domains.some(({ uuid, stamp }) => uuid === status?.uuid && stamp?.uid === metadata.uid);
  if (!libvirt || !nic.address || !isDefined || metadata.deletionTimestamp) return [];
  const network = libvirt.networks.find(({ uuid }) => uuid === nic.network);
  if (network?.reservations.some((r) => r.mac.toLowerCase() === nic.mac && r.ip === nic.address)) return [];
  return [
    {
      rule: 'ReservationMissing',
      never: false,
      object: nic.owner,
      evidence: `${nic.address} for ${nic.mac} is not reserved on ${nic.host}${network ? '' : ', where its network is not'}`,
    },
  ];
}

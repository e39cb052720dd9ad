import { type NetworkFacts, type Reservation, readNetwork, reservationXml } from '#libvirt/network.ts';
import { VirtfleetError } from '#platform/errors.ts';
import type { Right } from '#platform/right.ts';
import type { Done } from './domains.ts';
import { type NetworkUpdate, networkXml, updateNetwork } from './ensure-network.ts';
import type { Host } from './types.ts';

const sameMac = (a: Reservation, mac: string): boolean => a.mac.toLowerCase() === mac.toLowerCase();
const isIpv6 = (ip: string): boolean => ip.includes(':');

/** The `<ip>` element that the entry belongs to; -1 leaves the choice to libvirt. */
function parentIndex(facts: NetworkFacts, ip: string): number {
  return facts.ips.findIndex(({ family }) => (family === 'ipv6') === isIpv6(ip));
}

function update(
  command: NetworkUpdate['command'],
  facts: NetworkFacts,
  entry: Reservation,
  leaseSeconds?: number,
): NetworkUpdate {
  return {
    type: 'Update',
    command,
    section: 'ip-dhcp-host',
    parentIndex: parentIndex(facts, entry.ip),
    xml: reservationXml(entry, leaseSeconds),
  };
}

/** What makes one document have that reservation: entries of the same MAC, name or address that differ go first. */
export function planReservation(facts: NetworkFacts, wanted: Reservation, leaseSeconds?: number): NetworkUpdate[] {
  const isWanted = (entry: Reservation): boolean =>
    sameMac(entry, wanted.mac) && entry.ip === wanted.ip && (entry.name ?? '') === (wanted.name ?? '');
  const ofFamily = facts.reservations.filter((entry) => isIpv6(entry.ip) === isIpv6(wanted.ip));
  if (ofFamily.some(isWanted)) return [];
  const isInTheWay = (entry: Reservation): boolean =>
    sameMac(entry, wanted.mac) || entry.ip === wanted.ip || (wanted.name !== undefined && entry.name === wanted.name);
  return [
    ...ofFamily.filter(isInTheWay).map((entry) => update('delete', facts, entry)),
    update('add-last', facts, wanted, leaseSeconds),
  ];
}

/** What takes every reservation of that MAC out of one document. */
export function planRemoval(facts: NetworkFacts, mac: string): NetworkUpdate[] {
  return facts.reservations.filter((entry) => sameMac(entry, mac)).map((entry) => update('delete', facts, entry));
}

async function carryOut(
  host: Host,
  right: Right,
  uuid: string,
  plan: (facts: NetworkFacts) => NetworkUpdate[],
): Promise<Done | null> {
  const definition = await networkXml(host, uuid, { inactive: true });
  if (definition === null) return null;
  const isActive = (await host.refreshNetwork(uuid))?.active === true;
  const live = isActive ? await networkXml(host, uuid, { inactive: false }) : null;
  const config = plan(readNetwork(definition));
  const now = live === null ? [] : plan(readNetwork(live));
  const isSame = live !== null && JSON.stringify(config) === JSON.stringify(now);
  for (const change of config) await updateNetwork(host, right, uuid, change, { config: true, live: isSame });
  if (!isSame) for (const change of now) await updateNetwork(host, right, uuid, change, { config: false, live: true });
  return config.length + now.length > 0 ? 'changed' : 'unchanged';
}

/** The address is given to that MAC and to nobody else, in the definition and in what runs. NotFound: no such network. */
export async function ensureReservation(
  host: Host,
  right: Right,
  networkUuid: string,
  wanted: Reservation,
  leaseSeconds?: number,
): Promise<Done> {
  const done = await carryOut(host, right, networkUuid, (facts) => planReservation(facts, wanted, leaseSeconds));
  if (done !== null) return done;
  throw new VirtfleetError('NotFound', 'NetworkNotFound', `There is no network ${networkUuid} on host ${host.name}`, {
    host: host.name,
  });
}

/**
 * The same for a machine that has none yet, in one call. False: something of that MAC, name or address is there, which
 * libvirt refuses to have twice, or the network does not run; `ensureReservation` sees to it.
 */
export async function addReservation(
  host: Host,
  right: Right,
  networkUuid: string,
  entry: Reservation,
): Promise<boolean> {
  if (isIpv6(entry.ip)) return false;
  const xml = reservationXml(entry);
  // -1: the first <ip> of the family, which is the only one that our networks have
  const change: NetworkUpdate = { type: 'Update', command: 'add-last', section: 'ip-dhcp-host', parentIndex: -1, xml };
  try {
    await updateNetwork(host, right, networkUuid, change, { config: true, live: true });
    return true;
  } catch (error) {
    if (!(error instanceof VirtfleetError) || !REFUSALS.has(error.errorClass)) throw error;
    return false;
  }
}

/** libvirt has done nothing, and says so. */
const REFUSALS: ReadonlySet<string> = new Set(['Conflict', 'InvalidSpec', 'NotFound']);

/** No such reservation, or no such network: success. */
export async function removeReservation(
  host: Host,
  right: Right,
  networkUuid: string,
  entry: { mac: string },
): Promise<Done> {
  return (await carryOut(host, right, networkUuid, (facts) => planRemoval(facts, entry.mac))) ?? 'unchanged';
}

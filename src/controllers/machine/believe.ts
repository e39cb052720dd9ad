/** Status that was lost or rolled back follows the host. */
import { domainXml, networkXml } from '#hostpool/ensure.ts';
import type { Host } from '#hostpool/types.ts';
import { readDomain } from '#libvirt/domain.ts';
import { readNetwork } from '#libvirt/network.ts';
import { VirtfleetError } from '#platform/errors.ts';
import type { Right } from '#platform/right.ts';
import type { Surroundings } from '../surroundings.ts';
import type { Seen } from './observe.ts';
import { recoverRecord } from './recover.ts';
import type { Actor } from './writing.ts';
import { event, write } from './writing.ts';

/** The host's stamp knows better than status: host, incarnation, UUID, disks, MACs and addresses are taken from there. */
export async function believe(actor: Actor, right: Right, seen: Seen): Promise<void> {
  const { located, machine, around } = seen;
  if (located.kind !== 'Believe') return;
  const { sighting, incarnation, why } = located;
  const { deps } = actor.services;
  const host = deps.hosts.get(sighting.host);
  const xml = host?.inSight ? await domainXml(host, sighting.domainUuid, { inactive: true }) : null;
  if (!host || !xml) {
    throw new VirtfleetError(
      'Transient',
      'HostUnreachable',
      `host ${sighting.host} has this machine and cannot be asked what it is made of`,
      { host: sighting.host },
    );
  }
  const reserved = await reservedAddresses(host, around);
  const record = recoverRecord({
    machine,
    facts: readDomain(xml),
    around,
    pools: deps.informers.pools.list(),
    reserved,
  });
  const startedAt = new Date(seen.observation.now).toISOString();
  const generation = (machine.status?.run?.generation ?? 0) + 1;
  // A move that stood in that status is long over.
  const { migration: _over, ...status } = machine.status ?? {};
  await write(actor, right, seen, {
    ...status,
    ...record,
    uuid: sighting.domainUuid,
    host: { name: sighting.host, uid: sighting.hostUid },
    incarnation: why === 'TakeOver' ? incarnation + 1 : incarnation,
    ...(sighting.active ? { run: { generation, startedAt, desired: 'On' as const, confirmed: true } } : {}),
  });
  const note = `found on host ${sighting.host} with incarnation ${incarnation}; status follows it`;
  event(actor, seen, 'Warning', why === 'TakeOver' ? 'TakenOver' : 'StatusRecovered', 'Believe', note);
}

async function reservedAddresses(host: Host, around: Surroundings): Promise<Map<string, string>> {
  const reserved = new Map<string, string>();
  for (const network of around.networks.values()) {
    const xml = await networkXml(host, network.metadata.uid, { inactive: true });
    for (const { mac, ip } of xml ? readNetwork(xml).reservations : []) reserved.set(mac.toLowerCase(), ip);
  }
  return reserved;
}

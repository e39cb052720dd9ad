/** Where a machine was seen, and which hosts cannot be asked: what the pool of hosts knows, put into words for `locate`. */
import type { VirtualMachine } from '#api/v1alpha1/virtual-machine.ts';
import type { VirtualMachineStatus } from '#api/v1alpha1/virtual-machine-status.ts';
import type { FoundDomain } from '#hostpool/types.ts';
import type { ControllerDeps } from '../deps.ts';
import { domainState } from './domain-state.ts';
import type { HostOutOfSight, Located, Move, Sighting } from './identity.ts';
import { locate } from './identity.ts';

export function whereIs(deps: ControllerDeps, machine: VirtualMachine, isNewHere: boolean): Located {
  const { uid, namespace = '', name, creationTimestamp } = machine.metadata;
  const { status, spec } = machine;
  const recorded =
    status?.uuid && status.host
      ? { uuid: status.uuid, host: status.host.name, hostUid: status.host.uid, incarnation: status.incarnation ?? 1 }
      : null;
  const move = moveOf(status);
  const sightings = domainsThatMayBe(deps, machine).map(
    ({ host, domain }): Sighting => ({
      host: host.name,
      hostUid: host.uid,
      inSight: host.inSight,
      domainUuid: domain.uuid,
      domainName: domain.name,
      active: domainState(domain).active,
      paused: domainState(domain).paused,
      stamp: domain.stamp,
    }),
  );
  return locate({
    fleet: deps.fleetId,
    namespace,
    name,
    uid,
    createdAt: Date.parse(creationTimestamp ?? ''),
    specUuid: spec.uuid,
    recorded,
    move,
    sightings,
    outOfSight: hostsOutOfSight(deps, [recorded?.host, move?.source.name, move?.target.name]),
    isNewHere,
  });
}

/** Domains anywhere in the fleet with the machine's UUID or with its name in their stamp, each once. */
export function domainsThatMayBe({ hosts, fleetId }: ControllerDeps, machine: VirtualMachine): FoundDomain[] {
  const { uid, namespace = '', name } = machine.metadata;
  const found = [
    ...hosts.findDomain((machine.status?.host ? machine.status.uuid : undefined) ?? machine.spec.uuid ?? uid),
    ...hosts.findByStamp(fleetId, namespace, name),
  ];
  return [...new Map(found.map((one) => [`${one.host.name} ${one.domain.uuid}`, one])).values()];
}

/** A move whose target was chosen. The host in status is its source until it is over. */
export function moveOf(status: VirtualMachineStatus | undefined): Move | null {
  const { migration, host } = status ?? {};
  if (!migration?.target || !host) return null;
  const incarnation = migration.incarnation ?? (status?.incarnation ?? 1) + 1;
  return { source: migration.source ?? host, target: migration.target, incarnation };
}

/**
 * A host that was never reached has none of our machines. One whose status still says Ready was seen until a moment ago
 * (or until our start), so anything may be there.
 */
function hostsOutOfSight(deps: ControllerDeps, recordedHosts: readonly (string | undefined)[]): HostOutOfSight[] {
  const objects = deps.informers.hosts.list();
  const out = objects.flatMap((object): HostOutOfSight[] => {
    const { name, uid } = object.metadata;
    const entry = deps.hosts.get(name);
    if (entry?.uid === uid && entry.inSight) return [];
    if (!object.status?.hostUUID) return recordedHosts.includes(name) ? [{ name, lastInventoryAt: null }] : [];
    const lost = object.status.state !== 'Ready' ? object.status.lastInventoryAt : undefined;
    const lastInventoryAt = object.status.state === 'Ready' ? deps.clock.now() : lost ? Date.parse(lost) : null;
    return [{ name, lastInventoryAt }];
  });
  const lost = [...new Set(recordedHosts)].filter((name) => name !== undefined);
  const unknown = lost.filter((name) => !objects.some((o) => o.metadata.name === name));
  return [...out, ...unknown.map((name) => ({ name, lastInventoryAt: null }))];
}

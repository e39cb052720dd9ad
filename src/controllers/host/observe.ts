/** Everything that a Host's reconcile reads. */

import { quantityToMilli, quantityToNumber } from '#api/quantity.ts';
import type { Host } from '#api/v1alpha1/host.ts';
import { FORGET_ANNOTATION } from '#api/v1alpha1/meta.ts';
import type { VirtualMachine } from '#api/v1alpha1/virtual-machine.ts';
import type { DomainRecord, Host as HostEntry } from '#hostpool/types.ts';
import { keyOf } from '#kube/types.ts';
import { poolUuid } from '#libvirt/names.ts';
import type { ControllerDeps } from '../deps.ts';
import { machineIndexes, machinesAt } from '../indexes.ts';
import { roomOf } from '../room.ts';
import { sizeFrom } from '../size.ts';
import { type SortedDomains, sortDomains } from './domains.ts';
import type { Room } from './load.ts';
import type { HostInput, Obstacle } from './plan.ts';

export interface HostObservation {
  object: Host;
  entry: HostEntry | undefined;
  machines: VirtualMachine[];
  domains: SortedDomains;
  input: HostInput;
}

export function observeHost(deps: ControllerDeps, object: Host, obstacle: Obstacle | null): HostObservation {
  const entry = deps.hosts.get(object.metadata.name);
  const machines = deps.informers.machines.byIndex(machineIndexes.host, object.metadata.uid);
  const tombstones = object.status?.tombstones ?? [];
  const facts = entry?.facts ?? null;
  const input: HostInput = {
    isDeleting: object.metadata.deletionTimestamp !== undefined,
    fleet: deps.fleetId,
    obstacle,
    duplicateOf: findDuplicate(object, deps.informers.hosts.list()),
    state: entry?.state ?? null,
    inSight: entry?.inSight ?? false,
    facts: facts && { hostUUID: facts.hostUUID, claim: facts.claim.fleet, bootMark: facts.bootMark },
    expectedHostUUID: expectedUUID(object) ?? null,
    recordedHostUUID: object.status?.hostUUID ?? null,
    machines: [...machinesAt(deps.informers, object.metadata.uid).map(keyOf), ...volumesOn(deps, object)],
    tombstones,
    isForgotten: object.metadata.annotations?.[FORGET_ANNOTATION] === object.metadata.name,
    leftovers: entry ? leftoversOn(deps, entry) : [],
  };
  const domains = sortDomains({
    domains: entry?.inventory?.domains.values() ?? [],
    fleet: deps.fleetId,
    hasObject: (domain) => hasObject(deps, domain),
    tombstones: new Set(tombstones.map(({ uuid }) => uuid)),
  });
  return { object, entry, machines, domains, input };
}

/** Networks and pools that have an object: their controllers remove them from a Host that is being deleted. */
function leftoversOn({ informers, fleetId }: ControllerDeps, { inventory }: HostEntry): string[] {
  const networks = informers.networks.list().filter(({ metadata }) => inventory?.networks.has(metadata.uid));
  const pools = informers.pools.list().filter(({ metadata }) => inventory?.pools.has(poolUuid(fleetId, metadata.uid)));
  return [...pools.map((pool) => `pool ${keyOf(pool)}`), ...networks.map((network) => `network ${keyOf(network)}`)];
}

/** Spec wins; else what was pinned at first contact. */
export function expectedUUID(object: Host): string | undefined {
  return object.spec.expectedHostUUID ?? object.status?.hostUUID;
}

/** The older of two Hosts that reach the same machine keeps it; of two of the same second, the one with the lower uid. */
export function findDuplicate(object: Host, all: readonly Host[]): string | null {
  const hostUUID = object.status?.hostUUID;
  if (!hostUUID) return null;
  const older = all.find(
    (other) =>
      other.metadata.uid !== object.metadata.uid &&
      other.status?.hostUUID === hostUUID &&
      ageKey(other) < ageKey(object),
  );
  return older?.metadata.name ?? null;
}

const ageKey = ({ metadata }: Host): string => `${metadata.creationTimestamp ?? ''} ${metadata.uid}`;

function hasObject(deps: ControllerDeps, { uuid, stamp }: DomainRecord): boolean {
  if (!stamp) return false;
  const { machines } = deps.informers;
  return (
    machines.byUid(stamp.uid) !== undefined || machines.get(`${stamp.namespace}/${stamp.name}`)?.status?.uuid === uuid
  );
}

export function placedRoom({ informers }: ControllerDeps, machines: readonly VirtualMachine[]): Room[] {
  return machines.map((machine) => roomOf(sizeFrom(informers, machine).machine));
}

export function specRoom({ spec }: Host): { overcommit: { cpu: number; memory: number }; reserved: Room } {
  return {
    overcommit: { cpu: Number(spec.overcommit.cpu), memory: Number(spec.overcommit.memory) },
    reserved: {
      cpuMilli: quantityToMilli(spec.reserved.cpu),
      memoryBytes: quantityToNumber(spec.reserved.memory),
    },
  };
}

/** StorageVolumes whose file is on this host alone: a host that is let go would take them along. */
function volumesOn({ informers }: ControllerDeps, object: Host): string[] {
  return informers.volumes
    .list()
    .filter((volume) => volume.status?.host?.uid === object.metadata.uid)
    .map((volume) => `StorageVolume ${keyOf(volume)}`);
}

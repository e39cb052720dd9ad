/** A Host's whole status from what was seen. Pure; always computed, written only when it differs. */
import { bytesToQuantity, milliToQuantity } from '#api/quantity.ts';
import type { Host, HostStatus, Tombstone } from '#api/v1alpha1/host.ts';
import type { DomainRecord, HostFacts, HostState, Inventory } from '#hostpool/types.ts';
import type { VirtfleetError } from '#platform/errors.ts';
import { isoTime, mergeConditions } from '../conditions.ts';
import { hostConditions } from './conditions.ts';
import { countStates, type SortedDomains } from './domains.ts';
import { allocatableOf, allocatedOf, type Room } from './load.ts';
import type { HostStep } from './plan.ts';

export interface HostStatusInput {
  now: number;
  fleet: string;
  object: Host;
  step: HostStep;
  /** The pool's entry; null when there is none. */
  link: {
    state: HostState;
    inSight: boolean;
    lastError: VirtfleetError | null;
    facts: HostFacts | null;
    inventory: Inventory | null;
  } | null;
  domains: SortedDomains;
  /** Room of the machines with this host in their status. */
  placed: Room[];
  foreignLoad: Room;
  spec: { overcommit: { cpu: number; memory: number }; reserved: Room };
  /** Names of our pools and networks, by libvirt's UUID. */
  poolNames: ReadonlyMap<string, string>;
  networkNames: ReadonlyMap<string, string>;
  /** Swept in this very reconcile. */
  swept: ReadonlySet<string>;
}

const LIST_LIMIT = 1000;

export function hostStatus(input: HostStatusInput): HostStatus {
  const { object, now, link, step } = input;
  const before = object.status ?? {};
  const tombstones = (before.tombstones ?? []).filter(({ uuid }) => !input.swept.has(uuid));
  const facts = isOwn(input) ? (link?.facts ?? null) : null;
  return {
    ...before,
    ...decisionsOf(input),
    ...(facts ? factsOf(facts, input) : {}),
    ...inventoryOf(input, tombstones),
    ...(object.metadata.generation === undefined ? {} : { observedGeneration: object.metadata.generation }),
    state: link?.state ?? 'Connecting',
    allocated: amounts(allocatedOf(input.placed, input.foreignLoad)),
    tombstones,
    ...lostSince(input),
    conditions: mergeConditions(
      before.conditions,
      hostConditions({
        step,
        isDeleting: object.metadata.deletionTimestamp !== undefined,
        unschedulable: object.spec.unschedulable,
        maintenance: { ...object.spec.maintenance, drain: before.drain },
        link,
        claimed: claimOf(link?.facts ?? null, input.fleet),
        tombstones: tombstones.map(({ namespace, name }) => `${namespace}/${name}`),
        hostname: link?.facts?.hostname ?? object.metadata.name,
      }),
      object.metadata.generation,
      now,
    ),
  };
}

/** What a claim found on the host means for us. */
export function claimOf(facts: Pick<HostFacts, 'claim'> | null, fleet: string): 'Ours' | 'Nobody' | 'Unknown' {
  if (!facts) return 'Unknown';
  return facts.claim.fleet === fleet ? 'Ours' : 'Nobody';
}

/** Counters: a difference in these alone can wait a few seconds. */
export function withoutCounters(status: HostStatus): unknown {
  const {
    allocated: _allocated,
    machines: _machines,
    foreign: _foreign,
    pools: _pools,
    networks: _networks,
    ...rest
  } = status;
  return rest;
}

/** What a host tells of itself is recorded only when it is the host that we mean. */
function isOwn({ step }: HostStatusInput): boolean {
  return step.kind !== 'HandsOff' && step.kind !== 'Disconnect';
}

/** The UUID is pinned before anything is changed there; the boot mark is what was read back. */
function decisionsOf({ step, link, object }: HostStatusInput): Pick<HostStatus, 'hostUUID' | 'bootMark'> {
  const pinned = step.kind === 'Pin' ? step.hostUUID : object.status?.hostUUID;
  const read = step.kind === 'HandsOff' || step.kind === 'Disconnect' ? null : link?.facts?.bootMark;
  const bootMark = read ?? object.status?.bootMark;
  return { ...(pinned ? { hostUUID: pinned } : {}), ...(bootMark ? { bootMark } : {}) };
}

function factsOf(facts: HostFacts, { spec }: HostStatusInput): Partial<HostStatus> {
  const { capabilities } = facts;
  const host = capabilities.host;
  const capacity = { cpuMilli: facts.cpus * 1000, memoryBytes: Number(facts.memoryBytes) };
  return {
    hostname: facts.hostname,
    versions: {
      libvirt: facts.libvirtVersion,
      hypervisor: facts.hypervisorVersion,
      hypervisorType: facts.hypervisorType,
    },
    ...(host.arch ? { architecture: host.arch } : {}),
    domainTypes: [...new Set(capabilities.guests.flatMap(({ domainTypes }) => domainTypes))].sort(),
    cpu: {
      model: host.cpu?.model ?? facts.cpu.model,
      ...(host.cpu?.vendor ? { vendor: host.cpu.vendor } : {}),
      sockets: facts.cpu.sockets,
      cores: facts.cpu.cores,
      threads: facts.cpu.threads,
    },
    numaCells: host.numaCells.map(({ id, cpus, memoryBytes }) => ({ id, cpus, memory: memoryQuantity(memoryBytes) })),
    capacity: amounts(capacity),
    allocatable: amounts(allocatableOf({ capacity, ...spec })),
  };
}

/** What is on the host. While it cannot be seen the last lists stay, but no count is claimed to be true. */
function inventoryOf(input: HostStatusInput, tombstones: readonly Tombstone[]): Partial<HostStatus> {
  const { link, domains, object, now } = input;
  if (!link?.inSight || !link.inventory) return {};
  const since = new Map((object.status?.orphans ?? []).map((orphan) => [orphan.uuid, orphan.since]));
  const buried = new Set(tombstones.map(({ uuid }) => uuid));
  const orphans = domains.orphans.flatMap((domain) => {
    const orphan = asOrphan(domain, since.get(domain.uuid) ?? isoTime(now));
    return orphan && !buried.has(domain.uuid) ? [orphan] : [];
  });
  const { pools, networks } = link.inventory;
  const state = (active: boolean): string => (active ? 'Active' : 'Inactive');
  return {
    machines: {
      total: domains.ours.length + domains.orphans.length,
      ...countStates([...domains.ours, ...domains.orphans]),
      foreign: domains.foreign.length,
    },
    foreign: byUuid(domains.foreign.map(({ uuid, name }) => ({ uuid, name }))),
    orphans: byUuid(orphans),
    pools: [...pools.values()]
      .map(({ uuid, name, active }) => ({
        name,
        ...optional('poolName', input.poolNames.get(uuid)),
        state: state(active),
      }))
      .sort((a, b) => compare(a.name, b.name))
      .slice(0, 256),
    networks: [...networks.values()]
      .map(({ uuid, name, active }) => ({
        name,
        ...optional('network', input.networkNames.get(uuid)),
        state: state(active),
      }))
      .sort((a, b) => compare(a.name, b.name))
      .slice(0, LIST_LIMIT),
  };
}

function asOrphan(domain: DomainRecord, since: string): NonNullable<HostStatus['orphans']>[number] | null {
  if (!domain.stamp) return null;
  const { namespace, name, uid, incarnation } = domain.stamp;
  return { uuid: domain.uuid, namespace, name, uid, incarnation, since };
}

/**
 * When it went out of sight: nothing that was made after that can be there. An upper bound is what is needed, so it
 * is the moment when we saw that we see nothing, and it is taken anew when we cannot know better (a process that
 * starts while the host is away, and status says that it was there).
 */
function lostSince({ link, object, now }: HostStatusInput): Pick<HostStatus, 'lastInventoryAt'> {
  const wasThere = object.status?.state === 'Ready';
  return wasThere && !link?.inSight ? { lastInventoryAt: isoTime(now + 999) } : {};
}

function amounts({ cpuMilli, memoryBytes }: Room): { cpu: string; memory: string } {
  return { cpu: milliToQuantity(cpuMilli), memory: memoryQuantity(memoryBytes) };
}

function byUuid<T extends { uuid: string }>(items: readonly T[]): T[] {
  return items.toSorted((a, b) => compare(a.uuid, b.uuid)).slice(0, LIST_LIMIT);
}

/** Whole mebibytes: what a person compares at a glance. */
const memoryQuantity = (bytes: number): string => bytesToQuantity(Math.floor(bytes / 2 ** 20) * 2 ** 20);

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function optional<K extends string>(key: K, value: string | undefined): { [key in K]?: string } {
  return value === undefined ? {} : ({ [key]: value } as { [key in K]?: string });
}

/** What a network's reconcile reads: the hosts' inventories and documents, and the machines that use it. */
import type { Host } from '#api/v1alpha1/host.ts';
import { type VirtualMachine, virtualMachineKind } from '#api/v1alpha1/virtual-machine.ts';
import type { VirtualNetwork } from '#api/v1alpha1/virtual-network.ts';
import { isActiveState, networkXml } from '#hostpool/ensure.ts';
import type { Host as HostEntry } from '#hostpool/types.ts';
import { keyOf } from '#kube/types.ts';
import { type NetworkFacts, networkChanges, readNetwork } from '#libvirt/network.ts';
import { errorClassOf, toMessage } from '#platform/errors.ts';
import { conditionStatus } from '../conditions.ts';
import type { ControllerDeps } from '../deps.ts';
import { machineIndexes } from '../indexes.ts';
import { gatewayOf, inRange } from '../ipv4-range.ts';
import { networkInput } from '../network-input.ts';
import { findCutOff } from './cut-off.ts';
import type { NetworkInput, NetworkOnHost } from './plan.ts';

export interface NetworkSeen extends NetworkOnHost {
  entry: HostEntry | undefined;
  bridge: string | null;
  /** It runs there with another range than the spec has. */
  hasOtherRange: boolean;
  /** Why its document could not be read. */
  failure: string | null;
}

export interface NetworkObservation {
  object: VirtualNetwork;
  machines: VirtualMachine[];
  hosts: NetworkSeen[];
  input: NetworkInput;
  /** Machines whose address is not in the range that the spec has now. */
  outOfRange: string[];
  /** Addresses of abandoned machines in this network stay taken. */
  graveAddresses: number;
}

/** Since when a network is seen down, by its uid and the host's name; monotonic ms. */
export class DownSince {
  readonly #since = new Map<string, number>();

  /** How long it has been down; 0 when it is not, and when it is seen down for the first time. */
  note(key: string, isDown: boolean, now: number): number {
    if (!isDown) this.#since.delete(key);
    else if (!this.#since.has(key)) this.#since.set(key, now);
    return now - (this.#since.get(key) ?? now);
  }
}

/** What is known without asking a host. */
export interface NetworkGlance {
  object: VirtualNetwork;
  machines: VirtualMachine[];
  /** The same by the host's name. */
  placed: ReadonlyMap<string, readonly VirtualMachine[]>;
  /** Without their documents. */
  hosts: NetworkSeen[];
}

export function glanceAtNetwork(deps: ControllerDeps, downSince: DownSince, object: VirtualNetwork): NetworkGlance {
  const machines = deps.informers.machines.byIndex(machineIndexes.network, keyOf(object));
  const all = deps.informers.hosts.list().sort((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1));
  // Once for all hosts: each of them looking at each machine is what grows with the product of both.
  const placed = byHost(machines);
  const hosts = all.map((host) => seeNetwork(deps, downSince, object, host, placed.get(host.metadata.name) ?? []));
  return { object, machines, placed, hosts };
}

/** Reads the network's document on every host that can be asked. */
export async function observeNetwork(deps: ControllerDeps, glance: NetworkGlance): Promise<NetworkObservation> {
  const { object, machines, placed } = glance;
  const hosts = await Promise.all(
    glance.hosts.map((seen) =>
      isReadable(seen) ? readDocument(deps, object, seen, seen.entry, placed.get(seen.host) ?? []) : seen,
    ),
  );
  const outOfRange = object.spec.ipv4 ? outside(machines, hosts, object, object.spec.ipv4.cidr) : [];
  const known = macsByHost(machines, object);
  const isDoubtful = hosts.some((host) => mayRemove(host, known.get(host.host)));
  // The documents were read first: whoever has a reservation there had recorded it before it was made, so a list that
  // is read now shows it, also when our cache is behind. Only what that list does not know is removed.
  const certain = isDoubtful ? await readMachines(deps, object) : machines;
  const certainlyPlaced = byHost(certain);
  const certainHosts =
    certain === machines
      ? hosts
      : hosts.map((host) => withMachines(host, certainlyPlaced.get(host.host) ?? [], object));
  return {
    object,
    machines,
    hosts: certainHosts,
    input: {
      isDeleting: object.metadata.deletionTimestamp !== undefined,
      users: certain.map(({ metadata }) => metadata.name).sort(),
      macsByHost: macsByHost(certain, object),
      rangeInUse: outOfRange.length > 0,
      hosts: certainHosts,
    },
    outOfRange,
    graveAddresses: countGraves(deps, object),
  };
}

/** Exported for its tests. A machine that is being moved is on two hosts: its network is ready at the target before it comes. */
export function byHost(machines: readonly VirtualMachine[]): Map<string, VirtualMachine[]> {
  const found = new Map<string, VirtualMachine[]>();
  for (const machine of machines) {
    for (const host of hostsOf(machine)) found.set(host, [...(found.get(host) ?? []), machine]);
  }
  return found;
}

const hostsOf = ({ status }: VirtualMachine): string[] =>
  [status?.host?.name, status?.migration?.target?.name].filter((name) => name !== undefined);

async function readMachines({ client }: ControllerDeps, object: VirtualNetwork): Promise<VirtualMachine[]> {
  const all = await client.listAll(virtualMachineKind, { namespace: object.metadata.namespace });
  return all.filter((machine) => uses(machine, object));
}

/** Names it in the spec, or has an interface in it still. */
function uses({ spec, status }: VirtualMachine, { metadata }: VirtualNetwork): boolean {
  const { name } = metadata;
  return (
    (spec.interfaces ?? []).some(({ networkName }) => networkName === name) ||
    (status?.interfaces ?? []).some(({ networkName }) => networkName === name)
  );
}

function seeNetwork(
  deps: ControllerDeps,
  downSince: DownSince,
  object: VirtualNetwork,
  host: Host,
  onHost: readonly VirtualMachine[],
): NetworkSeen {
  const { name, uid } = host.metadata;
  const found = deps.hosts.get(name);
  const entry = found?.uid === uid ? found : undefined;
  const record = entry?.inventory?.networks.get(object.metadata.uid);
  const isClaimed = conditionStatus(host.status?.conditions, 'Claimed') === 'True';
  const inSight = entry?.inSight === true && isClaimed;
  const seen: NetworkSeen = {
    host: name,
    entry,
    inSight,
    defined: record !== undefined || (!entry?.inSight && mayHave(host, object)),
    active: record?.active ?? false,
    downForMs: downSince.note(
      `${object.metadata.uid} ${name}`,
      inSight && record?.active === false,
      deps.clock.monotonicMs(),
    ),
    machines: [],
    running: [],
    // While it is down nobody can say; what was said before stays.
    cutOff: object.status?.hosts?.find((there) => there.name === name)?.cutOff ?? [],
    hasUnclaimed: hasUnclaimed(host, object) || (entry !== undefined && hasUnrecorded(deps, entry, object)),
    document: null,
    bridge: null,
    hasOtherRange: false,
    failure: null,
  };
  return withMachines(seen, onHost, object);
}

/** Its host is in sight, and has it. */
const isReadable = (seen: NetworkSeen): seen is NetworkSeen & { entry: HostEntry } =>
  seen.inSight && seen.defined && seen.entry !== undefined;

/**
 * A host that cannot be looked at now: a process before this one may have defined the network there and died, or an answer
 * was lost. Status says where machines had brought it; of a machine that was abandoned since, or that has no object, the
 * Host tells. Only a machine brings a network to a host, and as long as it has an object it holds up the deletion itself.
 */
export function mayHave(host: Pick<Host, 'metadata' | 'status'>, object: VirtualNetwork): boolean {
  return object.status?.hosts?.some(({ name }) => name === host.metadata.name) || hasUnclaimed(host, object);
}

/** The network is there, or is to be: what status tells of. */
export const isThere = ({ defined, machines }: Pick<NetworkSeen, 'defined' | 'machines'>): boolean =>
  defined || machines.length > 0;

/**
 * How long to wait, ms, before anything new is said of the network: a host that is being connected to for the first time
 * holds back what is said of the networks that are there, and of no others.
 */
export function graceOf(seen: readonly NetworkSeen[], graceMsOf: (host: string) => number): number {
  return Math.max(0, ...seen.filter(isThere).map(({ host }) => graceMsOf(host)));
}

function withMachines(seen: NetworkSeen, onHost: readonly VirtualMachine[], object: VirtualNetwork): NetworkSeen {
  const here = onHost.filter((machine) => uses(machine, object));
  // What the host says counts, not the machine's conditions: a paused machine is not running, and still attached.
  const domains = seen.entry?.inventory?.domains;
  const running = here.filter(({ status }) => {
    const domain = status?.uuid === undefined ? undefined : domains?.get(status.uuid);
    return domain !== undefined && isActiveState(domain);
  });
  return { ...seen, machines: here.map(nameOf), running: running.map(nameOf) };
}

const nameOf = ({ metadata }: VirtualMachine): string => metadata.name;

/** One document a host, so that drift is seen; a host that does not answer now is looked at again later. */
async function readDocument(
  { fleetId, clock }: ControllerDeps,
  object: VirtualNetwork,
  seen: NetworkSeen,
  entry: HostEntry,
  onHost: readonly VirtualMachine[],
): Promise<NetworkSeen> {
  try {
    const xml = await networkXml(entry, object.metadata.uid, { inactive: !seen.active });
    if (xml === null) return { ...seen, defined: false };
    const facts = readNetwork(xml);
    const changes = networkChanges(networkInput(object, fleetId), xml);
    const restart = changes.find((change) => change.type === 'RestartRequired');
    // One that is only coming is not plugged in yet.
    const running = onHost.filter(
      ({ metadata, status }) => seen.running.includes(metadata.name) && status?.host?.name === seen.host,
    );
    const before = { known: seen.cutOff, nowMs: clock.monotonicMs() };
    return {
      ...seen,
      bridge: facts.bridge,
      ...(seen.active ? { cutOff: await findCutOff(entry, object, facts, running, before) } : {}),
      hasOtherRange: object.spec.ipv4 !== undefined && !hasGateway(facts, object.spec.ipv4.cidr),
      document: {
        liveUpdates: changes.length - changes.filter((change) => change.type === 'RestartRequired').length,
        restart: restart ? { field: restart.field, message: restart.message } : null,
        reservations: facts.reservations.map(({ mac }) => mac),
      },
    };
  } catch (error) {
    if (errorClassOf(error) === 'Bug') throw error;
    return { ...seen, failure: toMessage(error) };
  }
}

function hasGateway(facts: NetworkFacts, cidr: string): boolean {
  const { gateway, prefix } = gatewayOf(cidr);
  return facts.ips.some((ip) => ip.address === gateway && ip.prefix === prefix);
}

/** A tombstone, or a stamped domain without object, of this namespace: it may use the network. */
function hasUnclaimed({ status }: Pick<Host, 'status'>, { metadata }: VirtualNetwork): boolean {
  const isHere = ({ namespace }: { namespace: string }): boolean => namespace === metadata.namespace;
  return (status?.tombstones ?? []).some(isHere) || (status?.orphans ?? []).some(isHere);
}

/**
 * A domain of this namespace that no machine's status places there. After a restored etcd these are real machines which
 * their controller has yet to find again: their host's list of orphans does not have them, for their objects are there.
 */
export function hasUnrecorded(
  { fleetId, informers }: Pick<ControllerDeps, 'fleetId' | 'informers'>,
  { uid, inventory }: Pick<HostEntry, 'uid' | 'inventory'>,
  { metadata }: VirtualNetwork,
): boolean {
  return [...(inventory?.domains.values() ?? [])].some(({ uuid, stamp }) => {
    if (stamp?.fleet !== fleetId || stamp.namespace !== metadata.namespace) return false;
    const status = informers.machines.get(`${stamp.namespace}/${stamp.name}`)?.status;
    return status?.host?.uid !== uid || status.uuid !== uuid;
  });
}

/** Exported for its tests. By host, in lower case. */
export function macsByHost(
  machines: readonly VirtualMachine[],
  { metadata }: VirtualNetwork,
): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  for (const machine of machines) {
    for (const host of hostsOf(machine)) {
      const macs = found.get(host) ?? new Set<string>();
      for (const { networkName, mac } of machine.status?.interfaces ?? []) {
        if (networkName === metadata.name) macs.add(mac.toLowerCase());
      }
      found.set(host, macs);
    }
  }
  return found;
}

function mayRemove(seen: NetworkSeen, held: ReadonlySet<string> | undefined): boolean {
  if (!seen.inSight || !seen.defined) return false;
  const ownerless = seen.document?.reservations.some((mac) => !held?.has(mac.toLowerCase())) ?? false;
  return seen.machines.length === 0 || ownerless;
}

/** Machines with a reserved address of another range, or on a host where the network runs with another one. */
function outside(
  machines: readonly VirtualMachine[],
  hosts: readonly NetworkSeen[],
  { metadata }: VirtualNetwork,
  cidr: string,
): string[] {
  const isInside = inRange(cidr);
  const strayed = machines.filter(({ status }) =>
    (status?.interfaces ?? []).some(
      ({ networkName, addresses }) =>
        networkName === metadata.name &&
        (addresses ?? []).some(({ source, address }) => source === 'Reserved' && !isInside(address)),
    ),
  );
  const attached = hosts.filter(({ hasOtherRange }) => hasOtherRange).flatMap((host) => host.machines);
  return [...new Set([...strayed.map(nameOf), ...attached])].sort();
}

function countGraves({ informers }: ControllerDeps, object: VirtualNetwork): number {
  const cidr = object.spec.ipv4?.cidr;
  if (!cidr) return 0;
  const graves = informers.hosts.list().flatMap(({ status }) => status?.tombstones ?? []);
  return graves
    .filter(({ namespace }) => namespace === object.metadata.namespace)
    .flatMap(({ addresses }) => addresses ?? [])
    .filter(inRange(cidr)).length;
}

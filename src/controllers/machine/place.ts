/** Choosing a host: the caches put into the scheduler's words, and its answer into those of status. */
import { quantityToMilli, quantityToNumber } from '#api/quantity.ts';
import type { Host as HostObject } from '#api/v1alpha1/host.ts';
import type { VirtualMachine } from '#api/v1alpha1/virtual-machine.ts';
import type { VirtualMachineStatus, VolumeStatus } from '#api/v1alpha1/virtual-machine-status.ts';
import type { Host } from '#hostpool/types.ts';
import { type Capabilities, resolveMachine } from '#libvirt/capabilities.ts';
import { type Decision, type HostView, type PlacementRequest, type PoolView, schedule } from '#scheduler/index.ts';
import { conditionStatus } from '../conditions.ts';
import type { ControllerDeps } from '../deps.ts';
import { findPoolOnHost } from '../pool-input.ts';
import { roomOf } from '../room.ts';
import { chooseCpu, cpuStatus } from './cpu.ts';
import type { Claim, FleetLedger } from './ledger.ts';
import type { Surroundings } from './surroundings.ts';

/** A linked or blank disk takes no room at first; this much must be there all the same. */
const THIN_DISK_BYTES = 64 * 2 ** 20;

export function claimOf(machine: VirtualMachine, status: VirtualMachineStatus | undefined = machine.status): Claim {
  const { uid, creationTimestamp } = machine.metadata;
  const nics = status?.interfaces ?? [];
  return {
    uid,
    uuid: status?.uuid ?? null,
    createdAt: Date.parse(creationTimestamp ?? ''),
    hostUid: status?.host?.uid ?? null,
    ...roomOf(machine),
    addresses: nics.flatMap((nic) =>
      (nic.addresses ?? []).flatMap((a) =>
        a.source === 'Reserved' && nic.networkUID ? [{ networkUid: nic.networkUID, address: a.address }] : [],
      ),
    ),
    macs: nics.map((nic) => nic.mac),
  };
}

export interface PlaceInput {
  deps: ControllerDeps;
  ledger: FleetLedger;
  machine: VirtualMachine;
  around: Surroundings;
  volumes: VolumeStatus[];
}

export function decide(o: PlaceInput): Decision {
  const request = requestOf(o);
  const views = o.deps.informers.hosts.list().flatMap(
    (host) =>
      viewOf(
        o,
        host,
        request.requiredPools.map((p) => p.name),
      ) ?? [],
  );
  const [decision] = schedule([request], { hosts: views });
  return decision ?? { uid: request.uid, rejected: [], message: 'there is no host in the fleet; add a Host' };
}

function requestOf({ machine, around, volumes }: PlaceInput): PlacementRequest {
  const { uid, namespace = '', name, creationTimestamp } = machine.metadata;
  const { spec } = machine;
  const made = (spec.disks ?? []).flatMap((d) => (d.volumeName ? (around.volumes.get(d.volumeName) ?? []) : []));
  const pinned = made.flatMap((volume) => volume.status?.host?.name ?? []);
  const pools = new Map<string, number>();
  for (const volume of volumes) {
    if (!volume.poolName) continue;
    pools.set(volume.poolName, (pools.get(volume.poolName) ?? 0) + (volume.role === 'Disk' ? THIN_DISK_BYTES : 0));
  }
  const imageHosts = (spec.disks ?? []).flatMap((d) =>
    (around.images.get(d.template?.imageName ?? '')?.status?.copies ?? []).flatMap((copy) =>
      copy.phase === 'Ready' && copy.hostName && !copy.key.endsWith('/') ? [copy.hostName] : [],
    ),
  );
  return {
    uid,
    namespace,
    name,
    ...roomOf(machine),
    hypervisor: spec.hypervisor,
    arch: spec.architecture,
    selector: spec.scheduling.hostSelector,
    tolerations: spec.scheduling.tolerations ?? [],
    requiredPools: [...pools].map(([pool, bytes]) => ({ name: pool, bytes })),
    requiredNetworks: (spec.interfaces ?? []).map((nic) => ({ name: nic.networkName })),
    ...(pinned.length > 0
      ? { pinnedHosts: [...new Set(pinned)].filter((host) => pinned.every((other) => other === host)) }
      : {}),
    priority: 0,
    createdAt: Date.parse(creationTimestamp ?? ''),
    preferredImagesOn: [...new Set(imageHosts)],
  };
}

function viewOf({ deps, ledger }: PlaceInput, host: HostObject, poolNames: string[]): HostView | null {
  const { name, uid, labels } = host.metadata;
  const entry = deps.hosts.get(name);
  const { status, spec } = host;
  if (!entry || entry.uid !== uid || !status?.allocatable || host.metadata.deletionTimestamp) return null;
  const promised = ledger.promisedOn(uid);
  const counted = status.allocated;
  return {
    name,
    uid,
    labels: labels ?? {},
    taints: spec.taints ?? [],
    ready: conditionStatus(status.conditions, 'Ready') === 'True',
    schedulable:
      conditionStatus(status.conditions, 'Schedulable') === 'True' &&
      !spec.unschedulable &&
      (status.tombstones ?? []).length === 0,
    inSight: entry.inSight,
    arch: status.architecture ?? '',
    domainTypes: status.domainTypes ?? [],
    allocatable: {
      cpuMilli: quantityToMilli(status.allocatable.cpu),
      memoryBytes: quantityToNumber(status.allocatable.memory),
    },
    // The host's own count lags by seconds and holds foreign domains, ours is exact for our machines: the larger one is safe.
    allocated: {
      cpuMilli: Math.max(promised.cpuMilli, counted ? quantityToMilli(counted.cpu) : 0),
      memoryBytes: Math.max(promised.memoryBytes, counted ? quantityToNumber(counted.memory) : 0),
    },
    pools: poolViews(deps, entry, poolNames),
  };
}

function poolViews(deps: ControllerDeps, host: Host, names: string[]): Record<string, PoolView> {
  const views: Record<string, PoolView> = {};
  for (const name of names) {
    const record = findPoolOnHost(deps, host, name);
    if (record?.active)
      views[name] = {
        freeBytes: Number(record.availableBytes),
        shared: deps.informers.pools.get(name)?.spec.access === 'Shared',
      };
  }
  return views;
}

const hypervisors = { kvm: 'KVM', qemu: 'QEMU', test: 'Test' } as const;

/** What a decision pins besides the host: hypervisor, architecture, machine type and CPU. Null: this host has no such machine type. */
export function pinned(
  machine: VirtualMachine,
  decision: Decision,
  host: Host,
  fleet: Host[],
): Pick<VirtualMachineStatus, 'hypervisor' | 'architecture' | 'machineType' | 'cpu'> | null {
  const capabilities = host.facts?.capabilities;
  const domainType = decision.domainType as keyof typeof hypervisors | undefined;
  if (!capabilities || !domainType || !(domainType in hypervisors)) return null;
  const architecture = machine.spec.architecture ?? architectureFor(capabilities, domainType);
  const wanted = machine.spec.machineType ?? 'q35';
  const machineType =
    domainType === 'test' ? wanted : resolveMachine(capabilities, { arch: architecture, domainType, machine: wanted });
  if (!machineType) return null;
  return {
    hypervisor: hypervisors[domainType],
    architecture,
    machineType,
    cpu: cpuStatus(
      machine,
      chooseCpu(
        machine,
        domainType,
        fleet.map((other) => other.facts),
      ),
    ),
  };
}

function architectureFor(capabilities: Capabilities, domainType: string): string {
  const offering = capabilities.guests.filter((guest) => guest.domainTypes.includes(domainType));
  const native = offering.find((guest) => guest.arch === capabilities.host.arch);
  return (native ?? offering[0])?.arch ?? capabilities.host.arch ?? 'x86_64';
}

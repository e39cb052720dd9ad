/** Objects put into the scheduler's words. Pure. */
import { quantityToMilli, quantityToNumber } from '#api/quantity.ts';
import type { Host as HostObject } from '#api/v1alpha1/host.ts';
import type { VirtualMachine } from '#api/v1alpha1/virtual-machine.ts';
import type { MachineTerm as ApiTerm } from '#api/v1alpha1/virtual-machine-scheduling.ts';
import type { VirtualMachineStatus, VolumeStatus } from '#api/v1alpha1/virtual-machine-status.ts';
import type { HostFacts } from '#hostpool/types.ts';
import type { Capabilities } from '#libvirt/capabilities.ts';
import type {
  HostView,
  MachineTerm,
  PlacedMachine,
  PlacementRequest,
  PoolView,
  RequiredPool,
  Resources,
} from '#scheduler/index.ts';
import { conditionStatus } from './conditions.ts';
import { roomOf } from './room.ts';
import type { SizedMachine } from './size.ts';
import type { Surroundings } from './surroundings.ts';

/** A linked or blank disk takes no room at first; this much must be there all the same. */
export const THIN_DISK_BYTES = 64 * 2 ** 20;

type Volumes = readonly Pick<VolumeStatus, 'poolName' | 'role'>[];

export interface RequestInput {
  machine: SizedMachine;
  around: Surroundings;
  /** That it has or will have. */
  volumes: Volumes;
  /** Of its PriorityClass; 0 without one. */
  priority: number;
}

/** What a waiting machine asks for. */
export function requestOf({ machine, around, volumes, priority }: RequestInput): PlacementRequest {
  const disks = machine.spec.disks ?? [];
  const made = disks.flatMap((d) => (d.volumeName ? (around.volumes.get(d.volumeName) ?? []) : []));
  const pinned = made.flatMap((volume) => volume.status?.host?.name ?? []);
  const imageHosts = disks.flatMap((d) =>
    (around.images.get(d.template?.imageName ?? '')?.status?.copies ?? []).flatMap((copy) =>
      copy.phase === 'Ready' && copy.hostName && !copy.key.endsWith('/') ? [copy.hostName] : [],
    ),
  );
  return {
    ...needsOf(machine),
    requiredPools: poolsOf(volumes),
    ...(pinned.length > 0
      ? { pinnedHosts: [...new Set(pinned)].filter((host) => pinned.every((other) => other === host)) }
      : {}),
    priority,
    preferredImagesOn: [...new Set(imageHosts)],
  };
}

/** The disks that a machine will have once it is placed, before its record is made. */
export function plannedVolumes({ spec }: VirtualMachine): Volumes {
  return (spec.disks ?? []).flatMap(({ template }) =>
    template ? [{ poolName: template.poolName, role: 'Disk' as const }] : [],
  );
}

/** A machine that has its host, with what it has still to take of pools; null before it was decided. */
export function placedOf(machine: SizedMachine, status: VirtualMachineStatus | undefined): PlacedMachine | null {
  if (!status?.host) return null;
  const volumes = (status.volumes ?? []).filter(({ phase }) => phase === 'Planned');
  return { ...needsOf(machine), requiredPools: poolsOf(volumes), priority: 0, host: status.host.name };
}

/** The same on the host that it is being moved to, with the disks that may have to be made there; null when it is not. */
export function arrivalOf(machine: SizedMachine, status: VirtualMachineStatus | undefined): PlacedMachine | null {
  const target = status?.migration?.target;
  if (!target) return null;
  const disks = (status.volumes ?? []).filter(({ role }) => role === 'Disk');
  return { ...needsOf(machine), requiredPools: poolsOf(disks), priority: 0, host: target.name };
}

function needsOf(machine: SizedMachine): Omit<PlacementRequest, 'requiredPools' | 'priority'> {
  const { metadata, spec } = machine;
  const { uid, namespace = '', name, labels, creationTimestamp } = metadata;
  const { scheduling, cpu, hypervisor } = spec;
  const { affinity, antiAffinity, topologySpreadConstraints, strategy } = scheduling;
  return {
    uid,
    namespace,
    name,
    labels,
    ...roomOf(machine),
    hypervisor,
    arch: spec.architecture,
    // The test driver takes any name.
    machineType: hypervisor === 'Test' ? undefined : (spec.machineType ?? 'q35'),
    // What a host tells of CPU models holds for the hypervisor that it prefers.
    cpuModel: hypervisor === 'Auto' || hypervisor === 'KVM' ? cpu.model : undefined,
    selector: scheduling.hostSelector,
    tolerations: scheduling.tolerations ?? [],
    requiredNetworks: (spec.interfaces ?? []).map((nic) => ({ name: nic.networkName })),
    affinity: affinity && sideOf(affinity),
    antiAffinity: antiAffinity && sideOf(antiAffinity),
    spread: topologySpreadConstraints?.map(({ topologyKey, maxSkew, whenUnsatisfiable, labelSelector }) => ({
      topologyKey,
      maxSkew,
      whenUnsatisfiable,
      selector: labelSelector,
    })),
    strategy,
    createdAt: Date.parse(creationTimestamp ?? ''),
  };
}

type ApiSide = NonNullable<VirtualMachine['spec']['scheduling']['affinity']>;

function sideOf({ required, preferred }: ApiSide): NonNullable<PlacementRequest['affinity']> {
  return {
    required: required?.map(termOf),
    preferred: preferred?.map(({ weight, machineAffinityTerm }) => ({ weight, term: termOf(machineAffinityTerm) })),
  };
}

const termOf = ({ topologyKey, labelSelector, namespaces }: ApiTerm): MachineTerm => ({
  topologyKey,
  selector: labelSelector,
  namespaces,
});

function poolsOf(volumes: Volumes): RequiredPool[] {
  const pools = new Map<string, number>();
  for (const { poolName, role } of volumes) {
    if (poolName) pools.set(poolName, (pools.get(poolName) ?? 0) + (role === 'Disk' ? THIN_DISK_BYTES : 0));
  }
  return [...pools].map(([name, bytes]) => ({ name, bytes }));
}

export interface HostSeen {
  inSight: boolean;
  facts: HostFacts | null;
  /** Running pools by the StoragePool's name. */
  pools: Record<string, PoolView>;
  /** What machines of the fleet claim there. */
  promised: Resources;
}

/** Null: nothing is known of the host yet, or it is going. */
export function hostViewOf({ metadata, spec, status }: HostObject, seen: HostSeen): HostView | null {
  if (!status?.allocatable || metadata.deletionTimestamp) return null;
  const counted = status.allocated;
  const domainTypes = status.domainTypes ?? [];
  const { facts, promised } = seen;
  return {
    name: metadata.name,
    uid: metadata.uid,
    labels: metadata.labels ?? {},
    taints: spec.taints ?? [],
    ready: conditionStatus(status.conditions, 'Ready') === 'True',
    schedulable:
      conditionStatus(status.conditions, 'Schedulable') === 'True' &&
      !spec.unschedulable &&
      spec.maintenance.mode !== 'Drain' &&
      (status.tombstones ?? []).length === 0,
    inSight: seen.inSight,
    arch: status.architecture ?? '',
    domainTypes,
    machineTypes: facts ? machineTypesOf(facts.capabilities) : undefined,
    cpuModels: facts?.domainCapabilities?.cpuModels.length ? facts.domainCapabilities.cpuModels : undefined,
    allocatable: {
      cpuMilli: quantityToMilli(status.allocatable.cpu),
      memoryBytes: quantityToNumber(status.allocatable.memory),
    },
    // The host's own count lags by seconds and holds foreign domains, ours is exact for our machines: what it has above
    // ours counts beside them.
    allocated: {
      cpuMilli: Math.max(0, (counted ? quantityToMilli(counted.cpu) : 0) - promised.cpuMilli),
      memoryBytes: Math.max(0, (counted ? quantityToNumber(counted.memory) : 0) - promised.memoryBytes),
    },
    pools: seen.pools,
  };
}

const known = new WeakMap<Capabilities, string[]>();

/** Names and aliases, for whatever architecture the host can show: which it will be is chosen after the host. */
function machineTypesOf(capabilities: Capabilities): string[] {
  const before = known.get(capabilities);
  if (before) return before;
  const names = capabilities.guests.flatMap(({ machines }) =>
    machines.flatMap(({ name, alias }) => (alias ? [name, alias] : [name])),
  );
  const made = [...new Set(names)].sort();
  known.set(capabilities, made);
  return made;
}

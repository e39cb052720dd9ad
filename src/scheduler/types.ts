/**
 * What the scheduler is told and what it answers. It is pure: a snapshot of the fleet and the waiting machines go in,
 * a decision with its reasons comes out. It knows nothing of Kubernetes objects or of libvirt.
 */
import type { MachineTerm, SpreadConstraint, WeightedTerm } from './neighbours/types.ts';

export type { MachineTerm, SpreadConstraint, WeightedTerm } from './neighbours/types.ts';

export interface Taint {
  key: string;
  value?: string | undefined;
  effect: 'NoSchedule' | 'PreferNoSchedule' | 'NoExecute';
}

/** As in Kubernetes: an empty key with `Exists` tolerates everything, an absent effect every effect. */
export interface Toleration {
  key?: string | undefined;
  operator?: 'Exists' | 'Equal' | undefined;
  value?: string | undefined;
  effect?: Taint['effect'] | undefined;
}

export type Labels = Readonly<Record<string, string>>;

export interface LabelSelector {
  matchLabels?: Labels | undefined;
  matchExpressions?:
    | readonly {
        key: string;
        operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist';
        values?: readonly string[] | undefined;
      }[]
    | undefined;
}

export interface Resources {
  /** Thousandths of a CPU. */
  cpuMilli: number;
  memoryBytes: number;
}

/** A pool as one host sees it. */
export interface PoolView {
  /** What is free there now. What machines of the snapshot still take of it (`requiredPools`) is not taken off yet. */
  freeBytes: number;
  /** What may still be promised to volumes that grow (capacity times overcommit, less what was promised); absent: no limit. */
  thinFreeBytes?: number | undefined;
  /** One store seen from many hosts: a claim on one host takes room on all of them. */
  shared?: boolean | undefined;
}

/** A NUMA cell as far as its parts are given out one by one. */
export interface CellView {
  id: number;
  /** Numbers of the CPUs that may be given to one machine alone. */
  cpus: readonly number[];
  /** Pages that were set aside at boot, by their size in bytes. */
  hugepages?: Readonly<Record<string, number>> | undefined;
}

export type Firmware = 'BIOS' | 'UEFI';

/** A host of the snapshot. What is left out is not known, and keeps nobody away; exclusive things must be listed. */
export interface HostView {
  name: string;
  uid: string;
  labels: Labels;
  taints: readonly Taint[];
  /** Condition Ready. */
  ready: boolean;
  /** False when an administrator cordoned it (`spec.unschedulable`), drains it, or tombstones wait there to be swept. */
  schedulable: boolean;
  /** The inventory is current. What runs on a host out of sight is unknown, so nothing new goes there. */
  inSight: boolean;
  /** libvirt's name: x86_64, aarch64. */
  arch: string;
  /** From the capabilities: kvm, qemu, lxc, test. */
  domainTypes: readonly string[];
  /** Names and aliases of boards that it can show. */
  machineTypes?: readonly string[] | undefined;
  firmwares?: readonly Firmware[] | undefined;
  /** CPU models that it can run. */
  cpuModels?: readonly string[] | undefined;
  cpuFeatures?: readonly string[] | undefined;
  /** What machines may claim, with overcommit and the reserved part already worked in. */
  allocatable: Resources;
  /** What is taken beside the machines of the snapshot: foreign domains, and whatever else was counted. */
  allocated: Resources;
  /** vCPUs that are promised for each CPU; a dedicated CPU takes as many from the others. Absent: 1. */
  cpuOvercommit?: number | undefined;
  /** Running pools by the StoragePool's name. */
  pools: Readonly<Record<string, PoolView>>;
  /** What can be given to one machine alone, by the name of the resource: the ids of the devices. */
  devices?: Readonly<Record<string, readonly string[]>> | undefined;
  cells?: readonly CellView[] | undefined;
}

export type Hypervisor = 'Auto' | 'KVM' | 'QEMU' | 'LXC' | 'Test';
/** Spread: where most stays free. Pack: where least stays free, so that other hosts stay empty. */
export type Strategy = 'Spread' | 'Pack';

export interface Terms {
  required?: readonly MachineTerm[] | undefined;
  preferred?: readonly WeightedTerm[] | undefined;
}

export interface RequiredPool {
  /** The StoragePool's name. */
  name: string;
  /** Room that must be free there at once (thick); 0 when the volume exists already. */
  bytes: number;
  /** What a thin volume may grow to beyond that: it counts as promised, not as taken. */
  thinBytes?: number | undefined;
}

export interface RequiredNetwork {
  name: string;
  /** A network that is bound to some hosts; without it every host can carry it (NAT, Isolated). */
  hostSelector?: LabelSelector | undefined;
}

/** A machine: what it needs of a host, and of the machines around it. */
export interface PlacementRequest {
  uid: string;
  namespace: string;
  name: string;
  labels?: Labels | undefined;
  cpuMilli: number;
  /** Ordinary memory; what comes from hugepages is not in it. */
  memoryBytes: number;
  hypervisor: Hypervisor;
  /** libvirt's name; absent: any. */
  arch?: string | undefined;
  machineType?: string | undefined;
  firmware?: Firmware | undefined;
  cpuModel?: string | undefined;
  cpuFeatures?: { required?: readonly string[] | undefined; forbidden?: readonly string[] | undefined } | undefined;
  selector?: LabelSelector | undefined;
  tolerations: readonly Toleration[];
  requiredPools: readonly RequiredPool[];
  requiredNetworks: readonly RequiredNetwork[];
  /** Names of the only hosts it may run on, because a volume of it is there. An empty list leaves none. */
  pinnedHosts?: readonly string[] | undefined;
  /** How many of which device. */
  devices?: Readonly<Record<string, number>> | undefined;
  hugepages?: { pageBytes: number; count: number } | undefined;
  /** CPUs that nobody else runs on; `cpuMilli` is then what they come to (1000 each). */
  dedicatedCpus?: number | undefined;
  /** Its hugepages and dedicated CPUs must come from one NUMA cell. */
  singleCell?: boolean | undefined;
  /** What exists once in the fleet and it must have: `address lab/lan 10.0.0.5`. */
  exclusive?: readonly string[] | undefined;
  affinity?: Terms | undefined;
  antiAffinity?: Terms | undefined;
  spread?: readonly SpreadConstraint[] | undefined;
  /** Absent: that of the fleet. */
  strategy?: Strategy | undefined;
  /** Higher goes first. */
  priority: number;
  /** ms since the epoch; who waits longer goes first. */
  createdAt: number;
  /** Names of hosts that hold a copy of its images already. */
  preferredImagesOn?: readonly string[] | undefined;
  /** Where it is now, when a move is being considered. */
  currentHost?: string | undefined;
  /** Names of hosts that it must not be given: the one that it is to leave, and those that can take no more moves now. */
  avoidedHosts?: { leaving?: string | undefined; busy?: readonly string[] | undefined } | undefined;
}

/** What was given to one machine alone. It is recorded with the decision, and never guessed again. */
export interface Assignment {
  /** Ids of devices by the resource's name. */
  devices?: Readonly<Record<string, readonly string[]>> | undefined;
  cells?: readonly CellShare[] | undefined;
}

export interface CellShare {
  id: number;
  cpus: readonly number[];
  /** Pages of the size that the machine asked for. */
  hugepages: number;
}

/**
 * A machine that has its host, or a reservation of one (the target of a migration): it takes its room there.
 * Its `requiredPools` are what it has still to take: nothing, once its volumes are made.
 */
export interface PlacedMachine extends PlacementRequest {
  host: string;
  holds?: Assignment | undefined;
}

/** The fleet as it is. Nothing of it is changed. */
export interface Fleet {
  hosts: readonly HostView[];
  machines?: readonly PlacedMachine[] | undefined;
}

export interface RejectedGroup {
  /** The filter's name. */
  filter: string;
  /** How many hosts failed it first. */
  count: number;
  /** As in the message: "3 lack 2 GiB of memory". */
  message: string;
  /** Names of the hosts that came nearest, at most three. */
  nearest?: string[] | undefined;
}

export interface Decision {
  uid: string;
  /** Absent when no host fits. */
  host?: string | undefined;
  hostUid?: string | undefined;
  /** libvirt's domain type that the host offers for the wanted hypervisor. */
  domainType?: string | undefined;
  /** 0 to 100. */
  score?: number | undefined;
  /** What each scorer gave of it. */
  byScorer?: Record<string, number> | undefined;
  /** Devices, CPUs and pages that it gets for itself. */
  holds?: Assignment | undefined;
  /** When no host fits: why, by the first filter that each host failed. */
  rejected: RejectedGroup[];
  /** One sentence for status.placement.message. */
  message: string;
}

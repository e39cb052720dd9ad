/**
 * What the scheduler is told and what it answers. It is pure: a snapshot of the fleet and the waiting machines go in,
 * a decision with its reasons comes out. It knows nothing of Kubernetes objects or of libvirt.
 */

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

export interface LabelSelector {
  matchLabels?: Readonly<Record<string, string>> | undefined;
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
  /** What may still be claimed there: free space minus what was decided and is not written yet. */
  freeBytes: number;
  /** One store seen from many hosts: a claim on one host takes room on all of them. */
  shared?: boolean | undefined;
}

export interface HostView {
  name: string;
  uid: string;
  labels: Readonly<Record<string, string>>;
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
  /** What machines may claim, with overcommit and the reserved part already worked in. */
  allocatable: Resources;
  /** What is claimed by machines in status, and used by foreign domains. */
  allocated: Resources;
  /** Running pools by the StoragePool's name. */
  pools: Readonly<Record<string, PoolView>>;
}

export type Hypervisor = 'Auto' | 'KVM' | 'QEMU' | 'LXC' | 'Test';

export interface RequiredPool {
  /** The StoragePool's name. */
  name: string;
  /** Room that must be free there; 0 when the volume exists already. */
  bytes: number;
}

export interface RequiredNetwork {
  name: string;
  /** A network that is bound to some hosts; without it every host can carry it (NAT, Isolated). */
  hostSelector?: LabelSelector | undefined;
}

export interface PlacementRequest {
  uid: string;
  namespace: string;
  name: string;
  cpuMilli: number;
  memoryBytes: number;
  hypervisor: Hypervisor;
  /** libvirt's name; absent: any. */
  arch?: string | undefined;
  selector?: LabelSelector | undefined;
  tolerations: readonly Toleration[];
  requiredPools: readonly RequiredPool[];
  requiredNetworks: readonly RequiredNetwork[];
  /** Names of the only hosts it may run on, because a volume of it is there. An empty list leaves none. */
  pinnedHosts?: readonly string[] | undefined;
  /** Higher goes first. */
  priority: number;
  /** ms since the epoch; who waits longer goes first. */
  createdAt: number;
  /** Names of hosts that hold a copy of its images already. */
  preferredImagesOn?: readonly string[] | undefined;
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
  byScorer?: Record<string, number> | undefined;
  /** Hosts that did not fit, by the first filter that they failed. Present on success, too. */
  rejected: RejectedGroup[];
  /** One sentence for status.placement.message. */
  message: string;
}

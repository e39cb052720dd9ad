/** What the checker knows: the API's objects and what is on every host, read at about the same time. */
import type {
  Host,
  StoragePool,
  StorageVolume,
  VirtualMachine,
  VirtualMachineImage,
  VirtualMachineMigration,
  VirtualMachineOperation,
  VirtualNetwork,
} from '#api/v1alpha1/index.ts';
import type { OwnerStamp, Stamp } from '#libvirt/stamp.ts';
import type { Rule } from './invariants.ts';

export type DomainPower = 'Running' | 'Paused' | 'Off';

export interface SeenDomain {
  uuid: string;
  name: string;
  power: DomainPower;
  stamp: Stamp | null;
  /** Files of its disks and what they stand on, as paths on the host. */
  files: string[];
}

export interface SeenNetwork {
  uuid: string;
  name: string;
  active: boolean;
  /** Null: not one of ours. */
  owner: OwnerStamp | null;
  /** The fleet that claims the host by it; null: it is no claim. */
  claim: string | null;
  reservations: { mac: string; ip: string }[];
  /** What its DHCP server has given out and not taken back yet. */
  leases: { mac: string; ip: string }[];
}

export interface SeenHost {
  name: string;
  /** Null: its libvirtd does not answer the checker, either. */
  libvirt: { domains: SeenDomain[]; networks: SeenNetwork[] } | null;
  /** The files in the directory of each StoragePool; a pool whose directory cannot be listed is missing. */
  poolFiles: ReadonlyMap<string, readonly string[]>;
  /** What the machines that status places here have left in the host's logs, by `namespace/name`. */
  runs: ReadonlyMap<string, SeenRuns>;
}

/** What QEMU and the guest say of a machine, in their own words: no part of ours has written it. */
export interface SeenStart {
  uuid: string;
  atMs: number;
  /** The host's daemon died in the midst of it, and ended that QEMU when it came back: another start is in order. */
  takenBack: boolean;
  /** It took in a machine that another host was sending. */
  incoming: boolean;
}

export interface SeenRuns {
  /** When a QEMU was started for it: wall-clock ms; starts that failed are not among them. */
  starts: SeenStart[];
  /** Boots of which its guest has told on the console, under its own UUID as instance id; null: it tells of none. */
  boots: number | null;
  /** How long ago the guest gave its last heartbeat, ms; null: it gives none. */
  silentMs: number | null;
}

/** A key of the job queue. Of a job: its id, where it stands, and whom it is for. */
export interface SeenJob {
  id: string;
  state: 'waiting' | 'active' | 'delayed' | 'completed' | 'failed' | 'unknown';
  object: { kind: string; namespace?: string | undefined; name: string; uid: string } | null;
}
export interface SeenQueue {
  jobs: SeenJob[];
  /** Keys that belong to a job that is not there. */
  strayKeys: string[];
}

export interface Facts {
  /** The fleet id: uid of the kube-system namespace. */
  fleet: string;
  seen: SeenHost[];
  /** Processes of QEMU on this computer, by the UUID on their command line. */
  processes: { uuid: string; pid: number }[];
  /** Null: Redis does not answer. */
  queue: SeenQueue | null;
  hosts: Host[];
  machines: VirtualMachine[];
  pools: StoragePool[];
  volumes: StorageVolume[];
  images: VirtualMachineImage[];
  networks: VirtualNetwork[];
  operations: VirtualMachineOperation[];
  migrations: VirtualMachineMigration[];
}

/** What a test has left without an owner on purpose. */
export interface Expected {
  /** Files in pools: disks with reclaimPolicy Retain whose machine is gone. */
  files?: readonly string[];
  /** UUIDs of stamped domains whose object is gone. */
  orphans?: readonly string[];
  /** Machines (`namespace/name`) that a person or the guest itself has started or reset: it is not counted how often. */
  restarted?: readonly string[];
  /** Machines (`namespace/name`) whose move a restored etcd does not know: they may be on two hosts, or elsewhere, until that has passed. */
  restored?: readonly string[];
}

export interface Violation {
  rule: Rule;
  /** True: it may not be seen even once. False: it may be seen while something is under way, and has to pass. */
  never: boolean;
  object: string;
  evidence: string;
}

export const label = ({ metadata }: { metadata: { namespace?: string; name: string } }): string =>
  metadata.namespace ? `${metadata.namespace}/${metadata.name}` : metadata.name;

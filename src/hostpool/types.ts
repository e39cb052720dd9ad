import type { CallOptions, Connect } from '@virtfleet/libvirt';
import type { Capabilities, DomainCapabilities } from '#libvirt/capabilities.ts';
import type { Stamp } from '#libvirt/stamp.ts';
import type { VirtfleetError } from '#platform/errors.ts';
import type { Right } from '#platform/right.ts';

/**
 * What we know of the way to a host:
 * Connecting – never reached yet, and not given up; Ready – connected, identity checked, inventory listed;
 * Degraded – it was Ready and something does not answer; Lost – out of reach for longer than the threshold, or it
 * refuses us (`lastError` says which).
 */
export type HostState = 'Connecting' | 'Ready' | 'Degraded' | 'Lost';

export interface DomainRecord {
  uuid: string;
  name: string;
  /** VIR_DOMAIN_* (state) and its reason, as libvirt numbers them. */
  state: number;
  reason: number;
  persistent: boolean;
  /** The host starts it by itself, as the last full listing saw it: libvirt tells of no change. */
  autostart: boolean;
  /** Null: nobody stamped it, or its stamp cannot be read. Without our fleet's stamp it is not ours. */
  stamp: Stamp | null;
  /** Wall clock ms of the reading. */
  seenAt: number;
}

export interface NetworkRecord {
  uuid: string;
  name: string;
  active: boolean;
  autostart: boolean;
}

export interface PoolRecord {
  uuid: string;
  name: string;
  active: boolean;
  persistent: boolean;
  /** Zero while the pool is not active: libvirt does not know. */
  capacityBytes: bigint;
  allocationBytes: bigint;
  availableBytes: bigint;
}

/** What was seen on a host last. It is kept while the host is out of sight, then it is history, not truth. */
export interface Inventory {
  /** Wall clock ms when the last full listing ended. */
  readonly listedAt: number;
  readonly domains: ReadonlyMap<string, DomainRecord>;
  readonly networks: ReadonlyMap<string, NetworkRecord>;
  readonly pools: ReadonlyMap<string, PoolRecord>;
}

export interface HostFacts {
  hostUUID: string;
  hostname: string;
  /** Such as 9.0.0. */
  libvirtVersion: string;
  hypervisorVersion: string;
  /** Such as QEMU, TEST, LXC. */
  hypervisorType: string;
  capabilities: Capabilities;
  /** Of the hypervisor's default machine; null where the driver has none to tell. */
  domainCapabilities: DomainCapabilities | null;
  /** Changes with every reboot of the host; null until `ensureBootMark` has made it. */
  bootMark: string | null;
  /** Whose host this is; null: nobody has claimed it yet. */
  claim: { fleet: string | null };
  cpu: { model: string; mhz: number; numaNodes: number; sockets: number; cores: number; threads: number };
  /** Logical CPUs that are online. */
  cpus: number;
  memoryBytes: bigint;
  freeMemoryBytes: bigint;
}

/** Contents of the Secret. Nothing of it is ever written to a disk, logged, or part of a URI. */
export interface HostCredentials {
  sshPrivateKey?: string | undefined;
  /** OpenSSH's known_hosts format, hashed entries too. Required for ssh. */
  knownHosts?: string | undefined;
  /** PEM. Without `caCert` the system's authorities count. */
  caCert?: string | undefined;
  clientCert?: string | undefined;
  clientKey?: string | undefined;
  /** SASL, over TLS only. */
  username?: string | undefined;
  password?: string | undefined;
}

export interface HostTarget {
  name: string;
  uid: string;
  uri: string;
  credentials: HostCredentials;
  /** Fleet id: the uid of the kube-system namespace. A host that another fleet has claimed is refused. */
  fleet: string;
  /** The host's UUID as spec or status pins it. Undefined: first contact, any host will do. */
  expectedHostUUID?: string | undefined;
}

export interface ReadOptions {
  timeoutMs?: number;
  /** UUID of the domain whose QEMU monitor the call waits for: one such call a domain, fifteen a host. */
  monitorOf?: string;
  /** UUID of the domain that is changed and read again right afterwards: one reading then serves for its events, too. */
  changesDomain?: string;
}

export interface DedicatedOptions {
  signal?: AbortSignal;
  /** True: the calls change the host, so they pass the door and a lost answer is OutcomeUnknown. */
  changes: boolean;
  /**
   * How long a call that heeds the signal by itself has to end in peace, ms; default 0. Then the connection is cut, and the
   * call is not waited for any longer.
   */
  graceMs?: number;
  /**
   * True: the daemon notices within half a minute that we are gone, also when the network does not tell it (a cut link, an
   * sshd that keeps its end), and takes back what hung on the connection: the job of a migration, above all.
   */
  isWatched?: boolean;
}

/** One host of the pool. Every method rejects with a VirtfleetError that names the host. */
export interface Host {
  readonly name: string;
  readonly uid: string;
  readonly state: HostState;
  /** Wall clock ms since when it is in that state. */
  readonly stateSince: number;
  /** Null until the first listing. */
  readonly inventory: Inventory | null;
  /** Null until the first contact. They outlive the connection. */
  readonly facts: HostFacts | null;
  /** Why it is not Ready; null when it is. */
  readonly lastError: VirtfleetError | null;
  /** True while the inventory is the truth: Ready, and listed since the last connect and the last lost answer. */
  readonly inSight: boolean;
  /** Dials since the entry was made: bounded, whatever the failure. */
  readonly dials: number;

  /** A read on the work connection. No answer in time (5 s by default) is Transient. */
  read<T>(name: string, fn: (c: Connect, o: CallOptions) => Promise<T>, opts?: ReadOptions): Promise<T>;
  /**
   * One short change on the work connection, through the door as `libvirt:<name>`. `fn` makes exactly one changing call
   * and passes `o` on to it. No answer in time (30 s by default) is OutcomeUnknown: the connection is given up, and the
   * host is not `inSight` until its inventory was listed again.
   */
  change<T>(name: string, right: Right, fn: (c: Connect, o: CallOptions) => Promise<T>, opts?: ReadOptions): Promise<T>;
  /** A connection of its own for a stream or a migration; it is closed when `fn` ends, aborted with either signal. */
  dedicated<T>(
    name: string,
    right: Right,
    fn: (c: Connect, o: CallOptions, signal: AbortSignal) => Promise<T>,
    opts: DedicatedOptions,
  ): Promise<T>;
  /** Closes the connections, connects and lists anew. Rejects when that fails within 30 s. */
  resync(): Promise<void>;
  /** Reads one domain into the inventory, so that a plan sees our own change before its event comes. Null: it is gone. */
  refreshDomain(uuid: string): Promise<DomainRecord | null>;
  refreshNetwork(uuid: string): Promise<NetworkRecord | null>;
  refreshPool(uuid: string): Promise<PoolRecord | null>;
  /** Reads claim, boot mark, memory and versions anew. */
  refreshFacts(): Promise<HostFacts>;
}

export type ChangeKind = 'state' | 'inventory' | 'domain' | 'network' | 'pool' | 'agent' | 'facts';

export interface HostChange {
  host: string;
  kind: ChangeKind;
  /** Of the domain, network or pool. */
  uuid?: string;
  /** Of the domain, as it is now or as it was before it vanished. */
  stamp?: Stamp | null;
}

export interface FoundDomain {
  host: Host;
  domain: DomainRecord;
}

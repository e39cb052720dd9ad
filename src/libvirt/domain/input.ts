/**
 * Everything that is decided about a domain, without a word of Kubernetes. Sizes are bytes, names are ours
 * (Kubernetes names: lower-case letters, digits, dashes).
 */
import type { Stamp } from '../stamp.ts';

export interface DomainInput {
  /** Also the SMBIOS UUID. */
  uuid: string;
  name: string;
  title?: string;
  domainType: 'kvm' | 'qemu' | 'test';
  /** As libvirt says it: x86_64, aarch64. */
  arch: string;
  /** Canonical and pinned (`pc-q35-7.2`). An alias (`q35`) keeps the version that a document has already. */
  machineType: string;
  /** From the host's capabilities only, never from a user. */
  emulator?: string;
  memoryBytes: number;
  /** Room for live growth by DIMMs; makes one guest NUMA cell, which libvirt demands for it. */
  maxMemoryBytes?: number;
  /** How many times memory can be added live; default 8. Only with maxMemoryBytes. */
  memorySlots?: number;
  cpu: CpuInput;
  /** Default BIOS. */
  firmware?: FirmwareInput;
  /** In the order of the spec. CD-ROMs and the seed are disks of device `cdrom`. */
  disks: DiskInput[];
  interfaces: InterfaceInput[];
  /** Default None: the serial console is the console. */
  graphics?: GraphicsInput;
  /** A file on the host that gets what the machine prints; appended to. */
  serialLogPath?: string;
  /** The guest agent's channel, org.qemu.guest_agent.0. */
  agent: boolean;
  watchdog?: WatchdogInput;
  /** A virtio-rng from the host's /dev/urandom. */
  rng: boolean;
  /** Default `utc`. */
  clock?: 'utc' | 'localtime';
  /** Software emulation's cache of translated code; without a bound it takes a gigabyte. Only for domain type `qemu`; default 256. */
  tbCacheMiB?: number;
  /** Seconds between the guest's own memory figures; 0 asks for none. Default 10. */
  memoryStatsPeriodSec?: number;
  /** Free PCI Express ports that the first document gets on top of what its devices need; default 8. */
  sparePciePorts?: number;
  stamp: Stamp;
}

export interface CpuInput {
  mode: 'custom' | 'host-model' | 'host-passthrough' | 'maximum';
  /** With mode `custom`. Without one there, the hypervisor's default CPU. */
  model?: string;
  features?: { name: string; policy: 'force' | 'require' | 'optional' | 'disable' | 'forbid' }[];
  sockets: number;
  cores: number;
  threads: number;
  /** Most vCPUs that can be given live; sockets·cores·threads are given at start. Default: no room. Rounded up to whole cores (whole sockets when sockets > 1). */
  maxVcpus?: number;
}

export type FirmwareInput = { type: 'BIOS' } | { type: 'UEFI'; secureBoot: boolean };
export type GraphicsInput = { type: 'None' } | { type: 'VNC'; listen: string };
export interface WatchdogInput {
  model: string;
  action: 'reset' | 'poweroff' | 'pause' | 'none' | 'dump' | 'inject-nmi';
}

export type DiskSource =
  | { kind: 'file'; path: string }
  | { kind: 'block'; path: string }
  | { kind: 'volume'; pool: string; volume: string };

export interface DiskInput {
  /** Ours; the device's alias is made from it. */
  name: string;
  device: 'disk' | 'cdrom';
  bus: 'virtio' | 'scsi' | 'sata' | 'ide' | 'usb';
  /** vda, sda, …: chosen when missing, and kept once it is in a document. */
  target?: string;
  /** Null: an empty drive (cdrom only). */
  source: DiskSource | null;
  format: 'qcow2' | 'raw';
  readonly?: boolean;
  shareable?: boolean;
  cache?: 'none' | 'writeback' | 'writethrough' | 'directsync' | 'unsafe';
  io?: 'native' | 'threads' | 'io_uring';
  discard?: 'unmap' | 'ignore';
  serial?: string;
  /** 1 is tried first. */
  bootOrder?: number;
  iotune?: DiskThrottle;
}

/** Bytes and operations a second; a total excludes its read and write halves (libvirt's rule). */
export interface DiskThrottle {
  totalBytesSec?: number;
  readBytesSec?: number;
  writeBytesSec?: number;
  totalIopsSec?: number;
  readIopsSec?: number;
  writeIopsSec?: number;
}

export type InterfaceSource = { kind: 'network'; network: string } | { kind: 'bridge'; bridge: string };

export interface InterfaceInput {
  name: string;
  mac: string;
  source: InterfaceSource;
  model: 'virtio' | 'e1000e' | 'e1000' | 'rtl8139';
  mtu?: number;
  bandwidth?: { inbound?: Bandwidth; outbound?: Bandwidth };
  bootOrder?: number;
  /** Default up. */
  linkState?: 'up' | 'down';
  /** Not reachable from the other isolated ports of its bridge. */
  isolated?: boolean;
}

/** Kibibytes a second; burst in kibibytes. libvirt's own units, so that nothing is rounded. */
export interface Bandwidth {
  averageKiBSec: number;
  peakKiBSec?: number;
  burstKiB?: number;
}

/** Aliases of devices that are ours. Kubernetes names hold no underscore, so a NIC never has a disk's alias. */
export const diskAlias = (name: string): string => `ua-${name}`;
export const interfaceAlias = (name: string): string => `ua-nic_${name}`;

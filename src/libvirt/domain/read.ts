/** What a domain's document says, live or inactive. */
import type { Stamp } from '../stamp.ts';

export interface DomainFacts {
  /** Domain type: kvm, qemu, test, … */
  type: string;
  /** The running domain's number; null when the document is of an inactive one. */
  id: number | null;
  uuid: string;
  name: string;
  title: string | null;
  stamp: Stamp | null;
  arch: string | null;
  machineType: string | null;
  emulator: string | null;
  vcpus: { current: number; max: number };
  cpu: { mode: string | null; model: string | null };
  /** Base memory and all modules. */
  memoryBytes: number;
  /** After ballooning. */
  currentMemoryBytes: number;
  maxMemoryBytes: number | null;
  disks: DiskFacts[];
  interfaces: InterfaceFacts[];
  /** The first serial port: its pty while it runs, its log file. */
  serial: { type: string; path: string | null; logPath: string | null } | null;
  /** The guest agent's channel: whether it is there, and whether an agent answers (live only). */
  agent: { present: boolean; connected: boolean };
  graphics: { type: string; port: number | null; listen: string | null }[];
  /** The NVRAM file and an emulated TPM: what undefine has to take along. */
  nvram: string | null;
  tpm: boolean;
}

export interface DiskFacts {
  /** Our name, from the alias; null when the disk is not ours. */
  name: string | null;
  alias: string | null;
  device: string;
  bus: string | null;
  target: string;
  format: string | null;
  /** Path of a file or block device. */
  path: string | null;
  pool: string | null;
  volume: string | null;
  readonly: boolean;
  /** Paths of the backing files, nearest first (live documents). */
  backing: string[];
}

export interface InterfaceFacts {
  name: string | null;
  alias: string | null;
  mac: string;
  type: string;
  network: string | null;
  bridge: string | null;
  /** The host's end while it runs. */
  targetDev: string | null;
  model: string | null;
  linkState: 'up' | 'down';
}

export function readDomain(xml: string): DomainFacts {
  throw new Error(xml);
}

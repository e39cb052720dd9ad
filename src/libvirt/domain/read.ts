/** What a domain's document says, live or inactive. */
import { readStamp, type Stamp } from '../stamp.ts';
import { attr, bytesOf, child, children, find, text, wholeNumber } from '../tree.ts';
import { type Element, parsed } from '../xml.ts';
import { interfaceAlias } from './input.ts';
import { aliasOf } from './layout.ts';

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
  /** Of the network's port that was made for it when the machine was started. */
  portId: string | null;
  /** The host's end while it runs. */
  targetDev: string | null;
  model: string | null;
  linkState: 'up' | 'down';
}

export function readDomain(document: string | Element): DomainFacts {
  const root = parsed(document);
  const devices = child(root, 'devices');
  const os = child(root, 'os');
  const max = wholeNumber(text(child(root, 'vcpu'))) ?? 1;
  const memoryBytes = bytesOf(child(root, 'memory')) ?? 0;
  const id = attr(root, 'id');
  return {
    type: attr(root, 'type') ?? '',
    id: wholeNumber(id) ?? null,
    uuid: text(child(root, 'uuid')) ?? '',
    name: text(child(root, 'name')) ?? '',
    title: text(child(root, 'title')) ?? null,
    stamp: readStamp(root),
    arch: attr(child(os, 'type'), 'arch') ?? null,
    machineType: attr(child(os, 'type'), 'machine') ?? null,
    emulator: text(child(devices, 'emulator')) ?? null,
    vcpus: { current: wholeNumber(attr(child(root, 'vcpu'), 'current')) ?? max, max },
    cpu: { mode: attr(child(root, 'cpu'), 'mode') ?? null, model: text(find(root, 'cpu', 'model')) ?? null },
    memoryBytes,
    currentMemoryBytes: bytesOf(child(root, 'currentMemory')) ?? memoryBytes,
    maxMemoryBytes: bytesOf(child(root, 'maxMemory')) ?? null,
    disks: children(devices, 'disk').map(readDisk),
    interfaces: children(devices, 'interface').map(readInterface),
    serial: readSerial(devices),
    agent: readAgent(devices),
    graphics: children(devices, 'graphics').map(readGraphics),
    nvram: text(child(os, 'nvram')) ?? null,
    tpm: child(devices, 'tpm') !== undefined,
  };
}

function readDisk(disk: Element): DiskFacts {
  const source = child(disk, 'source');
  const alias = aliasOf(disk) ?? null;
  return {
    name: alias && /^ua-[a-z0-9]/.test(alias) ? alias.slice('ua-'.length) : null,
    alias,
    device: attr(disk, 'device') ?? 'disk',
    bus: attr(child(disk, 'target'), 'bus') ?? null,
    target: attr(child(disk, 'target'), 'dev') ?? '',
    format: attr(child(disk, 'driver'), 'type') ?? null,
    path: attr(source, 'file') ?? attr(source, 'dev') ?? null,
    pool: attr(source, 'pool') ?? null,
    volume: attr(source, 'volume') ?? null,
    readonly: child(disk, 'readonly') !== undefined,
    backing: backingPaths(disk),
  };
}

function backingPaths(disk: Element): string[] {
  const paths: string[] = [];
  for (let at = child(disk, 'backingStore'); at; at = child(at, 'backingStore')) {
    const source = child(at, 'source');
    const path = attr(source, 'file') ?? attr(source, 'dev');
    if (path !== undefined) paths.push(path);
  }
  return paths;
}

function readInterface(nic: Element): InterfaceFacts {
  const source = child(nic, 'source');
  const alias = aliasOf(nic) ?? null;
  return {
    name: alias?.startsWith(interfaceAlias('')) ? alias.slice(interfaceAlias('').length) : null,
    alias,
    mac: (attr(child(nic, 'mac'), 'address') ?? '').toLowerCase(),
    type: attr(nic, 'type') ?? '',
    network: attr(source, 'network') ?? null,
    bridge: attr(source, 'bridge') ?? null,
    portId: attr(source, 'portid')?.toLowerCase() ?? null,
    targetDev: attr(child(nic, 'target'), 'dev') ?? null,
    model: attr(child(nic, 'model'), 'type') ?? null,
    linkState: attr(child(nic, 'link'), 'state') === 'down' ? 'down' : 'up',
  };
}

function readSerial(devices: Element | undefined): DomainFacts['serial'] {
  const serial = child(devices, 'serial');
  if (!serial) return null;
  const path = attr(child(serial, 'source'), 'path') ?? null;
  return { type: attr(serial, 'type') ?? '', path, logPath: attr(child(serial, 'log'), 'file') ?? null };
}

function readAgent(devices: Element | undefined): DomainFacts['agent'] {
  const targets = children(devices, 'channel').map((channel) => child(channel, 'target'));
  const agent = targets.find((target) => attr(target, 'name') === 'org.qemu.guest_agent.0');
  return { present: agent !== undefined, connected: attr(agent, 'state') === 'connected' };
}

function readGraphics(graphics: Element): DomainFacts['graphics'][number] {
  const port = wholeNumber(attr(graphics, 'port')) ?? -1;
  const listen = attr(graphics, 'listen') ?? attr(child(graphics, 'listen'), 'address') ?? null;
  return { type: attr(graphics, 'type') ?? '', port: port >= 0 ? port : null, listen };
}

/** What a host says of itself: virConnectGetCapabilities and virConnectGetDomainCapabilities. */
import { attr, bytesOf, child, children, find, text, wholeNumber } from './tree.ts';
import { type Element, parseXml } from './xml.ts';

export interface Capabilities {
  host: {
    uuid: string | null;
    arch: string | null;
    cpu: { model: string | null; vendor: string | null; sockets: number; cores: number; threads: number } | null;
    numaCells: { id: number; memoryBytes: number; cpus: number }[];
    /** All logical CPUs. */
    cpus: number;
    memoryBytes: number;
    migrationTransports: string[];
    secModels: string[];
  };
  guests: GuestCapabilities[];
}

export interface GuestCapabilities {
  osType: string;
  arch: string;
  wordSize: number | null;
  emulator: string | null;
  domainTypes: string[];
  /** Canonical names with their aliases. */
  machines: { name: string; alias: string | null; maxCpus: number | null }[];
}

export interface DomainCapabilities {
  emulator: string | null;
  domainType: string | null;
  machineType: string | null;
  arch: string | null;
  maxVcpus: number | null;
  firmwares: string[];
  secureBoot: boolean;
  cpuModes: string[];
  /** Models that this host can run (usable), by name. */
  cpuModels: string[];
  hostModel: { model: string | null; vendor: string | null; features: string[] };
  diskBuses: string[];
  diskDevices: string[];
  graphics: string[];
  rngBackends: string[];
  features: { genid: boolean; backup: boolean; backingStoreInput: boolean; vmcoreinfo: boolean };
}

export function readCapabilities(xml: string): Capabilities {
  const root = parseXml(xml);
  const host = child(root, 'host');
  const cells = children(find(host, 'topology', 'cells'), 'cell').map(readCell);
  const transports = children(find(host, 'migration_features', 'uri_transports'), 'uri_transport');
  return {
    host: {
      uuid: text(child(host, 'uuid')) ?? null,
      arch: text(find(host, 'cpu', 'arch')) ?? null,
      cpu: readCpu(child(host, 'cpu')),
      numaCells: cells,
      cpus: cells.reduce((sum, cell) => sum + cell.cpus, 0),
      memoryBytes: cells.reduce((sum, cell) => sum + cell.memoryBytes, 0),
      migrationTransports: transports.map((transport) => text(transport) ?? ''),
      secModels: children(host, 'secmodel').map((model) => text(child(model, 'model')) ?? ''),
    },
    guests: children(root, 'guest').flatMap(readGuest),
  };
}

function readCpu(cpu: Element | undefined): Capabilities['host']['cpu'] {
  if (!cpu) return null;
  const topology = child(cpu, 'topology');
  const count = (name: string): number => wholeNumber(attr(topology, name)) ?? 1;
  return {
    model: text(child(cpu, 'model')) ?? null,
    vendor: text(child(cpu, 'vendor')) ?? null,
    sockets: count('sockets') * count('dies'),
    cores: count('cores'),
    threads: count('threads'),
  };
}

function readCell(cell: Element): Capabilities['host']['numaCells'][number] {
  const cpus = child(cell, 'cpus');
  return {
    id: wholeNumber(attr(cell, 'id')) ?? 0,
    memoryBytes: bytesOf(child(cell, 'memory')) ?? 0,
    cpus: wholeNumber(attr(cpus, 'num')) ?? children(cpus, 'cpu').length,
  };
}

/** A domain type may bring an emulator and machines of its own; else those of the architecture hold. */
function readGuest(guest: Element): GuestCapabilities[] {
  return children(guest, 'arch').map((arch) => ({
    osType: text(child(guest, 'os_type')) ?? '',
    arch: attr(arch, 'name') ?? '',
    wordSize: wholeNumber(text(child(arch, 'wordsize'))) || null,
    emulator: text(child(arch, 'emulator')) ?? null,
    domainTypes: children(arch, 'domain').map((domain) => attr(domain, 'type') ?? ''),
    machines: readMachines(arch),
  }));
}

/** libvirt lists `pc-q35-7.2` under its own name and `q35` with `canonical='pc-q35-7.2'`. */
function readMachines(arch: Element): GuestCapabilities['machines'] {
  const all = [arch, ...children(arch, 'domain')].flatMap((owner) => children(owner, 'machine'));
  const byName = new Map<string, GuestCapabilities['machines'][number]>();
  for (const machine of all) {
    const own = text(machine) ?? '';
    const name = attr(machine, 'canonical') ?? own;
    const known = byName.get(name);
    const alias = own === name ? (known?.alias ?? null) : own;
    byName.set(name, { name, alias, maxCpus: wholeNumber(attr(machine, 'maxCpus')) || (known?.maxCpus ?? null) });
  }
  return [...byName.values()];
}

const guestFor = (c: Capabilities, o: { arch: string; domainType: string }): GuestCapabilities | undefined =>
  c.guests.find((guest) => guest.arch === o.arch && guest.domainTypes.includes(o.domainType));

/** The canonical machine type behind a name or alias for that architecture and domain type; null when the host has none. */
export function resolveMachine(
  c: Capabilities,
  o: { arch: string; domainType: string; machine: string },
): string | null {
  const found = guestFor(c, o)?.machines.find(({ name, alias }) => name === o.machine || alias === o.machine);
  return found?.name ?? null;
}

/** The emulator for that architecture and domain type. */
export function emulatorFor(c: Capabilities, o: { arch: string; domainType: string }): string | null {
  return guestFor(c, o)?.emulator ?? null;
}

export function readDomainCapabilities(xml: string): DomainCapabilities {
  const root = parseXml(xml);
  const os = child(root, 'os');
  const cpu = child(root, 'cpu');
  const devices = child(root, 'devices');
  const modes = children(cpu, 'mode').filter((mode) => attr(mode, 'supported') === 'yes');
  const hostModel = modes.find((mode) => attr(mode, 'name') === 'host-model');
  const custom = modes.find((mode) => attr(mode, 'name') === 'custom');
  const isSupported = (name: string): boolean => attr(find(root, 'features', name), 'supported') === 'yes';
  return {
    emulator: text(child(root, 'path')) ?? null,
    domainType: text(child(root, 'domain')) ?? null,
    machineType: text(child(root, 'machine')) ?? null,
    arch: text(child(root, 'arch')) ?? null,
    maxVcpus: wholeNumber(attr(child(root, 'vcpu'), 'max')) || null,
    firmwares: values(os, 'firmware'),
    secureBoot: values(child(os, 'loader'), 'secure').includes('yes'),
    cpuModes: modes.map((mode) => attr(mode, 'name') ?? ''),
    cpuModels: children(custom, 'model')
      .filter((model) => attr(model, 'usable') === 'yes')
      .map((model) => text(model) ?? ''),
    hostModel: {
      model: text(child(hostModel, 'model')) ?? null,
      vendor: text(child(hostModel, 'vendor')) ?? null,
      features: children(hostModel, 'feature')
        .filter((one) => attr(one, 'policy') === 'require')
        .map((one) => attr(one, 'name') ?? ''),
    },
    diskBuses: values(child(devices, 'disk'), 'bus'),
    diskDevices: values(child(devices, 'disk'), 'diskDevice'),
    graphics: values(child(devices, 'graphics'), 'type'),
    rngBackends: values(child(devices, 'rng'), 'backendModel'),
    features: {
      genid: isSupported('genid'),
      backup: isSupported('backup'),
      backingStoreInput: isSupported('backingStoreInput'),
      vmcoreinfo: isSupported('vmcoreinfo'),
    },
  };
}

/** The values of one `<enum name=…>`. */
function values(parent: Element | undefined, name: string): string[] {
  const list = children(parent, 'enum').find((one) => attr(one, 'name') === name);
  return children(list, 'value').map((value) => text(value) ?? '');
}

/** What a host says of itself: virConnectGetCapabilities and virConnectGetDomainCapabilities. */

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
  throw new Error(xml);
}

export function readDomainCapabilities(xml: string): DomainCapabilities {
  throw new Error(xml);
}

/** The canonical machine type behind a name or alias for that architecture and domain type; null when the host has none. */
export function resolveMachine(
  c: Capabilities,
  o: { arch: string; domainType: string; machine: string },
): string | null {
  throw new Error(`${c.guests.length} ${o.machine}`);
}

/** The emulator for that architecture and domain type. */
export function emulatorFor(c: Capabilities, o: { arch: string; domainType: string }): string | null {
  throw new Error(`${c.guests.length} ${o.arch}`);
}

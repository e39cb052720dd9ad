/** What libvirt is told of a machine: its spec, its record in status and its host's capabilities, put together. Pure. */
import { quantityToNumber } from '#api/quantity.ts';
import type { VirtualMachine } from '#api/v1alpha1/virtual-machine.ts';
import type { Bandwidth as BandwidthSpec, Disk, Interface, Throttle } from '#api/v1alpha1/virtual-machine-devices.ts';
import type { ImageCopy, VirtualMachineImage } from '#api/v1alpha1/virtual-machine-image.ts';
import type { InterfaceStatus, VolumeStatus } from '#api/v1alpha1/virtual-machine-status.ts';
import { type Capabilities, emulatorFor } from '#libvirt/capabilities.ts';
import type { Bandwidth, CpuInput, DiskInput, DiskThrottle, DomainInput, InterfaceInput } from '#libvirt/domain.ts';
import { domainName, networkName } from '#libvirt/names.ts';
import type { Stamp } from '#libvirt/stamp.ts';
import type { SizedMachine } from '../size.ts';
import type { Surroundings } from '../surroundings.ts';
import type { ChosenCpu } from './cpu.ts';
import { SEED } from './record.ts';

/** What was chosen with the host, pinned in status so that a later start sees the same machine. */
export interface Chosen {
  uuid: string;
  incarnation: number;
  domainType: DomainInput['domainType'];
  architecture: string;
  machineType: string;
  cpu: ChosenCpu;
}

export interface DocumentInput {
  fleet: string;
  machine: SizedMachine;
  chosen: Chosen;
  interfaces: InterfaceStatus[];
  volumes: VolumeStatus[];
  around: Surroundings;
  capabilities: Capabilities;
}

/** The directory is made by libvirt's own package; the file goes with the domain's own log. */
export const serialLogPath = (namespace: string, name: string): string =>
  `/var/log/libvirt/qemu/${domainName(namespace, name)}.serial.log`;

export function domainInput(o: DocumentInput): DomainInput {
  const { machine, chosen } = o;
  const { spec, metadata } = machine;
  const namespace = metadata.namespace ?? '';
  const emulator = emulatorFor(o.capabilities, { arch: chosen.architecture, domainType: chosen.domainType });
  const isTest = chosen.domainType === 'test';
  return {
    uuid: chosen.uuid,
    name: domainName(namespace, metadata.name),
    title: `${namespace}/${metadata.name}`,
    domainType: chosen.domainType,
    arch: chosen.architecture,
    machineType: chosen.machineType,
    ...(emulator && !isTest ? { emulator } : {}),
    memoryBytes: quantityToNumber(spec.memory.size),
    ...(spec.memory.max === undefined ? {} : { maxMemoryBytes: quantityToNumber(spec.memory.max) }),
    cpu: cpuInput(machine, chosen),
    disks: diskInputs(o),
    interfaces: nicInputs(o, namespace),
    graphics: spec.graphics.type === 'VNC' ? { type: 'VNC', listen: '127.0.0.1' } : { type: 'None' },
    ...(spec.serialConsole.log === 'File' && !isTest ? { serialLogPath: serialLogPath(namespace, metadata.name) } : {}),
    agent: !isTest,
    ...(spec.watchdog
      ? { watchdog: { model: spec.watchdog.model.toLowerCase(), action: watchdogActions[spec.watchdog.action] } }
      : {}),
    rng: spec.rng === 'VirtIO' && !isTest,
    clock: spec.clock.offset === 'LocalTime' ? 'localtime' : 'utc',
    tbCacheMiB: 64,
    stamp: stampOf(o, ''),
  };
}

const watchdogActions = {
  Reset: 'reset',
  PowerOff: 'poweroff',
  Pause: 'pause',
  InjectNMI: 'inject-nmi',
  None: 'none',
} as const;

export function stampOf(o: { fleet: string; machine: VirtualMachine; chosen: Chosen }, specHash: string): Stamp {
  const { uid, name, namespace } = o.machine.metadata;
  return { fleet: o.fleet, namespace: namespace ?? '', name, uid, incarnation: o.chosen.incarnation, specHash };
}

const policies = {
  Force: 'force',
  Require: 'require',
  Optional: 'optional',
  Disable: 'disable',
  Forbid: 'forbid',
} as const;

function cpuInput({ spec: { cpu } }: SizedMachine, chosen: Chosen): CpuInput {
  return {
    mode: chosen.cpu.mode,
    ...(chosen.cpu.model ? { model: chosen.cpu.model } : {}),
    ...(cpu.features ? { features: cpu.features.map((f) => ({ name: f.name, policy: policies[f.policy] })) } : {}),
    sockets: cpu.sockets,
    cores: cpu.cores,
    threads: cpu.threads,
    ...(cpu.max === undefined ? {} : { maxVcpus: cpu.max }),
  };
}

const buses = { VirtIO: 'virtio', SCSI: 'scsi', SATA: 'sata', IDE: 'ide', USB: 'usb' } as const;
const caches = {
  None: 'none',
  WriteBack: 'writeback',
  WriteThrough: 'writethrough',
  DirectSync: 'directsync',
  Unsafe: 'unsafe',
} as const;
const ios = { Native: 'native', Threads: 'threads', IOUring: 'io_uring' } as const;

function diskInputs(o: DocumentInput): DiskInput[] {
  const { spec } = o.machine;
  const disks = (spec.disks ?? []).flatMap((disk) => {
    const volume = o.volumes.find((v) => v.name === disk.name);
    return volume ? [diskInput(o, disk, volume)] : [];
  });
  const ordered = [...disks, ...(spec.interfaces ?? [])].some((device) => device.bootOrder !== undefined);
  const first = disks.find((disk) => disk.device === 'disk') ?? disks.find((disk) => disk.source);
  if (!ordered && first) first.bootOrder = 1;
  const seed = o.volumes.find((v) => v.name === SEED);
  const path = seed ? volumePath(o, seed) : null;
  // On virtio-scsi: cloud kernels often have no AHCI, and would not see it on SATA.
  if (path)
    disks.push({
      name: SEED,
      device: 'cdrom',
      bus: 'scsi',
      source: { kind: 'file', path },
      format: 'raw',
      readonly: true,
    });
  return disks;
}

function diskInput(o: DocumentInput, disk: Disk, volume: VolumeStatus): DiskInput {
  const isCdrom = volume.role === 'CDROM';
  const path = isCdrom ? copyPath(o, volume) : volumePath(o, volume);
  return {
    name: disk.name,
    device: isCdrom ? 'cdrom' : 'disk',
    bus: disk.bus ? buses[disk.bus] : isCdrom ? 'sata' : 'virtio',
    source: path ? { kind: 'file', path } : null,
    format: volume.format === 'QCOW2' ? 'qcow2' : 'raw',
    readonly: isCdrom,
    ...(disk.cache ? { cache: caches[disk.cache] } : {}),
    ...(disk.io ? { io: ios[disk.io] } : {}),
    ...(disk.discard ? { discard: disk.discard === 'Unmap' ? 'unmap' : 'ignore' } : {}),
    ...(disk.serial ? { serial: disk.serial } : {}),
    ...(disk.bootOrder ? { bootOrder: disk.bootOrder } : {}),
    ...(disk.throttle ? { iotune: throttle(disk.throttle) } : {}),
  };
}

/** Directory and file system pools keep a volume as a file of its name; a recorded path (an adopted pool's) goes first. */
export function volumePath(o: { around: Surroundings }, volume: VolumeStatus): string | null {
  if (volume.path) return volume.path;
  const pool = volume.poolName ? o.around.pools.get(volume.poolName) : undefined;
  return pool && volume.volumeName ? `${pool.spec.targetPath.replace(/\/+$/, '')}/${volume.volumeName}` : null;
}

/** Where the copy of an image is that a CD-ROM shows. */
function copyPath(o: DocumentInput, volume: VolumeStatus): string | null {
  const image = volume.base ? o.around.images.get(volume.base.imageName) : undefined;
  const copy = image ? readyCopy(image, volume.poolName, o.machine.status?.host?.name) : undefined;
  return copy?.path ?? volume.base?.path ?? null;
}

/** The copy of an image in a pool: on the machine's host, or in a store that all hosts share. */
export function copyFor(
  image: VirtualMachineImage,
  poolName: string | undefined,
  hostName: string | undefined,
): ImageCopy | undefined {
  return image.status?.copies?.find((copy) => copy.key === `${poolName}/` || copy.key === `${poolName}/${hostName}`);
}

export function readyCopy(
  image: VirtualMachineImage,
  poolName: string | undefined,
  hostName: string | undefined,
): ImageCopy | undefined {
  const copy = copyFor(image, poolName, hostName);
  return copy?.phase === 'Ready' ? copy : undefined;
}

function throttle(t: Throttle): DiskThrottle {
  const bytes = (value: number | string | undefined): number | undefined =>
    value === undefined ? undefined : quantityToNumber(value);
  return defined({
    totalBytesSec: bytes(t.totalBytesPerSecond),
    readBytesSec: bytes(t.readBytesPerSecond),
    writeBytesSec: bytes(t.writeBytesPerSecond),
    totalIopsSec: t.totalIOPS,
    readIopsSec: t.readIOPS,
    writeIopsSec: t.writeIOPS,
  });
}

const models = { VirtIO: 'virtio', E1000e: 'e1000e', E1000: 'e1000', RTL8139: 'rtl8139' } as const;

function nicInputs(o: DocumentInput, namespace: string): InterfaceInput[] {
  return (o.machine.spec.interfaces ?? []).flatMap((nic) => {
    const recorded = o.interfaces.find((i) => i.name === nic.name);
    return recorded ? [nicInput(o, nic, recorded, namespace)] : [];
  });
}

function nicInput(o: DocumentInput, nic: Interface, recorded: InterfaceStatus, namespace: string): InterfaceInput {
  const network = o.around.networks.get(nic.networkName);
  return {
    name: nic.name,
    mac: recorded.mac,
    source: { kind: 'network', network: networkName(namespace, nic.networkName) },
    model: models[nic.model],
    ...(network?.spec.mtu ? { mtu: network.spec.mtu } : {}),
    ...(network?.spec.portIsolation === 'Enabled' ? { isolated: true } : {}),
    ...(nic.bandwidth ? { bandwidth: bandwidth(nic.bandwidth) } : {}),
    ...(nic.bootOrder ? { bootOrder: nic.bootOrder } : {}),
    linkState: nic.linkState === 'Down' ? 'down' : 'up',
  };
}

function bandwidth(b: BandwidthSpec): { inbound?: Bandwidth; outbound?: Bandwidth } {
  const kib = (value: number | string): number => Math.max(1, Math.round(quantityToNumber(value) / 1024));
  const one = (rate: BandwidthSpec['inbound']): Bandwidth | undefined =>
    rate &&
    defined({
      averageKiBSec: kib(rate.average),
      peakKiBSec: rate.peak === undefined ? undefined : kib(rate.peak),
      burstKiB: rate.burst === undefined ? undefined : kib(rate.burst),
    });
  return defined({ inbound: one(b.inbound), outbound: one(b.outbound) });
}

/** Without the keys that are undefined, as exact optional properties want it. */
function defined<T extends object>(o: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(o).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}

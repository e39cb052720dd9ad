/**
 * What status records for a spec before anything is made: every volume's name and attempt, every MAC and address.
 * Pure: given the objects that the spec names, it keeps what is recorded, adds what is missing, and says what stands
 * in the way. What the spec no longer names stays recorded (`released`) until it was taken apart.
 */

import type { VirtualMachine } from '#api/v1alpha1/virtual-machine.ts';
import type { Disk, Interface } from '#api/v1alpha1/virtual-machine-devices.ts';
import type { InterfaceStatus, VolumeStatus } from '#api/v1alpha1/virtual-machine-status.ts';
import { diskVolumeName, interfaceMac, seedVolumeName } from '#libvirt/names.ts';
import type { Surroundings } from '../surroundings.ts';
import type { FleetLedger } from './ledger.ts';
import type { Problem } from './plan.ts';
import { fail, planAddress } from './plan-address.ts';

/** The name under which the seed stands among the volumes; no disk may have it, since a disk's name holds no underscore. */
export const SEED = 'cloud-init_seed';

export interface SeedContent {
  digest: string;
}

export interface RecordInput {
  machine: VirtualMachine;
  uuid: string;
  around: Surroundings;
  ledger: FleetLedger;
  /** The seed as it would be built now; null when the spec has no cloud-init, or the recorded one must stay. */
  seed: SeedContent | null;
  keepSeed: boolean;
  /** Names of interfaces whose recorded address was lost to an older machine. */
  lost: ReadonlySet<string>;
  /** Addresses of machines that have no object, by the network's uid: taken, though no claim says so. */
  orphans?: ReadonlyMap<string, ReadonlySet<string>>;
}

export interface RecordPlan {
  interfaces: InterfaceStatus[];
  volumes: VolumeStatus[];
  problems: Problem[];
  /** Differs from what status has. */
  changed: boolean;
  /** Recorded, and no longer in the spec: volume and interface names. */
  releasedVolumes: string[];
  releasedInterfaces: string[];
}

export function planRecord(input: RecordInput): RecordPlan {
  const problems: Problem[] = [];
  const before = { interfaces: input.machine.status?.interfaces ?? [], volumes: input.machine.status?.volumes ?? [] };
  const wantedInterfaces: InterfaceStatus[] = [];
  for (const nic of input.machine.spec.interfaces ?? []) {
    const planned = planInterface(input, nic, wantedInterfaces, problems);
    if (planned) wantedInterfaces.push(planned);
  }
  const wantedVolumes = [
    ...(input.machine.spec.disks ?? []).flatMap((disk) => planDisk(input, disk, problems) ?? []),
    ...planSeed(input, problems),
  ];
  const specNics = new Set((input.machine.spec.interfaces ?? []).map((nic) => nic.name));
  const specDisks = new Set([
    ...(input.machine.spec.disks ?? []).map((disk) => disk.name),
    ...wantedVolumes.map((v) => v.name),
  ]);
  const leftInterfaces = before.interfaces.filter((nic) => !specNics.has(nic.name));
  const leftVolumes = before.volumes.filter((volume) => !specDisks.has(volume.name));
  const interfaces = [...wantedInterfaces, ...leftInterfaces];
  const volumes = [...wantedVolumes, ...leftVolumes];
  return {
    interfaces,
    volumes,
    problems,
    changed:
      !sameRecord(before.interfaces, interfaces, interfaceIdentity) ||
      !sameRecord(before.volumes, volumes, volumeIdentity),
    releasedVolumes: leftVolumes.map((volume) => volume.name),
    releasedInterfaces: leftInterfaces.map((nic) => nic.name),
  };
}

/** `given`: those of the same machine that were planned before this one. */
function planInterface(
  input: RecordInput,
  nic: Interface,
  given: readonly InterfaceStatus[],
  problems: Problem[],
): InterfaceStatus | null {
  const { machine, around, ledger } = input;
  const uid = machine.metadata.uid;
  const network = around.networks.get(nic.networkName);
  const recorded = machine.status?.interfaces?.find((i) => i.name === nic.name);
  if (!network || network.metadata.deletionTimestamp) {
    if (recorded?.networkName === nic.networkName) return recorded;
    problems.push(missing('NetworkNotFound', 'VirtualNetwork', nic.networkName, `interface ${nic.name}`));
    return null;
  }
  const mac = nic.mac ?? recorded?.mac ?? freeMac(uid, nic.name, ledger);
  const macHolder = ledger.macRivals(mac, uid)[0];
  if (macHolder && recorded?.mac !== mac) {
    problems.push({
      kind: 'Stall',
      reason: 'MACInUse',
      message: `interface ${nic.name}: MAC ${mac} belongs to another machine; give another spec.interfaces[].mac, or leave it out`,
    });
    return recorded ?? null;
  }
  const base = { name: nic.name, networkName: nic.networkName, networkUID: network.metadata.uid, mac };
  const sameNetwork = recorded?.networkUID === network.metadata.uid;
  const addresses = planAddress(input, nic, network, given, sameNetwork ? recorded : undefined, problems);
  if (addresses === null) return recorded ?? null;
  return { ...(sameNetwork ? recorded : {}), ...base, addresses };
}

function freeMac(uid: string, name: string, ledger: FleetLedger): string {
  let attempt = 0;
  let mac = interfaceMac(uid, name, attempt);
  while (ledger.macRivals(mac, uid).length > 0) mac = interfaceMac(uid, name, ++attempt);
  return mac;
}

function planDisk(input: RecordInput, disk: Disk, problems: Problem[]): VolumeStatus | null {
  const recorded = input.machine.status?.volumes?.find((v) => v.name === disk.name);
  if (disk.template) return planTemplate(input, disk, disk.template, recorded, problems);
  if (disk.volumeName) return planVolume(input, disk.name, disk.volumeName, recorded, problems);
  return planCdrom(input, disk, recorded, problems);
}

function planTemplate(
  input: RecordInput,
  disk: Disk,
  template: NonNullable<Disk['template']>,
  recorded: VolumeStatus | undefined,
  problems: Problem[],
): VolumeStatus | null {
  if (recorded) return recorded;
  const { machine, around } = input;
  const pool = around.pools.get(template.poolName);
  if (!pool)
    return fail(problems, ...missingParts('PoolNotFound', 'StoragePool', template.poolName, `disk ${disk.name}`));
  const namespace = machine.metadata.namespace ?? '';
  if (pool.spec.allowedNamespaces && !pool.spec.allowedNamespaces.includes(namespace)) {
    return fail(
      problems,
      'Stall',
      'PoolNotAllowed',
      `disk ${disk.name}: StoragePool ${template.poolName} is not offered to namespace ${namespace} (its spec.allowedNamespaces); choose another pool, or ask an administrator`,
    );
  }
  const image = template.imageName ? around.images.get(template.imageName) : undefined;
  if (template.imageName && (!image || image.metadata.deletionTimestamp)) {
    return fail(
      problems,
      ...missingParts('ImageNotFound', 'VirtualMachineImage', template.imageName, `disk ${disk.name}`),
    );
  }
  // A disk that leaves the spec and comes back has another name, so that a file which was kept is never taken for it.
  const attempt = machine.metadata.generation ?? 1;
  return {
    name: disk.name,
    role: 'Disk',
    poolName: template.poolName,
    poolUID: pool.metadata.uid,
    volumeName: diskVolumeName({
      machine: machine.metadata.name,
      disk: disk.name,
      uid: machine.metadata.uid,
      attempt,
      format: 'qcow2',
    }),
    attempt,
    format: 'QCOW2',
    phase: 'Planned',
    reclaimPolicy: disk.reclaimPolicy ?? pool.spec.reclaimPolicy,
    ...(image ? { base: { imageName: image.metadata.name, imageUID: image.metadata.uid } } : {}),
  };
}

function planVolume(
  input: RecordInput,
  name: string,
  volumeName: string,
  recorded: VolumeStatus | undefined,
  problems: Problem[],
): VolumeStatus | null {
  const volume = input.around.volumes.get(volumeName);
  if (!volume) {
    if (recorded) return recorded;
    return fail(problems, ...missingParts('VolumeNotFound', 'StorageVolume', volumeName, `disk ${name}`));
  }
  const holder = volume.status?.attachedTo;
  if (holder && holder.uid !== input.machine.metadata.uid) {
    return fail(
      problems,
      'Wait',
      'VolumeInUse',
      `disk ${name}: StorageVolume ${volumeName} is used by machine ${holder.name}; it is free when that machine no longer names it`,
    );
  }
  const { status } = volume;
  return {
    name,
    role: 'Volume',
    poolName: volume.spec.poolName,
    ...(status?.poolUID ? { poolUID: status.poolUID } : {}),
    ...(status?.volumeName ? { volumeName: status.volumeName } : {}),
    ...(status?.path ? { path: status.path } : {}),
    ...(recorded?.sizeBytes ? { sizeBytes: recorded.sizeBytes } : {}),
    format: volume.spec.format,
    // Ready for the machine that has it: of two that ask for a free one, its controller chooses.
    phase: holder && (status?.phase === 'Ready' || status?.phase === 'Resizing') ? 'Ready' : 'Planned',
  };
}

function planCdrom(
  input: RecordInput,
  disk: Disk,
  recorded: VolumeStatus | undefined,
  problems: Problem[],
): VolumeStatus | null {
  const imageName = disk.cdrom?.imageName;
  if (!imageName) return { name: disk.name, role: 'CDROM', phase: 'Ready' };
  const image = input.around.images.get(imageName);
  if (!image || image.metadata.deletionTimestamp) {
    if (recorded?.base?.imageName === imageName) return recorded;
    return fail(problems, ...missingParts('ImageNotFound', 'VirtualMachineImage', imageName, `disk ${disk.name}`));
  }
  if (recorded?.base?.imageUID === image.metadata.uid) return recorded;
  if (image.spec.format !== 'Raw') {
    return fail(
      problems,
      'Stall',
      'ImageNotRaw',
      `disk ${disk.name}: image ${imageName} is ${image.spec.format}, and a CD-ROM shows plain bytes only; name an image of format Raw (an ISO), or use it in a template`,
    );
  }
  const poolName = homePool(input) ?? image.spec.pools?.[0];
  if (!poolName) {
    return fail(
      problems,
      'Stall',
      'PoolUnknown',
      `disk ${disk.name}: nothing says in which pool its image is to be kept; name one in spec.pools of VirtualMachineImage ${imageName}`,
    );
  }
  return {
    name: disk.name,
    role: 'CDROM',
    poolName,
    format: 'Raw',
    phase: 'Planned',
    base: { imageName, imageUID: image.metadata.uid },
  };
}

/** The seed lies where the root disk is. */
function planSeed(input: RecordInput, problems: Problem[]): VolumeStatus[] {
  const { machine } = input;
  const recorded = machine.status?.volumes?.find((v) => v.name === SEED);
  if (!machine.spec.cloudInit) return [];
  if (recorded && (input.keepSeed || !input.seed || input.seed.digest === recorded.digest)) return [recorded];
  const poolName = homePool(input);
  if (!poolName) {
    // A volume that is not there yet has said so itself.
    if (machine.spec.disks?.some((disk) => disk.volumeName)) return [];
    problems.push({
      kind: 'Stall',
      reason: 'SeedWithoutDisk',
      message: 'cloudInit needs a disk (template or volumeName) in a pool where its seed can lie; add one',
    });
    return [];
  }
  if (!input.seed) return [];
  const { uid, name } = machine.metadata;
  const seed: VolumeStatus = {
    name: SEED,
    role: 'Seed',
    poolName,
    volumeName: seedVolumeName({ machine: name, uid, digest: input.seed.digest }),
    attempt: (recorded?.attempt ?? 0) + 1,
    format: 'Raw',
    phase: 'Planned',
    digest: input.seed.digest,
    reclaimPolicy: 'Delete',
  };
  // A seed with other content is another volume: the old one is kept in the record until it was removed.
  return recorded?.volumeName && recorded.volumeName !== seed.volumeName
    ? [seed, { ...recorded, name: `${SEED}_${recorded.attempt ?? 0}`, phase: 'Released' }]
    : [seed];
}

function homePool(input: RecordInput): string | undefined {
  for (const disk of input.machine.spec.disks ?? []) {
    if (disk.template) return disk.template.poolName;
    const volume = disk.volumeName ? input.around.volumes.get(disk.volumeName) : undefined;
    if (volume) return volume.spec.poolName;
  }
  return undefined;
}

const interfaceIdentity = (nic: InterfaceStatus): unknown => [
  nic.name,
  nic.networkUID,
  nic.mac,
  (nic.addresses ?? []).filter((a) => a.source === 'Reserved').map((a) => a.address),
];
const volumeIdentity = (v: VolumeStatus): unknown => [v.name, v.role, v.poolName, v.volumeName, v.base?.imageUID];

function sameRecord<T>(a: T[], b: T[], identity: (item: T) => unknown): boolean {
  return JSON.stringify(a.map(identity)) === JSON.stringify(b.map(identity));
}

type ProblemParts = [Problem['kind'], string, string];
const missingParts = (reason: string, kind: string, name: string, where: string): ProblemParts => [
  'Wait',
  reason,
  `${where}: ${kind} ${name} does not exist; create it, or correct the name`,
];
function missing(...args: Parameters<typeof missingParts>): Problem {
  const [kind, reason, message] = missingParts(...args);
  return { kind, reason, message };
}

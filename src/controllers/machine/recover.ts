/**
 * The record of a machine that status does not have (any more), read from what is on its host: after a restored etcd,
 * or when a new object takes an old machine over. What is there is kept as it is; nothing new takes its place. Pure.
 */
import type { StoragePool } from '#api/v1alpha1/storage-pool.ts';
import type { VirtualMachine } from '#api/v1alpha1/virtual-machine.ts';
import type { InterfaceStatus, VirtualMachineStatus, VolumeStatus } from '#api/v1alpha1/virtual-machine-status.ts';
import type { DiskFacts, DomainFacts, InterfaceFacts } from '#libvirt/domain.ts';
import { cutName } from '#libvirt/names.ts';
import { bounds } from '../ipv4-range.ts';
import type { Surroundings } from '../surroundings.ts';
import { SEED } from './record.ts';

export interface RecoverInput {
  machine: VirtualMachine;
  facts: DomainFacts;
  around: Surroundings;
  pools: readonly StoragePool[];
  /** Addresses reserved on the host, by MAC in lower case. */
  reserved: ReadonlyMap<string, string>;
}

const hypervisors: Readonly<Record<string, VirtualMachineStatus['hypervisor']>> = {
  kvm: 'KVM',
  qemu: 'QEMU',
  test: 'Test',
};

export function recoverRecord(o: RecoverInput): Partial<VirtualMachineStatus> {
  const hypervisor = hypervisors[o.facts.type];
  const volumes = o.facts.disks.flatMap((disk) => recoverVolume(o, disk) ?? []);
  const interfaces = o.facts.interfaces.flatMap((nic) => recoverInterface(o, nic) ?? []);
  return {
    ...(hypervisor ? { hypervisor } : {}),
    ...(o.facts.arch ? { architecture: o.facts.arch } : {}),
    machineType: o.facts.machineType ?? o.machine.status?.machineType ?? 'q35',
    volumes: [...volumes, ...unattachedVolumes(o, volumes)],
    interfaces: [...interfaces, ...unattachedInterfaces(o, interfaces)],
  };
}

/**
 * Volumes that status records and the definition does not have: made and not attached yet, or detached and not removed
 * yet. They stay in the record, else nobody would know their files any more. An older attempt of a disk that came back
 * was let go when it left the spec.
 */
function unattachedVolumes({ machine }: RecoverInput, found: readonly VolumeStatus[]): VolumeStatus[] {
  return (machine.status?.volumes ?? []).flatMap((recorded) => {
    if ((recorded.role !== 'Disk' && recorded.role !== 'Seed') || !recorded.volumeName) return [];
    if (found.some((v) => v.volumeName === recorded.volumeName && v.poolName === recorded.poolName)) return [];
    if (recorded.phase === 'Released') return [recorded];
    const hasSuccessor = found.some((v) => v.name === recorded.name);
    return hasSuccessor
      ? [{ ...recorded, name: `${recorded.name}_${recorded.attempt ?? 0}`, phase: 'Released' as const }]
      : [{ ...recorded, phase: 'Planned' as const }];
  });
}

/** Their reservations stand in the network until they are taken away by the MAC in the record. */
function unattachedInterfaces({ machine }: RecoverInput, found: readonly InterfaceStatus[]): InterfaceStatus[] {
  return (machine.status?.interfaces ?? []).filter(
    (recorded) => !found.some((nic) => nic.name === recorded.name || nic.mac === recorded.mac),
  );
}

/**
 * A volume whose pool nobody knows cannot be recorded, and so is never removed by us. Nor is one that the spec does not
 * name and whose name is not that of this machine's own disks: a spec that was rolled back may lack the StorageVolume or
 * the image that is attached.
 */
function recoverVolume(o: RecoverInput, disk: DiskFacts): VolumeStatus | null {
  const wanted = o.machine.spec.disks?.find((d) => d.name === disk.name);
  if (!disk.name || !disk.path || wanted?.volumeName || wanted?.cdrom) return null;
  const slash = disk.path.lastIndexOf('/');
  const pool = o.pools.find((p) => p.spec.targetPath.replace(/\/+$/, '') === disk.path?.slice(0, slash));
  if (!pool) return null;
  const volumeName = disk.path.slice(slash + 1);
  const recorded = o.machine.status?.volumes?.find((v) => v.volumeName === volumeName && v.name === disk.name);
  if (recorded) return { ...recorded, path: disk.path, phase: 'Ready' };
  const isSeed = disk.name === SEED;
  if (!isSeed && !wanted && !isOwnDisk(o, disk.name, volumeName)) return null;
  const image = wanted?.template?.imageName ? o.around.images.get(wanted.template.imageName) : undefined;
  return {
    name: disk.name,
    role: isSeed ? 'Seed' : 'Disk',
    poolName: pool.metadata.name,
    poolUID: pool.metadata.uid,
    volumeName,
    path: disk.path,
    attempt: Number(/-(\d+)\.[a-z0-9]+$/.exec(volumeName)?.[1] ?? 1),
    format: disk.format === 'qcow2' ? 'QCOW2' : 'Raw',
    phase: 'Ready',
    // A spec that does not name the disk may be older than the disk: nobody has asked for its removal.
    reclaimPolicy: isSeed ? 'Delete' : wanted ? (wanted.reclaimPolicy ?? pool.spec.reclaimPolicy) : 'Retain',
    ...(image ? { base: { imageName: image.metadata.name, imageUID: image.metadata.uid } } : {}),
  };
}

/** By the name under which template disks of this machine are made. */
function isOwnDisk({ machine, facts }: RecoverInput, disk: string, volumeName: string): boolean {
  const uids = [machine.metadata.uid, ...(facts.stamp ? [facts.stamp.uid] : [])];
  return uids.some((uid) => {
    const at = volumeName.lastIndexOf(`-${uid}-`);
    return at > 0 && volumeName.slice(0, at) === cutName(`${machine.metadata.name}-${disk}`, at);
  });
}

function recoverInterface(o: RecoverInput, nic: InterfaceFacts): InterfaceStatus | null {
  const wanted = o.machine.spec.interfaces?.find((i) => i.name === nic.name);
  const network = wanted ? o.around.networks.get(wanted.networkName) : undefined;
  if (!nic.name || !wanted || !network) return null;
  const recorded = o.machine.status?.interfaces?.find(
    (i) => i.mac === nic.mac && i.networkUID === network.metadata.uid,
  );
  // A host to which somebody moved the machine has no reservation for it: its address stays its own.
  const address =
    o.reserved.get(nic.mac.toLowerCase()) ?? recorded?.addresses?.find((a) => a.source === 'Reserved')?.address;
  const { ipv4 } = network.spec;
  return {
    name: nic.name,
    networkName: wanted.networkName,
    networkUID: network.metadata.uid,
    mac: nic.mac,
    ...(address && ipv4
      ? { addresses: [{ address, prefix: bounds(ipv4.cidr).prefix, source: 'Reserved' as const }] }
      : {}),
  };
}

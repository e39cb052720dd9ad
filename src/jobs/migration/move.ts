/** Everything that is decided about one move, read once when its job begins. */
import { quantityToNumber } from '#api/quantity.ts';
import { type Host as HostObject, hostKind } from '#api/v1alpha1/host.ts';
import type { MigrationLimits } from '#api/v1alpha1/migration-policy.ts';
import { type StoragePool, storagePoolKind } from '#api/v1alpha1/storage-pool.ts';
import { type StorageVolume, storageVolumeKind } from '#api/v1alpha1/storage-volume.ts';
import type { VirtualMachine } from '#api/v1alpha1/virtual-machine.ts';
import { type VirtualMachineImage, virtualMachineImageKind } from '#api/v1alpha1/virtual-machine-image.ts';
import type { VirtualMachineMigration } from '#api/v1alpha1/virtual-machine-migration.ts';
import type { VolumeStatus } from '#api/v1alpha1/virtual-machine-status.ts';
import type { KubeClient } from '#kube/client.ts';
import { VirtfleetError } from '#platform/errors.ts';
import type { DiskSources } from './disks.ts';

export interface Place {
  name: string;
  uid: string | undefined;
}

export interface Move {
  /** namespace/name of the machine, for what is told. */
  object: string;
  namespace: string;
  name: string;
  uuid: string;
  mode: 'Live' | 'Offline';
  source: Place;
  target: Place;
  /** At the target. */
  incarnation: number;
  limits: MigrationLimits;
  volumes: readonly VolumeStatus[];
  sources: DiskSources;
  /** Where the target takes it. */
  address: string | undefined;
  tls: boolean;
  /** Bytes a second. */
  bandwidthBytes: number | undefined;
}

/** @throws Bug when the decision lacks what it always has */
export async function readMove(
  client: KubeClient,
  machine: VirtualMachine,
  migration: VirtualMachineMigration,
): Promise<Move> {
  const { namespace = '', name } = machine.metadata;
  const { uuid, migration: decided, volumes = [] } = machine.status ?? {};
  const { source, target, incarnation, mode } = decided ?? {};
  if (!uuid || !source || !target || incarnation === undefined || mode === undefined) {
    throw new VirtfleetError(
      'Bug',
      'InternalError',
      `status.migration of VirtualMachine ${namespace}/${name} is not whole`,
    );
  }
  const [from, to] = await Promise.all([source.name, target.name].map((host) => client.get(hostKind, { name: host })));
  const { policy: _, ...own } = machine.spec.migration;
  const limits: MigrationLimits = { ...own, ...migration.spec.limits };
  const bandwidth = limits.bandwidth ?? from?.spec.migration.bandwidth;
  return {
    object: `VirtualMachine ${namespace}/${name}`,
    namespace,
    name,
    uuid,
    mode,
    source: { name: source.name, uid: source.uid },
    target: { name: target.name, uid: target.uid },
    incarnation,
    limits,
    volumes,
    sources: await readSources(client, machine, volumes, target.name),
    address: to?.spec.migration.address,
    tls: [from, to].some((host: HostObject | null | undefined) => host?.spec.migration.encryption === 'TLS'),
    bandwidthBytes: bandwidth === undefined ? undefined : quantityToNumber(bandwidth),
  };
}

async function readSources(
  client: KubeClient,
  { metadata: { namespace }, spec }: VirtualMachine,
  volumes: readonly VolumeStatus[],
  target: string,
): Promise<DiskSources> {
  const pools = new Map<string, StoragePool>();
  const images = new Map<string, VirtualMachineImage>();
  const held = new Map<string, StorageVolume>();
  for (const { name, role, poolName, base } of volumes) {
    if (poolName !== undefined && !pools.has(poolName)) {
      put(pools, poolName, await client.get(storagePoolKind, { name: poolName }));
    }
    const volumeName = spec.disks?.find((disk) => disk.name === name)?.volumeName;
    if (role === 'Volume' && volumeName !== undefined) {
      put(held, name, await client.get(storageVolumeKind, { namespace, name: volumeName }));
    }
    const imageName = role === 'Volume' ? held.get(name)?.status?.base?.imageName : base?.imageName;
    if (imageName !== undefined && !images.has(imageName)) {
      put(images, imageName, await client.get(virtualMachineImageKind, { namespace, name: imageName }));
    }
  }
  return { target, pools, images, held };
}

function put<V>(map: Map<string, V>, key: string, value: V | null): void {
  if (value !== null) map.set(key, value);
}

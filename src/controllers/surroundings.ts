/** The objects that one machine names, from the caches. */
import type { StoragePool } from '#api/v1alpha1/storage-pool.ts';
import type { StorageVolume } from '#api/v1alpha1/storage-volume.ts';
import type { VirtualMachine } from '#api/v1alpha1/virtual-machine.ts';
import type { VirtualMachineImage } from '#api/v1alpha1/virtual-machine-image.ts';
import type { VirtualNetwork } from '#api/v1alpha1/virtual-network.ts';
import type { Informers } from './deps.ts';

/** By the name that the machine uses; what does not exist is not in the map. */
export interface Surroundings {
  networks: ReadonlyMap<string, VirtualNetwork>;
  pools: ReadonlyMap<string, StoragePool>;
  images: ReadonlyMap<string, VirtualMachineImage>;
  volumes: ReadonlyMap<string, StorageVolume>;
}

export function surroundingsOf(machine: VirtualMachine, informers: Informers): Surroundings {
  const { namespace } = machine.metadata;
  const disks = machine.spec.disks ?? [];
  const held = machine.status?.volumes ?? [];
  const inNamespace = (name: string): string => `${namespace}/${name}`;
  const nics = [...(machine.spec.interfaces ?? []), ...(machine.status?.interfaces ?? [])];
  const networks = lookUp(
    nics.map((nic) => nic.networkName),
    (name) => informers.networks.get(inNamespace(name)),
  );
  const images = lookUp(
    [...disks.flatMap((d) => [d.template?.imageName, d.cdrom?.imageName]), ...held.map((v) => v.base?.imageName)],
    (name) => informers.images.get(inNamespace(name)),
  );
  const volumes = lookUp(
    disks.map((d) => d.volumeName),
    (name) => informers.volumes.get(inNamespace(name)),
  );
  const pools = lookUp(
    [
      ...disks.map((d) => d.template?.poolName),
      ...held.map((v) => v.poolName),
      ...[...volumes.values()].map((v) => v.spec.poolName),
      ...[...images.values()].flatMap((image) => image.spec.pools ?? []),
    ],
    (name) => informers.pools.get(name),
  );
  return { networks, pools, images, volumes };
}

/** Of its PriorityClass; 0 without one, and when there is none of that name. */
export function priorityOf({ spec }: VirtualMachine, { priorityClasses }: Pick<Informers, 'priorityClasses'>): number {
  const { priorityClassName } = spec.scheduling;
  return (priorityClassName && priorityClasses.get(priorityClassName)?.value) || 0;
}

function lookUp<T>(names: (string | undefined)[], get: (name: string) => T | undefined): Map<string, T> {
  const found = new Map<string, T>();
  for (const name of new Set(names)) {
    const object = name === undefined ? undefined : get(name);
    if (name !== undefined && object) found.set(name, object);
  }
  return found;
}

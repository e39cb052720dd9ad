/** Builders for tests: what a test does not mention does not matter to it. */

import { type StoragePool, storagePoolSpec } from '#api/v1alpha1/storage-pool.ts';
import { type StorageVolume, storageVolumeSpec } from '#api/v1alpha1/storage-volume.ts';
import type { VirtualMachine } from '#api/v1alpha1/virtual-machine.ts';
import { type VirtualMachineClass, virtualMachineClassSpec } from '#api/v1alpha1/virtual-machine-class.ts';
import { type VirtualMachineImage, virtualMachineImageSpec } from '#api/v1alpha1/virtual-machine-image.ts';
import { type VirtualMachineQuota, virtualMachineQuotaSpec } from '#api/v1alpha1/virtual-machine-quota.ts';
import { virtualMachineSpec } from '#api/v1alpha1/virtual-machine-spec.ts';
import { type VirtualNetwork, virtualNetworkSpec } from '#api/v1alpha1/virtual-network.ts';
import { type SizedMachine, sizeOf } from '../size.ts';
import type { Surroundings } from '../surroundings.ts';

export const MACHINE_UID = '11111111-1111-4111-8111-111111111111';

const meta = (name: string, uid: string, namespace?: string) => ({
  name,
  uid,
  resourceVersion: '1',
  creationTimestamp: '2026-01-01T00:00:00Z',
  generation: 1,
  ...(namespace ? { namespace } : {}),
});
const apiVersion = 'virtfleet.io/v1alpha1';

type SpecInput = Parameters<typeof virtualMachineSpec.parse>[0];

export function aMachine(spec: object = {}, status?: VirtualMachine['status']): SizedMachine {
  return sizeOf(asAsked({ memory: { size: '1Gi' }, ...spec }, status), undefined).machine;
}

/** As the API server stores it: what the class says is not in it. */
export function asAsked(full: SpecInput, status?: VirtualMachine['status']): VirtualMachine {
  return {
    apiVersion,
    kind: 'VirtualMachine',
    metadata: meta('web', MACHINE_UID, 'lab'),
    spec: virtualMachineSpec.parse(full),
    ...(status ? { status } : {}),
  };
}

export function aClass(name = 'medium', spec: object = {}): VirtualMachineClass {
  return {
    apiVersion,
    kind: 'VirtualMachineClass',
    metadata: meta(name, `class-${name}`),
    spec: virtualMachineClassSpec.parse({ cpu: { cores: 4 }, memory: { size: '8Gi' }, ...spec }),
  };
}

export function aQuota(name: string, hard: object): VirtualMachineQuota {
  return {
    apiVersion,
    kind: 'VirtualMachineQuota',
    metadata: meta(name, `quota-${name}`, 'lab'),
    spec: virtualMachineQuotaSpec.parse({ hard }),
  };
}

export function aPool(name = 'local', spec: object = {}): StoragePool {
  return {
    apiVersion,
    kind: 'StoragePool',
    metadata: meta(name, `pool-${name}`),
    spec: storagePoolSpec.parse({ type: 'Dir', targetPath: `/srv/${name}`, access: 'PerHost', ...spec }),
  };
}

export function aVolume(name: string, status?: StorageVolume['status']): StorageVolume {
  return {
    apiVersion,
    kind: 'StorageVolume',
    metadata: meta(name, `volume-${name}`, 'lab'),
    spec: storageVolumeSpec.parse({ poolName: 'local', size: '1Gi' }),
    ...(status ? { status } : {}),
  };
}

export function aNetwork(name = 'lan', spec: object = {}): VirtualNetwork {
  return {
    apiVersion,
    kind: 'VirtualNetwork',
    metadata: meta(name, `network-${name}`, 'lab'),
    spec: virtualNetworkSpec.parse({ mode: 'NAT', ipv4: { cidr: '10.40.0.0/24' }, ...spec }),
  };
}

export function anImage(name = 'debian', status?: VirtualMachineImage['status']): VirtualMachineImage {
  const http = { url: 'http://images.example/i.qcow2', checksum: `sha256:${'0'.repeat(64)}` };
  return {
    apiVersion,
    kind: 'VirtualMachineImage',
    metadata: meta(name, `image-${name}`, 'lab'),
    spec: virtualMachineImageSpec.parse({ http }),
    ...(status ? { status } : {}),
  };
}

export function around(
  o: { pools?: StoragePool[]; networks?: VirtualNetwork[]; images?: VirtualMachineImage[] } = {},
): Surroundings {
  const byName = <T extends { metadata: { name: string } }>(list: T[]): Map<string, T> =>
    new Map(list.map((x) => [x.metadata.name, x]));
  return {
    pools: byName(o.pools ?? [aPool()]),
    networks: byName(o.networks ?? [aNetwork()]),
    images: byName(o.images ?? [anImage()]),
    volumes: new Map(),
  };
}

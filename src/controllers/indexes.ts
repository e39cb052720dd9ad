/** The indexes that controllers look objects up by, all set up in one place before the informers start. */
import type { VirtualMachine } from '#api/v1alpha1/virtual-machine.ts';
import type { Informers } from './deps.ts';

/** Of machines: `host` is the uid in status.host, `target` that of the host a migration goes to; the others are object keys ("namespace/name", or "name"). */
export const machineIndexes = {
  host: 'host',
  network: 'network',
  image: 'image',
  volume: 'volume',
  pool: 'pool',
  class: 'class',
  namespace: 'namespace',
  unplaced: 'unplaced',
  target: 'target',
} as const;
/** The one key of machines without a host. */
export const UNPLACED = 'unplaced';
/** Of volumes and images, by the pool's name; of operations and migrations, by the machine's key. */
export const poolIndex = 'pool';
export const machineIndex = 'machine';
/** Of quotas, by their namespace. */
export const namespaceIndex = 'namespace';

export function addIndexes(informers: Informers): void {
  const { machines, volumes, images, operations, migrations, quotas } = informers;
  machines.addIndex(machineIndexes.host, (vm) => (vm.status?.host ? [vm.status.host.uid] : []));
  machines.addIndex(machineIndexes.target, (vm) =>
    vm.status?.migration?.target ? [vm.status.migration.target.uid] : [],
  );
  machines.addIndex(machineIndexes.unplaced, (vm) => (vm.status?.host ? [] : [UNPLACED]));
  machines.addIndex(machineIndexes.network, networksOf);
  machines.addIndex(machineIndexes.image, imagesOf);
  machines.addIndex(machineIndexes.volume, volumesOf);
  machines.addIndex(machineIndexes.pool, poolsOf);
  machines.addIndex(machineIndexes.class, ({ spec }) => (spec.className === undefined ? [] : [spec.className]));
  machines.addIndex(machineIndexes.namespace, namespaceOf);
  quotas.addIndex(namespaceIndex, namespaceOf);
  volumes.addIndex(poolIndex, (volume) => [volume.spec.poolName]);
  images.addIndex(poolIndex, (image) =>
    unique([...(image.spec.pools ?? []), ...(image.status?.copies ?? []).map(({ poolName }) => poolName)]),
  );
  migrations.addIndex(machineIndex, (migration) => [inNamespace(migration, migration.spec.machineName)]);
  operations.addIndex(machineIndex, (operation) => [inNamespace(operation, operation.spec.machineName)]);
}

/** Machines that are on the host, or on their way there: as long as there is one, the host is not let go of. */
export function machinesAt({ machines }: Pick<Informers, 'machines'>, hostUid: string): VirtualMachine[] {
  return [...machines.byIndex(machineIndexes.host, hostUid), ...machines.byIndex(machineIndexes.target, hostUid)];
}

const namespaceOf = ({ metadata }: { metadata: { namespace?: string } }): string[] => [metadata.namespace ?? ''];

/** In the spec, or still held in status. */
export function networksOf(vm: VirtualMachine): string[] {
  const wanted = (vm.spec.interfaces ?? []).map(({ networkName }) => networkName);
  const held = (vm.status?.interfaces ?? []).map(({ networkName }) => networkName);
  return keys(vm, [...wanted, ...held]);
}

export function imagesOf(vm: VirtualMachine): string[] {
  const wanted = (vm.spec.disks ?? []).flatMap(({ template, cdrom }) => [template?.imageName, cdrom?.imageName]);
  const held = (vm.status?.volumes ?? []).map(({ base }) => base?.imageName);
  return keys(vm, [...wanted, ...held]);
}

export function volumesOf(vm: VirtualMachine): string[] {
  return keys(
    vm,
    (vm.spec.disks ?? []).map(({ volumeName }) => volumeName),
  );
}

export function poolsOf(vm: VirtualMachine): string[] {
  const wanted = (vm.spec.disks ?? []).map(({ template }) => template?.poolName);
  const held = (vm.status?.volumes ?? []).map(({ poolName }) => poolName);
  return unique([...wanted, ...held]);
}

function keys(vm: VirtualMachine, names: readonly (string | undefined)[]): string[] {
  return unique(names).map((name) => inNamespace(vm, name));
}

function inNamespace(object: { metadata: { namespace?: string | undefined } }, name: string): string {
  return `${object.metadata.namespace}/${name}`;
}

function unique(names: readonly (string | undefined)[]): string[] {
  return [...new Set(names.filter((name) => name !== undefined))];
}

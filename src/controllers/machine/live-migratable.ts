/** Whether a machine could be moved while it runs, by what it is: the condition LiveMigratable, and the first look of a move. Pure. */
import type { StoragePool } from '#api/v1alpha1/storage-pool.ts';
import type { VirtualMachine } from '#api/v1alpha1/virtual-machine.ts';
import type { VirtualMachineStatus, VolumeStatus } from '#api/v1alpha1/virtual-machine-status.ts';
import { list } from './plan.ts';

export interface LiveMigratable {
  can: boolean;
  reason: 'LiveMigratable' | 'StorageCopied' | 'PolicyForbids' | 'HostCPU' | 'VolumeStays' | 'HypervisorCannot';
  message: string;
}

/** `status` is what is about to be written. */
export function liveMigratable(
  { spec }: Pick<VirtualMachine, 'spec'>,
  status: Pick<VirtualMachineStatus, 'hypervisor' | 'cpu' | 'volumes'>,
  pools: ReadonlyMap<string, StoragePool>,
): LiveMigratable {
  if (status.hypervisor === 'Test') return no('HypervisorCannot', 'its hypervisor, the test driver, has no migration');
  if (spec.migration.policy === 'Never')
    return no('PolicyForbids', 'spec.migration.policy is Never; set it to Live, or to Offline');
  const cpu = status.cpu?.mode ?? '';
  if (HOST_CPUS.has(cpu)) {
    const message = `it was given the CPU of its host as it is (${cpu}); set spec.cpu.mode to Baseline, and restart it`;
    return no('HostCPU', message);
  }
  const staying = stayingVolumes(status.volumes, pools);
  if (staying.length > 0) return no('VolumeStays', volumesStay(staying));
  const copied = copiedVolumes(status.volumes, pools).filter(({ role }) => role === 'Disk');
  if (copied.length === 0) {
    return { can: true, reason: 'LiveMigratable', message: 'it can be moved while it runs; all hosts see its disks' };
  }
  const disks = `${copied.length === 1 ? 'disk' : 'disks'} ${list(copied.map(({ name }) => name))}`;
  return { can: true, reason: 'StorageCopied', message: `it can be moved while it runs; ${disks} are copied with it` };
}

/** What no other host can be relied on to show: a model that the fleet shares is asked for by Baseline. */
const HOST_CPUS = new Set(['host-passthrough', 'maximum']);

const no = (reason: LiveMigratable['reason'], message: string): LiveMigratable => ({ can: false, reason, message });

const isLocal = ({ poolName }: VolumeStatus, pools: ReadonlyMap<string, StoragePool>): boolean =>
  poolName !== undefined && pools.get(poolName)?.spec.access === 'PerHost';

/** The machine's own files that only its host has: a move copies them. */
export const copiedVolumes = (
  volumes: readonly VolumeStatus[] | undefined,
  pools: ReadonlyMap<string, StoragePool>,
): VolumeStatus[] =>
  (volumes ?? []).filter((volume) => (volume.role === 'Disk' || volume.role === 'Seed') && isLocal(volume, pools));

/** StorageVolumes are nobody's but their own, and do not follow a machine. */
export const stayingVolumes = (
  volumes: readonly VolumeStatus[] | undefined,
  pools: ReadonlyMap<string, StoragePool>,
): VolumeStatus[] => (volumes ?? []).filter((volume) => volume.role === 'Volume' && isLocal(volume, pools));

export function volumesStay(staying: readonly VolumeStatus[]): string {
  const disks = list(staying.map(({ name, poolName }) => `${name} (pool ${poolName})`));
  return `its StorageVolume under disk ${disks} is on this host alone, and does not move; keep it in a shared pool, or use a template disk`;
}

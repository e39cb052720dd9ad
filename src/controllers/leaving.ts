/** A machine as one that is to leave its host: what it needs elsewhere, and what keeps it. Pure, but for the caches. */
import type { HostDrainReason } from '#api/v1alpha1/host-drain.ts';
import type { VirtualMachine } from '#api/v1alpha1/virtual-machine.ts';
import type { RequiredPool } from '#scheduler/index.ts';
import type { Leaver } from '#scheduler/planners/drain.ts';
import { conditionStatus } from './conditions.ts';
import type { Informers } from './deps.ts';
import { roomOf } from './room.ts';
import { sizeFrom } from './size.ts';
import { priorityOf, surroundingsOf } from './surroundings.ts';
import { requestOf, THIN_DISK_BYTES } from './to-snapshot.ts';

export type Power = 'On' | 'Off' | 'Unknown';

/** A paused machine stands still and is not off. */
export function powerOf({ status }: VirtualMachine): Power {
  if (conditionStatus(status?.conditions, 'Paused') === 'True') return 'On';
  const running = conditionStatus(status?.conditions, 'Running');
  return running === 'Unknown' ? 'Unknown' : running === 'True' ? 'On' : 'Off';
}

export interface Obstacle {
  reason: HostDrainReason;
  /** With the ways out. */
  message: string;
}

/** What keeps it on its host, wherever there is room; null: nothing. */
export function obstacleOf(machine: VirtualMachine): Obstacle | null {
  const { policy } = machine.spec.migration;
  if (policy === 'Never') return { reason: 'PolicyForbids', message: FORBIDDEN };
  const live = machine.status?.conditions?.find(({ type }) => type === 'LiveMigratable');
  if (live?.status !== 'False' || powerOf(machine) !== 'On' || policy === 'Offline') return null;
  return { reason: 'NotLiveMigratable', message: stays(live) };
}

const FORBIDDEN =
  'Its spec.migration.policy is Never. Three ways out: set it to Live or Offline; stop the machine and work on the host with it there; or delete it.';

function stays({ reason, message }: { reason: string; message: string }): string {
  // Such a machine cannot be moved while it is off either.
  const [second, third] =
    reason === 'VolumeStays'
      ? ['stop the machine and work on the host with it there', 'delete it']
      : [
          'set its spec.migration.policy to Offline, so that it may be stopped, moved and started',
          'stop it, and it is moved while it is off',
        ];
  return `It runs and cannot be moved live: ${message}. Three ways out: mend that; ${second}; or ${third}.`;
}

/** What is sent: its memory while it runs, and the disks that its host alone has. */
export function leaverOf(informers: Informers, machine: VirtualMachine, isOff: boolean): Leaver {
  const local = new Set(localDisks(informers, machine));
  const disks = (machine.status?.volumes ?? []).reduce(
    (sum, { name, sizeBytes = 0 }) => sum + (local.has(name) ? sizeBytes : 0),
    0,
  );
  const memory = isOff ? 0 : roomOf(sizeFrom(informers, machine).machine).memoryBytes;
  return {
    uid: machine.metadata.uid,
    from: machine.status?.host?.name ?? '',
    bytes: memory + disks,
    requiredPools: movedPools(informers, machine),
    pinnedHosts: pinnedBy(informers, machine),
    kept: keptOf(machine),
    isOff,
  };
}

/** What its disks need of another host: their pool, and room for those that each host has for itself. */
export function movedPools({ pools: known }: Informers, { status }: VirtualMachine): RequiredPool[] {
  const pools = new Map<string, number>();
  for (const { poolName, role } of status?.volumes ?? []) {
    if (!poolName) continue;
    const isCopied = role === 'Disk' && known.get(poolName)?.spec.access !== 'Shared';
    pools.set(poolName, (pools.get(poolName) ?? 0) + (isCopied ? THIN_DISK_BYTES : 0));
  }
  return [...pools].map(([name, bytes]) => ({ name, bytes }));
}

/** Names of the disks that its host alone has. */
export function localDisks({ pools }: Informers, { status }: VirtualMachine): string[] {
  return (status?.volumes ?? []).flatMap(({ name, role, poolName }) =>
    (role === 'Disk' || role === 'Volume') && poolName && pools.get(poolName)?.spec.access !== 'Shared' ? [name] : [],
  );
}

/** Hypervisor, board and CPU are chosen once. */
export function keptOf({ status }: VirtualMachine): NonNullable<Leaver['kept']> {
  const { hypervisor, architecture, machineType, cpu } = status ?? {};
  return {
    ...(hypervisor === undefined ? {} : { hypervisor }),
    ...(architecture === undefined ? {} : { arch: architecture }),
    ...(hypervisor === 'Test' || machineType === undefined ? {} : { machineType }),
    ...(hypervisor === 'KVM' && cpu?.mode === 'custom' ? { cpuModel: cpu.model } : {}),
  };
}

/** The only hosts where its StorageVolumes let it be; absent: any. */
function pinnedBy(informers: Informers, machine: VirtualMachine): readonly string[] | undefined {
  const sized = sizeFrom(informers, machine).machine;
  const around = surroundingsOf(machine, informers);
  return requestOf({ machine: sized, around, volumes: [], priority: priorityOf(machine, informers) }).pinnedHosts;
}

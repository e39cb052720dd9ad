/**
 * The fleet as the caches show it, in the scheduler's words: for plans and questions that change nothing. Where a machine
 * really goes its own controller decides, which knows its decisions before the watch does.
 */
import type { Host as HostObject } from '#api/v1alpha1/host.ts';
import type { VirtualMachine } from '#api/v1alpha1/virtual-machine.ts';
import {
  type Fleet,
  type HostView,
  type PlacedMachine,
  type RequiredPool,
  type Resources,
  type SchedulerOptions,
  weightsOf,
} from '#scheduler/index.ts';
import type { Leaver } from '#scheduler/planners/drain.ts';
import type { ControllerDeps } from './deps.ts';
import { poolViewsOn } from './pool-input.ts';
import { roomOf } from './room.ts';
import { sizeFrom } from './size.ts';
import { priorityOf, surroundingsOf } from './surroundings.ts';
import { arrivalOf, hostViewOf, placedOf, requestOf, THIN_DISK_BYTES } from './to-snapshot.ts';

type Deps = Pick<ControllerDeps, 'informers' | 'hosts' | 'fleetId'>;

export function schedulerOptions({ placement }: ControllerDeps['config']): SchedulerOptions {
  const { strategy, weights } = placement ?? {};
  return { strategy, weights: weights && weightsOf(weights) };
}

export function fleetSnapshot(deps: Deps): Fleet {
  const hosts = new Map(deps.informers.hosts.list().map((host) => [host.metadata.name, host]));
  const isThere = (ref: { name: string; uid: string }): boolean => hosts.get(ref.name)?.metadata.uid === ref.uid;
  const machines: PlacedMachine[] = [];
  const promised = new Map<string, Resources>();
  for (const object of deps.informers.machines.list()) {
    const { machine } = sizeFrom(deps.informers, object);
    const { host, migration } = machine.status ?? {};
    const placed = placedOf(machine, machine.status);
    // A namesake of its host that was made later is another one.
    if (!host || !placed || !isThere(host)) continue;
    machines.push(placed);
    const { cpuMilli = 0, memoryBytes = 0 } = promised.get(host.uid) ?? {};
    const room = roomOf(machine);
    promised.set(host.uid, { cpuMilli: cpuMilli + room.cpuMilli, memoryBytes: memoryBytes + room.memoryBytes });
    // A machine that moves takes room on both.
    const arriving = migration?.target && isThere(migration.target) ? arrivalOf(machine, machine.status) : null;
    if (arriving) machines.push({ ...arriving, requiredPools: movedPools(deps, machine) });
  }
  const views = [...hosts.values()].flatMap((host) => viewOf(deps, host, promised) ?? []);
  return { hosts: views, machines };
}

function viewOf(deps: Deps, host: HostObject, promised: ReadonlyMap<string, Resources>): HostView | null {
  const { name, uid } = host.metadata;
  const entry = deps.hosts.get(name);
  if (entry?.uid !== uid) return null;
  return hostViewOf(host, {
    inSight: entry.inSight,
    facts: entry.facts,
    pools: poolViewsOn(deps, entry),
    promised: promised.get(uid) ?? { cpuMilli: 0, memoryBytes: 0 },
  });
}

/** What the machine's disks need of another host: their pool, and room for those that each host has for itself. */
export function movedPools({ informers }: Pick<Deps, 'informers'>, { status }: VirtualMachine): RequiredPool[] {
  const pools = new Map<string, number>();
  for (const { poolName, role } of status?.volumes ?? []) {
    if (!poolName) continue;
    const isCopied = role === 'Disk' && informers.pools.get(poolName)?.spec.access !== 'Shared';
    pools.set(poolName, (pools.get(poolName) ?? 0) + (isCopied ? THIN_DISK_BYTES : 0));
  }
  return [...pools].map(([name, bytes]) => ({ name, bytes }));
}

/** Names of the disks that its host alone has. */
export function localDisks({ informers }: Pick<Deps, 'informers'>, { status }: VirtualMachine): string[] {
  return (status?.volumes ?? []).flatMap(({ name, role, poolName }) =>
    (role === 'Disk' || role === 'Volume') && poolName && informers.pools.get(poolName)?.spec.access !== 'Shared'
      ? [name]
      : [],
  );
}

/** The machine as one that is to leave its host. What is sent: its memory while it runs, and the disks that its host alone has. */
export function leaverOf(deps: Pick<Deps, 'informers'>, machine: VirtualMachine, isOff: boolean): Leaver {
  const local = new Set(localDisks(deps, machine));
  const disks = (machine.status?.volumes ?? []).reduce(
    (sum, { name, sizeBytes = 0 }) => sum + (local.has(name) ? sizeBytes : 0),
    0,
  );
  const memory = isOff ? 0 : roomOf(sizeFrom(deps.informers, machine).machine).memoryBytes;
  return {
    uid: machine.metadata.uid,
    from: machine.status?.host?.name ?? '',
    bytes: memory + disks,
    requiredPools: movedPools(deps, machine),
    pinnedHosts: pinnedBy(deps, machine),
    kept: keptOf(machine),
    isOff,
  };
}

/** Hypervisor, board and CPU are chosen once. */
function keptOf({ status }: VirtualMachine): NonNullable<Leaver['kept']> {
  const { hypervisor, architecture, machineType, cpu } = status ?? {};
  return {
    ...(hypervisor === undefined ? {} : { hypervisor }),
    ...(architecture === undefined ? {} : { arch: architecture }),
    ...(hypervisor === 'Test' || machineType === undefined ? {} : { machineType }),
    ...(hypervisor === 'KVM' && cpu?.mode === 'custom' ? { cpuModel: cpu.model } : {}),
  };
}

/** The only hosts where a StorageVolume lets it be; absent: any. */
export function pinnedBy(
  { informers }: Pick<Deps, 'informers'>,
  machine: VirtualMachine,
): readonly string[] | undefined {
  const sized = sizeFrom(informers, machine).machine;
  const around = surroundingsOf(machine, informers);
  return requestOf({ machine: sized, around, volumes: [], priority: priorityOf(machine, informers) }).pinnedHosts;
}

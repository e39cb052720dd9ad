/**
 * The fleet as the caches show it, in the scheduler's words: for plans and questions that change nothing. Where a machine
 * really goes its own controller decides, which knows its decisions before the watch does.
 */
import type { Host as HostObject } from '#api/v1alpha1/host.ts';
import {
  type Fleet,
  type HostView,
  type PlacedMachine,
  type Resources,
  type SchedulerOptions,
  weightsOf,
} from '#scheduler/index.ts';
import type { ControllerDeps } from './deps.ts';
import { movedPools } from './leaving.ts';
import { poolViewsOn } from './pool-input.ts';
import { roomOf } from './room.ts';
import { sizeFrom } from './size.ts';
import { arrivalOf, hostViewOf, placedOf } from './to-snapshot.ts';

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
    if (arriving) machines.push({ ...arriving, requiredPools: movedPools(deps.informers, machine) });
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

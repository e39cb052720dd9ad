/** Everything that the reconcile of a drain reads. All of it is cached. */
import type { Host } from '#api/v1alpha1/host.ts';
import type { VirtualMachine } from '#api/v1alpha1/virtual-machine.ts';
import type { VirtualMachineMigration } from '#api/v1alpha1/virtual-machine-migration.ts';
import { keyOf } from '#kube/types.ts';
import type { ControllerDeps } from '../deps.ts';
import { machineIndex, machineIndexes } from '../indexes.ts';
import { leaverOf, obstacleOf, powerOf } from '../leaving.ts';
import { Groups } from './groups.ts';
import { attemptOf, type DrainId } from './names.ts';
import { type Plans, placesOf } from './places.ts';
import type { DrainInput } from './plan.ts';
import type { EndedView, MachineView, MoveView } from './rows.ts';

export interface DrainObservation {
  object: Host;
  input: DrainInput;
  /** Bytes of machines that this drain has moved away. */
  movedBytes: number;
}

export function observeDrain(deps: ControllerDeps, plans: Plans, object: Host): DrainObservation {
  const { informers, clock } = deps;
  const { metadata, spec, status } = object;
  const { mode } = spec.maintenance;
  const drain = status?.drain;
  const id = drain?.startedAt ? { hostUid: metadata.uid, startedAt: drain.startedAt } : null;
  const entry = deps.hosts.get(metadata.name);
  const isSeen = entry?.uid === metadata.uid && entry.inSight;
  const here = informers.machines.byIndex(machineIndexes.host, metadata.uid);
  const isAtWork = mode === 'Drain' && id !== null && isSeen;
  const before = new Map((drain?.machines ?? []).map((row) => [row.machine, row]));
  const groups = new Groups(deps, object);
  const machines = isAtWork
    ? here.map((machine) => ({
        ...viewOf(deps, object, id, machine, before.get(keyOf(machine)) ?? null),
        group: groups.of(machine),
      }))
    : [];
  const ours = drain ? informers.migrations.list().filter((one) => isOwned(one, object)) : [];
  const input: DrainInput = {
    now: clock.now(),
    mode,
    isSeen,
    isKnown: drain !== undefined,
    startedAt: id ? Date.parse(id.startedAt) : null,
    maxOutgoing: spec.migration.maxOutgoing,
    count: here.length,
    machines,
    moves: ours.flatMap((one) => moveOf(one, object, null, undefined) ?? []),
    incoming: informers.machines
      .byIndex(machineIndexes.target, metadata.uid)
      .filter((machine) => machine.status?.host?.uid !== metadata.uid)
      .map(keyOf),
    places: isAtWork ? plans.of(metadata.uid, () => placesOf(deps, object, here, machines)) : new Map(),
    free: freeOf(deps),
  };
  return { object, input, movedBytes: id ? movedBytes(deps, id, ours) : 0 };
}

function viewOf(
  deps: ControllerDeps,
  host: Host,
  id: DrainId,
  machine: VirtualMachine,
  before: MachineView['before'],
): Omit<MachineView, 'group'> {
  const { metadata } = machine;
  const { namespace = '', name, uid } = metadata;
  const migrations = deps.informers.migrations.byIndex(machineIndex, keyOf(machine));
  const [move = null] = migrations.flatMap((one) => moveOf(one, host, { id, machine: { name, uid } }, machine) ?? []);
  return {
    namespace,
    name,
    uid,
    power: powerOf(machine),
    isDeleting: metadata.deletionTimestamp !== undefined,
    obstacle: obstacleOf(machine),
    bytes: leaverOf(deps.informers, machine, powerOf(machine) === 'Off').bytes,
    move,
    ended: lastEnd(migrations, id, { name, uid }),
    before,
  };
}

interface OfDrain {
  id: DrainId;
  machine: { name: string; uid: string };
}

/** Null when it has ended. */
function moveOf(
  { metadata, status }: VirtualMachineMigration,
  host: Host,
  of: OfDrain | null,
  machine: VirtualMachine | undefined,
): MoveView | null {
  const phase = status?.phase ?? 'Pending';
  if (phase !== 'Pending' && phase !== 'Preparing' && phase !== 'Running') return null;
  const { namespace = '', name, uid, deletionTimestamp, ownerReferences = [] } = metadata;
  const answer = machine?.status?.migration;
  return {
    namespace,
    name,
    uid,
    phase,
    reason: status?.reason ?? null,
    message: status?.message ?? null,
    target: (answer?.uid === uid ? answer.target?.name : undefined) ?? status?.target?.name ?? null,
    attempt: of ? attemptOf(of.id, of.machine, name) : null,
    isOurs: ownerReferences.some((owner) => owner.uid === host.metadata.uid),
    isDeleting: deletionTimestamp !== undefined,
  };
}

const isOwned = ({ metadata }: VirtualMachineMigration, host: Host): boolean =>
  metadata.ownerReferences?.some(({ uid }) => uid === host.metadata.uid) ?? false;

function lastEnd(migrations: VirtualMachineMigration[], id: DrainId, machine: OfDrain['machine']): EndedView | null {
  const ends = migrations.flatMap(({ metadata, status }): EndedView[] => {
    const phase = status?.phase;
    const attempt = attemptOf(id, machine, metadata.name);
    if (attempt === null || (phase !== 'Succeeded' && phase !== 'Failed' && phase !== 'Cancelled')) return [];
    const finishedAt = status?.finishedAt ? Date.parse(status.finishedAt) : null;
    return [{ attempt, name: metadata.name, phase, message: status?.message ?? null, finishedAt }];
  });
  return ends.sort((a, b) => b.attempt - a.attempt)[0] ?? null;
}

function freeOf({ informers }: ControllerDeps): Map<string, number> {
  return new Map(
    informers.hosts.list().map(({ metadata, spec }) => {
      const coming = informers.machines.byIndex(machineIndexes.target, metadata.uid).length;
      return [metadata.name, spec.migration.maxIncoming - coming];
    }),
  );
}

function movedBytes(deps: ControllerDeps, id: DrainId, ours: readonly VirtualMachineMigration[]): number {
  let bytes = 0;
  for (const { metadata, spec, status } of ours) {
    if (status?.phase !== 'Succeeded') continue;
    const machine = deps.informers.machines.get(`${metadata.namespace}/${spec.machineName}`);
    if (!machine || attemptOf(id, machine.metadata, metadata.name) === null) continue;
    bytes += leaverOf(deps.informers, machine, status.mode === 'Offline').bytes;
  }
  return bytes;
}

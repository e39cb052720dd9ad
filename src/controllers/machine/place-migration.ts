/** Where a machine moves: judged, then decided by the scheduler, and recorded before anything is done at the target. */
import { quantityToNumber } from '#api/quantity.ts';
import type { VirtualMachineMigration } from '#api/v1alpha1/virtual-machine-migration.ts';
import type { MigrationStatus, VolumeStatus } from '#api/v1alpha1/virtual-machine-status.ts';
import { lookupVolume } from '#hostpool/ensure.ts';
import { errorClassOf } from '#platform/errors.ts';
import type { Right } from '#platform/right.ts';
import type { Decision, PlacementRequest, RequiredPool } from '#scheduler/index.ts';
import { keptOf } from '../leaving.ts';
import { findPoolOnHost } from '../pool-input.ts';
import { priorityOf } from '../surroundings.ts';
import { requestOf } from '../to-snapshot.ts';
import { claimAndWrite } from './claims.ts';
import { type Judgement, judgeMove } from './judge-move.ts';
import { copiedVolumes } from './live-migratable.ts';
import type { MachineServices, Seen } from './observe.ts';
import type { Step } from './plan.ts';
import type { Actor, ActResult } from './writing.ts';
import { event } from './writing.ts';

/** A copy that is nearly empty grows as the machine writes: so much must be there besides what it has. */
const ROOM_TO_WRITE_BYTES = 64 * 2 ** 20;

export async function planMove(
  actor: Actor,
  right: Right,
  seen: Seen,
  step: Extract<Step, { do: 'PlanMove' }>,
): Promise<ActResult> {
  const { deps } = actor.services;
  const migration = deps.informers.migrations.byUid(step.migration);
  const domain = seen.observation.domain;
  if (!migration || !domain) return { rest: step.otherwise };
  const { pools, images } = seen.around;
  const judged = judgeMove({ machine: seen.machine, migration: migration.spec, domain, pools, images });
  const needed = judged.kind === 'Go' ? await neededRoom(actor.services, seen) : [];
  // From here to the claim in one turn of the loop, so that nobody else is given the room in between.
  const answer = answerOf(actor.services, seen, migration, judged, needed);
  if (isSame(seen.machine.status?.migration, answer)) return { rest: step.otherwise };
  const { migration: _before, ...status } = seen.machine.status ?? {};
  await claimAndWrite(actor, right, seen, { ...status, migration: answer }, step);
  if (answer.target) {
    const how = answer.startAfter ? ', and is stopped for it' : '';
    const note = `is to be moved from host ${answer.source?.name} to host ${answer.target.name}${how}`;
    event(actor, seen, 'Normal', 'MovePlanned', 'Migrate', note);
  }
  return {};
}

/** A machine that waits for a host is told of again when its answer changes. */
const isSame = (before: MigrationStatus | undefined, after: MigrationStatus): boolean =>
  before !== undefined &&
  before.uid === after.uid &&
  before.phase === after.phase &&
  before.reason === after.reason &&
  before.message === after.message &&
  after.target === undefined;

function answerOf(
  services: MachineServices,
  seen: Seen,
  migration: VirtualMachineMigration,
  judged: Judgement,
  needed: RequiredPool[],
): MigrationStatus {
  const { name, uid } = migration.metadata;
  const own = { name, uid };
  if (judged.kind !== 'Go') {
    return { ...own, phase: judged.kind, reason: judged.reason, message: judged.message };
  }
  const decision = decideTarget(services, seen, migration, judged, needed);
  const { host, hostUid } = decision;
  const source = seen.machine.status?.host;
  if (!host || !hostUid || !source) {
    return { ...own, phase: 'Waiting', reason: 'Unschedulable', message: whyNowhere(decision, migration) };
  }
  return {
    ...own,
    phase: 'Planned',
    mode: judged.mode,
    ...(judged.startAfter ? { startAfter: true } : {}),
    source,
    target: { name: host, uid: hostUid },
    incarnation: (seen.machine.status?.incarnation ?? 1) + 1,
  };
}

/** The scheduler knows of one selector, and its mend names that of the machine. */
function whyNowhere({ message, rejected }: Decision, { spec }: VirtualMachineMigration): string {
  const isSelected = spec.hostSelector !== undefined && rejected.some(({ filter }) => filter === 'HostSelector');
  return isSelected ? `${message} The migration's own spec.hostSelector counts, too.` : message;
}

/** As if the machine were nowhere, for what it is and has already: its hypervisor, board and CPU are not chosen again. */
function decideTarget(
  { deps, ledger, placements }: MachineServices,
  { machine, around }: Seen,
  { spec }: VirtualMachineMigration,
  { hosts }: Extract<Judgement, { kind: 'Go' }>,
  needed: RequiredPool[],
): Decision {
  const { uid } = machine.metadata;
  const { status } = machine;
  const priority = priorityOf(machine, deps.informers);
  const asked = requestOf({ machine, around, volumes: status?.volumes ?? [], priority });
  const busy = deps.informers.hosts
    .list()
    .filter(({ metadata, spec: of }) => ledger.arrivingAt(metadata.uid, uid) >= of.migration.maxIncoming)
    .map(({ metadata }) => metadata.name);
  const request: PlacementRequest = {
    ...asked,
    requiredPools: needed,
    ...keptOf(machine),
    selector: bothSelectors(asked.selector, spec.hostSelector),
    currentHost: status?.host?.name,
    avoidedHosts: { leaving: status?.host?.name, ...(busy.length > 0 ? { busy } : {}) },
    ...(hosts ? { pinnedHosts: hosts } : {}),
  };
  return placements.without(uid, (index) => index.decide(request));
}

type Selector = PlacementRequest['selector'];

/** Hosts must match both. Labels become expressions: both may name one label, and then no host has both values. */
function bothSelectors(own: Selector, other: Selector): Selector {
  if (!own || !other) return own ?? other;
  const labels = Object.entries(other.matchLabels ?? {}).map(([key, value]) => ({
    key,
    operator: 'In' as const,
    values: [value],
  }));
  return { ...own, matchExpressions: [...(own.matchExpressions ?? []), ...(other.matchExpressions ?? []), ...labels] };
}

/** Pools that the target must have, with room for what is copied: what a disk takes now, and some for what is written meanwhile. */
async function neededRoom(services: MachineServices, seen: Seen): Promise<RequiredPool[]> {
  const { machine, around } = seen;
  const room = new Map<string, number>();
  for (const { poolName } of machine.status?.volumes ?? []) if (poolName) room.set(poolName, 0);
  for (const volume of copiedVolumes(machine.status?.volumes, around.pools)) {
    const bytes = (await takenBytes(services, seen, volume)) + ROOM_TO_WRITE_BYTES;
    room.set(volume.poolName ?? '', (room.get(volume.poolName ?? '') ?? 0) + bytes);
  }
  return [...room].map(([name, bytes]) => ({ name, bytes }));
}

/** What cannot be asked now counts as large as the guest sees it. */
async function takenBytes({ deps }: MachineServices, { host, machine }: Seen, volume: VolumeStatus): Promise<number> {
  const wanted = machine.spec.disks?.find(({ name }) => name === volume.name)?.template?.size ?? 0;
  const atMost = volume.sizeBytes ?? quantityToNumber(wanted);
  const pool = host && volume.poolName ? findPoolOnHost(deps, host, volume.poolName) : null;
  if (!host || !pool?.active || !volume.volumeName) return atMost;
  try {
    return (await lookupVolume(host, pool.uuid, volume.volumeName))?.allocationBytes ?? atMost;
  } catch (error) {
    if (errorClassOf(error) === 'LeaseLost') throw error;
    return atMost;
  }
}

/** The machine's acts in its move: the target is made ready, and the side that it is not on in the end is cleared. */
import type { MovedVolume } from '#api/v1alpha1/virtual-machine-migration.ts';
import type { MigrationStatus, VirtualMachineStatus, VolumeStatus } from '#api/v1alpha1/virtual-machine-status.ts';
import { removeReservation } from '#hostpool/ensure.ts';
import type { Host } from '#hostpool/types.ts';
import { errorClassOf, toMessage, VirtfleetError } from '#platform/errors.ts';
import type { Right } from '#platform/right.ts';
import { isoTime } from '../conditions.ts';
import { claimAndWrite } from './claims.ts';
import { readyCopy } from './document.ts';
import { missingCopies } from './judge-move.ts';
import type { Seen } from './observe.ts';
import type { Step } from './plan.ts';
import { ensureNetworksOn } from './provision.ts';
import type { Actor, ActResult } from './writing.ts';

const AGAIN_MS = 5_000;

type MoveStep = Extract<Step, { do: 'PrepareMove' | 'CommitMove' | 'ClearMove' }>;

export async function actOnMove(actor: Actor, right: Right, seen: Seen, step: MoveStep): Promise<ActResult> {
  const { migration } = seen.machine.status ?? {};
  if (!migration) return {};
  try {
    switch (step.do) {
      case 'PrepareMove':
        return await prepare(actor, right, seen, migration);
      case 'CommitMove':
        await commit(actor, right, seen, migration);
        return {};
      case 'ClearMove':
        if (migration.target && !isAt(seen, migration.target.name)) await leave(actor, right, seen, migration.target);
        await clear(actor, right, seen, step);
        return {};
    }
  } catch (error) {
    // What one host refuses for the moment says nothing of the machine, which runs on.
    if (errorClassOf(error) !== 'Transient' || !(error instanceof VirtfleetError) || error.host === undefined)
      throw error;
    return { rest: { do: 'AwaitMove', detail: toMessage(error), at: seen.observation.now + AGAIN_MS } };
  }
}

const isAt = ({ located }: Seen, host: string): boolean =>
  located.kind === 'Migrating' && located.target?.host === host;

/** Looks first, and may be repeated; Prepared is written when all of it was seen. */
async function prepare(actor: Actor, right: Right, seen: Seen, move: MigrationStatus): Promise<ActResult> {
  const { services } = actor;
  const { machine, memory, around } = seen;
  const target = move.target ? hostOf(actor, move.target) : undefined;
  if (!target) throw unreachable(move.target?.name);
  try {
    await ensureNetworksOn(
      { services, seen, right, host: target, object: objectOf(seen) },
      machine.status?.interfaces ?? [],
      false,
    );
  } catch (error) {
    if (errorClassOf(error) !== 'InvalidSpec' && errorClassOf(error) !== 'Denied') throw error;
    // Only a person can mend it: this move is given up, and the machine stays as it is.
    const refused: MigrationStatus = { ...move, phase: 'Refused', reason: 'MoveFailed', message: toMessage(error) };
    await record(actor, right, seen, { ...machine.status, migration: refused });
    return {};
  }
  memory.moveReady = moveKey(move);
  if (missingCopies(machine, around.images, target.name).length > 0) return {};
  const { reason: _reason, message: _message, ...kept } = move;
  await record(actor, right, seen, { ...machine.status, migration: { ...kept, phase: 'Prepared' } });
  return {};
}

/** Which target of which move was seen to be ready. */
export const moveKey = ({ uid, target }: MigrationStatus): string => `${uid} ${target?.uid}`;

/** What the machine has at its source goes first: afterwards nothing would tell whose it was. */
async function commit(actor: Actor, right: Right, seen: Seen, move: MigrationStatus): Promise<void> {
  const { machine, memory, located, observation: o } = seen;
  if (!move.target || located.kind !== 'Migrating' || !located.target) return;
  if (move.source) await leave(actor, right, seen, move.source);
  const { hostUid } = located.target;
  const { migration: _over, ...status } = machine.status ?? {};
  const from = move.source ? ` from host ${move.source.name}` : '';
  await record(actor, right, seen, {
    ...status,
    host: { name: move.target.name, uid: hostUid },
    incarnation: located.move.incarnation,
    ...(status.volumes ? { volumes: movedVolumes(actor, seen, move, status.volumes) } : {}),
    placement: {
      host: move.target.name,
      message: `Moved here${from} by VirtualMachineMigration ${move.name}.`,
      decidedAt: isoTime(o.now),
    },
  });
  Object.assign(memory, { verified: null, networksSeenAt: null, moveReady: null });
}

async function clear(actor: Actor, right: Right, seen: Seen, step: MoveStep): Promise<void> {
  const { migration: _over, ...status } = seen.machine.status ?? {};
  await claimAndWrite(actor, right, seen, status, step);
  seen.memory.moveReady = null;
}

const record = (actor: Actor, right: Right, seen: Seen, status: VirtualMachineStatus): Promise<void> =>
  claimAndWrite(actor, right, seen, status, { do: 'CommitMove' });

/** The reservations of a machine that is not on the host (any more). A network that nobody uses there its own controller removes. */
async function leave(actor: Actor, right: Right, seen: Seen, at: { name: string; uid: string }): Promise<void> {
  const { informers } = actor.services.deps;
  // A Host that was deleted is nobody's to clear.
  if (informers.hosts.get(at.name)?.metadata.uid !== at.uid) return;
  const host = hostOf(actor, at);
  if (!host?.inSight) throw unreachable(at.name);
  for (const { networkUID, mac } of seen.machine.status?.interfaces ?? []) {
    if (networkUID) await removeReservation(host, right, networkUID, { mac });
  }
}

/** Where the disks are now: a path may be another one on that host, and so may the copy of the image below. */
function movedVolumes(
  { services }: Actor,
  { around }: Seen,
  { uid, target }: MigrationStatus,
  volumes: readonly VolumeStatus[],
): VolumeStatus[] {
  const moved = services.deps.informers.migrations.byUid(uid)?.status?.operation?.volumes ?? [];
  return volumes.map((volume) => moveVolume(volume, target?.name ?? '', moved, around));
}

function moveVolume(
  volume: VolumeStatus,
  target: string,
  moved: readonly MovedVolume[],
  { images }: Seen['around'],
): VolumeStatus {
  const { base, poolName, role } = volume;
  const image = base ? images.get(base.imageName) : undefined;
  const copy = role !== 'Volume' && image ? readyCopy(image, poolName, target) : undefined;
  const path =
    role === 'CDROM'
      ? copy?.path
      : moved.find(({ name, volumeName }) => name === volume.name && volumeName === volume.volumeName)?.path;
  const there = { ...volume, ...(path ? { path } : {}) };
  if (!base || !copy) return there;
  const { imageName, imageUID } = base;
  const at = { ...(copy.volumeName ? { volumeName: copy.volumeName } : {}), ...(copy.path ? { path: copy.path } : {}) };
  return { ...there, base: { imageName, imageUID, ...at } };
}

function hostOf({ services }: Actor, { name, uid }: { name: string; uid: string }): Host | undefined {
  const host = services.deps.hosts.get(name);
  return host?.uid === uid ? host : undefined;
}

const objectOf = ({ machine: { metadata } }: Seen): string => `VirtualMachine ${metadata.namespace}/${metadata.name}`;

const unreachable = (name = ''): VirtfleetError =>
  new VirtfleetError('Transient', 'HostUnreachable', `host ${name} does not answer`, { host: name });

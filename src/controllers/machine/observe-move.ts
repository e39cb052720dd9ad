/** What a machine's reconcile reads of its moves: the record in its status, and the migrations that name it. All cached. */
import type { VirtualMachine } from '#api/v1alpha1/virtual-machine.ts';
import { hasEnded, type VirtualMachineMigration } from '#api/v1alpha1/virtual-machine-migration.ts';
import { keyOf } from '#kube/types.ts';
import type { ControllerDeps } from '../deps.ts';
import { machineIndex } from '../indexes.ts';
import type { Surroundings } from '../surroundings.ts';
import { missingCopies } from './judge-move.ts';
import type { MachineMemory } from './memory.ts';
import { moveKey } from './migrate.ts';
import type { MoveObject, MoveView } from './plan-migration.ts';
import { SEED } from './record.ts';

export function moveView(
  { informers }: Pick<ControllerDeps, 'informers'>,
  machine: VirtualMachine,
  { images }: Surroundings,
  memory: Pick<MachineMemory, 'moveReady'>,
): MoveView | null {
  const current = machine.status?.migration ?? null;
  const next = nextOf(informers.migrations.byIndex(machineIndex, keyOf(machine)), current);
  if (!current && next === null) return null;
  const object = current ? informers.migrations.byUid(current.uid) : undefined;
  return {
    current,
    object: object ? moveObject(object) : null,
    next,
    isNetworkReady: current !== null && memory.moveReady === moveKey(current),
    missing: current?.target ? missingCopies(machine, images, current.target.name) : [],
  };
}

/** Its own controller lets one a machine have its turn; the oldest, should it ever be two. */
function nextOf(
  migrations: readonly VirtualMachineMigration[],
  current: Pick<NonNullable<MoveView['current']>, 'uid' | 'phase'> | null,
): string | null {
  const waiting = migrations.filter(
    ({ metadata, spec, status }) =>
      status?.phase === 'Preparing' &&
      !spec.cancel &&
      metadata.deletionTimestamp === undefined &&
      (metadata.uid !== current?.uid || current.phase === 'Waiting'),
  );
  const [first] = waiting.sort(({ metadata: a }, { metadata: b }) => (ageOf(a) < ageOf(b) ? -1 : 1));
  return first?.metadata.uid ?? null;
}

const ageOf = ({ creationTimestamp, uid }: VirtualMachineMigration['metadata']): string =>
  `${creationTimestamp ?? ''} ${uid}`;

function moveObject(migration: VirtualMachineMigration): MoveObject {
  const { metadata, spec, status } = migration;
  const { operation } = status ?? {};
  return {
    isEnded: hasEnded(migration),
    isUnwanted: spec.cancel === true || metadata.deletionTimestamp !== undefined,
    isClaimed: operation?.claim !== undefined,
    hasCopies: (operation?.volumes ?? []).some(({ name }) => name !== SEED),
    outcome: operation?.outcome ?? null,
  };
}

/** What of a migration concerns its machine: how far it is does not, and is written every few seconds. */
export function concernOf({ metadata, spec, status }: VirtualMachineMigration): string {
  const { operation } = status ?? {};
  return JSON.stringify([
    metadata.deletionTimestamp,
    spec.cancel,
    status?.phase,
    operation?.claim === undefined,
    operation?.outcome,
  ]);
}

/** What is told of a move: on the migration, and on its machine, whose story it is a part of. Pure. */
import type {
  VirtualMachineMigration,
  VirtualMachineMigrationStatus,
} from '#api/v1alpha1/virtual-machine-migration.ts';
import type { EventInput } from '#kube/events.ts';
import type { MigrationStep } from './plan.ts';

export interface MigrationEvents {
  migration: EventInput[];
  machine: EventInput[];
}

export function migrationEvents(
  object: VirtualMachineMigration,
  step: MigrationStep,
  after: VirtualMachineMigrationStatus,
): MigrationEvents {
  const { name } = object.metadata;
  const machine = object.spec.machineName;
  const action = 'Migrate';
  if (step.kind === 'Begin') {
    const way = `from ${after.source?.name} to ${after.target?.name}`;
    const how = after.mode === 'Offline' ? 'while it is off' : 'while it runs';
    return {
      migration: [{ type: 'Normal', reason: 'Moving', action, note: `${machine} is moved ${way}, ${how}.` }],
      machine: [{ type: 'Normal', reason: 'Migrating', action, note: `Moves ${way}, ${how}, by migration ${name}.` }],
    };
  }
  if (step.kind !== 'Finish') return { migration: [], machine: [] };
  const note = after.message ?? '';
  const type = step.phase === 'Failed' ? 'Warning' : 'Normal';
  const told: EventInput = { type, reason: after.reason ?? step.reason, action, note };
  // A migration that never had a target is no event in the life of the machine.
  if (after.target === undefined) return { migration: [told], machine: [] };
  const onMachine =
    step.phase === 'Succeeded' ? 'Migrated' : step.phase === 'Failed' ? 'MigrationFailed' : 'MigrationCancelled';
  return { migration: [told], machine: [{ type, reason: onMachine, action, note: `${note} (migration ${name})` }] };
}

import { expect, test } from 'vitest';
import type {
  VirtualMachineMigration,
  VirtualMachineMigrationStatus,
} from '#api/v1alpha1/virtual-machine-migration.ts';
import { migrationEvents } from './events.ts';
import type { MigrationStep } from './plan.ts';

const object: VirtualMachineMigration = {
  apiVersion: 'virtfleet.io/v1alpha1',
  kind: 'VirtualMachineMigration',
  metadata: { namespace: 'lab', name: 'move', uid: 'm', resourceVersion: '1' },
  spec: { machineName: 'web', mode: 'Auto', copyStorage: 'IfNeeded' },
};
const between = { source: { name: 'h1', uid: 'u1' }, target: { name: 'h2', uid: 'u2' } };
const told = (step: MigrationStep, after: VirtualMachineMigrationStatus) => {
  const { migration, machine } = migrationEvents(object, step, after);
  const short = (events: typeof machine) => events.map(({ type, reason, note }) => `${type} ${reason}: ${note}`);
  return { migration: short(migration), machine: short(machine) };
};

test('the beginning is told of both', () => {
  expect(told({ kind: 'Begin' }, { ...between, mode: 'Live' })).toEqual({
    migration: ['Normal Moving: web is moved from h1 to h2, while it runs.'],
    machine: ['Normal Migrating: Moves from h1 to h2, while it runs, by migration move.'],
  });
});

test('the end is told of both, a failure as a warning', () => {
  const finish = (phase: 'Succeeded' | 'Failed' | 'Cancelled', reason: string): MigrationStep => ({
    kind: 'Finish',
    phase,
    reason,
    message: 'm.',
  });
  expect(told(finish('Succeeded', 'Moved'), { ...between, reason: 'Moved', message: 'm.' })).toEqual({
    migration: ['Normal Moved: m.'],
    machine: ['Normal Migrated: m. (migration move)'],
  });
  expect(told(finish('Failed', 'TimedOut'), { ...between, reason: 'TimedOut', message: 'm.' })).toEqual({
    migration: ['Warning TimedOut: m.'],
    machine: ['Warning MigrationFailed: m. (migration move)'],
  });
  expect(told(finish('Cancelled', 'Cancelled'), { ...between, reason: 'Cancelled', message: 'm.' }).machine).toEqual([
    'Normal MigrationCancelled: m. (migration move)',
  ]);
});

test('what never had a target, and what only waits, is no event of the machine', () => {
  const refused: MigrationStep = { kind: 'Finish', phase: 'Failed', reason: 'PolicyForbids', message: 'm.' };
  expect(told(refused, { reason: 'PolicyForbids', message: 'm.' })).toEqual({
    migration: ['Warning PolicyForbids: m.'],
    machine: [],
  });
  const wait: MigrationStep = { kind: 'Wait', reason: 'Queued', message: 'm.' };
  expect(told(wait, between)).toEqual({ migration: [], machine: [] });
});

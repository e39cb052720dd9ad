import { expect, test } from 'vitest';
import { type VirtualMachineMigration, virtualMachineMigrationSpec } from '#api/v1alpha1/virtual-machine-migration.ts';
import type { MigrationStatus } from '#api/v1alpha1/virtual-machine-status.ts';
import { concernOf, moveView } from './observe-move.ts';
import { aMachine, around } from './testing.ts';

type Over = { spec?: object; status?: VirtualMachineMigration['status']; deleted?: boolean; at?: string };
function aMigration(name: string, { spec, status, deleted, at }: Over = {}): VirtualMachineMigration {
  return {
    apiVersion: 'virtfleet.io/v1alpha1',
    kind: 'VirtualMachineMigration',
    metadata: {
      name,
      namespace: 'lab',
      uid: name,
      resourceVersion: '1',
      creationTimestamp: at ?? '2026-01-01T00:00:00Z',
      ...(deleted ? { deletionTimestamp: '2026-01-01T00:00:01Z' } : {}),
    },
    spec: virtualMachineMigrationSpec.parse({ machineName: 'web', ...spec }),
    ...(status ? { status } : {}),
  };
}
const preparing = { status: { phase: 'Preparing' as const } };

function look(migrations: VirtualMachineMigration[], current?: Partial<MigrationStatus>) {
  const migration = current && { name: 'm', uid: 'm', phase: 'Waiting' as const, ...current };
  const informers = {
    migrations: {
      byIndex: () => migrations,
      byUid: (uid: string) => migrations.find(({ metadata }) => metadata.uid === uid),
    },
  };
  const machine = aMachine({}, migration ? { migration } : {});
  return moveView({ informers } as never, machine, around(), { moveReady: 'm u2' });
}

test('a migration is heard when its turn has come, and as long as it is wanted', () => {
  expect(look([])).toBeNull();
  expect(look([aMigration('m')])).toBeNull();
  expect(look([aMigration('m', preparing)])?.next).toBe('m');
  expect(look([aMigration('m', { ...preparing, spec: { cancel: true } })])).toBeNull();
  expect(look([aMigration('m', { ...preparing, deleted: true })])).toBeNull();
  const two = [aMigration('late', { ...preparing, at: '2026-01-02T00:00:00Z' }), aMigration('m', preparing)];
  expect(look(two)?.next).toBe('m');
});

test('one that waits for a host asks again, one that has its answer does not', () => {
  const m = [aMigration('m', preparing)];
  expect(look(m, { phase: 'Waiting' })?.next).toBe('m');
  expect(look(m, { phase: 'Refused' })?.next).toBeNull();
  expect(look(m, { phase: 'Planned' })?.next).toBeNull();
});

test('what has become of the migration in status is told', () => {
  const object = (over: Over) => look([aMigration('m', over)], { phase: 'Prepared' })?.object;
  expect(look([], { phase: 'Prepared' })?.object).toBeNull();
  expect(object(preparing)).toEqual({
    isEnded: false,
    isUnwanted: false,
    isClaimed: false,
    hasCopies: false,
    outcome: null,
  });
  expect(object({ ...preparing, spec: { cancel: true } })?.isUnwanted).toBe(true);
  expect(object({ status: { phase: 'Cancelled' } })?.isEnded).toBe(true);
  const operation = { claim: 'worker', outcome: 'Failed' as const };
  expect(object({ status: { phase: 'Running', operation } })).toMatchObject({ isClaimed: true, outcome: 'Failed' });
});

test('networks that were seen in order at another target say nothing', () => {
  const planned = (uid: string) => look([], { phase: 'Planned', target: { name: 'h', uid } })?.isNetworkReady;
  expect([planned('u2'), planned('u3')]).toEqual([true, false]);
});

test('how far a move is does not concern its machine', () => {
  const running = (operation: object) => concernOf(aMigration('m', { status: { phase: 'Running', operation } }));
  expect(running({ claim: 'a', progressBytes: 1 })).toBe(running({ claim: 'b', progressBytes: 2, phase: 'Moving' }));
  expect(running({ claim: 'a' })).not.toBe(running({}));
  expect(running({ claim: 'a' })).not.toBe(running({ claim: 'a', outcome: 'Succeeded' }));
  expect(concernOf(aMigration('m'))).not.toBe(concernOf(aMigration('m', { spec: { cancel: true } })));
});

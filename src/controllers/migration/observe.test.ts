import { expect, test, vi } from 'vitest';
import type { VirtualMachine } from '#api/v1alpha1/virtual-machine.ts';
import type { VirtualMachineMigration } from '#api/v1alpha1/virtual-machine-migration.ts';
import type { ControllerDeps } from '../deps.ts';
import type { Executors } from '../executors.ts';
import { observeMigration } from './observe.ts';
import { planMigration } from './plan.ts';
import { freeTurn } from './turn.ts';

const made = { metadata: { name: 'web', namespace: 'a' }, spec: { migration: { policy: 'Live' } } };
const placed = {
  ...made,
  status: { host: { name: 'h1', uid: 'u' }, conditions: [{ type: 'Running', status: 'True' }] },
} as unknown as VirtualMachine;
const move = {
  metadata: { name: 'move', namespace: 'a', uid: 'm1' },
  spec: { machineName: 'web', mode: 'Auto' },
} as unknown as VirtualMachineMigration;

async function planned(cached: unknown, served: unknown) {
  const get = vi.fn().mockResolvedValue(served);
  const none = { byIndex: () => [] };
  const deps = {
    clock: { now: () => 0 },
    client: { get },
    informers: { machines: { get: () => cached }, migrations: none, operations: none },
  } as unknown as ControllerDeps;
  const executors = { isAlive: () => false } as unknown as Executors;
  return { step: planMigration(await observeMigration(deps, move, executors, freeTurn)), asked: get.mock.calls.length };
}

test.each<[string, unknown, unknown, object]>([
  ['the cache does not have it yet', undefined, placed, { step: { kind: 'Admit' }, asked: 1 }],
  ['the cache has it without its host', made, placed, { step: { kind: 'Admit' }, asked: 1 }],
  ['there is none', undefined, null, { step: { reason: 'MachineNotFound' }, asked: 1 }],
  ['it is on no host', made, made, { step: { reason: 'MachineNotPlaced' }, asked: 1 }],
  ['the cache has all', placed, null, { step: { kind: 'Admit' }, asked: 0 }],
])('the machine of a move that is asked for: %s', async (_, cached, served, expected) => {
  expect(await planned(cached, served)).toMatchObject(expected);
});

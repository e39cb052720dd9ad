import { expect, test, vi } from 'vitest';
import type { VirtualMachine } from '#api/v1alpha1/virtual-machine.ts';
import type { VirtualMachineOperation } from '#api/v1alpha1/virtual-machine-operation.ts';
import type { ControllerDeps } from '../deps.ts';
import { observeOperation } from './observe.ts';
import { planOperation } from './plan.ts';

const machine = { metadata: { name: 'web', namespace: 'a' }, spec: { runStrategy: 'Manual' } } as VirtualMachine;
const start = (status: object = {}): VirtualMachineOperation =>
  ({
    metadata: { name: 'go', namespace: 'a', uid: 'o1' },
    spec: { type: 'Start', machineName: 'web' },
    status,
  }) as VirtualMachineOperation;

function depsWith(cached: VirtualMachine | undefined, served: VirtualMachine | null) {
  const get = vi.fn().mockResolvedValue(served);
  const deps = {
    clock: { now: () => 0 },
    client: { get },
    informers: { machines: { get: () => cached }, operations: { byIndex: () => [] } },
  } as unknown as ControllerDeps;
  return { deps, get };
}

test('a machine that the cache does not have yet is asked for before the operation is refused', async () => {
  const { deps, get } = depsWith(undefined, machine);
  expect(planOperation(await observeOperation(deps, start())).kind).toBe('Admit');
  expect(get).toHaveBeenCalledOnce();
});

test('one that is nowhere is told to be missing', async () => {
  const { deps } = depsWith(undefined, null);
  expect(planOperation(await observeOperation(deps, start()))).toMatchObject({ reason: 'MachineNotFound' });
});

test('nobody is asked for what the cache answers, or what is over', async () => {
  const { deps, get } = depsWith(machine, null);
  await observeOperation(deps, start());
  await observeOperation(deps, start({ phase: 'Failed', finishedAt: '2026-01-01T00:00:00Z' }));
  expect(get).not.toHaveBeenCalled();
});

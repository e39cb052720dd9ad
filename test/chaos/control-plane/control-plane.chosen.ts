/** The control plane is restarted, its definitions are attacked, the Lease is taken: machines run on. */
import { afterAll, beforeAll, expect } from 'vitest';
import { virtualMachineKind } from '#api/v1alpha1/index.ts';
import { apply, clearWorld, client, gone, prepareWorld, ready, rig } from '../../e2e/support/world.ts';
import { fault } from '../fault.ts';
import { withoutApi } from '../support/control-plane.ts';
import { blank } from '../support/crowd.ts';
import { keptRunning } from '../support/operators.ts';

beforeAll(prepareWorld);
afterAll(() => clearWorld());

fault('control plane', 'the API server is killed and started while a machine is made', async ({ note }) => {
  const restarts = await keptRunning(rig, async () => {
    await apply(virtualMachineKind, 'through', blank());
    await withoutApi(rig, client, async () => {});
    const vm = await ready('through', 120_000);
    expect(vm.status?.run?.generation).toBe(1);
  });
  note(`${restarts} restarts of the operator`);
  await gone(virtualMachineKind, 'through');
});

fault('control plane', 'a CRD is deleted: refused, with what to do if it is meant', async () => {
  const refused = await rig.kubectl.run('delete', 'crd', 'virtualmachines.virtfleet.io').then(
    () => '',
    (error: Error) => error.message,
  );
  expect(refused).toMatch(/would delete every object of this kind, with the machines and disks/);
  expect(refused).toMatch(/virtfleet\.io\/allow-deletion=true/);
  expect(await client.listAll(virtualMachineKind)).toBeDefined();
});

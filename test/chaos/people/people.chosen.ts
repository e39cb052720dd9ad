/** A few of what people do with virsh behind the operator's back, as part of every test run. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect } from 'vitest';
import { virtualMachineKind } from '#api/v1alpha1/index.ts';
import {
  apply,
  clearWorld,
  condition,
  line,
  namespace,
  operate,
  placeOf,
  prepareWorld,
  ready,
  rig,
  small,
  word,
} from '../../e2e/support/world.ts';
import { waitFor } from '../../rig/wait.ts';
import { fault } from '../fault.ts';

beforeAll(prepareWorld);
afterAll(() => clearWorld());

/** A host keeps what an earlier machine of that name has printed. */
const name = `touched-${randomUUID().slice(0, 6)}`;
const domain = `${namespace}_${name}`;

fault('people', 'virsh undefine of a running machine: its definition is made again, it runs on', async () => {
  await apply(virtualMachineKind, name, small());
  const vm = await ready(name, 90_000);
  await line(name, /^boots 1\b/, 90_000);
  const { host, uuid } = placeOf(vm);
  await rig.virsh(host, 'undefine', domain);
  await waitFor(
    'the definition to be there again',
    async () => (await rig.virsh(host, 'dominfo', uuid)).match(/^Persistent:\s+yes$/m) !== null,
    { timeoutMs: 60_000, intervalMs: 500 },
  );
  const back = await ready(name);
  expect(back.status?.run?.generation, 'it was not started again').toBe(1);
  expect(await rig.console(namespace, name)).not.toMatch(/^boots 2\b/m);
});

fault('people', 'virsh suspend: shown as paused with its mend, and Resume works', async () => {
  await apply(virtualMachineKind, name, small());
  const vm = await ready(name, 90_000);
  await rig.virsh(placeOf(vm).host, 'suspend', domain);
  const paused = await word(name, 'Paused');
  expect(condition(paused, 'Paused')).toMatchObject({ status: 'True', reason: 'PausedByUser' });
  expect(paused.status?.message).toMatch(new RegExp(`host ${placeOf(vm).host}.*Resume`));
  await operate(name, 'Resume');
  const back = await ready(name);
  expect(back.status?.run?.generation).toBe(1);
});

/** A machine's memory is saved, and the machine goes on from there: no boot, and no beat of its heart twice. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { virtualMachineKind, virtualMachineOperationKind } from '#api/v1alpha1/index.ts';
import { waitFor } from '../rig/wait.ts';
import {
  apply,
  clearWorld,
  gone,
  http,
  line,
  namespace,
  operate,
  placeOf,
  prepareWorld,
  ready,
  rig,
  root,
  small,
  sound,
  until,
  word,
} from './support/world.ts';

beforeAll(prepareWorld);
afterAll(() => clearWorld());

async function done(operation: string, timeoutMs = 90_000): Promise<void> {
  const ended = await until(
    virtualMachineOperationKind,
    operation,
    'end',
    ({ status }) => status?.phase === 'Succeeded' || status?.phase === 'Failed',
    timeoutMs,
  );
  expect(ended.status).toMatchObject({ phase: 'Succeeded' });
}

const printed = async (start: string): Promise<string[]> =>
  (await rig.console(namespace, 'dozes')).split(/\r?\n/).filter((text) => text.startsWith(start));
const beats = async (): Promise<number[]> =>
  (await printed('heartbeat ')).map((text) => Number(text.split(' ')[1])).filter(Number.isInteger);

async function alive(): Promise<void> {
  const before = (await beats()).length;
  await waitFor('the guest to give signs of life', async () => (await beats()).length > before + 1, {
    timeoutMs: 60_000,
    intervalMs: 300,
  });
}

const savedOn = async (host: string, uuid: string): Promise<boolean> =>
  /Managed save: +yes/.test(await rig.virsh(host, 'dominfo', uuid));
const spec = { runStrategy: 'Manual', disks: [root({ size: '128Mi' })] };

test('what was saved goes on at the next start, as it was, and is changed only then', async () => {
  await apply(virtualMachineKind, 'dozes', small(spec));
  await done(await operate('dozes', 'Start'));
  const vm = await ready('dozes');
  const { host, uuid } = placeOf(vm);
  await line('dozes', /^ready /);
  await alive();

  await done(await operate('dozes', 'Save'));
  const saved = await word('dozes', 'Stopped');
  expect(saved.status).toMatchObject({
    run: { generation: 1, saved: true },
    message: expect.stringContaining('saved'),
  });
  expect(await savedOn(host, uuid)).toBe(true);
  await sound();

  await apply(virtualMachineKind, 'dozes', small({ ...spec, disks: [root({ size: '192Mi' })] }));
  const unchanged = await until(
    virtualMachineKind,
    'dozes',
    'have been looked at again',
    ({ status, metadata }) => status?.observedGeneration === metadata.generation,
  );
  expect(unchanged.status?.volumes).toEqual(saved.status?.volumes);
  expect(await savedOn(host, uuid)).toBe(true);

  await done(await operate('dozes', 'Start'));
  const again = await ready('dozes');
  expect(again.status?.run).toMatchObject({ generation: 2, confirmed: true });
  expect(again.status?.run?.saved).toBeUndefined();
  expect(await savedOn(host, uuid)).toBe(false);
  await alive();
  expect(await printed('boots ')).toHaveLength(1);
  const numbers = await beats();
  expect(new Set(numbers).size, 'no beat twice').toBe(numbers.length);
  expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
  await http(again);
  await line('dozes', /^disk vda 201326592$/);
  await sound();
});

test('the operator is killed while a machine is saved: it is saved once, and says so', async () => {
  const { host, uuid } = placeOf(await ready('dozes'));
  const operation = await operate('dozes', 'Save');
  await until(virtualMachineKind, 'dozes', 'have taken it up', ({ status }) => status?.request?.name === operation);
  await rig.component('operator', 'kill');
  await rig.component('operator', 'start');
  await done(operation);
  const saved = await word('dozes', 'Stopped');
  expect(saved.status?.run).toMatchObject({ generation: 2, ended: true, saved: true });
  expect(await savedOn(host, uuid)).toBe(true);
  await done(await operate('dozes', 'Start'));
  await ready('dozes');
  await alive();
  expect(await printed('boots ')).toHaveLength(1);
  await sound();
});

test('a machine that is deleted leaves nothing of what was saved', async () => {
  const { host } = placeOf(await ready('dozes'));
  await done(await operate('dozes', 'Save'));
  const files = () => rig.exec(host, ['find', '/var/lib/libvirt/qemu/save', '-type', 'f']);
  expect(await files()).toContain('dozes');
  await gone(virtualMachineKind, 'dozes');
  expect(await files()).not.toContain('dozes');
  await sound();
});

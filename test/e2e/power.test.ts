/** Stop and start, operations, and what happens when somebody else ends a machine. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { virtualMachineKind, virtualMachineOperationKind } from '#api/v1alpha1/index.ts';
import { waitFor } from '../rig/wait.ts';
import {
  apply,
  clearWorld,
  condition,
  eventsOf,
  get,
  line,
  namespace,
  operate,
  placeOf,
  prepareWorld,
  ready,
  rig,
  small,
  sound,
  until,
  word,
} from './support/world.ts';

beforeAll(prepareWorld);
afterAll(() => clearWorld());

async function outcome(operation: string, phase: 'Succeeded' | 'Failed', timeoutMs = 60_000) {
  const ended = await until(
    virtualMachineOperationKind,
    operation,
    'end',
    (op) => op.status?.phase === 'Succeeded' || op.status?.phase === 'Failed',
    timeoutMs,
  );
  expect(ended.status).toMatchObject({ phase });
  return ended;
}

/** How often QEMU has begun a run of the guest: each boot prints one such line. */
const boots = async (name: string): Promise<number> =>
  (await rig.console(namespace, name)).split('\n').filter((text) => text.startsWith('boots ')).length;

const state = async (host: string, uuid: string): Promise<string> => (await rig.virsh(host, 'domstate', uuid)).trim();

test('a machine that is halted shuts down in peace, and its disk is the same when it runs again', async () => {
  const spec = { terminationGracePeriodSeconds: 90 };
  await apply(virtualMachineKind, 'halted', small(spec));
  const { host, uuid, address } = placeOf(await ready('halted'));
  expect(await line('halted', /^boots /)).toBe('boots 1');
  await line('halted', /^ready /);

  await apply(virtualMachineKind, 'halted', small({ ...spec, runStrategy: 'Halted' }));
  const off = await word('halted', 'Stopped', 90_000);
  expect(condition(off, 'Ready')).toMatchObject({ status: 'True', reason: 'Stopped' });
  expect(await state(host, uuid)).toBe('shut off');
  const told = await eventsOf(off.metadata.uid);
  expect(told).toContain('ShuttingDown');
  expect(told, 'the guest went down by itself: no force').not.toContain('PoweredOff');
  await sound();

  await apply(virtualMachineKind, 'halted', small({ ...spec, runStrategy: 'Always' }));
  expect(placeOf(await ready('halted'))).toEqual({ host, uuid, address });
  await line('halted', /^boots 2$/);
  await sound();
  await apply(virtualMachineKind, 'halted', small({ runStrategy: 'Halted' }));
});

test('operations start, pause, resume, reset, restart and stop a Manual machine, each once', async () => {
  const manual = small({ runStrategy: 'Manual', terminationGracePeriodSeconds: 60 });
  await apply(virtualMachineKind, 'manual', manual);
  await word('manual', 'Stopped');
  expect((await get(virtualMachineKind, 'manual'))?.status?.host, 'it is placed at its first start').toBeUndefined();

  await outcome(await operate('manual', 'Start'), 'Succeeded');
  const { host, uuid } = placeOf(await ready('manual'));
  await line('manual', /^boots 1$/);

  await outcome(await operate('manual', 'Pause'), 'Succeeded');
  expect(await state(host, uuid)).toBe('paused');
  expect(condition(await word('manual', 'Paused'), 'Paused')?.reason).toBe('PausedByUser');
  await sound();

  await outcome(await operate('manual', 'Resume'), 'Succeeded');
  expect(await state(host, uuid)).toBe('running');
  await word('manual', 'Running');
  await line('manual', /^ready /);

  const before = await boots('manual');
  await outcome(await operate('manual', 'Reset'), 'Succeeded');
  await waitFor('the guest to boot again', async () => (await boots('manual')) === before + 1, { timeoutMs: 60_000 });

  await outcome(await operate('manual', 'Restart', { gracePeriodSeconds: 0 }), 'Succeeded');
  await waitFor('the guest to boot once more', async () => (await boots('manual')) === before + 2, {
    timeoutMs: 60_000,
  });
  await ready('manual');

  await outcome(await operate('manual', 'Stop', { gracePeriodSeconds: 0 }), 'Succeeded');
  await word('manual', 'Stopped');
  expect(await state(host, uuid)).toBe('shut off');
  await sound();
});

test('a Stop of a machine that shall always run is refused with the mend', async () => {
  await apply(virtualMachineKind, 'always', small());
  await ready('always');
  const refused = await outcome(await operate('always', 'Stop'), 'Failed');
  expect(refused.status).toMatchObject({ reason: 'RunStrategyRefuses', message: expect.stringContaining('Halted') });
  const missing = await outcome(await operate('nobody', 'Start'), 'Failed');
  expect(missing.status?.reason).toBe('MachineNotFound');
  await sound();
});

test('a machine that somebody ends comes back at once, then after a while, and events tell', async () => {
  const { host, uuid } = placeOf(await ready('always'));
  const first = (await get(virtualMachineKind, 'always'))?.status?.run?.generation ?? 0;
  await rig.virsh(host, 'destroy', uuid);
  await until(
    virtualMachineKind,
    'always',
    'run again',
    (vm) => vm.status?.run?.generation === first + 1 && vm.status.printableStatus === 'Running',
  );
  await rig.virsh(host, 'destroy', uuid);
  const waiting = await word('always', 'CrashLoopBackOff');
  expect(waiting.status?.crash?.count).toBe(2);
  expect(waiting.status?.message).toContain('next start');
  await sound();
  await ready('always', 45_000);
  expect(await eventsOf(waiting.metadata.uid)).toContain('Ended');
  await sound();
});

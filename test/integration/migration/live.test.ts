/** Moves of running machines between two real hosts. */
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { resumeDomain, suspendDomain } from '#hostpool/ensure.ts';
import { unrestricted } from '#platform/right.ts';
import { waitFor } from '../../rig/wait.ts';
import { Stage, type TestMachine } from './stage.ts';

/** Guests boot under software emulation on a machine that may be busy. */
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.start();
});
afterAll(async () => {
  await stage?.[Symbol.asyncDispose]();
});

async function isCompleteThere(machine: TestMachine, state: string): Promise<void> {
  expect(await stage.where(machine)).toEqual({ h1: 'absent', h2: state });
  const definition = await stage.definition('h2', machine);
  expect(definition).toContain('incarnation="2"');
  expect(definition).toContain('definedHash="sha256:');
}

/** Each number once, on one host after the other. */
async function countsOn(machine: TestMachine, before: number): Promise<void> {
  await stage.counting('h2', machine, before);
  const [source, target] = [stage.counts('h1', machine), stage.counts('h2', machine)];
  expect(Math.min(...target)).toBe(Math.max(...source) + 1);
  expect(new Set(target).size).toBe(target.length);
}

describe('a machine whose disks both hosts see', () => {
  test('goes on at the target, let go by the hypervisor, and counts on', async () => {
    const machine = await stage.machine('shared', { disk: 'shared' });
    const before = await stage.counting('h1', machine, 3);
    const job = await stage.migration(machine);
    const operation = await stage.work(job);
    expect(operation).toMatchObject({ outcome: 'Succeeded', phase: 'Done', paused: false, wasPaused: false });
    expect(operation.downtimeMilliseconds).toBeGreaterThan(0);
    expect(operation.totalMilliseconds).toBeGreaterThan(0);
    expect(operation.progressBytes).toBeGreaterThan(0);
    await isCompleteThere(machine, 'running (migrated)');
    await countsOn(machine, before);
    // Somebody adds the job once more: there is nothing to do.
    expect(await stage.work(job)).toEqual(operation);
  });
});

describe('a machine whose move does not come to its end in time, when that may be forced', () => {
  test.each([
    ['is held still for the rest', 'Forbidden'],
    ['runs on at the target, and its memory follows', 'Allowed'],
  ] as const)('%s', async (_, postCopy) => {
    const machine = await stage.machine(`forced-${postCopy.toLowerCase()}`, { disk: 'shared' });
    const before = await stage.counting('h1', machine, 3);
    const limits = { bandwidth: '4Mi', timeoutSeconds: 10, timeoutAction: 'ForceComplete' as const, postCopy };
    const operation = await stage.work(await stage.migration(machine, { spec: { limits } }));
    expect(operation).toMatchObject({ outcome: 'Succeeded', wasPaused: false });
    await isCompleteThere(machine, 'running (migrated)');
    if (stage.keepsMemory) await countsOn(machine, before);
  });
});

describe('a machine whose disk only its host has', () => {
  let machine: TestMachine;
  const files = (host: string): boolean[] =>
    (machine.object.status?.volumes ?? []).flatMap(({ volumeName }) =>
      volumeName === undefined ? [] : [stage.has(host, 'local', volumeName)],
    );
  beforeAll(async () => {
    machine = await stage.machine('local', { disk: 'local' });
    await stage.counting('h1', machine, 3);
  });
  const slow = { bandwidth: '1Mi' };

  test('stays when the move is cancelled, and nothing is left at the target', async () => {
    const job = await stage.migration(machine, { spec: { limits: slow } });
    const working = stage.work(job);
    await waitFor('bytes to be sent', async () => ((await stage.operation(job)).progressBytes ?? 0) > 0, {
      timeoutMs: 60_000,
    });
    expect(files('h2')).toEqual([true, true]);
    await stage.cancel(job);
    expect(await working).toMatchObject({ outcome: 'Cancelled', reason: 'Cancelled' });
    expect(await stage.where(machine)).toMatchObject({ h1: expect.stringContaining('running'), h2: 'absent' });
    expect([files('h1'), files('h2')]).toEqual([
      [true, true],
      [false, false],
    ]);
  });

  test('stays when the process stops, and the next one takes back what was made', async () => {
    const job = await stage.migration(machine, { spec: { limits: slow } });
    const stopping = new AbortController();
    const working = stage.work(job, stopping.signal);
    const failing = expect(working).rejects.toThrow('the process stops');
    await waitFor('bytes to be sent', async () => ((await stage.operation(job)).progressBytes ?? 0) > 0, {
      timeoutMs: 60_000,
    });
    stopping.abort(new Error('the process stops'));
    await failing;
    expect((await stage.operation(job)).outcome).toBeUndefined();
    expect(await stage.where(machine)).toMatchObject({ h1: expect.stringContaining('running'), h2: 'absent' });
    await stage.cancel(job);
    expect(await stage.work(job)).toMatchObject({ outcome: 'Cancelled' });
    expect(files('h2')).toEqual([false, false]);
  });

  test('stays when the time is over', async () => {
    const job = await stage.migration(machine, { spec: { limits: { ...slow, timeoutSeconds: 10 } } });
    expect(await stage.work(job)).toMatchObject({ outcome: 'Failed', reason: 'TimedOut' });
    expect(await stage.where(machine)).toMatchObject({ h1: expect.stringContaining('running'), h2: 'absent' });
    expect(files('h2')).toEqual([false, false]);
  });

  test('is not moved onto a file that nobody recorded', async () => {
    const [root = ''] = (machine.object.status?.volumes ?? []).map(({ volumeName }) => volumeName);
    await stage.rig.exec('h2', ['sh', '-c', `echo mine > /srv/virtfleet/local/${root}`]);
    const job = await stage.migration(machine);
    expect(await stage.work(job)).toMatchObject({ outcome: 'Failed', reason: 'MoveFailed' });
    expect((await stage.operation(job)).message).toMatch(/left alone/);
    expect((await stage.rig.exec('h2', ['cat', `/srv/virtfleet/local/${root}`])).trim()).toBe('mine');
    await stage.rig.exec('h2', ['rm', `/srv/virtfleet/local/${root}`]);
  });

  test('is copied while it runs, onto the base of the target', async () => {
    const before = await stage.counting('h1', machine);
    const operation = await stage.work(await stage.migration(machine));
    expect(operation).toMatchObject({ outcome: 'Succeeded', paused: true, wasPaused: false });
    await isCompleteThere(machine, 'running (unpaused)');
    await countsOn(machine, before);
    expect([files('h1'), files('h2')]).toEqual([
      [false, false],
      [true, true],
    ]);
    const [root = ''] = (machine.object.status?.volumes ?? []).map(({ volumeName }) => volumeName);
    const info = await stage.rig.exec('h2', ['qemu-img', 'info', '-U', `/srv/virtfleet/local/${root}`]);
    expect(info).toMatch(/backing file: \/srv\/virtfleet\/local\/tiny-.*-12\.qcow2/);
    expect(info).toMatch(/virtual size: 96 MiB/);
    // What is in the drive has another name here, too.
    expect(await stage.definition('h2', machine)).toMatch(
      /<disk type='file' device='cdrom'>[\s\S]*tiny-[0-9a-f-]*-12\.qcow2/,
    );
  });
});

describe('a machine without a disk', () => {
  test('is let go at the target after it was seen gone from the source', async () => {
    const machine = await stage.machine('bare');
    const operation = await stage.work(await stage.migration(machine));
    expect(operation).toMatchObject({ outcome: 'Succeeded', paused: true });
    await isCompleteThere(machine, 'running (unpaused)');
  });

  test('that its user has paused stays paused', async () => {
    const machine = await stage.machine('still');
    await suspendDomain(stage.host('h1'), unrestricted, machine.uuid);
    const operation = await stage.work(await stage.migration(machine));
    expect(operation).toMatchObject({ outcome: 'Succeeded', wasPaused: true });
    await isCompleteThere(machine, 'paused (user)');
    await resumeDomain(stage.host('h2'), unrestricted, machine.uuid);
  });

  test('that a stranger has at the target is left alone', async () => {
    const machine = await stage.machine('strange');
    const foreign = (await stage.definition('h1', machine)).replace(/<metadata>.*<\/metadata>/s, '');
    await stage.defineByHand('h2', foreign);
    const job = await stage.migration(machine);
    expect(await stage.work(job)).toMatchObject({ outcome: 'Failed', reason: 'MoveFailed' });
    expect(await stage.where(machine)).toMatchObject({
      h1: expect.stringContaining('running'),
      h2: 'shut off (unknown)',
    });
    await stage.rig.virsh('h2', 'undefine', machine.uuid);
  });
});

describe('a machine that is off', () => {
  test('is moved with its files, and starts from them at the target', async () => {
    const machine = await stage.machine('off', { disk: 'local', off: true });
    const operation = await stage.work(await stage.migration(machine, { mode: 'Offline' }));
    expect(operation).toMatchObject({ outcome: 'Succeeded' });
    await isCompleteThere(machine, 'shut off (unknown)');
    const [root = ''] = (machine.object.status?.volumes ?? []).map(({ volumeName }) => volumeName);
    expect([stage.has('h1', 'local', root), stage.has('h2', 'local', root)]).toEqual([false, true]);
    await stage.rig.exec('h2', ['qemu-img', 'check', '-q', `/srv/virtfleet/local/${root}`]);
    await stage.rig.virsh('h2', 'start', machine.uuid);
    await stage.counting('h2', machine, 1);
  });

  test('and has its disk in a store that both see is moved by its definition alone', async () => {
    const machine = await stage.machine('off-shared', { disk: 'shared', off: true });
    expect(await stage.work(await stage.migration(machine, { mode: 'Offline' }))).toMatchObject({
      outcome: 'Succeeded',
    });
    await isCompleteThere(machine, 'shut off (unknown)');
  });

  test('and was started meanwhile stays', async () => {
    const machine = await stage.machine('woken');
    const job = await stage.migration(machine, { mode: 'Offline' });
    expect(await stage.work(job)).toMatchObject({ outcome: 'Failed', reason: 'MachineRunning' });
  });
});

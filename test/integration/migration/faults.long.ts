/** Moves in the midst of which something breaks. After each: one copy runs, it never ran twice, and the move is done. */
import { type ChildProcess, fork } from 'node:child_process';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { MigrationOperation } from '#api/v1alpha1/virtual-machine-migration.ts';
import type { JobSpec } from '#jobs/port.ts';
import { waitFor } from '../../rig/wait.ts';
import { Stage, type TestMachine } from './stage.ts';

/** About a quarter of a minute for what a booted guest has in its memory. */
const slow = { limits: { bandwidth: '4Mi' } };
let stage: Stage;
const children: ChildProcess[] = [];
beforeAll(async () => {
  stage = await Stage.start();
});
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  for (const host of ['h1', 'h2']) {
    await stage.rig.fault(host, 'thaw');
    await stage.rig.fault(host, 'heal');
    await stage.ready(host);
  }
});
afterAll(async () => {
  await stage?.[Symbol.asyncDispose]();
});

function startChild(job: JobSpec): ChildProcess {
  const child = fork(new URL('./executor-process.ts', import.meta.url), [stage.fleet, JSON.stringify(job)], {
    env: { ...process.env, VIRTFLEET_LOG_LEVEL: process.env.VIRTFLEET_LOG_LEVEL ?? 'error' },
    stdio: ['ignore', 2, 2, 'ipc'],
  });
  children.push(child);
  return child;
}

/** Until that part of it has been sent; the last part may be gone between two looks. */
async function isSent(job: JobSpec, share: number): Promise<void> {
  await waitFor(
    `${share * 100} % to be sent`,
    async () => {
      const { progressBytes = 0, totalBytes = 1, phase } = await stage.operation(job);
      const isMoving = phase === 'Moving';
      return isMoving ? progressBytes > 0 && progressBytes >= share * totalBytes : phase === 'HandingOver';
    },
    { timeoutMs: 240_000 },
  );
}

/** As the controller does it: begun anew for as long as it has no outcome. */
async function workOn(job: JobSpec): Promise<MigrationOperation> {
  for (;;) {
    const operation = await stage.work(job);
    if (operation.outcome !== undefined) return operation;
  }
}

/** What it says on its consoles, one number a second: none twice, and no way back. */
async function ranOnce(machine: TestMachine): Promise<void> {
  await waitFor('it to go on at the target', () => stage.beats('h2', machine).length > 2, {
    timeoutMs: 60_000,
    orElse: stage.keepsMemory ? 'throw' : 'continue',
  });
  const beats = [...stage.beats('h1', machine), ...stage.beats('h2', machine)];
  expect(beats).toEqual([...new Set(beats)].sort((a, b) => a - b));
  expect(await stage.where(machine)).toMatchObject({ h1: 'absent', h2: expect.stringContaining('running') });
  expect(await stage.definition('h2', machine)).toContain('incarnation="2"');
}

/** A lock on its disk keeps a second copy from running; or nothing does. */
describe.each(['locked', 'diskless'] as const)('a machine that is %s', (kind) => {
  const booted = async (name: string): Promise<TestMachine> => {
    const machine = await stage.machine(`${kind}-${name}`, { disk: 'shared' });
    await stage.counting('h1', machine, 2);
    return kind === 'locked' ? machine : stage.withoutDisk(machine);
  };

  test('goes on where it is when the process is killed, and is moved by the next', async () => {
    const machine = await booted('killed');
    const job = await stage.migration(machine, { spec: slow });
    const child = startChild(job);
    await isSent(job, 0.1);
    child.kill('SIGKILL');
    expect(await workOn(job)).toMatchObject({ outcome: 'Succeeded' });
    await ranOnce(machine);
  });

  test('is not moved a second time beside a process that is frozen', async () => {
    const machine = await booted('frozen');
    const job = await stage.migration(machine, { spec: slow });
    const child = startChild(job);
    await isSent(job, 0.5);
    child.kill('SIGSTOP');
    const working = workOn(job);
    await waitFor(
      'all of it to be sent, and nobody to let it go on',
      async () => (await stage.where(machine)).h1?.startsWith('paused'),
      { timeoutMs: 240_000 },
    );
    child.kill('SIGCONT');
    expect(await working).toMatchObject({ outcome: 'Succeeded' });
    await ranOnce(machine);
  });

  test('runs once when the libvirtd of the target stands still over the hand-over, and wakes', async () => {
    const machine = await booted('finish');
    const job = await stage.migration(machine, { spec: slow });
    const working = workOn(job);
    await isSent(job, 0.6);
    await stage.rig.fault('h2', 'freeze');
    await waitFor(
      'the source to go on',
      async () => (await stage.state('h1', machine)) === 'running' && !(await stage.hasJob('h1', machine)),
      { timeoutMs: 240_000 },
    );
    await stage.rig.fault('h2', 'thaw');
    expect(await working).toMatchObject({ outcome: 'Succeeded' });
    await ranOnce(machine);
  });

  test.each([
    [10, 'h1'],
    [50, 'h2'],
    [90, 'h1'],
    [90, 'h2'],
  ])('runs once when at %i %% the network of %s is cut, and mended', async (percent, host) => {
    const machine = await booted(`cut-${percent}-${host}`);
    const job = await stage.migration(machine, { spec: slow });
    const working = workOn(job);
    await isSent(job, percent / 100);
    await stage.rig.fault(host, 'cut');
    await waitFor(
      'the other host to be done with it',
      async () =>
        host === 'h1' ? (await stage.state('h2', machine)) === 'absent' : !(await stage.hasJob('h1', machine)),
      { timeoutMs: 240_000 },
    );
    await stage.rig.fault(host, 'heal');
    expect(await working).toMatchObject({ outcome: 'Succeeded' });
    await ranOnce(machine);
  });
});

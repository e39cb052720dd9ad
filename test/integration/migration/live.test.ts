/** Moves of running machines between two real hosts. */
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { Stage, type TestMachine } from './stage.ts';

vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

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

describe('a machine whose disks both hosts see', () => {
  test('goes on at the target, let go by the hypervisor, and counts on', async () => {
    const machine = await stage.machine('shared', { disk: 'shared' });
    const before = await stage.counting('h1', machine, 3);
    const job = await stage.migration(machine);
    const operation = await stage.work(job);
    expect(operation).toMatchObject({
      outcome: 'Succeeded',
      phase: 'Done',
      paused: false,
      wasPaused: false,
    });
    expect(operation.downtimeMilliseconds).toBeGreaterThan(0);
    expect(operation.totalMilliseconds).toBeGreaterThan(0);
    expect(operation.progressBytes).toBeGreaterThan(0);
    await isCompleteThere(machine, 'running (migrated)');
    const after = await stage.counting('h2', machine, before);
    const [source, target] = [stage.counts('h1', machine), stage.counts('h2', machine)];
    expect(Math.min(...target)).toBe(Math.max(...source) + 1);
    expect(after).toBeGreaterThan(before);
    // Somebody adds the job once more: there is nothing to do.
    expect(await stage.work(job)).toEqual(operation);
  });
});

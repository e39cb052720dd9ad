/** What a machine costs the cluster in writes: few to make it, none while nothing happens. */
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { virtualMachineKind } from '#api/v1alpha1/index.ts';
import { ofTheFleet, readWrites, total, writesBetween } from '../chaos/api-writes.ts';
import { apply, clearWorld, condition, line, prepareWorld, ready, rig, small, sound, until } from './support/world.ts';

beforeAll(prepareWorld);
afterAll(() => clearWorld());

/** Of machines and of events. What other kinds count (host, network, image) is counted there at most every 10 s. */
const ofMachines = async () =>
  ofTheFleet(await readWrites(rig)).filter(
    ({ resource }) => resource === 'events' || resource.startsWith('virtualmachines'),
  );

/** Until nothing at all is written for that long; what was under way before is none of a test's. */
async function quiet(ms: number, timeoutMs: number): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  for (let before = ofTheFleet(await readWrites(rig)); ; ) {
    await delay(ms);
    const after = ofTheFleet(await readWrites(rig));
    const written = writesBetween(before, after);
    if (written.length === 0) return;
    if (performance.now() > deadline) throw new Error(`it is never quiet: ${JSON.stringify(written)}`);
    before = after;
  }
}

test('a machine costs at most six writes until it runs, and none when nothing happens', async () => {
  await quiet(3_000, 60_000);
  const before = await ofMachines();
  await apply(virtualMachineKind, 'frugal', small());
  await ready('frugal');
  // The one that applied it is ours; events are sent a moment after what they tell of.
  const written = writesBetween(before, await ofMachines());
  const own = written.filter(({ resource, verb }) => resource === 'virtualmachines' && verb === 'APPLY');
  expect(total(own), 'our own apply').toBe(1);
  expect(total(written) - 1, JSON.stringify(written)).toBeLessThanOrEqual(6);

  // The guest is up and the agent has told what it knows: from then on there is nothing to write.
  await line('frugal', /^ready /);
  await until(
    virtualMachineKind,
    'frugal',
    'have an agent that told of the guest',
    (vm) => condition(vm, 'AgentConnected')?.status === 'True' && vm.status?.guest?.hostname !== undefined,
    90_000,
  );
  await quiet(10_000, 60_000);
  await sound();
});

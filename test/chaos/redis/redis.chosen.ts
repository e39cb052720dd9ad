/** Redis holds nothing that cannot be made again: what it takes with it is made up for. */
import { afterAll, beforeAll, expect } from 'vitest';
import { virtualMachineImageKind, virtualMachineKind } from '#api/v1alpha1/index.ts';
import {
  apply,
  clearWorld,
  condition,
  get,
  gone,
  isTrue,
  prepareWorld,
  ready,
  rig,
  until,
} from '../../e2e/support/world.ts';
import { fault } from '../fault.ts';
import { blank } from '../support/crowd.ts';

beforeAll(prepareWorld);
afterAll(() => clearWorld());

fault('Redis', 'killed and started while an image is fetched', async () => {
  const image = await get(virtualMachineImageKind, 'tiny');
  await apply(virtualMachineImageKind, 'again', { spec: image?.spec });
  await until(virtualMachineImageKind, 'again', 'be decided', (again) => (again.status?.copies ?? []).length > 0);
  await rig.component('redis', 'kill');
  try {
    await apply(virtualMachineKind, 'meanwhile', blank());
    await ready('meanwhile');
    // What does not need it is not held up; what does says what it waits for, or was done before the blow.
    const seen = await until(
      virtualMachineImageKind,
      'again',
      'be Ready or say what it waits for',
      (again) => isTrue(again, 'Ready') || condition(again, 'Ready')?.reason === 'QueueUnavailable',
    );
    const told = condition(seen, 'Ready');
    if (told?.reason === 'QueueUnavailable') expect(told.message).toMatch(/Redis/);
  } finally {
    await rig.component('redis', 'start');
  }
  await until(virtualMachineImageKind, 'again', 'be Ready', (again) => isTrue(again, 'Ready'), 90_000);
  await gone(virtualMachineImageKind, 'again');
  await gone(virtualMachineKind, 'meanwhile');
});

import { afterAll, beforeAll, expect, test } from 'vitest';
import { runCycles } from '../../chaos/binding/cycles.ts';
import { measureLoopDelay } from '../../chaos/binding/loop-delay.ts';
import { measure } from '../../chaos/binding/resources.ts';
import { seeded } from '../../chaos/support/random.ts';
import { type Libvirtd, startLibvirtd } from './libvirtd.ts';

/** The short form of test/chaos/binding/cycles.chaos.ts, on a daemon of its own. */

let daemon: Libvirtd;
beforeAll(async () => {
  daemon = await startLibvirtd();
});
afterAll(async () => {
  daemon?.thaw();
  await daemon?.stop();
});

test('300 connections to a daemon that answers and stops answering leave no descriptor and no thread', async () => {
  await runCycles(daemon, 125, seeded(1));
  const before = await measure();
  const counts = await runCycles(daemon, 300, seeded(2));
  const after = await measure(before);
  expect(counts.cycles).toBe(300);
  expect(counts.answered).toBeGreaterThan(300);
  expect(counts.failed).toBeGreaterThan(100);
  expect(after.descriptors, JSON.stringify({ before, after })).toBeLessThanOrEqual(before.descriptors);
  expect(after.threads).toBeLessThanOrEqual(before.threads);
});

test('the event loop is free during 1,000 calls', async () => {
  const { idleMs, busyMs } = await measureLoopDelay(daemon.uri, 1_000);
  console.info(`event loop delay, p99: ${busyMs.toFixed(1)} ms during calls, ${idleMs.toFixed(1)} ms without`);
  expect(busyMs).toBeLessThan(20 + idleMs);
});

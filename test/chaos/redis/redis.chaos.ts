/** Redis frozen, emptied, full and long away, each in the midst of a fetch: it costs time, never truth. */
import { createHash, randomBytes } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, expect } from 'vitest';
import { type VirtualMachineImage, virtualMachineImageKind, virtualMachineKind } from '#api/v1alpha1/index.ts';
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
  word,
} from '../../e2e/support/world.ts';
import { fault } from '../fault.ts';
import { blank } from '../support/crowd.ts';

beforeAll(prepareWorld);
afterAll(() => clearWorld());

/** Slow enough that every fault of this file falls into its download. */
const BYTES_PER_SECOND = 2_000_000;

const AWAY_MS = 600_000;

/** An image that nobody has fetched yet: the guest's, with a few bytes behind its end that no reader looks at. */
async function startFetch(name: string): Promise<VirtualMachineImage> {
  const folder = join(rig.dir, 'www');
  const bytes = Buffer.concat([readFileSync(join(folder, 'tiny.qcow2')), randomBytes(512)]);
  writeFileSync(fileOf(name), bytes);
  const checksum = `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
  const url = `${rig.imageServer.http}/slow/${BYTES_PER_SECOND}/${name}.qcow2`;
  await apply(virtualMachineImageKind, name, { spec: { http: { url, checksum }, format: 'QCOW2', pools: ['local'] } });
  return await until(virtualMachineImageKind, name, 'be fetched', (image) =>
    image.status?.operations?.some(({ phase }) => phase === 'Downloading'),
  );
}

const fileOf = (name: string): string => join(rig.dir, 'www', `${name}.qcow2`);

async function fetched(name: string): Promise<void> {
  await until(virtualMachineImageKind, name, 'be Ready', (image) => isTrue(image, 'Ready'), 180_000);
  await gone(virtualMachineImageKind, name);
  rmSync(fileOf(name), { force: true });
}

/** What needs no Redis goes its way: made, stopped, removed. */
async function lifeOf(name: string): Promise<void> {
  await apply(virtualMachineKind, name, blank());
  await ready(name);
  await apply(virtualMachineKind, name, blank({ runStrategy: 'Halted' }));
  await word(name, 'Stopped');
  await gone(virtualMachineKind, name);
}

/** An image that is asked for while Redis cannot take its job says so, and names Redis. */
async function asksInVain(name: string): Promise<void> {
  const tiny = await get(virtualMachineImageKind, 'tiny');
  await apply(virtualMachineImageKind, name, { spec: tiny?.spec });
  const waits = await until(
    virtualMachineImageKind,
    name,
    'say that it waits for the queue',
    (image) => condition(image, 'Ready')?.reason === 'QueueUnavailable',
  );
  expect(condition(waits, 'Ready')?.message).toMatch(/redis:\/\/127\.0\.0\.1:\d+/);
}

async function withRedis<T>(run: (redis: Redis) => Promise<T>): Promise<T> {
  const redis = new Redis(rig.redisUrl);
  try {
    return await run(redis);
  } finally {
    redis.disconnect();
  }
}

fault('Redis', 'frozen for 30 s in the midst of a fetch', async () => {
  await startFetch('frozen');
  await rig.component('redis', 'freeze');
  try {
    const began = performance.now();
    await lifeOf('while-frozen');
    await asksInVain('asked-frozen');
    await delay(Math.max(0, 30_000 - (performance.now() - began)));
  } finally {
    await rig.component('redis', 'thaw');
  }
  await fetched('frozen');
  await fetched('asked-frozen');
});

fault('Redis', 'flushed in the midst of a fetch, and between jobs', async () => {
  await startFetch('flushed');
  await withRedis((redis) => redis.flushall());
  await lifeOf('while-flushed');
  await fetched('flushed');
  await withRedis((redis) => redis.flushall());
  await startFetch('after-flush');
  await fetched('after-flush');
});

fault('Redis', 'full: no command that needs memory is taken', async () => {
  await startFetch('full');
  await withRedis((redis) => redis.config('SET', 'maxmemory', '1'));
  try {
    await lifeOf('while-full');
    await asksInVain('asked-full');
  } finally {
    await withRedis((redis) => redis.config('SET', 'maxmemory', '0'));
  }
  await fetched('full');
  await fetched('asked-full');
});

fault(
  'Redis',
  'away for ten minutes in the midst of a fetch',
  async () => {
    await startFetch('long-away');
    await rig.component('redis', 'kill');
    try {
      const began = performance.now();
      await lifeOf('while-away');
      await asksInVain('asked-away');
      await delay(Math.max(0, AWAY_MS - (performance.now() - began)));
      const told = await get(virtualMachineImageKind, 'asked-away');
      expect(told && condition(told, 'Ready')?.reason).toBe('QueueUnavailable');
    } finally {
      await rig.component('redis', 'start');
    }
    await fetched('long-away');
    await fetched('asked-away');
  },
  { timeoutMs: AWAY_MS + 300_000 },
);

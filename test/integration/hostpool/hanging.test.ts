import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { counters } from '@virtfleet/libvirt';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Host } from '#hostpool/types.ts';
import { TestPool, until } from './fixture.ts';

const HANGING = 60;
const READS = 50;

const taken = new Set<Socket>();
/** As a libvirtd that stands still: the kernel takes connections for it, and nobody answers. */
const frozen: Server = createServer((socket) => {
  taken.add(socket);
  socket.on('error', () => {}).on('close', () => taken.delete(socket));
});

beforeAll(() => new Promise<void>((resolve) => frozen.listen(0, '127.0.0.1', resolve)));
afterAll(() => {
  for (const socket of taken) socket.destroy();
  frozen.close();
});

/** libvirt's test driver in this process: nothing is between the pool and its answer. */
const addGood = (pool: TestPool): Host => pool.add({ name: 'good', uri: 'test:///default' });

function addHanging(pool: TestPool): Host[] {
  const uri = `qemu+tcp://127.0.0.1:${(frozen.address() as AddressInfo).port}/system`;
  return Array.from({ length: HANGING }, (_, at) => pool.add({ name: `hanging-${at}`, uri }));
}

/** Milliseconds from here until it is in sight, and of so many reads, one after the other. */
async function times(pool: TestPool, host: Host): Promise<{ sightMs: number; readMs: number }> {
  const begun = performance.now();
  await pool.ready(host);
  const seen = performance.now();
  for (let i = 0; i < READS; i += 1) await host.read('hostname', (c, o) => c.getHostname(o));
  return { sightMs: seen - begun, readMs: performance.now() - seen };
}

test('a host that answers is reached and read as fast as ever while many hang', async () => {
  const quiet = new TestPool();
  const alone = await times(quiet, addGood(quiet));
  await quiet.close();

  const pool = new TestPool();
  try {
    const hanging = addHanging(pool);
    await until('the first dials to be taken', () => taken.size >= HANGING / 2);
    const good = addGood(pool);
    // an open that hangs is given up after five seconds: who waits for one waits that long
    const among = await times(pool, good);
    expect(among.sightMs).toBeLessThan(1.5 * alone.sightMs + 1_000);
    expect(among.readMs).toBeLessThan(1.5 * alone.readMs + 500);
    await until('the hanging ones to be given up', () =>
      hanging.every(({ lastError }) => lastError?.reason === 'HostNotAnswering'),
    );
    expect(good.inSight).toBe(true);
    // each has one that dials, or that closes what was given up
    expect(counters().threads).toBeLessThanOrEqual(2 * HANGING + 5);
  } finally {
    await pool.close();
  }
  await until('nothing of it to be left', () => {
    const { connections, threads, running } = counters();
    return connections + threads + running === 0;
  });
}, 60_000);

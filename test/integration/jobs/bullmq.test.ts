import { fork } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type JobQueue, type JobWorker, openQueue, startWorker } from '#jobs/index.ts';
import { systemClock } from '#platform/clock.ts';
import { unrestricted } from '#platform/right.ts';
import { describeJobQueue } from './conformance.ts';
import { eventually } from './eventually.ts';
import { aJob, Recorder } from './recorder.ts';
import { RedisServer } from './redis-server.ts';

describeJobQueue('BullMQ', async () => {
  const redis = await RedisServer.start();
  return {
    open: async () => openQueue({ redisUrl: redis.url, redisPrefix: 'test' }),
    [Symbol.asyncDispose]: () => redis[Symbol.asyncDispose](),
  };
});

describe('BullMQ when Redis', () => {
  let redis: RedisServer;
  let queue: JobQueue;
  let recorder: Recorder;
  let worker: JobWorker | null;
  const seen: boolean[] = [];

  const begin = async (server: Promise<RedisServer>): Promise<void> => {
    redis = await server;
    queue = openQueue({ redisUrl: redis.url, redisPrefix: 'test' });
    queue.onAvailability((available) => seen.push(available));
  };
  const work = (): void => {
    worker = startWorker(queue, { ImageFetch: { run: recorder.process, concurrency: 2 } });
  };
  const available = (): Promise<boolean> => eventually('the queue is available', () => queue.available(), 15_000);
  const running = async (): Promise<void> => {
    await available();
    work();
    await queue.add(unrestricted, aJob());
    await eventually('it runs', () => recorder.runs.length === 1);
  };

  beforeEach(() => {
    recorder = new Recorder();
    worker = null;
    seen.length = 0;
  });
  afterEach(async () => {
    for (const run of recorder.runs) run.finish();
    redis.thaw();
    await worker?.stop(1_000);
    await queue.close();
    await redis[Symbol.asyncDispose]();
  });

  const unavailable = { errorClass: 'Transient', reason: 'QueueUnavailable' };

  it('is not there at first: adding is refused at once, and everything follows when it comes', async () => {
    await begin(RedisServer.prepare());
    work();
    const before = performance.now();
    await expect(queue.add(unrestricted, aJob())).rejects.toMatchObject(unavailable);
    expect(performance.now() - before).toBeLessThan(200);
    expect(queue.warnings()[0]).toContain('Long operations wait');
    await redis.start();
    await available();
    await queue.add(unrestricted, aJob());
    await eventually('it runs', () => recorder.runs.length === 1);
    expect(seen).toEqual([true]);
  });

  it('is killed and comes back: told within a second, an idle worker goes on', async () => {
    await begin(RedisServer.start());
    await available();
    work();
    await redis.kill();
    await eventually('it is told', () => seen.at(-1) === false, 2_000);
    await expect(queue.add(unrestricted, aJob())).rejects.toMatchObject(unavailable);
    await redis.start();
    await available();
    await queue.add(unrestricted, aJob());
    await eventually('it runs', () => recorder.runs.length === 1, 15_000);
    expect(seen).toEqual([true, false, true]);
  });

  it('is killed while a job runs: its right ends, it is aborted, and it runs again afterwards', async () => {
    await begin(RedisServer.start());
    await running();
    const { right, signal } = recorder.run(0).context;
    await redis.kill();
    await eventually('it is aborted', () => signal.aborted, 12_000);
    expect(systemClock.boottimeMs()).toBeGreaterThanOrEqual(right.notAfterMs());
    await redis.start();
    await available();
    await eventually(
      'it runs again',
      async () => {
        await queue.add(unrestricted, aJob()).catch(() => undefined);
        return recorder.runs.length === 2;
      },
      30_000,
    );
  });

  it('is frozen: adding is refused within its deadline, then at once, and the job is not lost', async () => {
    await begin(RedisServer.start());
    await available();
    redis.freeze();
    const first = performance.now();
    await expect(queue.add(unrestricted, aJob())).rejects.toMatchObject(unavailable);
    expect(performance.now() - first).toBeLessThan(3_000);
    const second = performance.now();
    await expect(queue.add(unrestricted, aJob({ uid: 'other' }))).rejects.toMatchObject(unavailable);
    expect(performance.now() - second).toBeLessThan(200);
    redis.thaw();
    await available();
    work();
    await queue.add(unrestricted, aJob());
    await eventually('it runs, once', () => recorder.runs.length === 1);
    recorder.run(0).finish();
  });

  it('is flushed: the job that ran loses its right, and what is added again runs', async () => {
    await begin(RedisServer.start());
    await running();
    const { signal } = recorder.run(0).context;
    await redis.command('FLUSHALL');
    await eventually('it is aborted', () => signal.aborted, 12_000);
    await eventually(
      'it runs again',
      async () => {
        await queue.add(unrestricted, aJob());
        return recorder.runs.length === 2;
      },
      15_000,
    );
  });

  it('is set up to lose jobs: it warns', async () => {
    await begin(RedisServer.start(['--maxmemory-policy', 'allkeys-lru']));
    await available();
    expect(queue.warnings()).toEqual([expect.stringContaining('noeviction'), expect.stringContaining('appendonly')]);
  });

  it('is away at the end: closing waits for nothing', async () => {
    await begin(RedisServer.start());
    await running();
    redis.freeze();
    const before = performance.now();
    await worker?.stop(1_000);
    await queue.close();
    expect(performance.now() - before).toBeLessThan(2_500);
  });

  it('sees a worker process die, it gives its job to another', async () => {
    await begin(RedisServer.start());
    await available();
    const child = fork(new URL('./worker-process.ts', import.meta.url), [redis.url], {
      stdio: ['ignore', 2, 2, 'ipc'],
    });
    try {
      const begun = once(child, 'message');
      await queue.add(unrestricted, aJob());
      await begun;
      child.kill('SIGKILL');
      work();
      await eventually('it runs here', () => recorder.runs.length === 1, 25_000);
    } finally {
      child.kill('SIGKILL');
    }
  });

  it('outlives a frozen worker: it wakes without any right to act', async () => {
    await begin(RedisServer.start());
    await available();
    const child = fork(new URL('./worker-process.ts', import.meta.url), [redis.url], {
      stdio: ['ignore', 2, 2, 'ipc'],
    });
    try {
      const begun = once(child, 'message');
      await queue.add(unrestricted, aJob());
      await begun;
      child.kill('SIGSTOP');
      work();
      await eventually('it runs here', () => recorder.runs.length === 1, 25_000);
      const woken = once(child, 'message');
      child.kill('SIGCONT');
      expect((await woken)[0]).toEqual({ refused: 'LeaseLost' });
      expect(recorder.run(0).context.signal.aborted).toBe(false);
    } finally {
      child.kill('SIGKILL');
    }
  });
});

/** What is in Redis, read key by key and not by the library that wrote it. */
import { Redis } from 'ioredis';
import type { SeenJob, SeenQueue } from './facts.ts';

const PREFIX = 'virtfleet';
const TIMEOUT_MS = 1_500;
/** What a queue has besides its jobs; job ids are longer, and hold a dash. */
const OF_QUEUES =
  /^(id|meta|events|marker|wait|active|paused|delayed|prioritized|pc|completed|failed|stalled|stalled-check|limiter|repeat|waiting-children|de|metrics:.*)$/;

export async function readQueue(url: string): Promise<SeenQueue | null> {
  const redis = new Redis(url, {
    lazyConnect: true,
    connectTimeout: TIMEOUT_MS,
    commandTimeout: TIMEOUT_MS,
    retryStrategy: () => null,
    maxRetriesPerRequest: 0,
  });
  redis.on('error', () => {}); // told by the calls
  try {
    await redis.connect();
    return await read(redis);
  } catch {
    return null; // that it does not answer is a fact, too
  } finally {
    redis.disconnect();
  }
}

async function read(redis: Redis): Promise<SeenQueue> {
  const keys = await keysOf(redis);
  const jobs: SeenJob[] = [];
  const strayKeys: string[] = [];
  for (const key of keys) {
    const [, queue = '', ...rest] = key.split(':');
    const [id = '', part] = rest;
    if (OF_QUEUES.test(rest.join(':'))) continue;
    if (part === undefined) jobs.push(await readJob(redis, `${PREFIX}:${queue}`, id));
    else if (!keys.has(`${PREFIX}:${queue}:${id}`)) strayKeys.push(key);
  }
  // A job that ended while it was read is no job, and its parts went with it.
  const left = await keysOf(redis);
  const isLeft = ({ id }: SeenJob): boolean => [...left].some((key) => key.endsWith(`:${id}`));
  return { jobs: jobs.filter(isLeft), strayKeys: strayKeys.filter((key) => left.has(key)) };
}

async function keysOf(redis: Redis): Promise<Set<string>> {
  const keys = new Set<string>();
  for (let cursor = '0'; ; ) {
    const [next, found] = await redis.scan(cursor, 'MATCH', `${PREFIX}:*`, 'COUNT', 500);
    for (const key of found) keys.add(key);
    if (next === '0') return keys;
    cursor = next;
  }
}

async function readJob(redis: Redis, queue: string, id: string): Promise<SeenJob> {
  const [data, waiting, active, delayed, completed, failed] = await Promise.all([
    redis.hget(`${queue}:${id}`, 'data'),
    redis.lpos(`${queue}:wait`, id),
    redis.lpos(`${queue}:active`, id),
    redis.zscore(`${queue}:delayed`, id),
    redis.zscore(`${queue}:completed`, id),
    redis.zscore(`${queue}:failed`, id),
  ]);
  const states = { waiting, active, delayed, completed, failed };
  const state = (Object.keys(states) as (keyof typeof states)[]).find((name) => states[name] !== null) ?? 'unknown';
  return { id, state, object: (JSON.parse(data ?? '{}') as Partial<SeenJob>).object ?? null };
}

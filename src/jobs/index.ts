import { BullJobQueue } from './bullmq/queue.ts';
import { startBullWorker } from './bullmq/worker.ts';
import type { JobQueue, JobWorker, Processors } from './port.ts';
import { noQueue } from './unavailable.ts';

export * from './port.ts';

/** The queue as configured. It connects in the background: a Redis that is away delays nothing but its jobs. */
export function openQueue(config: { redisUrl: string | undefined; redisPrefix: string }): JobQueue {
  if (config.redisUrl === undefined) return noQueue();
  return new BullJobQueue({ url: config.redisUrl, prefix: config.redisPrefix });
}

/** Starts taking jobs. Without a configured queue there are none to take. */
export function startWorker(queue: JobQueue, processors: Processors): JobWorker {
  if (queue instanceof BullJobQueue) return startBullWorker(queue, processors);
  return { stop: () => Promise.resolve() };
}

import { Queue } from 'bullmq';
import { effect } from '#platform/effect.ts';
import type { Right } from '#platform/right.ts';
import { type JobQueue, type JobSpec, type Operation, operations } from '../port.ts';
import { RedisLink } from './link.ts';
import { measureWaiting } from './measures.ts';

export interface BullQueueOptions {
  /** redis:// or rediss:// */
  url: string;
  /** Prefix of all keys, so that two fleets may share a server. */
  prefix: string;
}

/** The port on BullMQ: one queue an operation, over one connection. */
export class BullJobQueue implements JobQueue {
  readonly options: BullQueueOptions;
  /** Jobs that run in this process: what aborts each. Filled by its worker. */
  readonly running = new Map<string, (reason: string) => void>();
  readonly #link: RedisLink;
  readonly #queues = new Map<Operation, Queue<JobSpec, void>>();
  readonly #unmeasure: () => void;

  constructor(options: BullQueueOptions) {
    this.options = options;
    this.#link = new RedisLink(options.url);
    this.#unmeasure = measureWaiting(() => this.#countWaiting());
  }

  add(right: Right, job: JobSpec): Promise<void> {
    return effect('redis:job.add', right, () =>
      this.#link.run(async () => {
        await this.#queue(job.operation).add(job.operation, job, {
          jobId: job.id,
          // A job that is kept would block its id for ever, in silence. Outcomes stand in the objects.
          removeOnComplete: true,
          removeOnFail: true,
          attempts: 1,
        });
      }),
    );
  }

  async cancel(right: Right, { id, operation }: Pick<JobSpec, 'id' | 'operation'>): Promise<void> {
    this.running.get(id)?.('it was cancelled');
    // A job that runs is locked and stays; its executor ends it.
    await effect('redis:job.remove', right, () => this.#link.run(() => this.#queue(operation).remove(id)));
  }

  available(): boolean {
    return this.#link.available();
  }

  warnings(): readonly string[] {
    return this.#link.warnings();
  }

  onAvailability(fn: (available: boolean) => void): () => void {
    return this.#link.onAvailability(fn);
  }

  async close(): Promise<void> {
    this.#unmeasure();
    // Queues only borrow the connection: with it, all that they wait for ends.
    this.#link.close();
    await Promise.allSettled([...this.#queues.values()].map((queue) => queue.close()));
  }

  #countWaiting(): Promise<Map<string, number>> {
    return this.#link.run(async () => {
      const counts = await Promise.all(
        operations.map(async (operation) => [operation, await this.#queue(operation).getWaitingCount()] as const),
      );
      return new Map(counts);
    });
  }

  #queue(operation: Operation): Queue<JobSpec, void> {
    let queue = this.#queues.get(operation);
    if (queue === undefined) {
      queue = new Queue<JobSpec, void>(operation, {
        connection: this.#link.client,
        prefix: this.options.prefix,
        skipWaitingForReady: true,
        skipVersionCheck: true,
      });
      // The link tells of the connection's errors.
      queue.on('error', () => undefined);
      this.#queues.set(operation, queue);
    }
    return queue;
  }
}

import { type Job, WaitingError } from 'bullmq';
import { Redis } from 'ioredis';
import { systemClock } from '#platform/clock.ts';
import { errorClassOf, toMessage } from '#platform/errors.ts';
import { log } from '#platform/log.ts';
import type { JobSpec, JobWorker, Operation, Processing, Processors } from '../port.ts';
import { connectionOptions } from './link.ts';
import { LockedWorker } from './locked-worker.ts';
import { jobWait, runningJobs } from './measures.ts';
import type { BullJobQueue } from './queue.ts';

const DEFAULT_GRACE_MS = 8_000;

/** Starts taking jobs of all operations that have a processor. Redis may be away: it is waited for. */
export function startBullWorker(queue: BullJobQueue, processors: Processors): JobWorker {
  const stopping = new AbortController();
  const connection = new Redis(queue.options.url, {
    ...connectionOptions(),
    maxRetriesPerRequest: null,
    // Longer than a blocking wait for jobs: a server that vanished without a word is dialled anew.
    socketTimeout: 15_000,
  });
  connection.on('error', () => undefined);
  const workers = Object.entries(processors).map(([operation, processing]) =>
    startOne(queue, connection, operation as Operation, processing, stopping.signal),
  );
  return {
    async stop(graceMs = DEFAULT_GRACE_MS) {
      stopping.abort(new Error('the process stops'));
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, graceMs);
      });
      await Promise.race([Promise.allSettled(workers.map((worker) => worker.close())), late]);
      clearTimeout(timer);
      // What is not done by now (Redis is away) has its connections taken away.
      connection.disconnect();
      await Promise.race([Promise.allSettled(workers.map((worker) => worker.disconnect())), nextTurn()]);
    },
  };
}

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

function startOne(
  queue: BullJobQueue,
  connection: Redis,
  operation: Operation,
  { run, concurrency }: Processing,
  stopping: AbortSignal,
): LockedWorker {
  const roomLog = log.child({ room: 'jobs', operation });
  const process = async (job: Job<JobSpec, void>, token?: string): Promise<void> => {
    const spec = job.data;
    const jobLog = roomLog.child({ job: spec.id, attempt: spec.attempt });
    if (token === undefined) throw new Error(`job ${spec.id} came without a lock`);
    const right = await worker.takeRight(spec.id, token);
    const cancelled = new AbortController();
    queue.running.set(spec.id, (reason) => cancelled.abort(new Error(`job ${spec.id}: ${reason}`)));
    runningJobs.inc({ operation });
    jobWait.observe({ operation }, Math.max(0, systemClock.now() - job.timestamp) / 1000);
    try {
      const signal = AbortSignal.any([right.signal, cancelled.signal, stopping]);
      await run(spec, { signal, right, log: jobLog });
    } catch (error) {
      if (stopping.aborted && !right.signal.aborted) {
        // Another process goes on with it at once, and need not wait for the lock to run out.
        await job.moveToWait(token);
        throw new WaitingError();
      }
      const details = { error: toMessage(error), class: errorClassOf(error) };
      if (right.signal.aborted || cancelled.signal.aborted) jobLog.info(details, 'the job was given up');
      else jobLog.warn({ ...details, err: error }, 'the job ended without an outcome');
      throw error;
    } finally {
      runningJobs.dec({ operation });
      queue.running.delete(spec.id);
      worker.dropRight(spec.id);
    }
  };
  const worker = new LockedWorker(operation, process, {
    connection,
    concurrency,
    prefix: queue.options.prefix,
    skipVersionCheck: true,
  });
  worker.on('error', (error) => roomLog.debug({ err: error }, 'worker'));
  worker.on('stalled', (id) => roomLog.warn({ job: id }, 'the job lost its worker and was queued again'));
  return worker;
}

import { type Processor, Worker, type WorkerOptions } from 'bullmq';
import { systemClock } from '#platform/clock.ts';
import type { JobSpec } from '../port.ts';
import { JobRight } from '../right.ts';

/** How long a lock lasts in Redis; a worker that is gone is replaced after that and one check. */
export const LOCK_MS = 10_000;
export const STALLED_CHECK_MS = 5_000;
/** A right ends that much before its lock: time for what was sent last to arrive. */
export const LOCK_MARGIN_MS = 2_000;

/**
 * A worker that turns its locks into rights: a lock counts from before the request that took or renewed it was sent, so
 * the right never outlives the lock, however long the answer took.
 */
export class LockedWorker extends Worker<JobSpec, void> {
  readonly #rights = new Map<string, JobRight>();

  constructor(operation: string, processor: Processor<JobSpec, void>, options: Omit<WorkerOptions, 'lockDuration'>) {
    super(operation, processor, {
      ...options,
      lockDuration: LOCK_MS,
      lockRenewTime: LOCK_MS / 4,
      stalledInterval: STALLED_CHECK_MS,
      // A job whose workers die is taken up again; whoever takes it up converges.
      maxStalledCount: 10,
      runRetryDelay: 1_000,
    });
  }

  /** Renews the lock of a job that was just taken, which proves that it is still ours, and gives the right. */
  async takeRight(jobId: string, token: string): Promise<JobRight> {
    // Until the first renewal is answered there is no right: its end is now.
    const sentAtMs = systemClock.boottimeMs();
    const lost = await super.extendJobLocks([jobId], [token], LOCK_MS);
    if (lost.length > 0) throw new Error(`the lock of job ${jobId} was lost before it began`);
    const right = new JobRight(jobId, sentAtMs + LOCK_MS - LOCK_MARGIN_MS);
    this.#rights.set(jobId, right);
    return right;
  }

  dropRight(jobId: string): void {
    this.#rights.get(jobId)?.end('the job has ended');
    this.#rights.delete(jobId);
  }

  override async extendJobLocks(jobIds: string[], tokens: string[], duration: number): Promise<string[]> {
    const sentAtMs = systemClock.boottimeMs();
    const lost = await super.extendJobLocks(jobIds, tokens, duration);
    for (const id of jobIds) {
      if (lost.includes(id)) this.#rights.get(id)?.end('its lock could not be renewed');
      else this.#rights.get(id)?.renew(sentAtMs + duration - LOCK_MARGIN_MS);
    }
    return lost;
  }
}

import type { Logger } from '#platform/log.ts';
import type { Right } from '#platform/right.ts';

/**
 * Long operations behind one small port. A job carries no truth: what it is to do, how far it came and how it ended stand
 * in its object's status. Losing the whole queue costs a delay: the controllers add what is still wanted again.
 */

/** What moves bytes for long. Everything else is done in line. */
export const operations = ['ImageFetch', 'VolumeFill', 'MachineMigration'] as const;
export type Operation = (typeof operations)[number];

export interface JobObject {
  kind: string;
  namespace?: string | undefined;
  name: string;
  uid: string;
}

export interface JobSpec {
  /** From `jobId`. A job that is queued or runs under this id is not added again. */
  id: string;
  operation: Operation;
  /** The object whose status holds claim, progress and outcome. */
  object: JobObject;
  /** Which part of the object, such as the copy in one pool on one host. */
  key: string;
  /** Raised in status, by the controller, before the job is added. */
  attempt: number;
}

/** Ids hold no colon and are no plain number; a key may hold anything. */
export function jobId(uid: string, operation: Operation, key: string, attempt: number): string {
  const safeKey = key.replace(/[^A-Za-z0-9.]+/g, (rest) => `_${Buffer.from(rest).toString('hex')}_`);
  return `${uid}-${operation}-${safeKey}-${attempt}`;
}

export interface JobQueue {
  /**
   * Queues a job, unless one of its id is queued or running. Never waits for a queue that is away: rejects with Transient
   * QueueUnavailable, at once when that is known, else within two seconds. After a rejection the job may be queued all
   * the same; adding it again is harmless.
   */
  add(right: Right, job: JobSpec): Promise<void>;
  /**
   * Takes a job that waits out of the queue, and aborts it when it runs in this process. In another process it ends when
   * its executor sees in the object that it is not wanted any more. What is not there is cancelled already.
   */
  cancel(right: Right, job: Pick<JobSpec, 'id' | 'operation'>): Promise<void>;
  /** Whether the queue answers, as far as is known. */
  available(): boolean;
  /** Why not, or what is wrong with how it is set up, in a sentence each; empty when all is well. */
  warnings(): readonly string[];
  /** Called when it goes away and when it is back: who waits for it enqueues its objects then. Returns what ends it. */
  onAvailability(fn: (available: boolean) => void): () => void;
  /** Ends its connections. Never waits for a queue that is away. */
  close(): Promise<void>;
}

export interface JobContext {
  /** Aborted when the job's lock is lost, when it is cancelled, and when the process stops. */
  signal: AbortSignal;
  /** The job's lock: what the executor does outside is done under it. */
  right: Right;
  log: Logger;
}

/**
 * Does one job. It may be called again for the same id, also while another process still believes to hold it: it re-reads
 * the object first, claims, converges, and records the outcome in the object itself. A rejection means that no outcome
 * was recorded.
 */
export type Processor = (job: JobSpec, context: JobContext) => Promise<void>;

export interface Processing {
  run: Processor;
  /** Jobs of this operation at once in this process. */
  concurrency: number;
}

export type Processors = Partial<Record<Operation, Processing>>;

export interface JobWorker {
  /** Takes no more jobs, aborts those that run and hands them back to the queue. Resolves within `graceMs`. */
  stop(graceMs?: number): Promise<void>;
}

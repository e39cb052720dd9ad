import { gauge, histogram } from '#platform/metrics.ts';

/** From at once to a day in the queue. */
const waitBuckets = [0.01, 0.1, 0.5, 1, 5, 15, 60, 300, 900, 3_600, 14_400, 86_400];

export const runningJobs = gauge('virtfleet_jobs_running', 'Long operations that run in this process.', ['operation']);

export const jobWait = histogram(
  'virtfleet_job_wait_seconds',
  'Time from queueing a long operation to a worker that takes it.',
  ['operation'],
  waitBuckets,
);

/** Operation to the number of jobs that wait in Redis; rejects while it is away. */
type CountWaiting = () => Promise<ReadonlyMap<string, number>>;
const counters = new Set<CountWaiting>();

/** A queue that is asked when somebody looks at the metrics. Returns what ends that. */
export function measureWaiting(count: CountWaiting): () => void {
  counters.add(count);
  return () => counters.delete(count);
}

gauge(
  'virtfleet_jobs_waiting',
  'Long operations that wait in the queue for a worker; absent while the queue is away.',
  ['operation'],
  async function () {
    const counts = await Promise.allSettled([...counters].map((count) => count()));
    this.reset();
    for (const result of counts) {
      if (result.status === 'rejected') continue;
      for (const [operation, waiting] of result.value) this.set({ operation }, waiting);
    }
  },
);

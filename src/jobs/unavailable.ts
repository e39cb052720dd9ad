import { VirtfleetError } from '#platform/errors.ts';
import type { JobQueue } from './port.ts';

export function queueUnavailable(detail: string, mend: string, cause?: unknown): VirtfleetError {
  return new VirtfleetError('Transient', 'QueueUnavailable', `The job queue is unavailable: ${detail}`, {
    mend,
    cause,
  });
}

/** The queue of a fleet that was given none: machines work, what moves bytes for long waits and says why. */
export function noQueue(): JobQueue {
  const detail = 'no Redis is configured';
  const mend = 'Start the operator with --redis-url (VIRTFLEET_REDIS_URL).';
  return {
    add: () => Promise.reject(queueUnavailable(detail, mend)),
    cancel: () => Promise.resolve(),
    available: () => false,
    warnings: () => [`Long operations wait: ${detail}. ${mend}`],
    onAvailability: () => () => undefined,
    close: () => Promise.resolve(),
  };
}

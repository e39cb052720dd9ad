import { systemClock } from './clock.ts';
import { VirtfleetError } from './errors.ts';

/**
 * The right under which something outside is changed: the Lease of the leader, or the lock of a job.
 * It is a deadline on a clock that goes on while the process is stopped, so a process that was frozen and wakes cannot act.
 */
export interface Right {
  /** For messages: "lease virtfleet-system/virtfleet", "job 1f0c…-ImageFetch-…". */
  readonly name: string;
  /** CLOCK_BOOTTIME ms after which nothing may be sent. It moves on with every renewal: read it each time. */
  notAfterMs(): number;
  /** Aborted at the moment the right ends, or just before. What is in flight is to be given up. */
  readonly signal: AbortSignal;
}

/** No limit at all: for tests, the rig and the command line only, where a person is the right. */
export const unrestricted: Right = {
  name: 'unrestricted',
  notAfterMs: () => Number.POSITIVE_INFINITY,
  signal: new AbortController().signal,
};

export function leaseLost(right: Right, detail: string, cause?: unknown): VirtfleetError {
  return new VirtfleetError('LeaseLost', 'LeaseLost', `The right to act (${right.name}) ${detail}; nothing was sent.`, {
    cause,
  });
}

/** Throws LeaseLost when the right has ended. */
export function checkRight(right: Right): void {
  if (right.signal.aborted) throw leaseLost(right, 'was given up', right.signal.reason);
  const notAfterMs = right.notAfterMs();
  if (notAfterMs === Number.POSITIVE_INFINITY) return;
  const lateMs = systemClock.boottimeMs() - notAfterMs;
  if (lateMs >= 0) throw leaseLost(right, `ended ${Math.round(lateMs)} ms ago`);
}

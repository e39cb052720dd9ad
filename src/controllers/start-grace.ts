/**
 * When a process begins to lead, all hosts are connected to at once, and a second later most of them are Ready; those
 * that hang are given up after ten. Until it is known which, what status says of a host stays: it is not written to
 * Connecting and back, for a whole fleet and before anything else.
 */
import type { Host } from '#api/v1alpha1/host.ts';
import type { HostPool } from '#hostpool/pool.ts';
import type { Clock } from '#platform/clock.ts';

/**
 * As long as the pool tries before it calls a host that does not answer Lost. One that has answered and is slow to list
 * stays Connecting for longer, until the deadline of its first contact: who waits asks again after this.
 */
const GRACE_MS = 10_000;
/** What was said of a host that had been reached. */
const TOLD: readonly (string | undefined)[] = ['Ready', 'Degraded', 'Lost'];

export class StartGrace {
  readonly #clock: Clock;
  /** Of the first question, which comes when this process leads: it may have waited for that for long. */
  #startedAt: number | null = null;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** How long to wait, ms, before anything new is said of this host; 0: say what is seen. */
  of(host: Host, hosts: HostPool): number {
    this.#startedAt ??= this.#clock.monotonicMs();
    if (!TOLD.includes(host.status?.state) || host.metadata.deletionTimestamp) return 0;
    const entry = hosts.get(host.metadata.name);
    // It is Connecting for the first dials of this process only, and its next word wakes whoever waits.
    if (entry && entry.uid === host.metadata.uid) return entry.state === 'Connecting' ? GRACE_MS : 0;
    if (entry) return 0;
    return Math.max(0, this.#startedAt + GRACE_MS - this.#clock.monotonicMs());
  }
}

/**
 * When the operator starts, all hosts are connected to at once, and a second later most of them are Ready. What status
 * says of a host that was Ready when the last operator ended stays until then: it is not written to Connecting and back.
 */
import type { Host } from '#api/v1alpha1/host.ts';
import type { HostPool } from '#hostpool/pool.ts';
import type { Clock } from '#platform/clock.ts';

const GRACE_MS = 10_000;

export class StartGrace {
  readonly #clock: Clock;
  readonly #startedAt: number;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#startedAt = clock.monotonicMs();
  }

  /** How long to wait, ms, before anything new is said of this host; 0: say what is seen. */
  of(host: Host, hosts: HostPool): number {
    const leftMs = this.#startedAt + GRACE_MS - this.#clock.monotonicMs();
    if (leftMs <= 0 || host.status?.state !== 'Ready' || host.metadata.deletionTimestamp) return 0;
    const entry = hosts.get(host.metadata.name);
    return entry === undefined || (entry.uid === host.metadata.uid && entry.state === 'Connecting') ? leftMs : 0;
  }
}

import type { KubeObject, ResourceKind } from './types.ts';

export interface Lease extends KubeObject {
  spec?: LeaseSpec;
}

export interface LeaseSpec {
  /** Empty when the leader gave it back. */
  holderIdentity?: string;
  leaseDurationSeconds?: number;
  acquireTime?: string;
  renewTime?: string;
  leaseTransitions?: number;
}

export const leaseKind: ResourceKind<Lease> = {
  group: 'coordination.k8s.io',
  version: 'v1',
  plural: 'leases',
  kind: 'Lease',
  namespaced: true,
};

export interface LeaseTimes {
  /** How long a silent leader is waited for. */
  durationMs: number;
  /** The right to act ends this long after the last renewal was sent. */
  renewDeadlineMs: number;
  retryPeriodMs: number;
  /** How long the API server may work on a write: see API_TIMEOUT_MS. */
  apiTimeoutMs: number;
}

/** What this process saw of the Lease, with its own clock: the times written in it are of other clocks, and not believed. */
export interface Observation {
  lease: Lease | null;
  /** CLOCK_BOOTTIME ms at which this version of it was seen first. */
  since: number;
}

/** Carries the observation on: only a change of the record starts its time anew. */
export function observe(previous: Observation | null, lease: Lease | null, boottimeMs: number): Observation {
  const same =
    previous !== null &&
    previous.lease?.metadata.uid === lease?.metadata.uid &&
    previous.lease?.metadata.resourceVersion === lease?.metadata.resourceVersion;
  return same ? { lease, since: previous.since } : { lease, since: boottimeMs };
}

export type Candidacy =
  /** Somebody else may still be acting. */
  | { type: 'Wait'; holder: string; forMs: number }
  /** The Lease may be written; `decideAfter` is the CLOCK_BOOTTIME ms before which nothing may be decided. */
  | { type: 'Take'; decideAfter: number };

/**
 * Whether the Lease may be taken, and from when on its new holder may decide. The old holder's last write can have been
 * sent until its renew deadline, which is before the lease's end, and the API server works on it for at most
 * `apiTimeoutMs`: so the first decision comes after the old lease's end and that time. What arrives even later (out of
 * the buffer of a server that was itself frozen) fails at the fence of uid and resourceVersion.
 *
 * - Given back (no holder): its holder had ended all writes before. Nothing is waited for.
 * - Missing: it was never there, or somebody deleted it under a living leader. That cannot be told apart, so it is
 *   treated like a lease that was seen this moment, but for being taken at once: its holder notices at its next renewal.
 * - Ours (the same identity): a process has its identity for its life, so this is our own write whose answer was lost.
 */
export function candidacy(seen: Observation, identity: string, times: LeaseTimes, boottimeMs: number): Candidacy {
  const spec = seen.lease?.spec;
  if (seen.lease === null) return { type: 'Take', decideAfter: seen.since + times.durationMs + times.apiTimeoutMs };
  const holder = spec?.holderIdentity ?? '';
  if (holder === '' || holder === identity) return { type: 'Take', decideAfter: boottimeMs };
  // The duration is the old holder's own: it may be of another version or configuration.
  const durationMs = Math.max(times.durationMs, (spec?.leaseDurationSeconds ?? 0) * 1000);
  const endsAt = seen.since + durationMs;
  if (boottimeMs < endsAt) return { type: 'Wait', holder, forMs: endsAt - boottimeMs };
  return { type: 'Take', decideAfter: endsAt + times.apiTimeoutMs };
}

export function heldBy(
  lease: Lease | null,
  ref: { namespace: string; name: string },
  identity: string,
  durationMs: number,
  wallMs: number,
): Lease {
  const old = lease?.spec;
  const now = microTime(wallMs);
  const ours = old?.holderIdentity === identity;
  const spec: LeaseSpec = {
    holderIdentity: identity,
    leaseDurationSeconds: Math.max(1, Math.ceil(durationMs / 1000)),
    acquireTime: ours && old?.acquireTime ? old.acquireTime : now,
    renewTime: now,
    leaseTransitions: (old?.leaseTransitions ?? 0) + (ours || lease === null ? 0 : 1),
  };
  const metadata = lease?.metadata ?? { ...ref, uid: '', resourceVersion: '' };
  return { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', metadata, spec };
}

/** Given back: the next one need not wait. */
export function released(lease: Lease, wallMs: number): Lease {
  const spec = { ...lease.spec, holderIdentity: '', leaseDurationSeconds: 1, renewTime: microTime(wallMs) };
  return { ...lease, spec };
}

/** Kubernetes' MicroTime has six decimals. */
export function microTime(wallMs: number): string {
  return new Date(wallMs).toISOString().replace('Z', '000Z');
}

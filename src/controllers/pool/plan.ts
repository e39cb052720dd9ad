/**
 * What to do next with a StoragePool on each host. Pure.
 *
 * A pool of ours is known by its UUID. One of that name with another UUID is somebody else's: it is used only with
 * `adoptExisting`, and never undefined, built or changed. No step here ever removes data.
 */

export interface PoolOnHost {
  host: string;
  /** The host's inventory is current. */
  inSight: boolean;
  /** The host's labels match the pool's selector. */
  selected: boolean;
  /** The Host is being deleted, and no machine is on it any more. */
  leaving: boolean;
  /** A pool with our UUID (last known, when out of sight). */
  ours: { active: boolean } | null;
  /** It was seen whole (started, autostart, as the spec is now) by this process. */
  isEnsured: boolean;
  /** A pool of our name with another UUID. */
  foreign: { uuid: string; active: boolean } | null;
  /** When libvirt last looked at what is in the pool, as far as this process knows; null: not since it started. */
  refreshedAt: number | null;
  /** The last try there failed, and this is not the time for the next one yet. */
  isBackingOff: boolean;
}

export interface PoolInput {
  now: number;
  isDeleting: boolean;
  /** A type that we cannot serve yet: nothing is done for it. */
  isSupported: boolean;
  /** "VirtualMachine a/b", "StorageVolume a/c"…: those who name it or have something in it. */
  users: string[];
  adoptExisting: boolean;
  hosts: PoolOnHost[];
}

export type PoolStep =
  /** Define, build as the policy says, start, autostart: whatever is missing of it. */
  | { kind: 'Ensure'; host: string }
  /** Start a foreign pool that we were told to use. Nothing else of it is changed. */
  | { kind: 'StartForeign'; host: string; uuid: string }
  | { kind: 'Refresh'; host: string; uuid: 'ours' | string }
  /** Stop and undefine what we defined. The files stay. */
  | { kind: 'Undefine'; host: string };

export type PoolPlan =
  | { kind: 'Act'; steps: PoolStep[] }
  | { kind: 'Blocked'; users: string[] }
  | { kind: 'AwaitHosts'; hosts: string[] }
  | { kind: 'RemoveFinalizer' }
  | { kind: 'Unsupported' }
  | { kind: 'Settled'; lookAgainMs: number };

/** Free space changes behind libvirt's back; it counts again only when told to. */
export const REFRESH_EVERY_MS = 5 * 60_000;

export function planPool(input: PoolInput): PoolPlan {
  if (input.isDeleting) return planDeletion(input);
  if (!input.isSupported) return { kind: 'Unsupported' };
  const steps = input.hosts.map((host) => planHost(input, host)).filter((step) => step !== null);
  if (steps.length > 0) return { kind: 'Act', steps };
  const due = input.hosts.flatMap((host) => (host.refreshedAt === null ? [] : [host.refreshedAt + REFRESH_EVERY_MS]));
  return {
    kind: 'Settled',
    lookAgainMs: Math.max(1000, Math.min(REFRESH_EVERY_MS, ...due.map((at) => at - input.now))),
  };
}

function planDeletion(input: PoolInput): PoolPlan {
  if (input.users.length > 0) return { kind: 'Blocked', users: input.users };
  const present = input.hosts.filter((host) => host.ours !== null);
  const removable = present.filter((host) => host.inSight && !host.isBackingOff);
  if (removable.length > 0) return { kind: 'Act', steps: removable.map(({ host }) => ({ kind: 'Undefine', host })) };
  if (present.length > 0) return { kind: 'AwaitHosts', hosts: present.map(({ host }) => host) };
  return { kind: 'RemoveFinalizer' };
}

function planHost(input: PoolInput, there: PoolOnHost): PoolStep | null {
  const { host, ours, foreign } = there;
  if (there.leaving) {
    return ours && there.inSight && !there.isBackingOff ? { kind: 'Undefine', host } : null;
  }
  // A host that is no longer selected keeps its pool: there may be disks in it, and the list of those who use the
  // pool does not say on which host. It is listed in status, and undefined with the pool.
  if (!there.inSight || !there.selected || there.isBackingOff) return null;
  if (ours) {
    if (!ours.active || !there.isEnsured) return { kind: 'Ensure', host };
    return isStale(there, input.now) ? { kind: 'Refresh', host, uuid: 'ours' } : null;
  }
  if (!foreign) return { kind: 'Ensure', host };
  if (!input.adoptExisting) return null;
  if (!foreign.active) return { kind: 'StartForeign', host, uuid: foreign.uuid };
  return isStale(there, input.now) ? { kind: 'Refresh', host, uuid: foreign.uuid } : null;
}

function isStale(there: PoolOnHost, now: number): boolean {
  return there.refreshedAt === null || now - there.refreshedAt >= REFRESH_EVERY_MS;
}

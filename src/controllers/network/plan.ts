/**
 * What to do next with a VirtualNetwork on each host. Pure.
 *
 * Networks come to a host with the first machine that needs them: the machine's controller ensures network and
 * reservation before it defines the domain. This one applies what changed in the spec, restarts what is down, and
 * clears away what nobody uses. Nothing is cleared from a host that cannot be seen.
 */

export interface NetworkOnHost {
  host: string;
  /** The host's inventory is current. */
  inSight: boolean;
  /** Our network's UUID is defined there (last known, when out of sight). */
  defined: boolean;
  active: boolean;
  /**
   * For how long it has been seen down. A machine's controller defines a network and starts it a moment later; what is
   * down for longer was stopped by somebody, or did not come back with its host.
   */
  downForMs: number;
  /** Machines placed there whose status has an interface in this network. */
  machines: string[];
  /** Those of them that are not known to be off: stopping the network would cut them off. */
  running: string[];
  /** Those of them that are not connected to it since somebody stopped it. */
  cutOff: string[];
  /**
   * Something of ours may be there that no machine's object speaks for: a tombstone, or a stamped domain without an
   * object, of this network's namespace. Its network and reservations stay until that is cleared up.
   */
  hasUnclaimed: boolean;
  /** What the network's document there lacks, compared with the spec; null when it was not read. */
  document: { liveUpdates: number; restart: { field: string; message: string } | null; reservations: string[] } | null;
}

export interface NetworkInput {
  isDeleting: boolean;
  /** Machines that name this network in their spec or hold an interface in it, wherever they are. */
  users: string[];
  /** MACs that a machine on that host holds in this network, by host, in lower case; read after the documents. */
  macsByHost: ReadonlyMap<string, ReadonlySet<string>>;
  /** Machines have addresses of another range than the spec now has. */
  rangeInUse: boolean;
  hosts: NetworkOnHost[];
}

export type NetworkStep =
  /** It is down. While machines hold addresses of another range it is started as it was defined. */
  | { kind: 'Start'; host: string; asDefined: boolean }
  /** Changes libvirt makes while the network runs. */
  | { kind: 'Update'; host: string }
  /** Stop, redefine, start: only where no machine runs. */
  | { kind: 'Replace'; host: string }
  | { kind: 'RemoveReservation'; host: string; mac: string }
  | { kind: 'Remove'; host: string };

export type NetworkPlan =
  /** At most one step a host; they do not touch each other. */
  | { kind: 'Act'; steps: NetworkStep[] }
  /** Deletion waits for those who use it. */
  | { kind: 'Blocked'; users: string[] }
  /** Deletion waits for hosts on which it may still be. */
  | { kind: 'AwaitHosts'; hosts: string[] }
  | { kind: 'RemoveFinalizer' }
  | { kind: 'Settled'; lookAgainMs: number | null };

export const DOWN_FOR_MS = 2_000;
/** Nobody tells when libvirt has plugged interfaces in again, which it does a moment after its daemon's start. */
const CUT_OFF_AGAIN_MS = 15_000;

export function planNetwork(input: NetworkInput): NetworkPlan {
  if (input.isDeleting) return planDeletion(input);
  const steps = input.hosts.map((host) => planHost(input, host)).filter((step) => step !== null);
  if (steps.length > 0) return { kind: 'Act', steps };
  const isDown = input.hosts.some(({ inSight, defined, active }) => inSight && defined && !active);
  const isCutOff = input.hosts.some(({ inSight, cutOff }) => inSight && cutOff.length > 0);
  return { kind: 'Settled', lookAgainMs: isDown ? DOWN_FOR_MS : isCutOff ? CUT_OFF_AGAIN_MS : null };
}

function planDeletion(input: NetworkInput): NetworkPlan {
  if (input.users.length > 0) return { kind: 'Blocked', users: input.users };
  const present = input.hosts.filter((host) => host.defined);
  const removable = present.filter((host) => host.inSight && !host.hasUnclaimed);
  if (removable.length > 0) return { kind: 'Act', steps: removable.map(({ host }) => ({ kind: 'Remove', host })) };
  if (present.length > 0) return { kind: 'AwaitHosts', hosts: present.map(({ host }) => host) };
  return { kind: 'RemoveFinalizer' };
}

function planHost(input: NetworkInput, there: NetworkOnHost): NetworkStep | null {
  const { host } = there;
  if (!there.inSight || !there.defined) return null;
  if (there.machines.length === 0 && !there.hasUnclaimed) return { kind: 'Remove', host };
  const { document } = there;
  const canReplace = there.running.length === 0 && !there.hasUnclaimed && !input.rangeInUse;
  if (document?.restart && canReplace) return { kind: 'Replace', host };
  if (!there.active && there.downForMs < DOWN_FOR_MS) return null;
  if (!there.active) return { kind: 'Start', host, asDefined: input.rangeInUse };
  if (!document) return null;
  // While machines hold addresses of the old range, the network they are on stays as it is.
  if (document.liveUpdates > 0 && !input.rangeInUse) return { kind: 'Update', host };
  if (there.hasUnclaimed) return null;
  const held = input.macsByHost.get(host);
  const ownerless = document.reservations.find((mac) => !held?.has(mac.toLowerCase()));
  return ownerless === undefined ? null : { kind: 'RemoveReservation', host, mac: ownerless };
}

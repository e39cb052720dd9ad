/**
 * What to do next with a Host. Pure.
 *
 * First whose host it is (the same machine as ever, not another Host's, not another fleet's), then what was left on it
 * by machines that were abandoned, and only then it is offered to new machines.
 */

/** What stands between us and the host's data; said in one condition, and nothing is sent. */
export type Obstacle = { reason: string; message: string };

export interface Tombstone {
  uuid: string;
  namespace: string;
  name: string;
  incarnation: number;
}

export interface HostInput {
  isDeleting: boolean;
  fleet: string;
  /** A URI that is refused, a Secret that is missing or incomplete. */
  obstacle: Obstacle | null;
  /** Another, older Host object that reaches the same machine. */
  duplicateOf: string | null;
  state: 'Connecting' | 'Ready' | 'Degraded' | 'Lost' | null;
  /** Ready, and everything was listed since. */
  inSight: boolean;
  /** What the host says of itself; null before the first contact. */
  facts: { hostUUID: string; claim: string | null; bootMark: string | null } | null;
  /** `spec.expectedHostUUID`, else what status has pinned; null before the first contact. */
  expectedHostUUID: string | null;
  recordedHostUUID: string | null;
  /** Machines with this host in their status, or on their way here. */
  machines: string[];
  tombstones: Tombstone[];
  /** `virtfleet.io/forget` names this host: it will never be back, and its tombstones go with it. */
  isForgotten: boolean;
  /** Our networks and pools that are still defined there; their controllers take them away from a Host that goes. */
  leftovers: string[];
}

export type HostStep =
  /** Nothing may be sent until the obstacle is gone: the connection is closed. */
  | { kind: 'Disconnect'; obstacle: Obstacle }
  | { kind: 'Connect' }
  /** The host answers, and it is not ours to use. The connection stays, so that we see when that changes. */
  | { kind: 'HandsOff'; obstacle: Obstacle }
  /** The host's UUID goes into status, before anything is changed there. */
  | { kind: 'Pin'; hostUUID: string }
  | { kind: 'Claim' }
  | { kind: 'MarkBoot' }
  | { kind: 'Sweep'; tombstone: Tombstone }
  | { kind: 'Settled' }
  /** Deletion waits; who is still on the host. */
  | { kind: 'Blocked'; machines: string[]; tombstones: string[]; leftovers: string[] }
  /** Claim and boot mark go, so that another fleet can have the host. */
  | { kind: 'Release' }
  | { kind: 'Forget' };

export function planHost(input: HostInput): HostStep {
  if (input.isDeleting) return planDeletion(input);
  const { obstacle, facts, fleet } = input;
  if (obstacle) return { kind: 'Disconnect', obstacle };
  if (input.duplicateOf !== null) {
    return {
      kind: 'Disconnect',
      obstacle: {
        reason: 'DuplicateHost',
        message: `This URI reaches the same machine as Host ${input.duplicateOf}. Delete one of the two.`,
      },
    };
  }
  if (input.state === null) return { kind: 'Connect' };
  if (!facts || input.state === 'Connecting' || input.state === 'Lost') return { kind: 'Settled' };
  const notOurs = judgeOwnership(facts, input.expectedHostUUID, fleet);
  if (notOurs) return { kind: 'HandsOff', obstacle: notOurs };
  if (input.recordedHostUUID !== facts.hostUUID) return { kind: 'Pin', hostUUID: facts.hostUUID };
  if (facts.claim === null) return { kind: 'Claim' };
  if (facts.bootMark === null) return { kind: 'MarkBoot' };
  const tombstone = input.tombstones[0];
  if (tombstone && input.inSight) return { kind: 'Sweep', tombstone };
  return { kind: 'Settled' };
}

/** Why this host must not be touched, or null. */
export function judgeOwnership(
  facts: { hostUUID: string; claim: string | null },
  expectedHostUUID: string | null,
  fleet: string,
): Obstacle | null {
  if (expectedHostUUID !== null && expectedHostUUID.toLowerCase() !== facts.hostUUID.toLowerCase()) {
    return {
      reason: 'HostUUIDChanged',
      message:
        `The URI now reaches host ${facts.hostUUID}, not ${expectedHostUUID}. What runs on the machines of this Host is ` +
        'unknown until it does again. If the host was replaced for good, delete this Host and make a new one.',
    };
  }
  if (facts.claim !== null && facts.claim !== fleet) {
    return {
      reason: 'OwnedByOtherFleet',
      message:
        `The host belongs to fleet ${facts.claim}; this is fleet ${fleet}. Delete the Host object there first, or, if ` +
        'that fleet is gone, remove its claim on the host: virsh net-undefine virtfleet-claim',
    };
  }
  return null;
}

function planDeletion(input: HostInput): HostStep {
  const { facts, fleet } = input;
  const cannotConnect = input.obstacle !== null || input.duplicateOf !== null;
  if (input.state === null && !cannotConnect) return { kind: 'Connect' };
  const notOurs = facts ? judgeOwnership(facts, input.expectedHostUUID, fleet) : null;
  const tombstone = input.tombstones[0];
  if (tombstone && facts && input.inSight && !notOurs) return { kind: 'Sweep', tombstone };
  const leftovers = input.inSight && !notOurs ? input.leftovers : [];
  const waiting = input.isForgotten && !input.inSight ? [] : input.tombstones;
  if (input.machines.length + waiting.length + leftovers.length > 0) {
    const tombstones = waiting.map(({ namespace, name }) => `${namespace}/${name}`);
    return { kind: 'Blocked', machines: input.machines, tombstones, leftovers };
  }
  // It will turn out to answer, or be Lost, within seconds.
  if (input.state === 'Connecting' || input.state === 'Degraded') return { kind: 'Settled' };
  // A claim that stays on a host which cannot be reached does no harm: this fleet may take it up again, and another
  // fleet's refusal says how to remove it.
  const isOurs = input.state === 'Ready' && facts !== null && !notOurs && facts.claim === fleet;
  return isOurs ? { kind: 'Release' } : { kind: 'Forget' };
}

/** The conditions of a Host, each with one clear reason. Pure. */
import type { HostState } from '#hostpool/types.ts';
import { toMessage, type VirtfleetError } from '#platform/errors.ts';
import { nameSome, type WantedCondition } from '../conditions.ts';
import { drainedCondition, type Maintenance, maintenanceMessage } from './drained.ts';
import type { HostStep, Obstacle } from './plan.ts';

export interface ConditionInput {
  step: HostStep;
  isDeleting: boolean;
  unschedulable: boolean;
  maintenance: Maintenance;
  /** In the pool; null: there is no connection, and none is tried. */
  link: { state: HostState; inSight: boolean; lastError: VirtfleetError | null } | null;
  claimed: 'Ours' | 'Nobody' | 'Unknown';
  tombstones: string[];
  /** For the messages: what the host calls itself. */
  hostname: string;
}

type Verdict = Pick<WantedCondition, 'status' | 'reason' | 'message'>;

/** Reasons by which the pool refuses a host that answers: it is reached, and it is not ours to use. */
const OWNERSHIP = new Set(['HostUUIDChanged', 'OwnedByOtherFleet', 'DuplicateHost']);

export function hostConditions(input: ConditionInput): WantedCondition[] {
  const obstacle = obstacleOf(input);
  const connected = judgeConnected(input, obstacle);
  const claimed = judgeClaimed(input, obstacle);
  const ready = judgeReady(input, connected, claimed);
  const schedulable = judgeSchedulable(input, ready);
  const conditions: WantedCondition[] = [
    { type: 'Connected', ...connected },
    { type: 'Claimed', ...claimed },
    { type: 'Ready', ...ready },
    { type: 'Schedulable', ...schedulable },
  ];
  const drained = drainedCondition(input.maintenance, ready.status === 'True');
  const progress = judgeProgress(input, obstacle);
  return [...conditions, ...(drained ? [drained] : []), ...(progress ? [progress] : [])];
}

function obstacleOf({ step, link }: ConditionInput): Obstacle | null {
  if (step.kind === 'Disconnect' || step.kind === 'HandsOff') return step.obstacle;
  const error = link?.lastError;
  return error && link.state !== 'Ready' ? { reason: error.reason, message: toMessage(error) } : null;
}

function judgeConnected({ link, hostname }: ConditionInput, obstacle: Obstacle | null): Verdict {
  if (link?.state === 'Ready') return yes('Connected', `Connected to ${hostname}.`);
  if (obstacle && OWNERSHIP.has(obstacle.reason)) return no(obstacle.reason, obstacle.message);
  if (obstacle && link?.state !== 'Degraded') return no(obstacle.reason, obstacle.message);
  if (link?.state === 'Degraded') {
    return unknown('Degraded', obstacle?.message ?? 'The host does not answer at the moment; it is dialled again.');
  }
  if (link?.state === 'Lost')
    return no('Unreachable', 'The host does not answer; it is dialled again every few seconds.');
  return unknown('Connecting', 'The host is being dialled.');
}

function judgeClaimed({ claimed, hostname }: ConditionInput, obstacle: Obstacle | null): Verdict {
  if (obstacle && OWNERSHIP.has(obstacle.reason)) return no(obstacle.reason, obstacle.message);
  switch (claimed) {
    case 'Ours':
      return yes('Claimed', `${hostname} carries this fleet's claim.`);
    case 'Nobody':
      return unknown('Claiming', `${hostname} is about to be claimed for this fleet.`);
    case 'Unknown':
      return unknown('NotSeen', 'Whose host it is will be known when it is reached.');
    default:
      return claimed satisfies never;
  }
}

function judgeReady({ link, isDeleting, hostname }: ConditionInput, connected: Verdict, claimed: Verdict): Verdict {
  if (isDeleting) return no('Terminating', 'The Host is being deleted.');
  if (connected.status !== 'True') return no(connected.reason, connected.message);
  if (claimed.status !== 'True') return no(claimed.reason, claimed.message);
  if (!link?.inSight) return no('Listing', `What is on ${hostname} is being listed.`);
  return yes('Ready', `${hostname} is connected, claimed and listed.`);
}

function judgeSchedulable({ unschedulable, maintenance, tombstones }: ConditionInput, ready: Verdict): Verdict {
  if (ready.status !== 'True') return no(ready.reason, ready.message);
  if (tombstones.length > 0) {
    return no('Sweeping', `Abandoned machines are being removed first: ${nameSome(tombstones)}.`);
  }
  if (maintenance.mode === 'Drain') return no('Maintenance', maintenanceMessage(maintenance));
  if (unschedulable) return no('Unschedulable', 'spec.unschedulable is set: no new machines come here.');
  return yes('Schedulable', 'New machines may be placed here.');
}

/** kstatus: Reconciling while something is being done, Stalled when a person has to help; present only when true. */
function judgeProgress(input: ConditionInput, obstacle: Obstacle | null): WantedCondition | null {
  const { step, link } = input;
  if (step.kind === 'Blocked' && step.machines.length + step.tombstones.length === 0) {
    return { type: 'Reconciling', ...yes('Terminating', `Being removed from the host: ${nameSome(step.leftovers)}.`) };
  }
  if (step.kind === 'Blocked') {
    const machines = step.machines.length > 0 ? `machines or volumes are on it (${nameSome(step.machines)})` : '';
    const graves =
      step.tombstones.length > 0 ? `abandoned machines could not be swept yet (${nameSome(step.tombstones)})` : '';
    const why = [machines, graves].filter((part) => part !== '').join(', and ');
    return {
      type: 'Reconciling',
      ...yes(
        'DeletionBlocked',
        `Deletion waits: ${why}. ${machines ? 'Delete them; deletion goes on by itself.' : 'Bring the host back, or, if it is gone for good, annotate this Host with virtfleet.io/forget and its own name.'}`,
      ),
    };
  }
  if (input.isDeleting) return { type: 'Reconciling', ...yes('Terminating', 'The host is being let go.') };
  const needsPerson =
    step.kind === 'Disconnect' || step.kind === 'HandsOff' || link?.lastError?.errorClass === 'Denied';
  if (obstacle && needsPerson) return { type: 'Stalled', ...yes(obstacle.reason, obstacle.message) };
  return step.kind === 'Settled' && link?.state === 'Ready'
    ? null
    : { type: 'Reconciling', ...yes(link?.state ?? 'Connecting', 'The host is being connected and prepared.') };
}

const yes = (reason: string, message: string): Verdict => ({ status: 'True', reason, message });
const no = (reason: string, message: string): Verdict => ({ status: 'False', reason, message });
const unknown = (reason: string, message: string): Verdict => ({ status: 'Unknown', reason, message });

/** The whole status of a volume, computed anew each time. Pure. */
import { bytesToQuantity, quantityToNumber } from '#api/quantity.ts';
import type { StorageVolume, StorageVolumeStatus } from '#api/v1alpha1/storage-volume.ts';
import type { VolumeFacts } from '#libvirt/volume.ts';
import { errorClassOf, reasonOf, toMessage } from '#platform/errors.ts';
import { mergeConditions, type WantedCondition } from '../conditions.ts';
import type { VolumePlan } from './plan.ts';

export interface StatusInput {
  now: number;
  volume: StorageVolume;
  plan: VolumePlan;
  /** What the step saw; undefined: it did not look. */
  facts: VolumeFacts | null | undefined;
  failure: unknown;
}

type Phase = NonNullable<StorageVolumeStatus['phase']>;

interface Verdict {
  phase: Phase;
  reason: string;
  message: string;
  stalled: boolean;
}

export function volumeStatus(input: StatusInput): StorageVolumeStatus {
  const { volume, plan, facts, now } = input;
  const { generation } = volume.metadata;
  const before = volume.status ?? {};
  const decided = plan.kind === 'Decide' ? plan.decided : null;
  const attachedTo = plan.kind === 'Decide' ? plan.attachedTo : before.attachedTo;
  const verdict = judge(input);
  const { attachedTo: _attachedTo, conditions: _conditions, phase: _phase, ...rest } = before;
  return {
    ...rest,
    ...(generation === undefined ? {} : { observedGeneration: generation }),
    ...decided,
    ...(attachedTo ? { attachedTo } : {}),
    phase: verdict.phase,
    ...(facts ? factsOf(facts) : {}),
    conditions: mergeConditions(before.conditions, conditionsOf(verdict), generation, now),
  };
}

/** What differs from moment to moment and can wait to be told. */
export function withoutCounters(status: StorageVolumeStatus): unknown {
  const { allocationBytes: _allocation, ...rest } = status;
  return rest;
}

function factsOf(facts: VolumeFacts): Partial<StorageVolumeStatus> {
  const { capacityBytes, allocationBytes, path } = facts;
  const where = path === null ? {} : { path };
  return { capacityBytes, capacity: bytesToQuantity(capacityBytes), allocationBytes, ...where };
}

function conditionsOf({ phase, reason, message, stalled }: Verdict): WantedCondition[] {
  const isReady = phase === 'Ready' && reason === 'Ready';
  const status = isReady ? 'True' : reason === 'HostOutOfSight' ? 'Unknown' : 'False';
  const conditions: WantedCondition[] = [{ type: 'Ready', status, reason, message }];
  if (stalled) conditions.push({ type: 'Stalled', status: 'True', reason, message });
  else if (!isReady && reason !== 'WaitForConsumer') {
    conditions.push({ type: 'Reconciling', status: 'True', reason, message });
  }
  return conditions;
}

function judge({ volume, plan, facts, failure }: StatusInput): Verdict {
  const phase = volume.status?.phase ?? 'Pending';
  const going = volume.metadata.deletionTimestamp !== undefined;
  const at = (own: Phase): Phase => (going ? 'Deleting' : own);
  if (failure !== undefined) {
    const stalled = errorClassOf(failure) === 'InvalidSpec' || errorClassOf(failure) === 'Denied';
    const reason = errorClassOf(failure) === 'Bug' ? 'CreateFailed' : reasonOf(failure);
    return { phase: at(phase), reason, message: toMessage(failure), stalled };
  }
  const ready: Verdict = {
    phase: at('Ready'),
    reason: 'Ready',
    message: 'It is there, and as large as asked for.',
    stalled: false,
  };
  switch (plan.kind) {
    case 'Decide':
      return { phase: at(plan.phase), ...reasonFor(plan.phase), stalled: false };
    case 'Create':
      return ready;
    case 'Resize':
      return ready;
    case 'Look':
      if (facts === null) {
        const message =
          'Its file has vanished from the pool. It is not made anew, for it held data: restore it, or delete this object.';
        return { phase, reason: 'VolumeMissing', message, stalled: true };
      }
      // A look in between says nothing new while it grows: what was said stays.
      return phase === 'Resizing' && isTooSmall(volume, facts?.capacityBytes) ? (lastVerdict(volume) ?? ready) : ready;
    case 'Settled':
      return ready;
    case 'Delete':
    case 'RemoveFinalizer':
      return { phase: 'Deleting', reason: 'Deleting', message: 'It is being removed.', stalled: false };
    case 'Wait': {
      const { reason, message } = plan;
      if (reason === 'WaitForConsumer') return { phase: at('WaitForConsumer'), reason, message, stalled: false };
      return { phase: at(reason === 'AwaitingOnlineResize' ? 'Resizing' : phase), reason, message, stalled: false };
    }
    case 'Stall': {
      const { reason, message } = plan;
      return {
        phase: at(phase === 'Ready' || phase === 'Resizing' ? phase : 'Failed'),
        reason,
        message,
        stalled: true,
      };
    }
    default:
      return plan satisfies never;
  }
}

function isTooSmall({ spec }: StorageVolume, capacityBytes: number | undefined): boolean {
  return spec.size !== undefined && capacityBytes !== undefined && capacityBytes < quantityToNumber(spec.size);
}

function lastVerdict({ status, metadata }: StorageVolume): Verdict | null {
  const ready = status?.conditions?.find(({ type }) => type === 'Ready');
  if (!ready || metadata.deletionTimestamp) return null;
  return { phase: 'Resizing', reason: ready.reason, message: ready.message, stalled: false };
}

function reasonFor(phase: Phase): { reason: string; message: string } {
  if (phase === 'Ready') return { reason: 'Ready', message: 'It is there, and as large as asked for.' };
  return { reason: 'Creating', message: 'It is being made.' };
}

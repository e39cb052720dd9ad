/** The story of a Host, told by what changed in its status. Pure. */
import type { HostStatus } from '#api/v1alpha1/host.ts';

export interface Told {
  type: 'Normal' | 'Warning';
  reason: string;
  action: string;
  note: string;
}

const TOLD = ['Connected', 'Claimed', 'Schedulable', 'Drained'];

/** Stations on the way that last a moment. */
const PASSING = new Set(['Connecting', 'Claiming', 'Listing', 'NotSeen', 'Terminating']);

/** An event for each condition that turned, and one for a reboot. */
export function hostEvents(before: HostStatus | undefined, after: HostStatus): Told[] {
  const events: Told[] = [];
  for (const condition of after.conditions ?? []) {
    if (!TOLD.includes(condition.type)) continue;
    const old = before?.conditions?.find(({ type }) => type === condition.type);
    if (old?.status === condition.status && old.reason === condition.reason) continue;
    if (PASSING.has(condition.reason)) continue;
    // The beginning is no news, and neither is a consequence of what another condition tells already.
    if (condition.status === 'Unknown' && !old) continue;
    if (condition.type !== 'Connected' && isConsequence(condition.reason, after)) continue;
    events.push({
      type: condition.status === 'False' && condition.reason !== 'Draining' ? 'Warning' : 'Normal',
      reason: condition.reason,
      action: condition.type,
      note: condition.message,
    });
  }
  if (before?.bootMark && after.bootMark && before.bootMark !== after.bootMark) {
    events.push({
      type: 'Normal',
      reason: 'Rebooted',
      action: 'MarkBoot',
      note: `${after.hostname ?? 'The host'} was rebooted: what ran on it was ended.`,
    });
  }
  return events;
}

function isConsequence(reason: string, after: HostStatus): boolean {
  return (after.conditions ?? []).some(({ type, reason: other }) => type === 'Connected' && other === reason);
}

/** What spec.maintenance makes of a Host's conditions. Pure: how far a drain is, status.drain says, which the drain's controller writes. */
import { blockingDrainReasons, type HostDrain } from '#api/v1alpha1/host-drain.ts';
import { leftOf, nameSome, type WantedCondition } from '../conditions.ts';

export interface Maintenance {
  mode: 'None' | 'Drain';
  reason?: string | undefined;
  drain: HostDrain | undefined;
}

/** Null unless a drain is asked for. */
export function drainedCondition(
  { mode, drain }: Maintenance,
  isReady: boolean,
): (WantedCondition & { type: 'Drained' }) | null {
  if (mode !== 'Drain') return null;
  const drained = (status: WantedCondition['status'], reason: string, message: string) =>
    ({ type: 'Drained', status, reason, message }) as const;
  if (!isReady) {
    return drained(
      'Unknown',
      'DrainWaits',
      'The host does not answer: where its machines run is not known, and none is moved. Bring it back; the drain goes on by itself.',
    );
  }
  if (!drain?.startedAt) return drained('False', 'Draining', 'The drain is about to begin.');
  if (drain.finishedAt) return drained('True', 'Drained', 'No machine of the fleet is left on the host.');
  const { left = 0, total = left, blocked = 0, machines = [] } = drain;
  const names = machines.flatMap(({ machine, reason }) =>
    reason !== undefined && blockingDrainReasons.includes(reason) ? [`${machine} (${reason})`] : [],
  );
  const held = `cannot be moved as things are: ${nameSome(names)}. status.drain has the ways out.`;
  if (blocked > 0 && blocked === left) return drained('False', 'DrainBlocked', `${leftOf(left, total)} and ${held}`);
  return drained('False', 'Draining', `${leftOf(left, total)}${blocked > 0 ? `, and ${blocked} ${held}` : '.'}`);
}

/** Why no new machine comes here. */
export function maintenanceMessage({ reason }: Maintenance): string {
  const why = reason === undefined ? '' : ` (${reason})`;
  return `The host is being drained${why}: no new machines come here. Set spec.maintenance.mode to None when the work is done.`;
}

/** Conditions by Kubernetes' convention, and the clock they are stamped with. Pure. */
import type { Condition } from '#api/schema/conditions.ts';

/** One condition as it should be now; the time of its last transition follows from what was there. */
export interface WantedCondition {
  type: string;
  status: Condition['status'];
  reason: string;
  message: string;
}

/**
 * The whole list of conditions, in the order of `wanted`. What is not wanted any more goes (Reconciling and Stalled are
 * there only while true). The time of the last transition moves when the status does, as the convention says.
 */
export function mergeConditions(
  previous: readonly Condition[] | undefined,
  wanted: readonly WantedCondition[],
  generation: number | undefined,
  nowMs: number,
): Condition[] {
  return wanted.map((condition) => {
    const before = previous?.find(({ type }) => type === condition.type);
    const lastTransitionTime =
      before?.lastTransitionTime && before.status === condition.status ? before.lastTransitionTime : isoTime(nowMs);
    return {
      ...condition,
      message: condition.message.slice(0, 2048),
      lastTransitionTime,
      ...(generation === undefined ? {} : { observedGeneration: generation }),
    };
  });
}

/** RFC 3339 with seconds, as metav1.Time is. */
export function isoTime(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d{3}Z$/, 'Z');
}

export function conditionStatus(
  conditions: readonly { type: string; status: Condition['status'] }[] | undefined,
  type: string,
): Condition['status'] {
  return conditions?.find((condition) => condition.type === type)?.status ?? 'Unknown';
}

/** "3 of 5 machines are left": of those that were on a host. */
export function leftOf(left: number, total: number): string {
  return `${left} of ${total} ${total === 1 ? 'machine' : 'machines'} ${left === 1 ? 'is' : 'are'} left`;
}

/** "a, b and 3 more": names for a message that must not grow with the fleet. */
export function nameSome(names: readonly string[], most = 5): string {
  const shown = names.slice(0, most).join(', ');
  return names.length > most ? `${shown} and ${names.length - most} more` : shown;
}

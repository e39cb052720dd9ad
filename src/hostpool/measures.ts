import { counter, gauge, histogram } from '#platform/metrics.ts';
import type { HostState } from './types.ts';

export const dialsTotal = counter(
  'virtfleet_host_dials_total',
  'Attempts to connect to a host, by outcome (ok, or the reason).',
  ['host', 'outcome'],
);

export const readDuration = histogram(
  'virtfleet_host_read_duration_seconds',
  'Reads from hosts, by call and outcome (an error class, or ok).',
  ['call', 'outcome'],
);

const stateGauge = gauge('virtfleet_host_state', 'One for the state that a host is in, zero for the others.', [
  'host',
  'state',
]);

const states: readonly HostState[] = ['Connecting', 'Ready', 'Degraded', 'Lost'];

/** Null: the host was removed. */
export function showState(host: string, now: HostState | null): void {
  for (const state of states) {
    if (now === null) stateGauge.remove({ host, state });
    else stateGauge.set({ host, state }, state === now ? 1 : 0);
  }
}

/** libvirt's domain states and reasons, as far as decisions depend on them. Pure. */

const PAUSED = 3;
const SHUTOFF = 5;
const REASON_UNKNOWN = 0;
const REASON_USER = 1;

export interface DomainState {
  /** There is a process: running, blocked, paused, shutting down, crashed but kept. */
  active: boolean;
  paused: boolean;
  /** By a person: not by a failing disk, a migration or a snapshot. */
  pausedByUser: boolean;
}

export function domainState({ state, reason }: { state: number; reason: number }): DomainState {
  const paused = state === PAUSED;
  return {
    active: state !== SHUTOFF && state !== 0,
    paused,
    pausedByUser: paused && (reason === REASON_USER || reason === REASON_UNKNOWN),
  };
}

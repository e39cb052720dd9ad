/** libvirt's domain states and reasons, as far as decisions depend on them. Pure. */

const PAUSED = 3;
const SHUTOFF = 5;
const REASON_UNKNOWN = 0;
const REASON_USER = 1;
const REASON_IOERROR = 5;
const REASON_WATCHDOG = 6;

export interface DomainState {
  /** There is a process: running, blocked, paused, shutting down, crashed but kept. */
  active: boolean;
  paused: boolean;
  /** By a person: not by a failing disk, a migration or a snapshot. */
  pausedByUser: boolean;
  /** By the hypervisor, for good: it goes on when a person says so, and has mended what stopped it. Null: it is not. */
  halted: 'DiskError' | 'Watchdog' | null;
}

export function domainState({ state, reason }: { state: number; reason: number }): DomainState {
  const paused = state === PAUSED;
  return {
    active: state !== SHUTOFF && state !== 0,
    paused,
    pausedByUser: paused && (reason === REASON_USER || reason === REASON_UNKNOWN),
    halted: paused ? haltOf(reason) : null,
  };
}

function haltOf(reason: number): DomainState['halted'] {
  if (reason === REASON_IOERROR) return 'DiskError';
  return reason === REASON_WATCHDOG ? 'Watchdog' : null;
}

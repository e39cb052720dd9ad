import {
  VIR_DOMAIN_CRASHED,
  VIR_DOMAIN_PAUSED,
  VIR_DOMAIN_PAUSED_MIGRATION,
  VIR_DOMAIN_PAUSED_POSTCOPY,
  VIR_DOMAIN_PAUSED_POSTCOPY_FAILED,
  VIR_DOMAIN_PAUSED_STARTING_UP,
  VIR_DOMAIN_PAUSED_UNKNOWN,
  VIR_DOMAIN_PAUSED_USER,
  VIR_DOMAIN_RUNNING,
  VIR_DOMAIN_RUNNING_POSTCOPY_FAILED,
  VIR_DOMAIN_SHUTOFF,
} from '@virtfleet/libvirt';
import type { DomainRecord } from './types.ts';

/** A domain's state and its reason, told apart by what follows from it for a move. */
export type MovePower =
  /** It has a process that executes, or may. */
  | 'Running'
  /** By a person, or at the target of a paused hand-over that is complete. */
  | 'PausedByUser'
  /** By a migration: on the source its last part is sent, at the target it has not come completely. */
  | 'PausedForMove'
  /** It runs at the target, and its memory did not follow. */
  | 'PostCopyFailed'
  /** A failing disk, a watchdog. */
  | 'PausedOther'
  | 'Off';

export function movePower({ state, reason }: Pick<DomainRecord, 'state' | 'reason'>): MovePower {
  if (state === VIR_DOMAIN_SHUTOFF || state === VIR_DOMAIN_CRASHED) return 'Off';
  if (state === VIR_DOMAIN_RUNNING && reason === VIR_DOMAIN_RUNNING_POSTCOPY_FAILED) return 'PostCopyFailed';
  return state === VIR_DOMAIN_PAUSED ? pausedBy(reason) : 'Running';
}

function pausedBy(reason: number): MovePower {
  switch (reason) {
    case VIR_DOMAIN_PAUSED_UNKNOWN:
    case VIR_DOMAIN_PAUSED_USER:
      return 'PausedByUser';
    case VIR_DOMAIN_PAUSED_MIGRATION:
    case VIR_DOMAIN_PAUSED_POSTCOPY:
    case VIR_DOMAIN_PAUSED_STARTING_UP:
      return 'PausedForMove';
    case VIR_DOMAIN_PAUSED_POSTCOPY_FAILED:
      return 'PostCopyFailed';
    default:
      return 'PausedOther';
  }
}

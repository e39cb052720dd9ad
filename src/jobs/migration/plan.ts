/**
 * What to do about a move, judged from what both hosts say now: the happy road, and what follows a crash at any point of
 * it. Pure. Whoever comes here anew (after a kill, a freeze, a lost answer) judges by the same table: nothing of what was
 * tried is believed, only what is seen.
 */
import type { MovePower } from '#hostpool/ensure.ts';

export type Side =
  | { kind: 'OutOfSight'; why: string }
  | { kind: 'Absent' }
  /** A domain of that UUID without the machine's stamp; or, at the target, with the stamp of another incarnation. */
  | { kind: 'Foreign'; name: string; incarnation: number | null }
  | {
      kind: 'Present';
      power: MovePower;
      /** It is being moved away by whoever began that. */
      hasJob: boolean;
      /** Its stamp has the incarnation of the target, and the hash of what libvirt there made of it. */
      isFinished: boolean;
    };
export type Present = Extract<Side, { kind: 'Present' }>;

export interface Failure {
  reason: string;
  message: string;
  /** It would fail again. */
  isLasting: boolean;
}

export interface Seen {
  mode: 'Live' | 'Offline';
  source: Side;
  target: Side;
  /** Names, for what is told. */
  sourceName: string;
  targetName: string;
  /** Nobody wants it any more. */
  isGivenUp: boolean;
  /** Its user had paused it before it was moved. */
  wasPaused: boolean;
  /** It was made to stand still by us, so that the rest of it could be sent. */
  isHeld: boolean;
  /** What it needs at the target was made there, in this attempt of this process. */
  isPrepared: boolean;
  /** Files are recorded that were not removed from the host that it does not run on in the end. */
  hasLeftovers: boolean;
  /** Moves that this process began, and how the last one failed. */
  tries: number;
  failure: Failure | null;
  /** How long both hosts have said exactly this. */
  sameForMs: number;
}

export type Step =
  /** Something is waited for, and told. */
  | { do: 'Wait'; reason: string; message: string }
  /** Somebody else moves it: adopted, watched, never begun a second time. */
  | { do: 'Watch' }
  | { do: 'AbortJob' }
  | { do: 'Prepare' }
  | { do: 'Move' }
  | { do: 'RecoverPostCopy' }
  | { do: 'Define' }
  | { do: 'ResumeTarget' }
  | { do: 'ResumeSource' }
  /** Ends a process of the copy that must not go on. */
  | { do: 'EndSource' }
  | { do: 'EndTarget' }
  /** Takes its definition away. */
  | { do: 'ReleaseSource' }
  | { do: 'ReleaseTarget' }
  /** Completes the stamp at the target. */
  | { do: 'Finish' }
  | { do: 'CleanSource' }
  | { do: 'CleanTarget' }
  | { do: 'Conclude'; outcome: 'Succeeded' }
  | { do: 'Conclude'; outcome: 'Failed' | 'Cancelled'; reason: string; message: string };

/** libvirt's keepalive lets go of a dead client after 25 to 30 s; what it does then is done by now. */
export const SETTLED_MS = 35_000;
/** A move that was cut off by trouble with a connection is begun again that often. */
export const MAX_TRIES = 3;

export function planMigration(seen: Seen): Step {
  const { source, target } = seen;
  const hidden = source.kind === 'OutOfSight' ? source : target.kind === 'OutOfSight' ? target : null;
  if (hidden !== null) return { do: 'Wait', reason: 'HostUnreachable', message: hidden.why };
  if (source.kind === 'Foreign') return foreign(seen.sourceName, source);
  if (target.kind === 'Foreign') return foreign(seen.targetName, target);
  if (source.kind === 'Absent') return target.kind === 'Present' ? arrived(seen, target) : nowhere(seen);
  if (source.kind === 'Present' && target.kind === 'Present') return onBoth(seen, source, target);
  return source.kind === 'Present' ? notYetThere(seen, source) : nowhere(seen);
}

/** The source has let go of it: it is at the target, or was. */
function arrived(seen: Seen, target: Present): Step {
  switch (target.power) {
    case 'PausedByUser':
      if (!seen.wasPaused && seen.mode === 'Live') return { do: 'ResumeTarget' };
      break;
    case 'PausedForMove':
    case 'PostCopyFailed':
      return waitFor(seen, `it is gone from host ${seen.sourceName} and has not come completely to ${seen.targetName}`);
    case 'Running':
    case 'PausedOther':
    case 'Off':
      break;
    default:
      return target.power satisfies never;
  }
  if (!target.isFinished) return { do: 'Finish' };
  return seen.hasLeftovers ? { do: 'CleanSource' } : { do: 'Conclude', outcome: 'Succeeded' };
}

function onBoth(seen: Seen, source: Present, target: Present): Step {
  if (source.power === 'PostCopyFailed' || target.power === 'PostCopyFailed') return { do: 'RecoverPostCopy' };
  // As libvirt sees it in a move that somebody drives; what that leaves behind is judged when it has ended.
  if (source.hasJob) return seen.isGivenUp && source.power === 'Running' ? { do: 'AbortJob' } : { do: 'Watch' };
  switch (source.power) {
    case 'Running':
    case 'PausedOther':
      return sourceGoesOn(seen, target);
    case 'PausedForMove':
      return handedOver(seen, target);
    case 'PausedByUser':
      // At the target it is `PausedByUser` only once all of it has come. One that runs there was let go on by somebody.
      if (target.power === 'PausedForMove') return { do: 'EndTarget' };
      return target.power === 'Running' || target.power === 'PausedOther' ? splitBrain(seen) : handedOver(seen, target);
    case 'Off':
      return sourceIsOff(seen, target);
    default:
      return source.power satisfies never;
  }
}

/** The source was let go on: what is at the target never ran, and must not. */
function sourceGoesOn(seen: Seen, target: Present): Step {
  switch (target.power) {
    case 'Running':
    case 'PausedOther':
      return splitBrain(seen);
    case 'PausedByUser':
    case 'PausedForMove':
    case 'PostCopyFailed':
      return { do: 'EndTarget' };
    case 'Off':
      return { do: 'ReleaseTarget' };
    default:
      return target.power satisfies never;
  }
}

function splitBrain({ sourceName, targetName }: Seen): Step {
  return {
    do: 'Conclude',
    outcome: 'Failed',
    reason: 'SplitBrain',
    message: `It runs on host ${sourceName} and on host ${targetName}. Nothing was done to either: end the wrong copy by hand (virsh destroy), and undefine it there.`,
  };
}

/** The source stands still after its last part was sent, and nobody is left to let either copy go on. */
function handedOver(seen: Seen, target: Present): Step {
  switch (target.power) {
    case 'Running':
    case 'PausedOther':
    case 'PausedByUser':
    case 'Off':
      // It runs there, is complete there, or ran there and has ended: the source's memory is old.
      return { do: 'EndSource' };
    case 'PausedForMove':
    case 'PostCopyFailed':
      if (seen.sameForMs >= SETTLED_MS) return { do: 'EndTarget' };
      return waitFor(seen, `the hand-over to host ${seen.targetName} was cut off; both hosts are given time to notice`);
    default:
      return target.power satisfies never;
  }
}

function sourceIsOff(seen: Seen, target: Present): Step {
  switch (target.power) {
    case 'PausedByUser':
      // The source has no process: the machine stands still until it is let go on.
      return seen.wasPaused || seen.mode === 'Offline' ? { do: 'ReleaseSource' } : { do: 'ResumeTarget' };
    case 'Running':
    case 'PausedOther':
    case 'Off':
      return { do: 'ReleaseSource' };
    case 'PausedForMove':
    case 'PostCopyFailed':
      if (seen.sameForMs >= SETTLED_MS) return { do: 'EndTarget' };
      return waitFor(seen, `it ended on host ${seen.sourceName} while it was moved`);
    default:
      return target.power satisfies never;
  }
}

/** Only the source has it: not begun, or taken back. */
function notYetThere(seen: Seen, source: Present): Step {
  if (source.hasJob) return seen.isGivenUp ? { do: 'AbortJob' } : { do: 'Watch' };
  if (source.power === 'PostCopyFailed') {
    return waitFor(seen, `part of its memory is on host ${seen.targetName}, which does not show it`);
  }
  if (source.power === 'PausedForMove' || (source.power === 'PausedByUser' && seen.isHeld)) {
    if (seen.sameForMs >= SETTLED_MS) return { do: 'ResumeSource' };
    return waitFor(seen, `the move was cut off, and host ${seen.targetName} is given time to show what it has`);
  }
  if (seen.isGivenUp) return takeBack(seen, 'Cancelled', 'Cancelled', `It stays on host ${seen.sourceName}.`);
  if (seen.mode === 'Offline' && source.power !== 'Off') {
    return takeBack(seen, 'Failed', 'MachineRunning', `It was started on host ${seen.sourceName} while it was moved.`);
  }
  if (seen.mode === 'Live' && source.power === 'Off') {
    return takeBack(
      seen,
      'Failed',
      'MachineEnded',
      `It was turned off on host ${seen.sourceName} before it had moved.`,
    );
  }
  const { failure, tries } = seen;
  if (failure !== null && (failure.isLasting || tries >= MAX_TRIES)) {
    return takeBack(seen, 'Failed', failure.reason, failure.message);
  }
  if (!seen.isPrepared) return { do: 'Prepare' };
  return { do: seen.mode === 'Live' ? 'Move' : 'Define' };
}

/** What was made at the target goes first. */
function takeBack(seen: Seen, outcome: 'Failed' | 'Cancelled', reason: string, message: string): Step {
  return seen.hasLeftovers ? { do: 'CleanTarget' } : { do: 'Conclude', outcome, reason, message };
}

/** Somebody took it away, with its definition. Its files are left as they are: nobody can say which are the newest. */
function nowhere(seen: Seen): Step {
  const message = `It is neither on host ${seen.sourceName} nor on host ${seen.targetName}; its files were left alone.`;
  if (seen.isGivenUp) return { do: 'Conclude', outcome: 'Failed', reason: 'MachineEnded', message };
  return { do: 'Wait', reason: 'Moving', message };
}

function foreign(host: string, { name, incarnation }: Extract<Side, { kind: 'Foreign' }>): Step {
  const message =
    incarnation === null
      ? `Host ${host} has a domain ${name} with this machine's UUID and without its stamp; it was left alone. Remove it there, or give it another UUID.`
      : `Host ${host} has a definition ${name} of this machine that is not of this move (incarnation ${incarnation}); it was left alone. Remove it there (virsh undefine ${name}).`;
  return { do: 'Conclude', outcome: 'Failed', reason: 'MoveFailed', message };
}

function waitFor({ sourceName, targetName }: Seen, why: string): Step {
  return { do: 'Wait', reason: 'Moving', message: `Looked at again on hosts ${sourceName} and ${targetName}: ${why}.` };
}

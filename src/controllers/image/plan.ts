/**
 * What to do next with each copy of an image. Pure.
 *
 * A copy goes Planned → Fetching → Ready, or Failed and after a while Planned again under a new attempt with a new name.
 * Its name stands in status before the volume is made, and leaves status after the volume was removed. Decisions are
 * written alone, before any act.
 */
import type { ImageCopy, ImageOperation } from '#api/v1alpha1/virtual-machine-image.ts';
import type { WantedCopy } from './wanted.ts';

export interface CopyView {
  key: string;
  /** As status has it; null: not decided yet. */
  copy: ImageCopy | null;
  wanted: WantedCopy | null;
  /** Who stands on it. */
  users: string[];
  /** Forgotten: the Host or the pool's object is gone, nothing of it can be reached or is ours any more. */
  place: 'Ready' | 'PoolDown' | 'OutOfSight' | 'Forgotten';
  /** Shared pools: another host through which it can be written, when the recorded one is out of sight. */
  otherHost: string | null;
  /** The executor's entry of this key, whatever its attempt. */
  operation: ImageOperation | null;
  /** Somebody claimed it, has not ended it, and gave a sign of life not long ago. */
  isExecutorAlive: boolean;
  /** It is time to see whether the volume is still there. */
  isLookDue: boolean;
}

export type Decision =
  | { kind: 'Record'; key: string; wanted: WantedCopy; hostName: string; attempt: number }
  /** Shared pools: write it through another host. */
  | { kind: 'Rehost'; key: string; hostName: string }
  | { kind: 'MarkFetching'; key: string }
  | { kind: 'Retry'; key: string; attempt: number }
  | { kind: 'Unwant'; key: string }
  /** Somebody was recorded as standing on it before it was removed: it is looked at again, and stays. */
  | { kind: 'Keep'; key: string }
  | { kind: 'Forget'; key: string };

export type Act =
  /** Idempotent by the job's id: repeated until there is an outcome. */
  | { kind: 'Enqueue'; key: string }
  /** Fetched: look at the volume, then it is Ready. */
  | { kind: 'Look'; key: string }
  /** Failed: see that nothing of it is left, then it is Failed. */
  | { kind: 'Clean'; key: string }
  | { kind: 'Remove'; key: string };

export type Wait = { key: string; for: 'Host' | 'Pool' | 'Executor' | 'Retry'; untilMs?: number };

export type ImagePlan =
  | { kind: 'Decide'; decisions: Decision[] }
  | { kind: 'Act'; acts: Act[]; waits: Wait[] }
  | { kind: 'Blocked'; users: string[] }
  | { kind: 'RemoveFinalizer' }
  | { kind: 'Settled'; waits: Wait[] };

export interface ImageInput {
  now: number;
  isDeleting: boolean;
  copies: CopyView[];
}

type Step = { decide: Decision } | { act: Act } | { wait: Wait } | null;

export function planImage(input: ImageInput): ImagePlan {
  const { copies, isDeleting } = input;
  const users = [...new Set(copies.flatMap((view) => view.users))];
  if (isDeleting && users.length > 0) return { kind: 'Blocked', users };
  const steps = copies.map((view) => planCopy(view, input)).filter((step) => step !== null);
  const decisions = steps.flatMap((step) => ('decide' in step ? [step.decide] : []));
  if (decisions.length > 0) return { kind: 'Decide', decisions };
  const acts = steps.flatMap((step) => ('act' in step ? [step.act] : []));
  const waits = steps.flatMap((step) => ('wait' in step ? [step.wait] : []));
  if (acts.length > 0) return { kind: 'Act', acts, waits };
  if (isDeleting && copies.every(({ copy }) => copy === null)) return { kind: 'RemoveFinalizer' };
  return { kind: 'Settled', waits };
}

function planCopy(view: CopyView, { now, isDeleting }: ImageInput): Step {
  const { key, copy, wanted } = view;
  if (copy === null) return wanted === null || isDeleting ? null : planNew(view, wanted);
  if (view.place === 'Forgotten') return { decide: { kind: 'Forget', key } };
  const isUnwanted = isDeleting || wanted === null;
  // Who stands on it recorded that before it looked for the copy, and we look for users after the removal was recorded:
  // so one of the two sees the other.
  if (copy.phase === 'Deleting') return view.users.length > 0 ? { decide: { kind: 'Keep', key } } : planRemoval(view);
  if (isUnwanted && view.users.length === 0) return { decide: { kind: 'Unwant', key } };
  if (view.place === 'OutOfSight' && view.otherHost !== null && !view.isExecutorAlive) {
    return { decide: { kind: 'Rehost', key, hostName: view.otherHost } };
  }
  switch (copy.phase) {
    case 'Planned':
    case 'Fetching':
      return planFetch(view, copy);
    case 'Failed':
      return planRetry(key, copy, now);
    case 'Ready':
      return view.isLookDue && view.place === 'Ready' ? { act: { kind: 'Look', key } } : null;
    default:
      copy.phase satisfies never;
      return null;
  }
}

function planNew(view: CopyView, wanted: WantedCopy): Step {
  const { key, operation } = view;
  const hostName = wanted.hostName || view.otherHost;
  // A shared pool that runs nowhere: there is nobody to write through.
  if (hostName === null || hostName === '') return { wait: { key, for: 'Pool' } };
  // An entry of an earlier copy would end the new one's job at once, so its attempts are counted on.
  return { decide: { kind: 'Record', key, wanted, hostName, attempt: (operation?.attempt ?? 0) + 1 } };
}

function planFetch(view: CopyView, copy: ImageCopy): Step {
  const { key, operation, place } = view;
  const mine = operation?.attempt === copy.attempt ? operation : null;
  if (mine !== null && mine.outcome === undefined && copy.phase === 'Planned') {
    return { decide: { kind: 'MarkFetching', key } };
  }
  if (place !== 'Ready') return { wait: { key, for: place === 'PoolDown' ? 'Pool' : 'Host' } };
  if (mine?.outcome === 'Succeeded') return { act: { kind: 'Look', key } };
  if (mine?.outcome !== undefined) return { act: { kind: 'Clean', key } };
  return view.isExecutorAlive ? { wait: { key, for: 'Executor' } } : { act: { kind: 'Enqueue', key } };
}

function planRetry(key: string, copy: ImageCopy, now: number): Step {
  const at = copy.retryAt === undefined ? now : Date.parse(copy.retryAt);
  if (at > now) return { wait: { key, for: 'Retry', untilMs: at } };
  return { decide: { kind: 'Retry', key, attempt: (copy.attempt ?? 0) + 1 } };
}

/** Nobody may be writing it any more: an executor that sees it unwanted ends, one that is gone has lost its right. */
function planRemoval(view: CopyView): Step {
  const { key, place } = view;
  if (view.isExecutorAlive) return { wait: { key, for: 'Executor' } };
  if (place !== 'Ready') return { wait: { key, for: place === 'PoolDown' ? 'Pool' : 'Host' } };
  return { act: { kind: 'Remove', key } };
}

const WORLD_RETRY_MS = 2_000;
const LASTING_RETRY_MS = 10 * 60_000;
const FIRST_RETRY_MS = 10_000;

/** A copy that was complete and was taken away has not failed, however many attempts there were. */
export const VANISHED_RETRY_MS = 2_000;

/** How long after a failed attempt the next one begins. */
export function retryDelayMs(attempt: number, reason: string | undefined, isLasting: boolean): number {
  // Another name is all that it takes.
  if (reason === 'VolumeExists') return 0;
  // The plan waits for the host and its pool anyway: nothing is tried before they are back.
  if (reason === 'HostOutOfSight' || reason === 'WaitingForPool') return WORLD_RETRY_MS;
  if (isLasting) return LASTING_RETRY_MS;
  return Math.min(FIRST_RETRY_MS * 2 ** Math.min(Math.max(0, attempt - 1), 20), LASTING_RETRY_MS);
}

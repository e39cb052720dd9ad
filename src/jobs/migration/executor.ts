import { errorClassOf, toMessage } from '#platform/errors.ts';
import { act } from './act.ts';
import { observeSides, type Sides } from './observe.ts';
import { planMigration, type Seen, type Step } from './plan.ts';
import type { Work } from './work.ts';

/** Between two looks while something is waited for, unless a host tells of something before. */
const LOOK_AGAIN_MS = 1_000;
/** Nothing but waiting for that long: the job is let go of, and begun anew by who wants it. */
const PATIENCE_MS = 90_000;
/** Steps that failed in a row without anything to be seen of it. */
const MAX_FAILED_STEPS = 5;

/**
 * Looks at both hosts, takes the next step, and looks again, until the outcome is recorded. Returns without one when there
 * is nothing but to wait; rejects when the right is lost or the process stops.
 */
export async function carryOut(work: Work): Promise<void> {
  const { journal, signal, log } = work;
  const { clock } = work.deps;
  let same = { picture: '', sinceMs: clock.monotonicMs() };
  let restingSinceMs: number | null = null;
  let failedSteps = 0;
  let told = '';
  let hasRested = false;
  for (;;) {
    if (journal.endReason === 'Superseded') return;
    const sides = await observeSides(work.deps.hosts, work.deps.fleetId, work.move);
    const picture = JSON.stringify(sides);
    if (picture !== same.picture) same = { picture, sinceMs: clock.monotonicMs() };
    const seen = judge(work, sides, clock.monotonicMs() - same.sinceMs);
    const step = planMigration(seen);
    const isAgain = told === `${step.do} ${picture}`;
    if (!isAgain) log.debug({ step: step.do, ...sides }, 'step');
    told = `${step.do} ${picture}`;
    if (signal.aborted && !isUrgent(step)) throw signal.reason;
    if (step.do === 'Conclude') {
      const { do: _, ...outcome } = step;
      await journal.finish({ reason: undefined, message: undefined, remainingSeconds: undefined, ...outcome });
      log.info({ machine: work.move.object, ...outcome }, 'the move is done');
      return;
    }
    if (step.do === 'Wait' || step.do === 'Watch') {
      const now = clock.monotonicMs();
      restingSinceMs ??= now;
      if (step.do === 'Wait') journal.note({ reason: step.reason, message: step.message });
      else restingSinceMs = now;
      if (now - restingSinceMs >= PATIENCE_MS) {
        await journal.record({});
        return;
      }
      await rest(work);
      continue;
    }
    restingSinceMs = null;
    // What was done has not shown yet, or was of no use: not at once again, and not without another look.
    if (isAgain && !hasRested) {
      hasRested = true;
      await rest(work);
      continue;
    }
    hasRested = false;
    try {
      await act(work, step, seen);
      failedSteps = 0;
      // Something that passes, or ends, is given the time to.
      if (work.failure?.isLasting === false || step.do === 'AbortJob') await rest(work);
    } catch (error) {
      failedSteps += 1;
      if (errorClassOf(error) === 'LeaseLost' || failedSteps >= MAX_FAILED_STEPS) throw error;
      log.info({ step: step.do, error: toMessage(error) }, 'a step failed; what is there is looked at again');
      journal.note({ message: toMessage(error) });
      await rest(work);
    }
  }
}

/** The machine stands still until these are done: a process that stops waits for them. */
function isUrgent({ do: step }: Step): boolean {
  return step === 'ResumeTarget' || step === 'EndSource';
}

function judge(work: Work, { source, target }: Sides, sameForMs: number): Seen {
  const { move, journal } = work;
  return {
    mode: move.mode,
    source,
    target,
    sourceName: move.source.name,
    targetName: move.target.name,
    isGivenUp: journal.endReason === 'Cancelled',
    wasPaused: journal.entry.wasPaused === true,
    isHeld: journal.entry.phase === 'HandingOver' && journal.entry.wasPaused === false,
    isPrepared: work.disks !== null,
    hasLeftovers: !work.isClean && (journal.entry.volumes?.length ?? 0) > 0,
    tries: work.tries,
    failure: work.failure,
    sameForMs,
  };
}

/** Until one of the hosts tells of something, a while at most. */
function rest({ deps, move, signal }: Work): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      unsubscribe();
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, LOOK_AGAIN_MS);
    const unsubscribe = deps.hosts.onChange(({ host, kind, uuid }) => {
      const isOurs = host === move.source.name || host === move.target.name;
      if (isOurs && (kind === 'state' || uuid === move.uuid)) end();
    });
    signal.addEventListener('abort', end, { once: true });
    if (signal.aborted) end();
  });
}

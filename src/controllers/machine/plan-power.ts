/** The power of a machine whose definition is in place: start, graceful stop with its deadline in status, crash back-off. */
import { type Observation, type ObservedDomain, type RunRecordDecided, type Step, wait } from './plan.ts';
import { recordExit } from './power.ts';

/** ACPI requests are repeated: a guest that is still booting ignores them. */
export const SHUTDOWN_REPEAT_MS = 5_000;

export function planPower(o: Observation, domain: ObservedDomain): Step {
  if (domain.active && startedByHand(o)) {
    return {
      do: 'Record',
      decisions: { run: nextRun(o, { desired: 'On', confirmed: true }) },
      why: 'somebody started it',
    };
  }
  if (domain.active) return o.wantedPower === 'Off' ? planStop(o, 'Halted', o.gracePeriodMs, false) : planRunning(o);
  return runOver(o, domain) ?? (o.wantedPower === 'Off' ? { do: 'Settle' } : planStart(o));
}

/** What is recorded of a machine that is off before anything follows from it: that its run is over, and how. */
export function runOver(o: Observation, domain: Pick<ObservedDomain, 'active' | 'ended'>): Step | null {
  if (domain.active) return null;
  return o.wantedPower === 'Off' ? accountForEnd(o) : accountForExit(o, domain);
}

/** A Manual machine follows the hand that starts it on its host, as it follows the guest that powers off. */
function startedByHand(o: Observation): boolean {
  return o.runStrategy === 'Manual' && o.wantedPower === 'Off' && !o.stop && (!o.run || o.run.ended === true);
}

/** Deadline first, in status; then ACPI, again and again; then force. */
export function planStop(o: Observation, reason: string, graceMs: number, force: boolean): Step {
  if (!o.stop) {
    const deadline = new Date(o.now + (force ? 0 : graceMs)).toISOString();
    return { do: 'Record', decisions: { stop: { deadline, reason } }, why: `stop by ${deadline}` };
  }
  const deadline = Date.parse(o.stop.deadline);
  if (force || o.now >= deadline)
    return { do: 'Destroy', why: force ? 'force was asked for' : 'the grace period is over' };
  // A guest whose CPUs stand still hears no request.
  if (o.domain?.paused) return { do: 'Resume' };
  const sent = o.memory.shutdownSentAt;
  const nextAt = sent === null ? o.now : sent + SHUTDOWN_REPEAT_MS;
  if (o.now >= nextAt) return { do: 'Shutdown', at: Math.min(o.now + SHUTDOWN_REPEAT_MS, deadline) };
  return wait(
    'Stopping',
    `the guest was asked to shut down and has until ${o.stop.deadline}`,
    Math.min(nextAt, deadline),
  );
}

function planRunning(o: Observation): Step {
  // The wish to stop was withdrawn, or belongs to an earlier run: the guest may still go down, and is then started anew.
  if (o.stop) return { do: 'Record', decisions: { stop: null }, why: 'no stop is wanted any more' };
  if (!o.run || o.run.ended) {
    const run = nextRun(o, { confirmed: true });
    return { do: 'Record', decisions: { run }, why: 'somebody started it' };
  }
  return { do: 'Settle' };
}

function planStart(o: Observation): Step {
  if (o.crash && o.now < Date.parse(o.crash.nextStartAt)) {
    return wait(
      'CrashLoopBackOff',
      `ended ${o.crash.count} times in a row; the next start is at ${o.crash.nextStartAt}`,
      Date.parse(o.crash.nextStartAt),
    );
  }
  if (!o.run || o.run.ended) {
    return { do: 'Record', decisions: { run: nextRun(o, {}), stop: null }, why: 'about to start' };
  }
  return { do: 'Start' };
}

/** A run that is over without anybody having asked for it: counted once, before anything follows from it. */
function accountForExit(o: Observation, domain: Pick<ObservedDomain, 'ended'>): Step | null {
  if (!o.run || o.run.ended || !(o.run.confirmed || domain.ended)) return null;
  const ended: RunRecordDecided = { ...o.run, ended: true };
  if (o.stop) return { do: 'Record', decisions: { run: ended, stop: null }, why: 'stopped as asked' };
  if (o.runStrategy === 'Manual') {
    return { do: 'Record', decisions: { run: { ...ended, desired: 'Off' } }, why: 'the guest ended its run' };
  }
  return { do: 'Record', decisions: { run: ended, crash: recordExit(o.crash, o.run, o.now) }, why: 'its run ended' };
}

/** Off as wanted: the stop and the run are closed, so that the next start is a new one. */
function accountForEnd(o: Observation): Step | null {
  const open = o.run && !o.run.ended && o.run.generation > 0;
  if (!open && !o.stop && !o.crash) return null;
  return {
    do: 'Record',
    decisions: { ...(open && o.run ? { run: { ...o.run, ended: true } } : {}), stop: null, crash: null },
    why: 'it is off, as wanted',
  };
}

/** The record of one more start; `generation` tells runs apart. */
export function nextRun(o: Observation, over: Partial<RunRecordDecided>): RunRecordDecided {
  return {
    generation: (o.run?.generation ?? 0) + 1,
    startedAt: new Date(o.now).toISOString(),
    desired: o.wantedPower,
    confirmed: false,
    ended: false,
    ...(o.run?.saved ? { saved: true } : {}),
    ...over,
  };
}

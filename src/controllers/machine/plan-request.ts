/**
 * Operations on a machine (Start, Stop, Restart, Reset, Pause, Resume, Save): claimed in status before they are acted on, so
 * that each takes effect at most once, whatever dies in between.
 */
import { type Observation, type PendingRequest, type RequestRecord, type Step, wait } from './plan.ts';
import { nextRun, planStop } from './plan-power.ts';

/** How often a save that is under way is looked at. */
const SAVE_AGAIN_MS = 2_000;

/** The next step for the operation in hand, or null when there is none or the rest of the plan serves it. */
export function planRequest(o: Observation): Step | null {
  const claimed = o.request?.phase === 'Accepted' ? o.request : null;
  // What was saved is recorded in any case: the machine must not be changed under it.
  if (claimed && claimed.type !== 'Save' && o.requestGone && !o.domain?.active)
    return failed(o, claimed, 'Cancelled', 'its object was deleted');
  if (claimed) return planAccepted(o, claimed);
  const pending = o.pendingRequest;
  if (!pending || pending.uid === o.request?.uid) return null;
  return accept(o, pending);
}

function accept(o: Observation, pending: PendingRequest): Step {
  const request: RequestRecord = {
    name: pending.name,
    uid: pending.uid,
    type: pending.type,
    phase: 'Accepted',
    time: new Date(o.now).toISOString(),
    runGeneration: o.run?.generation ?? 0,
  };
  const refusal = refuse(o, pending);
  if (refusal)
    return {
      do: 'Record',
      decisions: { request: { ...request, phase: 'Failed', ...refusal } },
      why: 'it cannot be done now',
    };
  const run = o.run ?? { generation: 0, ended: true };
  switch (pending.type) {
    case 'Start':
      return {
        do: 'Record',
        decisions: { request, run: { ...run, desired: 'On' }, crash: null },
        why: 'Start was asked for',
      };
    case 'Stop':
      return {
        do: 'Record',
        decisions: { request, run: { ...run, desired: 'Off' }, stop: stopOf(o, pending) },
        why: 'Stop was asked for',
      };
    case 'Restart':
      return {
        do: 'Record',
        decisions: { request, run: { ...run, desired: 'On' }, stop: stopOf(o, pending), crash: null },
        why: 'Restart was asked for',
      };
    case 'Reset':
    case 'Pause':
    case 'Resume':
    case 'Save':
      return { do: 'Record', decisions: { request }, why: `${pending.type} was asked for` };
  }
}

const stopOf = (o: Observation, pending: PendingRequest) =>
  o.domain?.active
    ? {
        deadline: new Date(o.now + (pending.force ? 0 : (pending.gracePeriodMs ?? o.gracePeriodMs))).toISOString(),
        reason: pending.type,
      }
    : null;

function refuse(o: Observation, pending: PendingRequest): { reason: string; message: string } | null {
  const active = o.domain?.active ?? false;
  switch (pending.type) {
    case 'Start':
      return o.runStrategy === 'Halted'
        ? {
            reason: 'RunStrategyHalted',
            message:
              'the machine has runStrategy Halted: set it to Always, or to Manual to start and stop it by operations',
          }
        : null;
    case 'Stop':
      return o.runStrategy === 'Always'
        ? {
            reason: 'RunStrategyAlways',
            message: 'the machine has runStrategy Always and would be started again: set it to Halted, or to Manual',
          }
        : null;
    case 'Save':
      if (o.runStrategy === 'Always') {
        return {
          reason: 'RunStrategyAlways',
          message: 'the machine has runStrategy Always and would be started again: set it to Manual',
        };
      }
      return active ? null : notRunning(pending.type);
    case 'Restart':
    case 'Reset':
    case 'Pause':
      return active ? null : notRunning(pending.type);
    case 'Resume':
      return active
        ? null
        : {
            reason: 'NotPaused',
            message: 'Resume needs a paused machine, and this one is off: start it first, then ask again',
          };
  }
}

const notRunning = (type: PendingRequest['type']): { reason: string; message: string } => ({
  reason: 'NotRunning',
  message: `${type} needs a running machine, and this one is off: start it first, then ask again`,
});

function planAccepted(o: Observation, request: RequestRecord): Step | null {
  const active = o.domain?.active ?? false;
  const paused = o.domain?.paused ?? false;
  switch (request.type) {
    case 'Start':
      return active ? done(o, request) : null;
    case 'Stop':
      return active ? planStop(o, 'Stop', o.gracePeriodMs, false) : done(o, request);
    case 'Restart':
      return planRestart(o, request, active);
    case 'Reset':
      return planReset(o, request, active);
    case 'Pause':
      if (!active) return failed(o, request, 'NotRunning', 'the machine was off before it could be paused');
      return paused ? done(o, request) : { do: 'Suspend' };
    case 'Resume':
      if (!active) return failed(o, request, 'NotRunning', 'the machine was off before it could be resumed');
      return paused || o.domain?.halted ? { do: 'Resume' } : done(o, request);
    case 'Save':
      return planSave(o, request, active);
  }
}

/** Off for good is written with the end, not before it: a machine whose memory cannot be written goes on. */
function planSave(o: Observation, request: RequestRecord, active: boolean): Step {
  const save = o.memory.save?.uid === request.uid ? o.memory.save : null;
  if (!save) return { do: 'Save', request: request.uid };
  switch (save.phase) {
    case 'Failed':
      return failed(o, request, save.reason, save.message);
    case 'Saving':
      return wait('Saving', 'its memory is being written to the disk of its host', o.now + SAVE_AGAIN_MS);
    case 'Saved': {
      const end = done(o, request);
      const run = { ...(o.run ?? { generation: 0 }), desired: 'Off', ended: true, saved: true } as const;
      return active ? end : { ...end, decisions: { ...end.decisions, run, stop: null } };
    }
  }
}

/** A claim of a process that is gone: whether its reset was sent nobody knows, and it is not sent twice. */
function planReset(o: Observation, request: RequestRecord, active: boolean): Step {
  if (o.memory.reset?.uid === request.uid) {
    const failure = o.memory.reset.failure;
    return failure ? failed(o, request, failure.reason, failure.message) : done(o, request);
  }
  if (o.memory.claimedHere !== request.uid) {
    return failed(
      o,
      request,
      'OutcomeUnknown',
      'the operator was restarted while it reset the machine: look at the machine, and ask again if it was not reset',
    );
  }
  if (!active) return failed(o, request, 'NotRunning', 'the machine was off before it could be reset');
  return { do: 'Reset', request: request.uid };
}

function planRestart(o: Observation, request: RequestRecord, active: boolean): Step | null {
  const generation = o.run?.generation ?? 0;
  const sameRun = generation === (request.runGeneration ?? 0);
  if (active) return sameRun ? planStop(o, 'Restart', o.gracePeriodMs, false) : done(o, request);
  if (sameRun)
    return { do: 'Record', decisions: { run: nextRun(o, { desired: 'On' }), stop: null }, why: 'about to start again' };
  return null;
}

function done(o: Observation, request: RequestRecord): Extract<Step, { do: 'Record' }> {
  const time = new Date(o.now).toISOString();
  return {
    do: 'Record',
    decisions: { request: { ...request, phase: 'Done', reason: 'Done', message: `${request.type} was done`, time } },
    why: `${request.type} is done`,
  };
}

function failed(o: Observation, request: RequestRecord, reason: string, message: string): Step {
  const time = new Date(o.now).toISOString();
  return {
    do: 'Record',
    decisions: { request: { ...request, phase: 'Failed', reason, message, time } },
    why: `${request.type} failed`,
  };
}

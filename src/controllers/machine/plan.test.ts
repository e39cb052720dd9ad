import { describe, expect, test } from 'vitest';
import { isRecordedFirst, type Observation, plan, type RequestRecord } from './plan.ts';
import { absent, check, fresh, iso, NOW, off, on, running, seen, sighting } from './testing-plan.ts';

describe('coming to life', () => {
  check([
    ['the finalizer comes before the first effect', fresh, 'AddFinalizer'],
    ['then the decision', { ...fresh, hasFinalizer: true }, 'Place'],
    [
      'a Halted machine that never ran costs nothing',
      { ...fresh, wantedPower: 'Off', runStrategy: 'Halted' },
      'Settle',
    ],
    [
      'a missing network holds the decision up',
      { ...fresh, problems: [{ kind: 'Wait', reason: 'NetworkNotFound', message: 'm' }] },
      { do: 'Wait', reason: 'NetworkNotFound' },
    ],
    [
      'a missing Secret, of which no watch tells, is asked for again',
      { ...fresh, problems: [{ kind: 'Wait', reason: 'SecretNotFound', message: 'm', againMs: 5_000 }] },
      { do: 'Wait', reason: 'SecretNotFound', at: NOW + 5_000 },
    ],
    [
      'a wrong spec is said before a missing thing',
      {
        ...fresh,
        problems: [
          { kind: 'Wait', reason: 'A', message: '' },
          { kind: 'Stall', reason: 'B', message: '' },
        ],
      },
      { do: 'Stall', reason: 'B' },
    ],
    [
      'hosts that may hide it hold it up',
      { ...fresh, located: { kind: 'Hidden', hosts: ['h2'], own: ['h2'] } },
      { do: 'Wait', reason: 'LookingElsewhere' },
    ],
    ['decided and not there: make it', { located: absent, domain: null, wasDefined: false }, 'Provision'],
    [
      'a claim lost to an older machine is given up first',
      { located: absent, domain: null, lostClaims: ['10.0.0.2'] },
      'Reclaim',
    ],
    [
      'defined: start, the run stands in status already',
      { domain: off, run: { ...running, confirmed: false } },
      'Start',
    ],
    [
      'defined, no run recorded: record it first',
      { domain: off, run: undefined },
      { do: 'Record', decisions: { run: { generation: 1, ended: false } } as never },
    ],
    ['running as wanted', {}, 'Settle'],
  ]);
});

describe('never twice', () => {
  check([
    [
      'two running copies',
      { located: { kind: 'SplitBrain', sightings: [sighting, { ...sighting, host: 'h2' }] } },
      { do: 'Stall', reason: 'SplitBrain' },
    ],
    [
      'a namesake of another object',
      { located: { kind: 'IdentityConflict', sighting } },
      { do: 'Stall', reason: 'IdentityConflict' },
    ],
    [
      'its host is out of sight',
      { located: { kind: 'HostOutOfSight', host: 'h1' }, domain: null },
      { do: 'Wait', reason: 'HostUnreachable' },
    ],
    [
      'it was there, is not, and another host cannot be asked',
      { located: { kind: 'Absent', hiddenHosts: ['h2'] }, domain: null },
      { do: 'Wait', reason: 'LookingElsewhere' },
    ],
    [
      'status rolled back: believe the stamp',
      { located: { kind: 'Believe', sighting, incarnation: 2, why: 'StatusBehind' } },
      'Believe',
    ],
  ]);
});

describe('change', () => {
  check([
    ['a new disk is recorded before it is made', { recordIncomplete: true }, 'ExtendRecord'],
    ['the definition is edited', { domain: { ...on, outdated: true } }, 'Provision'],
    ['what can change live is changed live', { domain: { ...on, liveChanges: ['SetVcpus'] } }, 'ApplyLive'],
    ['a disk grows', { growing: ['root'] }, 'Grow'],
    ['what the spec no longer names goes last', { released: ['data'] }, 'Release'],
    [
      'a missing image does not keep a machine from being stopped',
      { problems: [{ kind: 'Wait', reason: 'ImageNotReady', message: '' }], wantedPower: 'Off' },
      'Record',
    ],
    [
      'a guest that keeps a device does not keep it from being stopped',
      { released: ['a'], wantedPower: 'Off' },
      'Record',
    ],
    [
      'a definition that cannot be made does not keep it from being stopped',
      { domain: { ...on, outdated: true }, wantedPower: 'Off' },
      'Record',
    ],
    [
      'a missing image is said while it runs',
      { problems: [{ kind: 'Wait', reason: 'ImageNotReady', message: '' }] },
      { do: 'Wait', reason: 'ImageNotReady' },
    ],
  ]);
});

describe('stop', () => {
  const stop = { deadline: iso(10), reason: 'Halted' };
  check([
    [
      'the deadline is written first',
      { wantedPower: 'Off' },
      { do: 'Record', decisions: { stop: { deadline: iso(30) } } as never },
    ],
    ['then the guest is asked', { wantedPower: 'Off', stop }, 'Shutdown'],
    [
      'it is asked again after five seconds',
      { wantedPower: 'Off', stop, memory: { shutdownSentAt: NOW - 5000, claimedHere: null, reset: null, save: null } },
      'Shutdown',
    ],
    [
      'and meanwhile waited for',
      { wantedPower: 'Off', stop, memory: { shutdownSentAt: NOW - 1000, claimedHere: null, reset: null, save: null } },
      { do: 'Wait', reason: 'Stopping' },
    ],
    [
      'a paused guest hears nothing: it is let go on first',
      { wantedPower: 'Off', stop, domain: { ...on, paused: true } },
      'Resume',
    ],
    ['past the deadline it is forced', { wantedPower: 'Off', stop: { ...stop, deadline: iso(-1) } }, 'Destroy'],
    [
      'off: run and stop are closed',
      { wantedPower: 'Off', stop, domain: off },
      { do: 'Record', decisions: { stop: null, run: { ended: true } } as never },
    ],
    ['off and closed: nothing to do', { wantedPower: 'Off', domain: off, run: { ...running, ended: true } }, 'Settle'],
    [
      'a Manual machine started by hand runs on',
      { runStrategy: 'Manual', wantedPower: 'Off', run: { ...running, ended: true, desired: 'Off' } },
      { do: 'Record', decisions: { run: { desired: 'On', generation: 2 } } as never },
    ],
  ]);
});

describe('a run that ends by itself', () => {
  check([
    [
      'is counted',
      { domain: off },
      { do: 'Record', decisions: { crash: { count: 1 }, run: { ended: true } } as never },
    ],
    [
      'Manual: stays off',
      { domain: off, runStrategy: 'Manual' },
      { do: 'Record', decisions: { run: { desired: 'Off', ended: true } } as never },
    ],
    [
      'waits out its back-off',
      { domain: off, run: { ...running, ended: true }, crash: { count: 3, lastAt: iso(-1), nextStartAt: iso(20) } },
      { do: 'Wait', reason: 'CrashLoopBackOff', at: NOW + 20_000 },
    ],
    [
      'then gets a new run',
      { domain: off, run: { ...running, ended: true }, crash: { count: 3, lastAt: iso(-40), nextStartAt: iso(-1) } },
      { do: 'Record', decisions: { run: { generation: 2, ended: false } } as never },
    ],
    [
      'recorded, never seen, no word from libvirt: it was never started',
      { domain: off, run: { ...running, confirmed: false } },
      'Start',
    ],
    [
      'recorded, never seen, but libvirt saw it end',
      { domain: { ...off, ended: true }, run: { ...running, confirmed: false } },
      { do: 'Record', decisions: { run: { ended: true } } as never },
    ],
    [
      'it is told before its definition is brought up to date',
      { domain: { ...off, outdated: true }, recordIncomplete: true },
      { do: 'Record', decisions: { run: { ended: true } } as never },
    ],
    [
      'off as wanted, it is told before its definition, too',
      { domain: { ...off, outdated: true }, wantedPower: 'Off', runStrategy: 'Halted' },
      { do: 'Record', decisions: { run: { ended: true } } as never },
    ],
  ]);

  /** Its documents are not read then: no step but Record may follow, least of all a rendering without them. */
  test.each<[string, Partial<Observation>, boolean]>([
    ['a run that is over', { domain: off }, true],
    ['a run that is over, of a definition that is outdated', { domain: { ...off, outdated: true } }, true],
    ['a run that was accounted for', { domain: off, run: { ...running, ended: true } }, false],
    ['a run that was never seen', { domain: off, run: { ...running, confirmed: false } }, false],
    ['off and settled', { domain: off, wantedPower: 'Off', run: { ...running, ended: true } }, false],
    ['running', { domain: on }, false],
    ['deleted while its run was over', { domain: off, deleting: true }, false],
  ])('%s , without its documents', (_, over, isFirst) => {
    const observed = seen(over);
    expect(isRecordedFirst(observed)).toBe(isFirst);
    if (isFirst) expect(plan(observed).do).toBe('Record');
  });
});

describe('operations', () => {
  const pending = (type: RequestRecord['type']) => ({
    name: 'op',
    uid: 'op1',
    type,
    gracePeriodMs: null,
    force: false,
  });
  const claimed = (type: RequestRecord['type'], over: Partial<RequestRecord> = {}): RequestRecord => ({
    name: 'op',
    uid: 'op1',
    type,
    phase: 'Accepted',
    time: iso(-1),
    runGeneration: 1,
    ...over,
  });
  const request = (phase: RequestRecord['phase'], over = {}) =>
    ({ do: 'Record', decisions: { request: { phase, ...over } } }) as never;
  const saved: Partial<Observation> = { runStrategy: 'Manual', wantedPower: 'On', domain: off };
  const memory = { shutdownSentAt: null, claimedHere: 'op1', reset: null, save: null };
  check([
    ['are claimed before they are done', { pendingRequest: pending('Reset') }, request('Accepted')],
    ['once', { pendingRequest: pending('Reset'), request: claimed('Reset', { phase: 'Done' }) }, 'Settle'],
    [
      'Stop of an Always machine is refused with the mend',
      { pendingRequest: pending('Stop') },
      request('Failed', { reason: 'RunStrategyAlways' }),
    ],
    [
      'Start of a Halted machine is refused with the mend',
      { pendingRequest: pending('Start'), runStrategy: 'Halted', wantedPower: 'Off', domain: off },
      request('Failed', { reason: 'RunStrategyHalted' }),
    ],
    [
      'Start of a Manual machine asks for power',
      { ...fresh, pendingRequest: pending('Start'), runStrategy: 'Manual', wantedPower: 'Off' },
      { do: 'Record', decisions: { run: { desired: 'On' } } as never },
    ],
    ['a started machine has done its Start', { request: claimed('Start') }, request('Done')],
    ['Reset by the process that claimed it', { request: claimed('Reset'), memory }, 'Reset'],
    [
      'Reset claimed by a process that is gone is never sent again',
      { request: claimed('Reset') },
      request('Failed', { reason: 'OutcomeUnknown' }),
    ],
    [
      'Reset that was sent is done',
      { request: claimed('Reset'), memory: { ...memory, reset: { uid: 'op1', failure: null } } },
      request('Done'),
    ],
    ['Pause', { request: claimed('Pause') }, 'Suspend'],
    [
      'a Start whose object was deleted is given up',
      { request: claimed('Start'), requestGone: true, domain: off },
      request('Failed', { reason: 'Cancelled' }),
    ],
    [
      'Pause is done when it is paused',
      { request: claimed('Pause'), domain: { ...on, paused: true } },
      request('Done'),
    ],
    ['Resume', { request: claimed('Resume'), domain: { ...on, paused: true } }, 'Resume'],
    [
      'Resume of one that a full disk has stopped',
      { request: claimed('Resume'), domain: { ...on, halted: true } },
      'Resume',
    ],
    [
      'Save of a Manual machine is claimed',
      { pendingRequest: pending('Save'), runStrategy: 'Manual' },
      request('Accepted'),
    ],
    [
      'Save of an Always machine is refused with the mend',
      { pendingRequest: pending('Save') },
      request('Failed', { reason: 'RunStrategyAlways' }),
    ],
    [
      'Save of what is off is refused',
      { pendingRequest: pending('Save'), runStrategy: 'Manual', domain: off },
      request('Failed', { reason: 'NotRunning' }),
    ],
    [
      'Save is begun, by whichever process, and until it is over nothing else is done',
      { request: claimed('Save'), runStrategy: 'Manual', growing: ['root'] },
      'Save',
    ],
    [
      'it is waited for',
      { request: claimed('Save'), memory: { ...memory, save: { uid: 'op1', phase: 'Saving' } } },
      { do: 'Wait', reason: 'Saving' },
    ],
    [
      'the save of another operation is not taken for it',
      { request: claimed('Save'), memory: { ...memory, save: { uid: 'op0', phase: 'Saved' } } },
      'Save',
    ],
    [
      'what is saved is off from the write on that says so',
      { ...saved, request: claimed('Save'), memory: { ...memory, save: { uid: 'op1', phase: 'Saved' } } },
      {
        do: 'Record',
        decisions: {
          request: { phase: 'Done' },
          run: { generation: 1, desired: 'Off', ended: true, saved: true },
          stop: null,
        } as never,
      },
    ],
    [
      'a machine that could not be saved runs on',
      {
        request: claimed('Save'),
        memory: { ...memory, save: { uid: 'op1', phase: 'Failed', reason: 'SaveFailed', message: 'no room' } },
      },
      request('Failed', { reason: 'SaveFailed', message: 'no room' }),
    ],
    [
      'a Save whose object was deleted is looked at to its end, since the machine must not be changed under what is saved',
      { request: claimed('Save'), requestGone: true, domain: off },
      'Save',
    ],
    [
      'Restart stops the run it was asked for',
      { request: claimed('Restart'), stop: { deadline: iso(9), reason: 'Restart' } },
      'Shutdown',
    ],
    [
      'then records a new one',
      { request: claimed('Restart'), domain: off },
      { do: 'Record', decisions: { run: { generation: 2 } } as never },
    ],
    [
      'and is done when that one runs',
      { request: claimed('Restart'), run: { ...running, generation: 2 } },
      request('Done'),
    ],
  ]);
});

describe('a machine whose memory is saved', () => {
  const run = { ...running, desired: 'Off', ended: true, saved: true } as const;
  const saved: Partial<Observation> = { runStrategy: 'Manual', wantedPower: 'Off', domain: off, run };
  const changed = { domain: { ...off, outdated: true }, recordIncomplete: true, released: ['data'], growing: ['root'] };
  check([
    ['stays off', saved, 'Settle'],
    ['is not changed meanwhile', { ...saved, ...changed }, 'Settle'],
    ['says what it lacks', { ...saved, problems: [{ kind: 'Wait', reason: 'ClassNotFound', message: '' }] }, 'Wait'],
    [
      'its next run says so until it goes on',
      { ...saved, wantedPower: 'On' },
      { do: 'Record', decisions: { run: { generation: 2, ended: false, saved: true }, stop: null } as never },
    ],
    [
      'goes on as it was, before it is changed',
      { ...saved, ...changed, wantedPower: 'On', run: { ...run, generation: 2, ended: false, confirmed: false } },
      'Start',
    ],
    ['is changed then', { ...saved, ...changed, wantedPower: 'On', domain: { ...on, outdated: true } }, 'ExtendRecord'],
    ['is removed like any other', { ...saved, deleting: true }, 'Erase'],
  ]);
});

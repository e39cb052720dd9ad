import { describe, expect, test } from 'vitest';
import type { MigrationStatus } from '#api/v1alpha1/virtual-machine-status.ts';
import type { Migrating, Sighting } from './identity.ts';
import { type Observation, plan } from './plan.ts';
import type { MoveObject, MoveView } from './plan-migration.ts';
import { check, iso, NOW, off, on, type Row, running, seen, sighting } from './testing-plan.ts';

const [h1, h2] = [
  { name: 'h1', uid: 'u1' },
  { name: 'h2', uid: 'u2' },
];
const open: MoveObject = { isEnded: false, isUnwanted: false, isClaimed: false, hasCopies: false, outcome: null };
const record = (over: Partial<MigrationStatus> = {}): MigrationStatus => ({
  name: 'm',
  uid: 'm',
  phase: 'Planned',
  mode: 'Live',
  source: h1,
  target: h2,
  incarnation: 2,
  ...over,
});
const view = (over: Partial<MoveView> = {}): MoveView => ({
  current: null,
  object: null,
  next: null,
  isNetworkReady: false,
  missing: [],
  ...over,
});

const stamp = { fleet: 'f', namespace: 'lab', name: 'web', uid: 'x', incarnation: 1, specHash: 'h' };
const atSource: Sighting = { ...sighting, active: true, stamp };
const atTarget: Sighting = {
  ...sighting,
  host: 'h2',
  hostUid: 'u2',
  active: true,
  stamp: { ...stamp, incarnation: 2 },
};
const located = (source: Sighting | null, target: Sighting | null, over: Partial<Migrating> = {}): Migrating => ({
  kind: 'Migrating',
  move: { source: h1, target: h2, incarnation: 2 },
  source,
  target,
  hidden: [],
  at: source ?? target,
  ...over,
});
/** A live move whose target was chosen; a row says what differs. */
const moving = (over: Partial<Observation> & { view?: Partial<MoveView> } = {}): Partial<Observation> => ({
  located: located(atSource, null),
  ...over,
  move: view({ current: record(), object: open, ...over.view }),
});

describe('a move begins', () => {
  const asked = { move: view({ next: 'm' }) };
  check([
    ['when the machine wants nothing else', asked, { do: 'PlanMove', migration: 'm' }],
    ['with a machine that is off as wanted', { ...asked, wantedPower: 'Off', domain: off, run: undefined }, 'PlanMove'],
    [
      'when a spec that cannot be reached holds up the rest',
      {
        ...asked,
        problems: [{ kind: 'Wait', reason: 'ImageNotReady', message: '' }],
      },
      { do: 'PlanMove', otherwise: { do: 'Wait', reason: 'ImageNotReady' } as never },
    ],
    ['not before its definition is up to date', { ...asked, domain: { ...on, outdated: true } }, 'Provision'],
    ['not before it is started', { ...asked, domain: off, run: { ...running, confirmed: false } }, 'Start'],
    [
      'not while it is stopped',
      {
        ...asked,
        wantedPower: 'Off',
        stop: { deadline: iso(9), reason: 'Halted' },
        memory: { shutdownSentAt: NOW, claimedHere: null, reset: null, save: null },
      },
      { do: 'Wait', reason: 'Stopping' },
    ],
    [
      'not before an operation that was asked for',
      { ...asked, pendingRequest: { name: 'p', uid: 'p', type: 'Pause', gracePeriodMs: null, force: false } },
      'Record',
    ],
    ['not with a machine that is being deleted', { ...asked, deleting: true }, 'Record'],
    [
      'again and again while no host fits',
      { move: view({ next: 'm', current: record({ phase: 'Waiting' }), object: open }) },
      'PlanMove',
    ],
  ] as Row[]);

  const waiting = record({ phase: 'Waiting' });
  check([
    [
      'its answer is taken back when the migration is over',
      { move: view({ current: waiting, object: { ...open, isEnded: true } }) },
      'ClearMove',
    ],
    ['or gone', { move: view({ current: record({ phase: 'Refused' }) }) }, 'ClearMove'],
    ['and stays until then', { move: view({ current: record({ phase: 'Refused' }), object: open }) }, 'Settle'],
    [
      'while no host fits the machine lives on',
      { move: view({ next: 'm', current: waiting, object: open }), growing: ['root'] },
      'Grow',
    ],
  ]);
});

describe('the target is made ready', () => {
  check([
    ['networks and reservations first', moving(), 'PrepareMove'],
    [
      'then what its disks stand on is waited for',
      moving({ view: { isNetworkReady: true, missing: ['image x'] } }),
      { do: 'AwaitMove', detail: 'image x' },
    ],
    ['and then it is recorded', moving({ view: { isNetworkReady: true } }), 'PrepareMove'],
    ['a restarted operator looks at the networks again', moving({ view: { missing: ['image x'] } }), 'PrepareMove'],
    [
      'nothing is done for a machine whose host was not seen yet',
      moving({ located: located(null, null, { hidden: ['h1'] }) }),
      { do: 'Wait', reason: 'HostUnreachable' },
    ],
    ['prepared: the executor has it', moving({ view: { current: record({ phase: 'Prepared' }) } }), 'AwaitMove'],
    [
      'nothing is done at a target that is out of sight',
      moving({ located: located(atSource, null, { hidden: ['h2'] }) }),
      { do: 'AwaitMove', detail: expect.stringContaining('h2') as never },
    ],
    [
      'nothing more for a migration that is to end',
      moving({ view: { object: { ...open, isUnwanted: true } } }),
      'AwaitMove',
    ],
    ['nor for a machine that is being deleted', moving({ deleting: true }), 'AwaitMove'],
    [
      'what a target refuses is told, and waited out',
      moving({ view: { current: record({ phase: 'Refused', message: 'no' }) } }),
      { do: 'AwaitMove', detail: 'no' },
    ],
  ]);
});

describe('a machine that is stopped to be moved', () => {
  const offline = record({ mode: 'Offline', startAfter: true });
  const stop = { deadline: iso(10), reason: 'Migrating' };
  const view = { current: offline };
  const halted = located({ ...atSource, active: false }, null);
  check([
    [
      'its deadline is recorded first',
      moving({ view }),
      { do: 'Record', decisions: { stop: { deadline: iso(30), reason: 'Migrating' } } as never },
    ],
    ['then the guest is asked', moving({ view, stop }), 'Shutdown'],
    [
      'and waited for',
      moving({ view, stop, memory: { shutdownSentAt: NOW - 1_000, claimedHere: null, reset: null, save: null } }),
      { do: 'AwaitMove', at: NOW + 4_000 },
    ],
    ['and in the end turned off', moving({ view, stop: { ...stop, deadline: iso(-1) } }), 'Destroy'],
    [
      'off: its run is over, and no crash',
      moving({ view, stop, located: halted, domain: off }),
      { do: 'Record', decisions: { stop: null, run: { ...running, ended: true } } },
    ],
    [
      'then the target is made ready',
      moving({ view, located: halted, domain: off, run: { ...running, ended: true } }),
      'PrepareMove',
    ],
    [
      'one that was off and is started by a hand meanwhile is not carried off',
      moving({ view: { current: record({ mode: 'Offline' }) } }),
      { do: 'AwaitMove', detail: expect.stringContaining('it was started on host h1') as never },
    ],
    [
      'one whose host is out of sight is not known to be off',
      moving({ view, located: located(null, null, { hidden: ['h1'], at: null }) }),
      { do: 'Wait', reason: 'HostUnreachable' },
    ],
  ]);
});

describe('nothing else happens to a machine that two hosts may have', () => {
  const view = { current: record({ phase: 'Prepared' }) };
  const forbidden: [string, Partial<Observation>][] = [
    [
      'it is not started',
      { located: located({ ...atSource, active: false }, null), domain: off, run: { ...running, ended: true } },
    ],
    ['it is not started where nobody sees it', { located: located(null, null), domain: null }],
    [
      'no operation is carried out',
      { pendingRequest: { name: 'p', uid: 'p', type: 'Restart', gracePeriodMs: null, force: true } },
    ],
    ['it is not stopped', { wantedPower: 'Off', runStrategy: 'Halted' }],
    [
      'it is not defined anew',
      { domain: { ...on, outdated: true, liveChanges: ['SetVcpus'] }, recordIncomplete: true },
    ],
    ['it is not removed', { deleting: true }],
    ['its disks do not grow', { growing: ['root'], released: ['data'] }],
  ];
  test.each(forbidden)('%s', (_, over) => {
    expect(plan(seen(moving({ view, ...over }))).do).toBe('AwaitMove');
  });
});

describe('the move is over', () => {
  const succeeded = {
    current: record({ phase: 'Prepared' }),
    object: { ...open, isClaimed: true, outcome: 'Succeeded' as const },
  };
  const failed = { ...succeeded, object: { ...open, isClaimed: true, outcome: 'Failed' as const } };
  const nowhere = moving({
    view: { ...failed, object: { ...failed.object, hasCopies: true } },
    located: located(null, null),
  });
  const there = located(null, atTarget);
  const both = located({ ...atSource, active: false }, atTarget, { at: atTarget });
  check([
    ['it is there, and nowhere else', moving({ view: succeeded, located: there }), 'CommitMove'],
    [
      'it is there, so far as the executor says, and is not seen yet',
      moving({ view: succeeded, located: located(null, null) }),
      'AwaitMove',
    ],
    [
      'with another stamp than this move’s',
      moving({ view: succeeded, located: located(null, { ...atTarget, stamp }) }),
      'AwaitMove',
    ],
    ['the source still has it', moving({ view: succeeded, located: both }), 'AwaitMove'],
    [
      'the source is out of sight',
      moving({ view: succeeded, located: located(null, atTarget, { hidden: ['h1'] }) }),
      'AwaitMove',
    ],
    ['it came to nothing', moving({ view: failed }), 'ClearMove'],
    [
      'it came to nothing, and the source is out of sight',
      moving({ view: failed, located: located(null, null, { hidden: ['h1'], at: null }) }),
      'ClearMove',
    ],
    [
      'it came to nothing, and the target is out of sight',
      moving({ view: failed, located: located(atSource, null, { hidden: ['h2'] }) }),
      'AwaitMove',
    ],
    ['of two copies the wrong one was taken away by hand', moving({ view: failed, located: there }), 'CommitMove'],
    [
      'of two copies one is still to be taken away',
      moving({ view: failed, located: both }),
      { do: 'Stall', reason: 'StaleCopy' },
    ],
    [
      'it was cancelled before anybody took it up',
      moving({ view: { object: { ...open, isEnded: true } } }),
      'ClearMove',
    ],
    [
      'it was cancelled, and somebody may be at it',
      moving({ view: { object: { ...open, isEnded: true, isClaimed: true } } }),
      'AwaitMove',
    ],
    ['its migration is gone, and it never left', moving({ view: { object: null } }), 'ClearMove'],
    ['its migration is gone, and it has arrived', moving({ view: { object: null }, located: there }), 'CommitMove'],
    [
      'its migration is gone, and two hosts have it',
      moving({ view: { object: null }, located: both }),
      { do: 'Stall', message: expect.stringContaining('is gone') as never },
    ],
    ['nobody has it, and nothing was copied', moving({ view: failed, located: located(null, null) }), 'ClearMove'],
    ['nobody has it, and its disks are on both hosts', nowhere, { do: 'Stall', reason: 'NewestUnknown' }],
    ['nobody has it, and it is to go', { ...nowhere, deleting: true }, 'ClearMove'],
    [
      'nobody has it, and its migration is gone',
      moving({ view: { current: record({ phase: 'Prepared' }), object: null }, located: located(null, null) }),
      { do: 'Stall', reason: 'NewestUnknown' },
    ],
    [
      'nobody has it, its disks are on both hosts, and the source is out of sight',
      { ...nowhere, located: located(null, null, { hidden: ['h1'], at: null }) },
      { do: 'Wait', reason: 'HostUnreachable' },
    ],
    [
      'only an older definition is left at the target',
      moving({ view: failed, located: located(null, { ...atTarget, stamp: { ...stamp, incarnation: 0 } }) }),
      { do: 'Stall', reason: 'StaleCopy', message: expect.not.stringContaining('virsh destroy') as never },
    ],
    [
      'somebody has moved it himself, with all that status knows of',
      moving({ view: failed, located: located(null, { ...atTarget, stamp }) }),
      'ClearMove',
    ],
    ['a machine that is being deleted, too', moving({ view: failed, deleting: true }), 'ClearMove'],
    ['or has arrived before it is deleted', moving({ view: succeeded, located: there, deleting: true }), 'CommitMove'],
  ]);
});

describe('deletion while hosts are out of sight', () => {
  const lost = located(null, null, { hidden: ['h1', 'h2'], at: null });
  check([
    ['waits', moving({ deleting: true, located: lost }), { do: 'Wait', reason: 'HostUnreachable' }],
    ['unless it is abandoned', moving({ deleting: true, abandoned: true, located: lost }), 'Bury'],
    ['what can be seen is not abandoned', moving({ deleting: true, abandoned: true }), 'AwaitMove'],
  ]);
});

test('two running copies are told, and nothing is done', () => {
  const step = plan(seen(moving({ located: { kind: 'SplitBrain', sightings: [atSource, atTarget] } as never })));
  expect(step).toMatchObject({ do: 'Stall', reason: 'SplitBrain', message: expect.stringContaining('h1 and h2') });
});

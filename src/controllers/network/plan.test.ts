import { describe, expect, test } from 'vitest';
import { type NetworkInput, type NetworkOnHost, planNetwork } from './plan.ts';

const MAC = '52:54:00:00:00:01';
const settled = { liveUpdates: 0, restart: null, reservations: [MAC] };
const there = (change: Partial<NetworkOnHost> = {}): NetworkOnHost => ({
  host: 'h1',
  inSight: true,
  defined: true,
  active: true,
  downForMs: 0,
  machines: ['web'],
  running: ['web'],
  cutOff: [],
  hasUnclaimed: false,
  document: settled,
  ...change,
});
const input = (hosts: NetworkOnHost[], change: Partial<NetworkInput> = {}): NetworkInput => ({
  isDeleting: false,
  users: ['web'],
  macsByHost: new Map([['h1', new Set([MAC])]]),
  rangeInUse: false,
  hosts,
  ...change,
});
const restart = { field: 'spec.mtu', message: 'm' };

describe('planNetwork on a host', () => {
  const cases: [string, Partial<NetworkOnHost>, Partial<NetworkInput>, object | null][] = [
    ['as it should be', {}, {}, null],
    ['never brought there: the machine’s controller does that', { defined: false, machines: ['web'] }, {}, null],
    ['down', { active: false, downForMs: 5000 }, {}, { kind: 'Start' }],
    [
      'down, and the range is in use',
      { active: false, downForMs: 5000 },
      { rangeInUse: true },
      { kind: 'Start', asDefined: true },
    ],
    ['just defined: its machine is about to start it', { active: false, downForMs: 100 }, {}, null],
    ['out of sight and down', { active: false, downForMs: 5000, inSight: false }, {}, null],
    ['no machine of it', { machines: [] }, {}, { kind: 'Remove' }],
    ['no machine of it, out of sight', { machines: [], inSight: false }, {}, null],
    ['no machine’s object, but a tombstone or an orphan', { machines: [], hasUnclaimed: true }, {}, null],
    ['changed, can be made live', { document: { ...settled, liveUpdates: 2 } }, {}, { kind: 'Update' }],
    ['changed, cannot, machines run on it', { document: { ...settled, restart } }, {}, null],
    [
      'changed, cannot, an unclaimed domain is there',
      { running: [], hasUnclaimed: true, document: { ...settled, restart } },
      {},
      null,
    ],
    [
      'changed, cannot, its machines are off',
      { running: [], document: { ...settled, restart } },
      {},
      { kind: 'Replace' },
    ],
    [
      'range changed under machines: nothing of it is applied',
      { document: { ...settled, liveUpdates: 1 } },
      { rangeInUse: true },
      null,
    ],
    [
      'a reservation without owner',
      { document: { ...settled, reservations: [MAC, '52:54:00:00:00:99'] } },
      {},
      { kind: 'RemoveReservation', mac: '52:54:00:00:00:99' },
    ],
    [
      'that of a tombstone',
      { hasUnclaimed: true, document: { ...settled, reservations: ['52:54:00:00:00:99'] } },
      {},
      null,
    ],
    ['upper case is the same MAC', { document: { ...settled, reservations: [MAC.toUpperCase()] } }, {}, null],
    [
      'a machine that moved away held it',
      {},
      { macsByHost: new Map([['h2', new Set([MAC])]]) },
      { kind: 'RemoveReservation', mac: MAC },
    ],
  ];
  test.each(cases)('%s', (_name, change, also, expected) => {
    const plan = planNetwork(input([there(change)], also));
    if (expected === null) expect(plan).toMatchObject({ kind: 'Settled' });
    else expect(plan).toMatchObject({ kind: 'Act', steps: [{ host: 'h1', ...expected }] });
  });

  test('hosts do not wait for each other', () => {
    const plan = planNetwork(input([there({ active: false, downForMs: 5000 }), there({ host: 'h2', machines: [] })]));
    expect(plan).toEqual({
      kind: 'Act',
      steps: [
        { kind: 'Start', host: 'h1', asDefined: false },
        { kind: 'Remove', host: 'h2' },
      ],
    });
  });
});

describe('planNetwork when deleted', () => {
  const gone = { isDeleting: true, users: [] };
  test('users hold it up, and are named', () => {
    expect(planNetwork(input([there()], { isDeleting: true }))).toEqual({ kind: 'Blocked', users: ['web'] });
  });
  test('removed from hosts in sight first', () => {
    const plan = planNetwork(
      input([there({ machines: [] }), there({ host: 'h2', machines: [], inSight: false })], gone),
    );
    expect(plan).toEqual({ kind: 'Act', steps: [{ kind: 'Remove', host: 'h1' }] });
  });
  test('then it waits for the others', () => {
    const hosts = [there({ defined: false, machines: [] }), there({ host: 'h2', machines: [], inSight: false })];
    expect(planNetwork(input(hosts, gone))).toEqual({ kind: 'AwaitHosts', hosts: ['h2'] });
  });
  test('nowhere any more', () => {
    expect(planNetwork(input([there({ defined: false, machines: [] })], gone))).toEqual({ kind: 'RemoveFinalizer' });
  });
});

test('where machines are cut off it is looked again soon: nobody tells when libvirt has connected them', () => {
  expect(planNetwork(input([there({ cutOff: ['web'] })]))).toEqual({ kind: 'Settled', lookAgainMs: 15_000 });
  expect(planNetwork(input([there({ cutOff: ['web'], inSight: false })]))).toEqual({
    kind: 'Settled',
    lookAgainMs: null,
  });
});

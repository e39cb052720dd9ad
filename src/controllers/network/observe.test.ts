import { expect, test } from 'vitest';
import type { Host } from '#api/v1alpha1/host.ts';
import type { VirtualMachine } from '#api/v1alpha1/virtual-machine.ts';
import type { VirtualNetwork } from '#api/v1alpha1/virtual-network.ts';
import type { DomainRecord } from '#hostpool/types.ts';
import type { ControllerDeps } from '../deps.ts';
import { byHost, graceOf, hasUnrecorded, macsByHost, mayHave, type NetworkSeen } from './observe.ts';

const network = { metadata: { namespace: 'lab', name: 'lan' } } as VirtualNetwork;
const domain = (over: Partial<NonNullable<DomainRecord['stamp']>> = {}): DomainRecord => ({
  uuid: 'd1',
  name: 'lab_web',
  state: 1,
  reason: 1,
  persistent: true,
  autostart: false,
  stamp: { fleet: 'f', namespace: 'lab', name: 'web', uid: 'm1', incarnation: 1, specHash: '', ...over },
  seenAt: 0,
});
const recorded: VirtualMachine['status'] = { uuid: 'd1', host: { name: 'h1', uid: 'u1' } };

test.each<[string, DomainRecord, VirtualMachine['status'] | null, boolean]>([
  ['recorded there', domain(), recorded, false],
  ['its object has lost its status', domain(), undefined, true],
  ['its object is gone', domain(), null, true],
  ['its object is placed elsewhere', domain(), { ...recorded, host: { name: 'h2', uid: 'u2' } }, true],
  ['of another namespace', domain({ namespace: 'other' }), null, false],
  ['of another fleet', domain({ fleet: 'g' }), null, false],
  ['nobody’s', { ...domain(), stamp: null }, null, false],
])('a domain: %s', (_, found, status, expected) => {
  const machine = status === null ? undefined : { status };
  const informers = { machines: { get: () => machine } } as unknown as ControllerDeps['informers'];
  const inventory = { listedAt: 1, domains: new Map([[found.uuid, found]]), networks: new Map(), pools: new Map() };
  expect(hasUnrecorded({ fleetId: 'f', informers }, { uid: 'u1', inventory }, network)).toBe(expected);
});

const grave = { uuid: 'd1', incarnation: 1, namespace: 'lab', name: 'web', since: '2026-01-01T00:00:00Z' };

test.each<[string, VirtualNetwork['status'], Host['status'], boolean]>([
  ['no machine of it was ever there', undefined, {}, false],
  ['status says that machines had brought it', { hosts: [{ name: 'h1', machines: 0 }] }, {}, true],
  ['status names another host', { hosts: [{ name: 'h2' }] }, {}, false],
  ['a machine was abandoned there before status could say so', undefined, { tombstones: [grave] }, true],
  ['of another namespace', undefined, { tombstones: [{ ...grave, namespace: 'other' }] }, false],
])('a host that cannot be looked at: %s', (_, status, hostStatus, expected) => {
  const host = { metadata: { name: 'h1' }, status: hostStatus } as Host;
  expect(mayHave(host, { ...network, ...(status ? { status } : {}) })).toBe(expected);
});

test.each<[string, Partial<NetworkSeen>, number]>([
  ['has it', { defined: true }, 10_000],
  ['is to have it for a machine', { machines: ['web'] }, 10_000],
  ['has nothing to do with it', {}, 0],
])(
  'a host that is being connected to at our start and %s holds back what is said of the network for so long',
  (_, over, ms) => {
    const seen = { host: 'h1', defined: false, machines: [], ...over } as unknown as NetworkSeen;
    const ready = { host: 'h2', defined: true, machines: [] } as unknown as NetworkSeen;
    expect(graceOf([seen, ready], (host) => (host === 'h1' ? 10_000 : 0))).toBe(ms);
  },
);

test('a machine that is being moved is on both hosts, with its reservations', () => {
  const interfaces = [{ name: 'lan', networkName: 'lan', mac: '52:54:00:AA:BB:CC' }];
  const migration = { name: 'm', uid: 'm', phase: 'Planned' as const, target: { name: 'h2', uid: 'u2' } };
  const [resting, moving, unplaced] = [
    { ...recorded, interfaces },
    { ...recorded, interfaces, migration },
    { interfaces },
  ].map((status) => ({ metadata: { name: 'web' }, status }) as VirtualMachine);
  if (!resting || !moving || !unplaced) throw new Error('there are three');
  expect([...byHost([resting, unplaced]).keys()]).toEqual(['h1']);
  expect([...byHost([moving]).keys()]).toEqual(['h1', 'h2']);
  const mac = new Set(['52:54:00:aa:bb:cc']);
  expect(macsByHost([moving, unplaced], network)).toEqual(
    new Map([
      ['h1', mac],
      ['h2', mac],
    ]),
  );
});

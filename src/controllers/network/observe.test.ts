import { expect, test } from 'vitest';
import type { VirtualMachine } from '#api/v1alpha1/virtual-machine.ts';
import type { VirtualNetwork } from '#api/v1alpha1/virtual-network.ts';
import type { DomainRecord } from '#hostpool/types.ts';
import type { ControllerDeps } from '../deps.ts';
import { hasUnrecorded } from './observe.ts';

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

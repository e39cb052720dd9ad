import { describe, expect, test } from 'vitest';
import type { VirtualNetwork } from '#api/v1alpha1/virtual-network.ts';
import { FirstLooks, isAsLeft } from './as-left.ts';
import type { NetworkSeen } from './observe.ts';

const well = { name: 'h1', active: true, machines: 1 };
const network = (status: object = {}, metadata: object = {}): VirtualNetwork =>
  ({
    metadata: { name: 'lab', namespace: 'a', uid: 'n1', generation: 1, ...metadata },
    status: { observedGeneration: 1, hosts: [well], conditions: [{ type: 'Ready', status: 'True' }], ...status },
  }) as unknown as VirtualNetwork;
const seen = (over: object = {}): NetworkSeen =>
  ({ host: 'h1', inSight: true, defined: true, active: true, machines: ['vm'], ...over }) as NetworkSeen;
const elsewhere = seen({ host: 'h2', defined: false, machines: [] });

test.each<[string, VirtualNetwork, NetworkSeen[], boolean]>([
  ['it is up where it was', network(), [seen(), elsewhere], true],
  ['it is on no host', network({ hosts: [] }), [elsewhere], true],
  ['its spec has changed', network({ observedGeneration: 0 }), [seen()], false],
  ['it is being deleted', network({}, { deletionTimestamp: 'x' }), [seen()], false],
  ['it was not in order', network({ conditions: [{ type: 'Ready', status: 'False' }] }), [seen()], false],
  ['it is down', network(), [seen({ active: false })], false],
  ['it is gone', network(), [seen({ defined: false })], false],
  ['its host is out of sight', network(), [seen({ inSight: false })], false],
  ['it has come to another host', network(), [seen(), seen({ host: 'h2' })], false],
  ['it was down', network({ hosts: [{ ...well, active: false }] }), [seen()], false],
  ['machines were cut off', network({ hosts: [{ ...well, cutOff: ['vm'] }] }), [seen()], false],
  ['a restart is to come', network({ hosts: [{ ...well, restartRequired: 'mtu' }] }), [seen()], false],
])('a network is as it was left: %s', (_, object, hosts, expected) => {
  expect(isAsLeft({ object, hosts })).toBe(expected);
});

describe('the first look', () => {
  test('waits for fifteen seconds at most, is taken once, and then no more', () => {
    let now = 100_000;
    const looks = new FirstLooks(() => now);
    const glance = { object: network(), hosts: [seen()] };
    expect(looks.laterMs(glance)).toBe(15_000);
    now += 14_000;
    expect(looks.laterMs(glance)).toBe(1_000);
    now += 1_000;
    expect(looks.laterMs(glance)).toBe(0);
  });

  test('is taken at once of what has changed, and what comes after it waits no more', () => {
    const looks = new FirstLooks(() => 0);
    expect(looks.laterMs({ object: network(), hosts: [seen({ active: false })] })).toBe(0);
    expect(looks.laterMs({ object: network(), hosts: [seen()] })).toBe(0);
    looks.forget('n1');
    expect(looks.laterMs({ object: network(), hosts: [seen()] })).toBe(15_000);
  });
});

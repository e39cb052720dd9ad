import { expect, test } from 'vitest';
import type { VirtualMachine } from '#api/v1alpha1/virtual-machine.ts';
import type { VirtualNetwork } from '#api/v1alpha1/virtual-network.ts';
import { concernedBy } from './concerned.ts';

const network = (over: object = {}): VirtualNetwork =>
  ({
    metadata: { name: 'lab', namespace: 'lab', uid: 'n1' },
    spec: { mode: 'NAT' },
    status: {
      addresses: { total: 200, allocated: 1 },
      hosts: [
        { name: 'h1', state: 'Running' },
        { name: 'h2', state: 'Running' },
      ],
    },
    ...over,
  }) as unknown as VirtualNetwork;
const on = (name?: string): VirtualMachine =>
  ({ metadata: { name: 'web' }, status: name ? { host: { name, uid: name } } : {} }) as unknown as VirtualMachine;
const concerned = (now: VirtualNetwork): boolean[] => [on('h1'), on('h2'), on()].map(concernedBy(now, network()));

test.each<[string, object, boolean[]]>([
  ['nothing', {}, [false, false, false]],
  ['its spec', { spec: { mode: 'Isolated' } }, [true, true, true]],
  ['another object of its name', { metadata: { name: 'lab', namespace: 'lab', uid: 'n2' } }, [true, true, true]],
  [
    'its deletion',
    { metadata: { name: 'lab', namespace: 'lab', uid: 'n1', deletionTimestamp: '2026-01-01T00:00:00Z' } },
    [true, true, true],
  ],
  ['a counter', { status: { ...network().status, addresses: { total: 200, allocated: 2 } } }, [false, false, false]],
  [
    'the machines on a host',
    {
      status: {
        hosts: [
          { name: 'h1', state: 'Running', machines: 7 },
          { name: 'h2', state: 'Running' },
        ],
      },
    },
    [false, false, false],
  ],
  [
    'one host',
    {
      status: {
        hosts: [
          { name: 'h1', state: 'Running' },
          { name: 'h2', state: 'Running', cutOff: ['web'] },
        ],
      },
    },
    [false, true, false],
  ],
  ['a host that is gone from it', { status: { hosts: [{ name: 'h2', state: 'Running' }] } }, [true, false, false]],
])('%s', (_, over, expected) => {
  expect(concerned(network(over))).toEqual(expected);
});

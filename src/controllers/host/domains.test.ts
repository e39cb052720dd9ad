import { describe, expect, test } from 'vitest';
import type { DomainRecord } from '#hostpool/types.ts';
import { countStates, sortDomains } from './domains.ts';
import { allocatableOf, allocatedOf } from './load.ts';

const domain = (uuid: string, fleet: string | null, state = 1): DomainRecord => ({
  uuid,
  name: uuid,
  state,
  reason: 0,
  persistent: true,
  autostart: false,
  stamp: fleet === null ? null : { fleet, namespace: 'n', name: uuid, uid: uuid, incarnation: 1, specHash: 'h' },
  seenAt: 0,
});

describe('sortDomains', () => {
  const sorted = sortDomains({
    domains: [
      domain('mine', 'a'),
      domain('lost', 'a'),
      domain('dead', 'a'),
      domain('plain', null),
      domain('other', 'b'),
    ],
    fleet: 'a',
    hasObject: ({ uuid }) => uuid === 'mine',
    tombstones: new Set(['dead']),
  });
  test.each([
    ['ours', ['mine']],
    ['orphans', ['lost']],
    ['foreign', ['plain', 'other']],
  ] as const)('%s: %j', (kind, uuids) => {
    expect(sorted[kind].map(({ uuid }) => uuid)).toEqual(uuids);
  });
});

test('countStates puts every state of libvirt somewhere', () => {
  const all = [0, 1, 2, 3, 4, 5, 6, 7].map((state) => ({ state }));
  expect(countStates(all)).toEqual({ running: 3, stopped: 2, paused: 2, other: 1 });
});

describe('room', () => {
  const GiB = 2 ** 30;
  const capacity = { cpuMilli: 8000, memoryBytes: 16 * GiB };
  test('what is reserved is not overcommitted', () => {
    const room = allocatableOf({
      capacity,
      overcommit: { cpu: 4, memory: 1 },
      reserved: { cpuMilli: 500, memoryBytes: GiB },
    });
    expect(room).toEqual({ cpuMilli: 30_000, memoryBytes: 15 * GiB });
  });
  test('never below zero', () => {
    const reserved = { cpuMilli: 9000, memoryBytes: 17 * GiB };
    expect(allocatableOf({ capacity, overcommit: { cpu: 1, memory: 1 }, reserved })).toEqual({
      cpuMilli: 0,
      memoryBytes: 0,
    });
  });
  test('foreign domains take room, too', () => {
    const machine = { cpuMilli: 2000, memoryBytes: GiB };
    expect(allocatedOf([machine, machine], { cpuMilli: 1000, memoryBytes: 2 * GiB })).toEqual({
      cpuMilli: 5000,
      memoryBytes: 4 * GiB,
    });
  });
});

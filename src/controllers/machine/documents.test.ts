import { expect, test } from 'vitest';
import type { VirtualMachine } from '#api/v1alpha1/virtual-machine.ts';
import type { DomainRecord } from '#hostpool/types.ts';
import { isComparedLater } from './documents.ts';
import { domainState } from './domain-state.ts';
import { Memories } from './memory.ts';

const RUNNING = 1;
const SHUTOFF = 5;
const NOW = 1_000_000;

const condition = (type: string, status: string) => ({
  type,
  status,
  reason: 'X',
  message: '',
  lastTransitionTime: '',
});
const told = (over: object = {}, ...conditions: object[]): VirtualMachine =>
  ({
    metadata: { name: 'vm', namespace: 'a', uid: 'u1', generation: 3 },
    spec: {},
    status: {
      observedGeneration: 3,
      incarnation: 2,
      conditions: [...conditions, condition('Ready', 'True'), condition('Running', 'True')],
      ...over,
    },
  }) as unknown as VirtualMachine;
const stamp = { fleet: 'f', namespace: 'a', name: 'vm', uid: 'u1', incarnation: 2, specHash: 'h', definedHash: 'd' };
const found = (over: object = {}): DomainRecord =>
  ({
    uuid: 'u1',
    name: 'a_vm',
    state: RUNNING,
    reason: 1,
    persistent: true,
    autostart: false,
    stamp,
    seenAt: 1,
    ...over,
  }) as DomainRecord;

function isLater(machine: VirtualMachine, record: DomainRecord, verified: string | null = null, now = NOW): boolean {
  const memory = { ...new Memories().of('u1'), verified, documentsDueAt: NOW + 500 };
  return isComparedLater(machine, record, domainState(record), 'h', memory, { now, machines: 100, random: () => 0.5 });
}

test.each<[string, VirtualMachine, DomainRecord, boolean]>([
  ['it was found as it was left', told(), found(), true],
  ['its spec has changed since', told({ observedGeneration: 2 }), found(), false],
  ['it was defined from another spec', told(), found({ stamp: { ...stamp, specHash: 'other' } }), false],
  ['its definition was not read back', told(), found({ stamp: { ...stamp, definedHash: undefined } }), false],
  ['it has an older stamp', told(), found({ stamp: { ...stamp, incarnation: 1 } }), false],
  ['somebody undefined it', told(), found({ persistent: false }), false],
  ['its host is to start it', told(), found({ autostart: true }), false],
  ['it was turned off', told(), found({ state: SHUTOFF }), false],
  [
    'it was not in order',
    told({ conditions: [condition('Ready', 'False'), condition('Running', 'True')] }),
    found(),
    false,
  ],
  ['a change waits for its restart', told({ pendingChanges: [{ field: 'cpu' }] }), found(), false],
  ['its agent is told to answer', told({}, condition('AgentConnected', 'True')), found(), false],
  ['it is told to have drifted', told({}, condition('Drifted', 'True')), found(), false],
])('documents wait at our start: %s', (_, machine, record, expected) => {
  expect(isLater(machine, record)).toBe(expected);
});

test('documents are read when their time has come, and when they were read before', () => {
  expect(isLater(told(), found(), null, NOW + 500)).toBe(false);
  expect(isLater(told(), found(), 'known')).toBe(false);
});

test('a fleet is spread out: a hundred machines within a second', () => {
  const memory = new Memories().of('u1');
  const fleet = { now: NOW, machines: 100, random: () => 0.25 };
  expect(isComparedLater(told(), found(), domainState(found()), 'h', memory, fleet)).toBe(true);
  expect(memory.documentsDueAt).toBe(NOW + 250);
});

import { expect, test } from 'vitest';
import { FINALIZER } from '#api/v1alpha1/meta.ts';
import type { VirtualMachine } from '#api/v1alpha1/virtual-machine.ts';
import type { DomainRecord } from '#hostpool/types.ts';
import { type Found, firstLookAt, isAsLeft } from './as-left.ts';

const RUNNING = 1;
const PAUSED = 3;
const SHUTOFF = 5;

const condition = (type: string, status: string) => ({ type, status, reason: 'X', message: '' });
const conditions = (ready: string, running: string) => [condition('Ready', ready), condition('Running', running)];

const told = (status: object = {}, metadata: object = {}): VirtualMachine =>
  ({
    metadata: { name: 'vm', namespace: 'a', uid: 'u1', generation: 3, finalizers: [FINALIZER], ...metadata },
    spec: {},
    status: {
      observedGeneration: 3,
      uuid: 'd1',
      incarnation: 2,
      host: { name: 'h1', uid: 'uid-h1' },
      run: { confirmed: true },
      conditions: conditions('True', 'True'),
      ...status,
    },
  }) as unknown as VirtualMachine;

const stamp = { fleet: 'f', namespace: 'a', name: 'vm', uid: 'u1', incarnation: 2, specHash: 'h', definedHash: 'd' };
const found = (domain: object = {}, host: object = {}): Found => ({
  host: { uid: 'uid-h1', inSight: true, ...host },
  domain: { uuid: 'd1', state: RUNNING, persistent: true, autostart: false, stamp, ...domain } as DomainRecord,
});
const off = { run: { confirmed: true, ended: true }, conditions: conditions('True', 'False') };

test.each<[string, VirtualMachine, Found[], boolean]>([
  ['it runs where it ran', told(), [found()], true],
  ['it is off where it was off', told(off), [found({ state: SHUTOFF })], true],
  ['its spec has changed since', told({ observedGeneration: 2 }), [found()], false],
  ['it is being deleted', told({}, { deletionTimestamp: '2026-01-01T00:00:00Z' }), [found()], false],
  ['somebody took its finalizer away', told({}, { finalizers: [] }), [found()], false],
  ['it is being moved', told({ migration: { phase: 'Running' } }), [found()], false],
  ['an operation is under way', told({ request: { uid: 'o' } }), [found()], false],
  ['it is being stopped', told({ stop: { since: 'x' } }), [found()], false],
  ['it was not in order', told({ conditions: conditions('False', 'True') }), [found()], false],
  ['its start was not confirmed', told({ run: { confirmed: false } }), [found()], false],
  ['it has no status yet', told({ host: undefined }), [found()], false],
  ['it is nowhere', told(), [], false],
  ['it is on two hosts', told(), [found(), found({}, { uid: 'uid-h2' })], false],
  ['it is on another host', told(), [found({}, { uid: 'uid-h2' })], false],
  ['its host is out of sight', told(), [found({}, { inSight: false })], false],
  ['it was turned off', told(), [found({ state: SHUTOFF })], false],
  ['it was turned on', told(off), [found()], false],
  ['it was paused', told(), [found({ state: PAUSED })], false],
  ['it has another UUID', told(), [found({ uuid: 'd2' })], false],
  ['its stamp is gone', told(), [found({ stamp: null })], false],
  ['its stamp is of an earlier object', told(), [found({ stamp: { ...stamp, uid: 'u0' } })], false],
  ['its stamp is older', told(), [found({ stamp: { ...stamp, incarnation: 1 } })], false],
  ['its stamp is of another fleet', told(), [found({ stamp: { ...stamp, fleet: 'g' } })], false],
  ['its stamp names another one', told(), [found({ stamp: { ...stamp, name: 'x' } })], false],
  ['its definition was not read back', told(), [found({ stamp: { ...stamp, definedHash: undefined } })], false],
  ['somebody undefined it', told(), [found({ persistent: false })], false],
  ['its host is to start it', told(), [found({ autostart: true })], false],
])('a machine is as it was left: %s', (_, machine, where, expected) => {
  expect(isAsLeft(machine, where, 'f')).toBe(expected);
});

test('a fleet is spread out: a hundred machines within a second', () => {
  expect([0, 0.25, 0.999].map((random) => firstLookAt(1_000, 100, random))).toEqual([1_000, 1_250, 1_999]);
});

import { beforeEach, describe, expect, test } from 'vitest';
import { FINALIZER } from '#api/v1alpha1/meta.ts';
import type { VirtualMachine } from '#api/v1alpha1/virtual-machine.ts';
import type { ControllerDeps } from '../deps.ts';
import { FirstLooks } from './first-look.ts';
import { Memories } from './memory.ts';

const STARTED = 1_000_000;
const RUNNING = 1;
const SHUTOFF = 5;

const machine = {
  metadata: { name: 'vm', namespace: 'a', uid: 'u1', generation: 1, finalizers: [FINALIZER] },
  spec: {},
  status: {
    observedGeneration: 1,
    uuid: 'u1',
    incarnation: 1,
    host: { name: 'h1', uid: 'uid-h1' },
    run: { confirmed: true },
    conditions: ['Ready', 'Running'].map((type) => ({ type, status: 'True' })),
  },
} as unknown as VirtualMachine;
const stamp = { fleet: 'f', namespace: 'a', name: 'vm', uid: 'u1', incarnation: 1, definedHash: 'd' };
const asked = (status: object) => ({ metadata: { namespace: 'a' }, spec: { machineName: 'vm' }, status });

let now = STARTED;
let state = RUNNING;
let memories = new Memories();
function looks(over: { operations?: unknown[]; migrations?: unknown[]; volumes?: unknown[] } = {}): FirstLooks {
  const domain = { uuid: 'u1', name: 'a_vm', state, persistent: true, autostart: false, stamp };
  const deps = {
    fleetId: 'f',
    clock: { now: () => now },
    hosts: {
      findDomain: () => [{ host: { name: 'h1', uid: 'uid-h1', inSight: true }, domain: { ...domain, state } }],
      findByStamp: () => [],
    },
    informers: {
      machines: {
        size: 100,
        get: (key: string) => (key === 'a/vm' ? machine : undefined),
        byIndex: (_: string, key: string) => (key === 'a/data' ? [machine] : []),
      },
      volumes: { list: () => over.volumes ?? [] },
      operations: { list: () => over.operations ?? [] },
      migrations: { list: () => over.migrations ?? [] },
    },
  };
  return new FirstLooks(deps as unknown as ControllerDeps, memories);
}

beforeEach(() => {
  now = STARTED;
  state = RUNNING;
  memories = new Memories();
});

describe('the first look at a machine that is as it was left', () => {
  test('comes within a second of the fifteenth, for a fleet of a hundred, and is taken once', () => {
    const first = looks();
    first.lead(STARTED);
    const inMs = first.inMs(machine);
    expect(inMs).toBeGreaterThanOrEqual(15_000);
    expect(inMs).toBeLessThan(16_000);
    now += 5_000;
    expect(first.inMs(machine)).toBe(inMs - 5_000);
    now += 11_000;
    expect(first.inMs(machine)).toBe(0);
  });

  test('is taken at once when something has changed on its host', () => {
    const first = looks();
    first.lead(STARTED);
    expect(first.inMs(machine)).toBeGreaterThan(0);
    state = SHUTOFF;
    expect(first.inMs(machine)).toBe(0);
  });

  test('is taken at once when there is news of it; what came before this process led is no news', () => {
    const first = looks();
    first.stir(machine);
    first.lead(STARTED);
    expect(first.inMs(machine)).toBeGreaterThan(0);
    first.stir(machine);
    expect(first.inMs(machine)).toBe(0);
  });

  test('was taken: it is never put off again', () => {
    const first = looks();
    first.lead(STARTED);
    memories.of('u1').verified = 'known';
    expect(first.inMs(machine)).toBe(0);
  });

  test.each([
    ['an operation', { operations: [asked({ phase: 'Running' })] }],
    ['a new operation', { operations: [asked({})] }],
    ['a migration', { migrations: [asked({ phase: 'Preparing' })] }],
    [
      'a volume that grows',
      { volumes: [{ metadata: { namespace: 'a', name: 'data' }, status: { phase: 'Resizing' } }] },
    ],
  ])('does not wait when %s asks for something', (_, over) => {
    const first = looks(over);
    first.lead(STARTED);
    expect(first.inMs(machine)).toBe(0);
  });

  test('waits although an operation that is over still stands there', () => {
    const first = looks({ operations: [asked({ phase: 'Succeeded', finishedAt: 'x' })] });
    first.lead(STARTED);
    expect(first.inMs(machine)).toBeGreaterThan(0);
  });
});

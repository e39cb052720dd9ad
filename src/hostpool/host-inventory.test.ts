import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { VirtfleetError } from '#platform/errors.ts';
import type { Surroundings } from './contact.ts';
import { FleetIndex } from './fleet-index.ts';
import { HostInventory } from './host-inventory.ts';
import { ROLL_CALL_MS } from './roll-call.ts';
import type { Session } from './session.ts';
import type { DomainRecord } from './types.ts';

const uuid = '11111111-1111-4111-8111-111111111111';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function world(mayBeSplit = true, { rollCall }: { rollCall?: VirtfleetError } = {}) {
  const reads: string[] = [];
  const failures: VirtfleetError[] = [];
  const record = {
    uuid,
    name: 'lab_web',
    state: 1,
    reason: 1,
    persistent: true,
    stamp: null,
    seenAt: 0,
  } as DomainRecord;
  const around = {
    clock: { now: () => 0, monotonicMs: () => 0, boottimeMs: () => 0 },
    index: new FleetIndex(),
    random: () => 0.5,
    changed: () => undefined,
  } as unknown as Surroundings;
  const inventory = new HostInventory('h1', around, {
    call: async <T>(name: string) => {
      reads.push(name);
      if (rollCall && name === 'host.rollCall') throw rollCall;
      return record as T;
    },
    refreshFacts: () => Promise.reject(new Error('not asked for here')),
    failed: (error) => void failures.push(error),
  });
  const events = inventory.sink({ isEnded: false } as Session);
  inventory.take({ domains: [], networks: [], pools: [] }, mayBeSplit);
  return { inventory, events, reads, failures };
}

const pass = (ms: number): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);

test('an event is answered by reading the domain', async () => {
  const { events, reads } = world();
  events.domainChanged(uuid);
  await pass(0);
  expect(reads).toEqual(['domain.read']);
});

test('the events of our own change cost no reading beside the one that follows it', async () => {
  const { inventory, events, reads } = world();
  const letGo = inventory.hold(uuid);
  events.domainChanged(uuid);
  letGo();
  await inventory.domain(uuid);
  await pass(1_000);
  expect(reads).toEqual(['domain.read']);
});

test('an event that nobody has read a moment after the change is read', async () => {
  const { inventory, events, reads } = world();
  const letGo = inventory.hold(uuid);
  events.domainChanged(uuid);
  letGo();
  await pass(1_000);
  expect(reads).toEqual(['domain.read']);
});

test('what comes after the reading is read again, and so is another domain at once', async () => {
  const { inventory, events, reads } = world();
  const letGo = inventory.hold(uuid);
  letGo();
  await inventory.domain(uuid);
  events.domainChanged(uuid);
  await pass(0);
  expect(reads).toHaveLength(1);
  events.domainChanged('22222222-2222-4222-8222-222222222222');
  await pass(0);
  expect(reads).toHaveLength(2);
  await pass(1_000);
  expect(reads).toHaveLength(3);
});

test('a second change keeps the events until it is over, too', async () => {
  const { inventory, events, reads } = world();
  const first = inventory.hold(uuid);
  first();
  const second = inventory.hold(uuid);
  events.domainChanged(uuid);
  await pass(1_000);
  expect(reads).toEqual([]);
  second();
  await pass(1_000);
  expect(reads).toEqual(['domain.read']);
});

test('the daemons behind a split one are asked now and then whether they are still there', async () => {
  const { inventory, reads } = world();
  await pass(2.5 * ROLL_CALL_MS);
  expect(reads).toEqual(['host.rollCall', 'host.rollCall']);
  inventory.pause();
});

test('one of them that stands still while the others answer ends the session', async () => {
  const frozen = new VirtfleetError('Transient', 'HostNotAnswering', 'host.rollCall on host h1: no answer in time.');
  const { inventory, failures } = world(true, { rollCall: frozen });
  await pass(1.5 * ROLL_CALL_MS);
  expect(failures).toEqual([frozen]);
  inventory.pause();
});

test('a refused roll call is no reason to leave the host', async () => {
  const refused = new VirtfleetError('Transient', 'LibvirtError', 'host.rollCall on host h1: refused');
  const { inventory, failures } = world(true, { rollCall: refused });
  await pass(1.5 * ROLL_CALL_MS);
  expect(failures).toEqual([]);
  inventory.pause();
});

test('nobody is asked where libvirt is one daemon', async () => {
  const { inventory, reads } = world(false);
  await pass(10 * ROLL_CALL_MS);
  expect(reads).toEqual([]);
  inventory.pause();
});

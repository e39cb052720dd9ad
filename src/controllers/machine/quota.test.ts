import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { VirtualMachineStatus } from '#api/v1alpha1/virtual-machine-status.ts';
import { roomOf } from '../room.ts';
import type { SizedMachine } from '../size.ts';
import { FleetLedger } from './ledger.ts';
import { claimOf } from './place.ts';
import { growthProblem, placementExcess } from './quota.ts';
import { World } from './testing/world.ts';
import { aMachine, aQuota } from './testing.ts';

const GiB = 2 ** 30;
const host = { name: 'h1', uid: 'u1' };

/** A machine of so many vCPUs and GiB; what it was let have is in its status. */
function machine(uid: string, cores: number, gib: number, granted?: { vcpus: number; gib: number }): SizedMachine {
  const status: VirtualMachineStatus | undefined = granted && {
    host,
    cpu: { vcpus: granted.vcpus },
    memory: { bytes: granted.gib * GiB },
  };
  const made = aMachine({ cpu: { cores }, memory: { size: `${gib}Gi` } }, status);
  return { ...made, metadata: { ...made.metadata, uid, name: uid } };
}
const placed = (uid: string, cores: number, gib: number): SizedMachine =>
  machine(uid, cores, gib, { vcpus: cores, gib });

function fleet(hard: object | null, ...machines: SizedMachine[]) {
  const world = new World();
  if (hard) world.quotas.push(aQuota('team', hard));
  const ledger = new FleetLedger();
  for (const one of machines) ledger.observe(claimOf(one));
  return {
    ledger,
    place: (one: SizedMachine) => placementExcess(world.deps, ledger, one),
    grow: (one: SizedMachine) => growthProblem(world.deps, ledger, one),
  };
}

describe('a new machine', () => {
  test.each<[string, object | null, RegExp | null]>([
    ['no quota', null, null],
    ['room for all', { cpu: 8, memory: '16Gi', machines: 2 }, null],
    ['as much as is left', { cpu: 6 }, null],
    ['too many vCPUs', { cpu: 5 }, /allows 5 vCPUs: it uses 4 vCPUs already, and this machine wants 2 vCPUs more/],
    [
      'too much memory',
      { memory: '9Gi' },
      /allows 9Gi of memory: it uses 8Gi of memory already, .* 2Gi of memory more/,
    ],
    ['too many machines', { machines: 1 }, /allows 1 machine: it uses 1 machine already/],
  ])('%s', (_, hard, message) => {
    const excess = fleet(hard, placed('a', 4, 8)).place(machine('b', 2, 2));
    if (message) expect(excess).toMatch(message);
    else expect(excess).toBeNull();
  });

  test('names the quota and its namespace', () => {
    expect(fleet({ cpu: 1 }).place(machine('b', 2, 2))).toMatch(/^quota team of namespace lab /);
  });

  test('one without a host uses nothing, one that is deleted nothing any more', () => {
    const { ledger, place } = fleet({ cpu: 4 }, machine('a', 4, 1), placed('b', 4, 1));
    expect(place(machine('c', 4, 1))).not.toBeNull();
    ledger.forget('b');
    expect(place(machine('c', 4, 1))).toBeNull();
  });

  test('counts from before its write on, whatever the cache still says', () => {
    const { ledger, place } = fleet({ cpu: 4 });
    const first = machine('a', 4, 1);
    expect(place(first)).toBeNull();
    ledger.grow('a', roomOf(first));
    ledger.take(claimOf(first, { host }));
    ledger.observe(claimOf(first));
    expect(place(machine('b', 1, 1))).not.toBeNull();
    expect(place(first), 'it does not stand in its own way').toBeNull();
  });
});

describe('a placed machine that grows', () => {
  test('stays as it is without room, and holds none', () => {
    const big = machine('a', 8, 1, { vcpus: 2, gib: 1 });
    const { grow, place } = fleet({ cpu: 4 }, big);
    expect(grow(big)).toMatchObject({
      kind: 'Wait',
      reason: 'QuotaExceeded',
      message: expect.stringContaining('it uses 2 vCPUs already, and this machine wants 6 vCPUs more'),
    });
    expect(place(machine('b', 2, 1)), 'what it was refused is for others').toBeNull();
  });

  test('of two that want the same room one has it', () => {
    const [a, b] = [machine('a', 3, 1, { vcpus: 2, gib: 1 }), machine('b', 3, 1, { vcpus: 2, gib: 1 })];
    const { ledger, grow } = fleet({ cpu: 5 }, a, b);
    expect(grow(a)).toBeNull();
    ledger.observe(claimOf(a));
    expect(grow(b), 'before the status of the first says so').not.toBeNull();
    expect(grow(a)).toBeNull();
    ledger.forget('a');
    expect(grow(b)).toBeNull();
  });

  test('more memory is not refused for vCPUs that are above already', () => {
    const old = machine('a', 8, 2, { vcpus: 8, gib: 1 });
    expect(fleet({ cpu: 4, memory: '4Gi' }, old).grow(old)).toBeNull();
  });

  test('what is given back can be had by others at once', () => {
    const { ledger, grow, place } = fleet({ cpu: 4 }, machine('a', 4, 1, { vcpus: 1, gib: 1 }));
    expect(grow(machine('a', 4, 1, { vcpus: 1, gib: 1 }))).toBeNull();
    expect(place(machine('b', 2, 1))).not.toBeNull();
    ledger.observe(claimOf(machine('a', 2, 1, { vcpus: 4, gib: 1 })));
    expect(place(machine('b', 2, 1))).toBeNull();
  });
});

test('whatever is asked for in whatever order, no more is let in than the quota allows', () => {
  const act = fc.record({
    uid: fc.constantFrom('a', 'b', 'c', 'd'),
    cores: fc.integer({ min: 1, max: 4 }),
    gone: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(act, { maxLength: 40 }), fc.array(fc.boolean(), { maxLength: 40 }), (acts, shown) => {
      const { ledger, place, grow } = fleet({ cpu: 6 });
      const has = new Map<string, number>();
      acts.forEach(({ uid, cores, gone }, n) => {
        const before = has.get(uid);
        if (gone) {
          ledger.forget(uid);
          has.delete(uid);
          return;
        }
        const asked = machine(uid, cores, 1, before === undefined ? undefined : { vcpus: before, gib: 1 });
        // The cache shows the wish, and by chance not yet what was decided before.
        ledger.observe(claimOf(asked));
        if (before === undefined ? place(asked) : grow(asked)) return;
        if (before === undefined) {
          ledger.grow(uid, roomOf(asked));
          ledger.take(claimOf(asked, { host }));
        }
        has.set(uid, cores);
        if (shown[n]) ledger.settle(uid, claimOf(placed(uid, cores, 1)));
        else ledger.settle(uid, claimOf({ ...asked, status: { host, cpu: { vcpus: before ?? cores } } }));
        expect([...has.values()].reduce((sum, one) => sum + one, 0)).toBeLessThanOrEqual(6);
      });
    }),
  );
});

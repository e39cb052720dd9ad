import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { SizedMachine } from '../size.ts';
import { requestOf } from '../to-snapshot.ts';
import { FleetLedger } from './ledger.ts';
import { claimOf } from './place.ts';
import { Placements } from './placements.ts';
import { worldMachine as machine, World } from './testing/world.ts';
import { around } from './testing.ts';

const ask = (placements: Placements, cores: number) => {
  const volumes = [{ poolName: 'local', role: 'Disk' as const }];
  return placements
    .current()
    .decide(requestOf({ machine: machine('new', cores), around: around(), volumes, priority: 0 }));
};

describe('Placements', () => {
  test('a claim counts from the moment it is taken, and no longer than it holds', () => {
    const world = new World();
    world.host('h1', 'u1');
    const ledger = new FleetLedger();
    const placements = new Placements(world.deps, ledger);
    expect(ask(placements, 8).host).toBe('h1');
    ledger.take(claimOf(machine('a', 6, { name: 'h1', uid: 'u1' })));
    expect(ask(placements, 8).message).toContain('1 lacks 6 CPU');
    ledger.settle('a', claimOf(machine('a', 6)));
    expect(ask(placements, 8).host).toBe('h1');
  });

  test('a decision in doubt counts beside the next one, until it is known', () => {
    const world = new World();
    world.host('h1', 'u1');
    world.host('h2', 'u2');
    const ledger = new FleetLedger();
    const placements = new Placements(world.deps, ledger);
    const [before, after] = ['1', '2'].map((resourceVersion) => {
      const made = machine('a', 6);
      return { ...made, metadata: { ...made.metadata, resourceVersion } };
    });
    if (!before || !after) throw new Error('there are two versions');
    ledger.take(claimOf(before, { host: { name: 'h1', uid: 'u1' } }));
    ledger.doubt('a');
    ledger.take(claimOf(before, { host: { name: 'h2', uid: 'u2' } }));
    expect(ask(placements, 8).message).toContain('2 lack 6 CPU');
    ledger.settle('a', claimOf(after, { host: { name: 'h2', uid: 'u2' } }));
    expect(ask(placements, 8).host).toBe('h1');
  });

  test('what the host counts itself is not counted twice', () => {
    const world = new World();
    world.host('h1', 'u1', { counted: 6 });
    const ledger = new FleetLedger();
    const placements = new Placements(world.deps, ledger);
    ledger.observe(claimOf(machine('a', 4, { name: 'h1', uid: 'u1' })));
    expect(ask(placements, 2).host).toBe('h1');
    expect(ask(placements, 3).message).toContain('1 lacks 1 CPU');
  });

  test('a machine of a host that was deleted does not count on its namesake', () => {
    const world = new World();
    world.host('h1', 'u1');
    const ledger = new FleetLedger();
    const placements = new Placements(world.deps, ledger);
    ledger.observe(claimOf(machine('a', 8, { name: 'h1', uid: 'u1' })));
    expect(ask(placements, 1).host).toBeUndefined();
    world.host('h1', 'u2');
    expect(ask(placements, 8).host).toBe('h1');
    world.host('h1', 'u1');
    expect(ask(placements, 1).host).toBeUndefined();
  });

  test('a full pool and a host out of sight are seen at once', () => {
    const world = new World();
    world.host('h1', 'u1');
    const placements = new Placements(world.deps, new FleetLedger());
    expect(ask(placements, 1).host).toBe('h1');
    world.pool('h1', 0);
    expect(ask(placements, 1).message).toContain('1 lacks 64 MiB in the pool local');
    world.pool('h1', 1);
    const entry = world.entries.get('h1');
    if (entry) entry.inSight = false;
    expect(ask(placements, 1).message).toContain('1 is out of sight');
  });

  test('after any changes it decides as one that is made anew', () => {
    const host = fc.constantFrom('h1', 'h2', 'h3');
    const uid = fc.constantFrom('u1', 'u2');
    const step = fc.oneof(
      fc.record({
        do: fc.constant('host' as const),
        host,
        uid,
        cpu: fc.nat(12),
        counted: fc.nat(4),
        freeGiB: fc.nat(1),
      }),
      fc.record({ do: fc.constant('remove' as const), host }),
      fc.record({ do: fc.constant('pool' as const), host, freeGiB: fc.nat(1) }),
      fc.record({
        do: fc.constant('claim' as const),
        vm: fc.constantFrom('a', 'b', 'c'),
        cores: fc.integer({ min: 1, max: 6 }),
        host,
        uid,
      }),
      fc.record({ do: fc.constant('forget' as const), vm: fc.constantFrom('a', 'b', 'c') }),
      fc.record({ do: fc.constant('ask' as const), cores: fc.integer({ min: 1, max: 6 }) }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const world = new World();
        const ledger = new FleetLedger();
        const placements = new Placements(world.deps, ledger);
        const claims = new Map<string, SizedMachine>();
        for (const one of steps) {
          if (one.do === 'host') world.host(one.host, `${one.host}-${one.uid}`, one);
          else if (one.do === 'remove') world.remove(one.host);
          else if (one.do === 'pool') world.pool(one.host, one.freeGiB);
          else if (one.do === 'claim') {
            claims.set(one.vm, machine(one.vm, one.cores, { name: one.host, uid: `${one.host}-${one.uid}` }));
            ledger.observe(claimOf(claims.get(one.vm) ?? machine(one.vm, one.cores)));
          } else if (one.do === 'forget') {
            claims.delete(one.vm);
            ledger.forget(one.vm);
          } else {
            const anew = new FleetLedger();
            const fresh = new Placements(world.deps, anew);
            for (const vm of claims.values()) anew.observe(claimOf(vm));
            expect(ask(placements, one.cores)).toEqual(ask(fresh, one.cores));
          }
        }
      }),
      { numRuns: 300 },
    );
  });
});

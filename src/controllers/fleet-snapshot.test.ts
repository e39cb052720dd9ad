import { describe, expect, test } from 'vitest';
import type { VirtualMachine } from '#api/v1alpha1/virtual-machine.ts';
import { FleetIndex } from '#scheduler/index.ts';
import type { ControllerDeps } from './deps.ts';
import { fleetSnapshot } from './fleet-snapshot.ts';
import { FleetLedger } from './machine/ledger.ts';
import { claimOf } from './machine/place.ts';
import { Placements } from './machine/placements.ts';
import { World, worldMachine } from './machine/testing/world.ts';
import { around } from './machine/testing.ts';
import { requestOf } from './to-snapshot.ts';

const at = (n: number) => ({ name: `h${n}`, uid: `u${n}` });

function snapshot(world: World, machines: VirtualMachine[]) {
  const informers = { ...world.deps.informers, machines: { list: () => machines } };
  return fleetSnapshot({ ...world.deps, informers } as unknown as ControllerDeps);
}

function aWorld(counted = 0): World {
  const world = new World();
  world.host('h1', 'u1', { counted });
  world.host('h2', 'u2');
  return world;
}

describe('the fleet as the caches show it', () => {
  test('says of a machine what the machine controller would', () => {
    const world = aWorld(5);
    const machines = [worldMachine('a', 4, at(1)), worldMachine('b', 7, at(2)), worldMachine('waiting', 8)];
    const ledger = new FleetLedger();
    const placements = new Placements(world.deps, ledger);
    for (const machine of machines) ledger.observe(claimOf(machine));
    const index = new FleetIndex(snapshot(world, machines));
    for (const cores of [1, 2, 3, 4, 8]) {
      const asked = requestOf({ machine: worldMachine('new', cores), around: around(), volumes: [], priority: 0 });
      expect(index.decide(asked)).toEqual(placements.current().decide(asked));
    }
  });

  test('counts a machine that moves on both hosts, and once on each', () => {
    const moving = worldMachine('a', 4, at(1));
    const migration = { name: 'm', uid: 'm1', phase: 'Planned' as const, source: at(1), target: at(2) };
    const { machines } = snapshot(aWorld(), [{ ...moving, status: { ...moving.status, migration } }]);
    expect(machines?.map(({ uid, host }) => [uid, host])).toEqual([
      ['a', 'h1'],
      ['a', 'h2'],
    ]);
  });

  test('does not count a machine on a namesake of its host', () => {
    const { machines } = snapshot(aWorld(), [worldMachine('a', 4, { name: 'h1', uid: 'before' })]);
    expect(machines).toEqual([]);
  });

  test('has no host that is not in the pool, and closes one that is drained', () => {
    const world = aWorld();
    world.entries.delete('h2');
    const host = world.objects.get('h1');
    if (host) host.spec.maintenance.mode = 'Drain';
    const { hosts } = snapshot(world, []);
    expect(hosts.map(({ name, schedulable }) => [name, schedulable])).toEqual([['h1', false]]);
  });
});

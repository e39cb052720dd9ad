import { describe, expect, test } from 'vitest';
import type { VirtualMachine } from '#api/v1alpha1/virtual-machine.ts';
import { FleetLedger } from './ledger.ts';
import { claimOf, decide, nowhere } from './place.ts';
import { Placements } from './placements.ts';
import { World, worldMachine } from './testing/world.ts';
import { aQuota, around } from './testing.ts';

describe('who goes first', () => {
  const world = new World();
  world.host('h1', 'u1', { cpu: 8 });
  world.priorityClasses.set('high', { value: 100 });
  const ledger = new FleetLedger();
  const services = { deps: world.deps, ledger, placements: new Placements(world.deps, ledger) };
  const high = worldMachine('high', 6, undefined, { priorityClassName: 'high' });
  const low = worldMachine('low', 4);
  const placed = (machine: typeof low) => decide({ services, machine, around: around(), volumes: [] });
  const waitFor = (...machines: VirtualMachine[]): void => {
    world.machines.splice(0, world.machines.length, ...machines);
  };

  test('a machine of higher priority that waits keeps its room', () => {
    waitFor(high, low);
    expect(placed(low).message).toBe(
      '1 host: 1 lacks 2 CPU. Make the machine smaller, make room, or add a host. Room is kept for 1 machine of higher priority that waits.',
    );
    expect(placed(high).host).toBe('h1');
    waitFor(low);
    expect(placed(low).host).toBe('h1');
  });

  test('one that fits nowhere, is off or goes keeps none', () => {
    waitFor({ ...high, spec: { ...high.spec, cpu: { ...high.spec.cpu, cores: 9 } } }, low);
    expect(placed(low).host).toBe('h1');
    waitFor({ ...high, spec: { ...high.spec, runStrategy: 'Halted' } }, low);
    expect(placed(low).host).toBe('h1');
    const { cpu: _cpu, memory: _memory, ...unsized } = high.spec;
    waitFor({ ...high, spec: { ...unsized, className: 'huge' } }, low);
    expect(placed(low).host, 'of a class that is not there').toBe('h1');
    waitFor({ ...high, metadata: { ...high.metadata, deletionTimestamp: '2026-01-01T00:00:00Z' } }, low);
    expect(placed(low).host).toBe('h1');
  });

  test('one that its quota keeps away keeps none', () => {
    world.quotas.push(aQuota('small', { cpu: 5 }));
    waitFor(high, low);
    expect(placed(low).host).toBe('h1');
    world.quotas.pop();
    expect(placed(low).host).toBeUndefined();
  });

  test('what was kept is given back, and equals keep nothing from each other', () => {
    waitFor(high, low);
    for (let i = 0; i < 3; i++) placed(low);
    waitFor(worldMachine('other', 6), low);
    expect(placed(low).host).toBe('h1');
    ledger.observe(claimOf(worldMachine('m', 4, { name: 'h1', uid: 'u1' })));
    expect(placed(low).host).toBe('h1');
  });
});

describe('what status says when nothing fits', () => {
  const world = new World();
  world.host('h1', 'u1', { cpu: 2 });
  world.host('h2', 'u2', { cpu: 1 });
  const ledger = new FleetLedger();
  const services = { deps: world.deps, ledger, placements: new Placements(world.deps, ledger) };
  const decision = decide({ services, machine: worldMachine('big', 4), around: around(), volumes: [] });
  const first = nowhere(decision, undefined, Date.parse('2026-01-01T00:00:00Z'));

  test('how many hosts each filter turned away, and which came nearest', () => {
    expect(first).toEqual({
      message: decision.message,
      decidedAt: '2026-01-01T00:00:00Z',
      rejected: [{ filter: 'CPU', count: 2, nearest: 'h1' }],
    });
  });

  test('the same answer again is no news', () => {
    const later = Date.parse('2026-01-02T00:00:00Z');
    expect(nowhere(decision, first, later)).toEqual(first);
    expect(nowhere({ ...decision, message: 'other' }, first, later).decidedAt).toBe('2026-01-02T00:00:00Z');
  });
});

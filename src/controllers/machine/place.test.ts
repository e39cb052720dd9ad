import { describe, expect, test, vi } from 'vitest';
import type { VirtualMachine } from '#api/v1alpha1/virtual-machine.ts';
import type { SizedMachine } from '../size.ts';
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

  test('one that fits nowhere anyway is not told of them, and they are not looked at', () => {
    waitFor(high, low);
    const reserve = vi.spyOn(services.placements.current(), 'reserve');
    expect(placed(worldMachine('large', 9)).message).toMatch(/^1 host: 1 lacks 1 CPU\. .+ add a host\.$/);
    expect(reserve).not.toHaveBeenCalled();
    expect(placed(low).host).toBeUndefined();
    expect(reserve).toHaveBeenCalledOnce();
  });

  test('nobody is placed beside one that only waits', () => {
    const beside = {
      required: [{ topologyKey: 'kubernetes.io/hostname', labelSelector: { matchLabels: { app: 'a' } } }],
    };
    const needy = worldMachine('needy', 1, undefined, { affinity: beside });
    const awaited = { ...high, metadata: { ...high.metadata, labels: { app: 'a' } } };
    waitFor(awaited, needy);
    expect(placed(needy).message).toContain('no machine beside which it must be');
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

describe('one of higher priority whose claim is under way', () => {
  const apart = {
    priorityClassName: 'high',
    antiAffinity: {
      required: [{ topologyKey: 'kubernetes.io/hostname', labelSelector: { matchLabels: { app: 'b' } } }],
    },
  };
  const high = worldMachine('high', 6, undefined, apart);
  const unwanted = worldMachine('unwanted', 1);
  unwanted.metadata.labels = { app: 'b' };
  const onH1 = { host: { name: 'h1', uid: 'u1' } };
  const setUp = (cpus: Record<string, number>) => {
    const world = new World();
    for (const [name, cpu] of Object.entries(cpus)) world.host(name, name.replace('h', 'u'), { cpu });
    world.priorityClasses.set('high', { value: 100 });
    const ledger = new FleetLedger();
    const services = { deps: world.deps, ledger, placements: new Placements(world.deps, ledger) };
    // Unless told otherwise the cache lags behind the claim, and still says that nobody has a host.
    const placed = (machine: SizedMachine, cached: VirtualMachine = high) => {
      world.machines.splice(0, world.machines.length, cached, machine);
      return decide({ services, machine, around: around(), volumes: [] });
    };
    return { ledger, placed };
  };

  test('keeps its room on the host whoever is decided meanwhile', () => {
    const { ledger, placed } = setUp({ h1: 16 });
    ledger.take(claimOf(high, onH1));
    for (let i = 0; i < 2; i++) expect(placed(worldMachine('big', 16)).message).toMatch(/^1 host: 1 lacks 6 CPU\./);
    expect(placed(unwanted).host).toBeUndefined();
    const written = { ...high, status: onH1 };
    ledger.settle('high', claimOf(written));
    expect(placed(worldMachine('big', 16), written).host).toBeUndefined();
    expect(placed(unwanted, written).host).toBeUndefined();
    expect(placed(worldMachine('small', 10), written).host).toBe('h1');
  });

  test('is not given room a second time', () => {
    const { ledger, placed } = setUp({ h1: 8, h2: 8 });
    ledger.take(claimOf(high, onH1));
    expect(placed(worldMachine('low', 4)).host).toBe('h2');
    ledger.doubt('high');
    expect(placed(worldMachine('low', 4)).host).toBe('h2');
  });

  test('is kept room for again when its claim came to nothing', () => {
    const { ledger, placed } = setUp({ h1: 8 });
    ledger.take(claimOf(high, onH1));
    ledger.settle('high', claimOf(high));
    expect(placed(worldMachine('low', 4)).message).toContain('Room is kept for 1 machine');
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

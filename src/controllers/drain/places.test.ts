import { describe, expect, test } from 'vitest';
import type { Host } from '#api/v1alpha1/host.ts';
import type { VirtualMachine } from '#api/v1alpha1/virtual-machine.ts';
import type { ControllerDeps } from '../deps.ts';
import { World, worldMachine } from '../machine/testing/world.ts';
import { Plans, placesOf } from './places.ts';
import { aMachine, aMove, kept } from './testing.ts';

/** Hosts of eight CPUs; those that are named are drained, in that order. */
function fleet(hosts: readonly string[], drained: readonly string[], machines: VirtualMachine[]) {
  const world = new World();
  for (const name of hosts) world.host(name, `uid-${name}`);
  drained.forEach((name, n) => {
    const host = world.objects.get(name);
    if (!host) throw new Error(`there is no host ${name}`);
    host.spec.maintenance.mode = 'Drain';
    host.status = { ...host.status, drain: { startedAt: `2026-01-01T00:00:0${n}Z` } };
  });
  const on = (uid: string) => machines.filter(({ status }) => status?.host?.uid === uid);
  const informers = {
    ...world.deps.informers,
    machines: { list: () => machines, byIndex: (_: string, uid: string) => on(uid) },
  } as unknown as ControllerDeps['informers'];
  const places = (name: string, over: Partial<ReturnType<typeof aMachine>> = {}) => {
    const here = on(`uid-${name}`);
    const views = here.map(({ metadata }) => aMachine(metadata.name, { uid: metadata.uid, ...over }));
    const host = world.objects.get(name) as Host;
    return placesOf({ ...world.deps, informers }, host, here, views);
  };
  return places;
}
const on = (host: string, name: string, cores: number): VirtualMachine =>
  worldMachine(name, cores, { name: host, uid: `uid-${host}` });

describe('where machines of a drained host would go', () => {
  test('to hosts that are not drained', () => {
    const places = fleet(['h1', 'h2', 'h3'], ['h1', 'h2'], [on('h1', 'a', 2)]);
    expect(places('h1').get('a')).toMatchObject({ to: 'h3', order: 1 });
  });

  test('behind those of a host whose drain began before: no room is promised twice', () => {
    const places = fleet(['h1', 'h2', 'h3'], ['h1', 'h2'], [on('h1', 'a', 6), on('h2', 'b', 6)]);
    expect(places('h1').get('a')?.to).toBe('h3');
    expect(places('h2').get('b')).toMatchObject({ to: null, message: expect.stringContaining('lacks 4 CPU') });
    expect([...places('h2').keys()]).toEqual(['b']);
  });

  test('who stays, or has its target, is not placed again', () => {
    const places = fleet(['h1', 'h2'], ['h1'], [on('h1', 'a', 2)]);
    expect(places('h1', { obstacle: kept }).size).toBe(0);
    expect(places('h1', { move: aMove('a') }).size).toBe(0);
    expect(places('h1', { move: aMove('a', { target: null }) }).get('a')).toMatchObject({ to: 'h2', order: 0 });
    expect(places('h1', { isDeleting: true }).size).toBe(0);
  });
});

describe('a plan', () => {
  const clock = { now: 0, monotonicMs: () => clock.now };

  test('is kept for a second, or for longer when it takes long', () => {
    const plans = new Plans(clock);
    let made = 0;
    const ask = (costMs: number): number => {
      plans.of('u1', () => {
        made += 1;
        clock.now += costMs;
        return new Map();
      });
      return made;
    };
    expect(ask(1)).toBe(1);
    clock.now += 999;
    expect(ask(1)).toBe(1);
    clock.now += 1;
    expect(ask(300)).toBe(2);
    clock.now += 5_999;
    expect(ask(300)).toBe(2);
    clock.now += 1;
    expect(ask(1)).toBe(3);
    plans.forget('u1');
    expect(ask(1)).toBe(4);
  });
});

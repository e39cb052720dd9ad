import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FleetIndex } from '../fleet-index.ts';
import { anyHost, anyRequest } from '../testing/arbitrary.ts';
import { aHost, aRequest, GiB } from '../testing/builders.ts';
import type { PlacedMachine, PlacementRequest } from '../types.ts';
import { countHosts, planLoss, planReplicas } from './loss.ts';

const on = (host: string, name: string, over: Partial<PlacementRequest> = {}): PlacedMachine => ({
  ...aRequest({ name, ...over }),
  host,
});
const leaver = (machine: PlacedMachine, priority = 0) => ({
  uid: machine.uid,
  from: machine.host,
  bytes: 0,
  requiredPools: [],
  isOff: true,
  priority,
});

describe('the loss of a host', () => {
  const hosts = ['h1', 'h2'].map((name) => aHost({ name }));
  const big = { memoryBytes: 12 * GiB };

  it('gives room by priority, then by age', () => {
    const machines = [
      on('h1', 'young', { ...big, createdAt: 2 }),
      on('h1', 'old', { ...big, createdAt: 1 }),
      on('h1', 'small', { createdAt: 3 }),
    ];
    const plan = (priority: number) =>
      planLoss(
        { hosts, machines },
        'h1',
        machines.map((machine) => leaver(machine, machine.name === 'young' ? priority : 0)),
      ).map(({ uid, to }) => [uid, to]);
    expect(plan(0)).toEqual([
      ['uid-old', 'h2'],
      ['uid-young', undefined],
      ['uid-small', 'h2'],
    ]);
    expect(plan(9)).toEqual([
      ['uid-young', 'h2'],
      ['uid-old', undefined],
      ['uid-small', 'h2'],
    ]);
  });

  it('leaves no neighbour behind', () => {
    const apart = { required: [{ topologyKey: 'zone', selector: { matchLabels: { app: 'x' } } }] };
    const zones = hosts.map((host) => ({ ...host, labels: { zone: 'a' } }));
    const machine = on('h1', 'a', { labels: { app: 'y' }, antiAffinity: apart });
    const other = on('h1', 'b', { labels: { app: 'x' } });
    const [first] = planLoss({ hosts: zones, machines: [machine, other] }, 'h1', [leaver(machine)]);
    expect(first?.to).toBe('h2');
  });

  it('never names the lost host, nor more than the others hold', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(anyHost, { selector: ({ name }) => name, maxLength: 6 }),
        fc.uniqueArray(anyRequest, { selector: ({ name }) => name, maxLength: 12 }),
        (fleet, requests) => {
          const index = new FleetIndex({ hosts: fleet });
          const machines = requests.flatMap((request): PlacedMachine[] => {
            const { host, holds } = index.place(request);
            return host === undefined ? [] : [{ ...request, host, ...(holds ? { holds } : {}) }];
          });
          const lost = machines[0]?.host;
          if (lost === undefined) return;
          const gone = machines.filter(({ host }) => host === lost);
          const plan = planLoss(
            { hosts: fleet, machines },
            lost,
            gone.map((machine) => leaver(machine)),
          );
          expect(plan.map(({ uid }) => uid).sort()).toEqual(gone.map(({ uid }) => uid).sort());
          for (const { name, allocatable, allocated } of fleet) {
            const there = [
              ...machines.filter(({ host }) => host === name && host !== lost),
              ...gone.filter(({ uid }) => plan.some((one) => one.uid === uid && one.to === name)),
            ];
            if (name === lost) expect(plan.filter(({ to }) => to === name)).toEqual([]);
            else if (there.length > 0) {
              const memory = there.reduce((sum, one) => sum + one.memoryBytes, allocated.memoryBytes);
              expect(memory).toBeLessThanOrEqual(Math.max(allocatable.memoryBytes, allocated.memoryBytes));
            }
          }
        },
      ),
    );
  });
});

describe('machines that would be made', () => {
  const hosts = ['h1', 'h2'].map((name) => aHost({ name }));
  const ask = (count: number) => planReplicas({ hosts }, aRequest({ name: 'x', memoryBytes: 6 * GiB }), count);

  it('are placed one after the other until none fits', () => {
    expect(ask(6).map(({ number, to }) => [number, to])).toEqual([
      [1, 'h1'],
      [2, 'h2'],
      [3, 'h1'],
      [4, 'h2'],
      [5, undefined],
      [6, undefined],
    ]);
    expect(ask(6).at(-1)?.message).toContain('2 lack 2 GiB of memory');
  });

  it('are counted by host, the most first', () => {
    expect(countHosts(ask(3))).toEqual([
      { name: 'h1', machines: 2 },
      { name: 'h2', machines: 1 },
    ]);
  });

  it('are as many as schedule would place', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 20 }), (gib, count) => {
        const request = aRequest({ name: 'x', memoryBytes: gib * GiB });
        const index = new FleetIndex({ hosts });
        const expected = Array.from({ length: count }, (_, i) => index.place({ ...request, uid: `x ${i}` }).host);
        expect(planReplicas({ hosts }, request, count).map(({ to }) => to)).toEqual(expected);
      }),
    );
  });
});

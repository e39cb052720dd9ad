import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { schedule } from './index.ts';
import { aHost, aRequest } from './testing/builders.ts';
import type { HostView, PlacementRequest } from './types.ts';

const size = fc.integer({ min: 0, max: 12 });
const taint = fc.constantFrom(
  { key: 'gpu', value: 'true', effect: 'NoSchedule' as const },
  { key: 'old', effect: 'PreferNoSchedule' as const },
);
const labels = fc.constantFrom<Record<string, string>>({}, { zone: 'a' }, { zone: 'b' });

const hosts: fc.Arbitrary<HostView[]> = fc.uniqueArray(
  fc
    .record({
      name: fc.integer({ min: 1, max: 30 }).map((n) => `h${n}`),
      ready: fc.integer({ min: 0, max: 9 }).map((n) => n > 0),
      inSight: fc.integer({ min: 0, max: 9 }).map((n) => n > 0),
      schedulable: fc.integer({ min: 0, max: 9 }).map((n) => n > 0),
      labels,
      taints: fc.uniqueArray(taint, { maxLength: 2 }),
      allocatable: fc.record({ cpuMilli: size, memoryBytes: size }),
      allocated: fc.record({ cpuMilli: fc.nat(4), memoryBytes: fc.nat(4) }),
      pools: fc.record(
        { local: fc.record({ freeBytes: size }), nas: fc.constant({ freeBytes: 15, shared: true }) },
        { requiredKeys: [] },
      ),
    })
    .map((over) => aHost(over as Partial<HostView> & { name: string })),
  { selector: ({ name }) => name, maxLength: 8 },
);

const requests: fc.Arbitrary<PlacementRequest[]> = fc.uniqueArray(
  fc
    .record({
      name: fc.integer({ min: 1, max: 99 }).map((n) => `m${n}`),
      cpuMilli: fc.nat(4),
      memoryBytes: fc.nat(4),
      priority: fc.nat(2),
      createdAt: fc.nat(3),
      selector: fc.option(
        labels.map((matchLabels) => ({ matchLabels })),
        { nil: undefined },
      ),
      tolerations: fc.constantFrom([], [{ operator: 'Exists' as const }]),
      requiredPools: fc.array(fc.record({ name: fc.constantFrom('local', 'nas'), bytes: fc.nat(5) }), { maxLength: 3 }),
    })
    .map((over) => aRequest(over)),
  { selector: ({ name }) => name, maxLength: 20 },
);

interface Use {
  cpuMilli: number;
  memoryBytes: number;
  pools: Map<string, number>;
}

/** What the decisions add up to, worked out without the scheduler's own ledger. */
function usage(all: PlacementRequest[], decisions: ReturnType<typeof schedule>): Map<string, Use> {
  const byUid = new Map(all.map((request) => [request.uid, request]));
  const use = new Map<string, Use>();
  for (const { uid, host } of decisions) {
    const request = byUid.get(uid);
    if (host === undefined || request === undefined) continue;
    const entry = use.get(host) ?? { cpuMilli: 0, memoryBytes: 0, pools: new Map() };
    entry.cpuMilli += request.cpuMilli;
    entry.memoryBytes += request.memoryBytes;
    for (const { name, bytes } of request.requiredPools) entry.pools.set(name, (entry.pools.get(name) ?? 0) + bytes);
    use.set(host, entry);
  }
  return use;
}

/** A second, naive reading of the rules for one machine on one host. */
function wouldFit(request: PlacementRequest, host: HostView, use: Map<string, Use>): boolean {
  const mine = use.get(host.name);
  const wanted = new Map<string, number>();
  for (const { name, bytes } of request.requiredPools) wanted.set(name, (wanted.get(name) ?? 0) + bytes);
  const roomInPools = [...wanted].every(([name, bytes]) => {
    const pool = host.pools[name];
    if (pool === undefined) return false;
    const claimed = pool.shared
      ? [...use.values()].reduce((sum, { pools }) => sum + (pools.get(name) ?? 0), 0)
      : (mine?.pools.get(name) ?? 0);
    return bytes === 0 || claimed + bytes <= pool.freeBytes;
  });
  return (
    host.ready &&
    host.inSight &&
    host.schedulable &&
    roomInPools &&
    Object.entries(request.selector?.matchLabels ?? {}).every(([key, value]) => host.labels[key] === value) &&
    (request.tolerations.length > 0 || host.taints.every(({ effect }) => effect === 'PreferNoSchedule')) &&
    host.allocated.cpuMilli + (mine?.cpuMilli ?? 0) + request.cpuMilli <= host.allocatable.cpuMilli &&
    host.allocated.memoryBytes + (mine?.memoryBytes ?? 0) + request.memoryBytes <= host.allocatable.memoryBytes
  );
}

describe('whatever the fleet and the batch', () => {
  it('each machine that is placed fits beside those before it, and each that is not fits nowhere', () => {
    fc.assert(
      fc.property(requests, hosts, (batch, fleet) => {
        const decisions = schedule(batch, { hosts: fleet });
        expect(decisions).toHaveLength(batch.length);
        const byUid = new Map(batch.map((request) => [request.uid, request]));
        decisions.forEach((decision, index) => {
          const request = byUid.get(decision.uid);
          if (request === undefined) throw new Error(`a decision for ${decision.uid}, which nobody asked for`);
          const before = usage(batch, decisions.slice(0, index));
          const fitting = fleet.filter((host) => wouldFit(request, host, before)).map(({ name }) => name);
          if (decision.host === undefined) expect(fitting).toEqual([]);
          else expect(fitting).toContain(decision.host);
          const rejected = decision.rejected.reduce((sum, { count }) => sum + count, 0);
          expect(rejected).toBe(decision.host === undefined ? fleet.length : 0);
        });
      }),
      { numRuns: 500 },
    );
  });

  it('the order of the lists does not matter, and nothing that came in is changed', () => {
    fc.assert(
      fc.property(requests, hosts, (batch, fleet) => {
        const before = JSON.stringify([batch, fleet]);
        const decisions = schedule(batch, { hosts: fleet });
        expect(schedule([...batch].reverse(), { hosts: [...fleet].reverse() })).toEqual(decisions);
        expect(JSON.stringify([batch, fleet])).toBe(before);
      }),
    );
  });

  it('scores are out of 100, and add up', () => {
    fc.assert(
      fc.property(requests, hosts, (batch, fleet) => {
        for (const { score, byScorer } of schedule(batch, { hosts: fleet })) {
          if (score === undefined || byScorer === undefined) continue;
          expect(score).toBeGreaterThanOrEqual(0);
          expect(score).toBeLessThanOrEqual(100);
          const sum = Object.values(byScorer).reduce((total, points) => total + points, 0);
          expect(Math.abs(sum - score)).toBeLessThan(0.01);
        }
      }),
    );
  });
});

/** Random fleets and machines, small enough that they often meet: few names, few sizes, few labels. */
import fc from 'fast-check';
import type { HostView, MachineTerm, PlacementRequest } from '../types.ts';
import { aHost, aRequest } from './builders.ts';

const zone = fc.constantFrom('a', 'b', 'c');
/** @param percent how often there is one */
const maybe = <T>(arbitrary: fc.Arbitrary<T>, percent = 35): fc.Arbitrary<T | undefined> =>
  fc.oneof({ weight: percent, arbitrary }, { weight: 100 - percent, arbitrary: fc.constant(undefined) });
const mostly = fc.integer({ min: 0, max: 9 }).map((n) => n > 0);

export const hostName = fc.integer({ min: 1, max: 12 }).map((n) => `h${n}`);

export const anyHost: fc.Arbitrary<HostView> = fc
  .record({
    name: hostName,
    ready: mostly,
    inSight: mostly,
    schedulable: mostly,
    labels: fc.record({ zone, rack: fc.integer({ min: 0, max: 200 }).map((n) => `r${n}`) }, { requiredKeys: [] }),
    taints: fc.uniqueArray(
      fc.constantFrom(
        { key: 'gpu', value: 'true', effect: 'NoSchedule' as const },
        { key: 'old', effect: 'PreferNoSchedule' as const },
      ),
      { maxLength: 1 },
    ),
    cpuModels: maybe(fc.constantFrom(['EPYC'], ['EPYC', 'Haswell']), 15),
    allocatable: fc.record({ cpuMilli: fc.constantFrom(0, 4000, 12_000), memoryBytes: fc.constantFrom(0, 16, 40) }),
    allocated: fc.record({ cpuMilli: fc.nat(2).map((n) => n * 1000), memoryBytes: fc.nat(3) }),
    cpuOvercommit: fc.constantFrom(1, 2),
    pools: fc.record(
      {
        local: fc.record({ freeBytes: fc.nat(12) }),
        nas: fc.constant({ freeBytes: 20, thinFreeBytes: 30, shared: true }),
      },
      { requiredKeys: [] },
    ),
    devices: maybe(fc.subarray(['g0', 'g1', 'g2']).map((gpu) => ({ gpu }))),
    cells: maybe(
      fc.constant([
        { id: 0, cpus: [0, 1, 2], hugepages: { 2: 3 } },
        { id: 1, cpus: [4, 5], hugepages: { 2: 2 } },
      ]),
    ),
  })
  .map((over) => aHost(over as Partial<HostView> & { name: string }));

const selector = fc.constantFrom('x', 'y').map((app) => ({ matchLabels: { app } }));
const topologyKey = fc.constantFrom('zone', 'rack', 'kubernetes.io/hostname');
const term: fc.Arbitrary<MachineTerm> = fc.record({ topologyKey, selector });
const side = fc.record(
  {
    required: fc.array(term, { maxLength: 1 }),
    preferred: fc.array(fc.record({ weight: fc.integer({ min: 1, max: 100 }), term }), { maxLength: 2 }),
  },
  { requiredKeys: [] },
);
export const anySpread = fc.record({
  topologyKey,
  selector,
  maxSkew: fc.integer({ min: 1, max: 2 }),
  whenUnsatisfiable: fc.constantFrom('DoNotSchedule' as const, 'ScheduleAnyway' as const),
});

export const anyRequest: fc.Arbitrary<PlacementRequest> = fc
  .record({
    name: fc.integer({ min: 1, max: 40 }).map((n) => `m${n}`),
    labels: fc.constantFrom('x', 'y', 'z').map((app) => ({ app })),
    cpuMilli: fc.nat(3).map((n) => n * 1000),
    memoryBytes: fc.nat(5),
    priority: fc.nat(2),
    createdAt: fc.nat(3),
    strategy: maybe(fc.constantFrom('Spread' as const, 'Pack' as const)),
    cpuModel: maybe(fc.constant('Haswell'), 15),
    selector: maybe(
      fc.oneof(
        zone.map((value) => ({ matchLabels: { zone: value } })),
        fc
          .constantFrom('r1', 'r2', 'r3')
          .map((rack) => ({ matchExpressions: [{ key: 'rack', operator: 'NotIn' as const, values: [rack] }] })),
      ),
    ),
    tolerations: fc.constantFrom([], [{ operator: 'Exists' as const }]),
    requiredPools: fc.array(
      fc.record({ name: fc.constantFrom('local', 'nas'), bytes: fc.nat(4), thinBytes: fc.nat(4) }),
      { maxLength: 2 },
    ),
    devices: maybe(
      fc.integer({ min: 1, max: 2 }).map((gpu) => ({ gpu })),
      15,
    ),
    dedicatedCpus: maybe(fc.integer({ min: 1, max: 3 }), 15),
    hugepages: maybe(
      fc.integer({ min: 1, max: 3 }).map((count) => ({ pageBytes: 2, count })),
      15,
    ),
    singleCell: fc.boolean(),
    exclusive: maybe(fc.constantFrom(['address lan 10.0.0.5'], ['address lan 10.0.0.6']), 15),
    affinity: maybe(side),
    antiAffinity: maybe(side),
    spread: maybe(fc.array(anySpread, { maxLength: 2 })),
    preferredImagesOn: maybe(fc.uniqueArray(hostName, { maxLength: 3 })),
    pinnedHosts: maybe(fc.uniqueArray(hostName, { maxLength: 3 }), 10),
    currentHost: maybe(hostName, 1),
    avoidedHosts: maybe(
      fc.record({ leaving: maybe(hostName), busy: maybe(fc.uniqueArray(hostName, { maxLength: 2 })) }),
      10,
    ),
  })
  .map(({ dedicatedCpus, ...over }) =>
    aRequest({
      ...(over as Partial<PlacementRequest> & { name: string }),
      ...(dedicatedCpus ? { dedicatedCpus, cpuMilli: dedicatedCpus * 1000 } : {}),
    }),
  );

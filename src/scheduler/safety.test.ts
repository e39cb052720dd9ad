/** What must never happen, judged by a second reading of the rules that shares nothing with the scheduler's own. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { schedule } from './index.ts';
import { anyHost, anyRequest } from './testing/arbitrary.ts';
import type { HostView, LabelSelector, MachineTerm, PlacedMachine, PlacementRequest } from './types.ts';

const hosts = fc.uniqueArray(anyHost, { selector: ({ name }) => name, maxLength: 8 });
const requests = fc.uniqueArray(anyRequest, { selector: ({ name }) => name, maxLength: 30 });

/** The machines that found a host, in the order in which they did. */
function placed(batch: PlacementRequest[], fleet: HostView[]): PlacedMachine[] {
  return schedule(batch, { hosts: fleet }).flatMap(({ uid, host, holds }) => {
    const request = batch.find((one) => one.uid === uid);
    return host !== undefined && request !== undefined ? [{ ...request, host, holds }] : [];
  });
}

const sum = (numbers: number[]): number => numbers.reduce((total, n) => total + n, 0);
const isUnique = (list: unknown[]): boolean => new Set(list).size === list.length;

function poolUse(machines: PlacedMachine[], pool: string): { bytes: number; all: number } {
  const wanted = machines.flatMap(({ requiredPools }) => requiredPools.filter(({ name }) => name === pool));
  return {
    bytes: sum(wanted.map(({ bytes }) => bytes)),
    all: sum(wanted.map(({ bytes, thinBytes = 0 }) => bytes + thinBytes)),
  };
}

const domain = (host: HostView | undefined, key: string): string | undefined =>
  key === 'kubernetes.io/hostname' ? host?.name : host?.labels[key];

const means = (selector: LabelSelector | undefined, { labels = {} }: PlacementRequest): boolean =>
  selector !== undefined && Object.entries(selector.matchLabels ?? {}).every(([key, value]) => labels[key] === value);

/** All that does not depend on the machines that are there, but for pools. */
function isMeantFor(machine: PlacementRequest, host: HostView): boolean {
  const { pinnedHosts, cpuModel, selector, tolerations, devices } = machine;
  return (
    host.ready &&
    host.schedulable &&
    host.inSight &&
    (pinnedHosts === undefined || pinnedHosts.includes(host.name)) &&
    (cpuModel === undefined || host.cpuModels === undefined || host.cpuModels.includes(cpuModel)) &&
    (tolerations.length > 0 || host.taints.every(({ effect }) => effect !== 'NoSchedule')) &&
    Object.entries(selector?.matchLabels ?? {}).every(([key, value]) => host.labels[key] === value) &&
    (selector?.matchExpressions ?? []).every(({ key, values }) => !values?.includes(host.labels[key] ?? '')) &&
    (devices === undefined || host.devices !== undefined)
  );
}

describe('whatever the fleet and the batch', () => {
  it('nothing that a host has is given twice', () => {
    fc.assert(
      fc.property(requests, hosts, (batch, fleet) => {
        const all = placed(batch, fleet);
        expect(isUnique(all.flatMap(({ exclusive = [] }) => exclusive))).toBe(true);
        for (const host of fleet) {
          const here = all.filter((machine) => machine.host === host.name);
          if (here.length === 0) continue;
          const { allocatable, allocated, cpuOvercommit = 1, cells = [], devices = {} } = host;
          const cpu = here.map(
            ({ cpuMilli, dedicatedCpus = 0 }) => cpuMilli + dedicatedCpus * 1000 * (cpuOvercommit - 1),
          );
          expect(allocated.cpuMilli + sum(cpu)).toBeLessThanOrEqual(allocatable.cpuMilli);
          const memory = allocated.memoryBytes + sum(here.map(({ memoryBytes }) => memoryBytes));
          expect(memory).toBeLessThanOrEqual(allocatable.memoryBytes);

          const given = here.flatMap(({ holds }) => holds?.devices?.gpu ?? []);
          expect(isUnique(given)).toBe(true);
          for (const id of given) expect(devices.gpu).toContain(id);
          const cpus = here.flatMap(({ holds }) => (holds?.cells ?? []).flatMap((cell) => cell.cpus));
          expect(isUnique(cpus)).toBe(true);
          for (const cell of cells) {
            const shares = here.flatMap(({ holds }) => (holds?.cells ?? []).filter(({ id }) => id === cell.id));
            expect(sum(shares.map(({ hugepages }) => hugepages))).toBeLessThanOrEqual(cell.hugepages?.[2] ?? 0);
            for (const number of shares.flatMap((share) => share.cpus)) expect(cell.cpus).toContain(number);
          }
          for (const { devices: wanted, dedicatedCpus = 0, hugepages, singleCell, holds } of here) {
            expect(holds?.devices?.gpu?.length ?? 0).toBe(wanted?.gpu ?? 0);
            expect(sum((holds?.cells ?? []).map((cell) => cell.cpus.length))).toBe(dedicatedCpus);
            expect(sum((holds?.cells ?? []).map((cell) => cell.hugepages))).toBe(hugepages?.count ?? 0);
            if (singleCell) expect(holds?.cells?.length ?? 0).toBeLessThanOrEqual(1);
          }
          for (const [name, pool] of Object.entries(host.pools)) {
            const { bytes, all: promised } = poolUse(pool.shared ? all : here, name);
            if (bytes > 0) expect(bytes).toBeLessThanOrEqual(pool.freeBytes);
            if (promised > 0) expect(promised).toBeLessThanOrEqual(pool.thinFreeBytes ?? Number.POSITIVE_INFINITY);
          }
        }
      }),
      { numRuns: 500 },
    );
  });

  it('no hard rule is broken', () => {
    fc.assert(
      fc.property(requests, hosts, (batch, fleet) => {
        const all = placed(batch, fleet);
        const byName = new Map(fleet.map((host) => [host.name, host]));
        const isNear = (
          a: PlacedMachine,
          b: PlacedMachine,
          { topologyKey }: Pick<MachineTerm, 'topologyKey'>,
        ): boolean => {
          const where = domain(byName.get(a.host), topologyKey);
          return where !== undefined && where === domain(byName.get(b.host), topologyKey);
        };
        all.forEach((machine, at) => {
          const host = byName.get(machine.host);
          if (host === undefined) throw new Error(`${machine.host} is no host of the fleet`);
          const before = all.slice(0, at);
          expect(isMeantFor(machine, host)).toBe(true);
          for (const { name } of machine.requiredPools) expect(Object.keys(host.pools)).toContain(name);

          for (const term of machine.antiAffinity?.required ?? []) {
            const bad = all.filter(
              (other) => other !== machine && means(term.selector, other) && isNear(machine, other, term),
            );
            expect(bad).toEqual([]);
          }
          for (const term of machine.affinity?.required ?? []) {
            expect(domain(host, term.topologyKey)).toBeDefined();
            const group = before.filter(
              (other) => means(term.selector, other) && domain(byName.get(other.host), term.topologyKey) !== undefined,
            );
            const isFirst = group.length === 0 && means(term.selector, machine);
            expect(isFirst || group.some((other) => isNear(machine, other, term))).toBe(true);
          }
          for (const rule of machine.spread ?? []) {
            if (rule.whenUnsatisfiable !== 'DoNotSchedule') continue;
            const inDomain = (name: string): number =>
              before.filter(
                (other) => means(rule.selector, other) && domain(byName.get(other.host), rule.topologyKey) === name,
              ).length;
            const domains = fleet
              .filter((other) => isMeantFor(machine, other))
              .flatMap((other) => domain(other, rule.topologyKey) ?? []);
            const here = domain(host, rule.topologyKey);
            if (here === undefined) throw new Error(`${host.name} is in no domain of ${rule.topologyKey}`);
            const mine = inDomain(here) + (means(rule.selector, machine) ? 1 : 0);
            const fewest = Math.min(...domains.map(inDomain));
            expect(mine - fewest).toBeLessThanOrEqual(rule.maxSkew);
          }
        });
      }),
      { numRuns: 500 },
    );
  });
});

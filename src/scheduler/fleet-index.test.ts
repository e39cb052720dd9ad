import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FleetIndex } from './fleet-index.ts';
import { schedule } from './index.ts';
import { scan } from './scan.ts';
import { anyHost, anyRequest, hostName } from './testing/arbitrary.ts';
import { aHost, aRequest, GiB } from './testing/builders.ts';
import type { HostView, MachineTerm, PlacedMachine, PlacementRequest } from './types.ts';

type Op =
  | { do: 'host'; view: HostView }
  | { do: 'drop'; name: string }
  | { do: 'place'; request: PlacementRequest }
  | { do: 'remove'; at: number };

const op: fc.Arbitrary<Op> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant('host' as const), view: anyHost }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('drop' as const), name: hostName }) },
  { weight: 8, arbitrary: fc.record({ do: fc.constant('place' as const), request: anyRequest }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('remove' as const), at: fc.nat(99) }) },
);

/** What there is, in plain lists, beside the index that is kept by changes. */
class Model {
  readonly hosts = new Map<string, HostView>();
  readonly machines = new Map<string, PlacedMachine>();

  fresh(): FleetIndex {
    return new FleetIndex({ hosts: [...this.hosts.values()], machines: [...this.machines.values()] });
  }
}

/** Walks a fleet through its changes; `look` is called before each placement. */
function walk(ops: readonly Op[], look: (index: FleetIndex, model: Model, request: PlacementRequest) => void): void {
  const index = new FleetIndex();
  const model = new Model();
  ops.forEach((step, at) => {
    if (step.do === 'host') {
      index.setHost(step.view);
      model.hosts.set(step.view.name, step.view);
    } else if (step.do === 'drop') {
      index.removeHost(step.name);
      model.hosts.delete(step.name);
    } else if (step.do === 'remove') {
      const [uid, machine] = [...model.machines][step.at % Math.max(1, model.machines.size)] ?? [];
      if (uid === undefined || machine === undefined) return;
      index.removeMachine(uid, machine.host);
      model.machines.delete(uid);
    } else {
      const request = { ...step.request, uid: `${step.request.uid}-${at}` };
      look(index, model, request);
      const { host, holds } = index.place(request);
      if (host !== undefined) model.machines.set(request.uid, { ...request, host, ...(holds ? { holds } : {}) });
    }
  });
}

const besideItself = (i: number): MachineTerm => ({
  topologyKey: 'kubernetes.io/hostname',
  selector: { matchLabels: { app: `a${i % 2}` } },
});

describe('the index', () => {
  it('always equals a fresh scan, whatever came and went before', () => {
    fc.assert(
      fc.property(fc.array(op, { maxLength: 60 }), (ops) => {
        walk(ops, (index, model, request) => {
          const { weights, strategy } = index;
          const expected = scan(request, model.fresh().state, { weights, strategy });
          const found = index.decide(request);
          expect([found.host, found.score]).toEqual([expected?.host.view.name, expected?.score]);
        });
      }),
      { numRuns: 400 },
    );
  });

  it('says the same as one that is made anew, in words and in what it gives out', () => {
    fc.assert(
      fc.property(fc.array(op, { maxLength: 40 }), (ops) => {
        walk(ops, (index, model, request) => expect(index.decide(request)).toEqual(model.fresh().decide(request)));
      }),
    );
  });

  it('finds the best among thousands of hosts that are nearly alike', () => {
    const hosts = Array.from({ length: 2000 }, (_, i) =>
      aHost({
        name: `h${i}`,
        labels: { rack: `r${i % 500}`, zone: `z${i % 3}` },
        allocatable: { cpuMilli: 64_000, memoryBytes: 256 * GiB - ((i * 7919) % 1000) * 2 ** 20 },
        allocated: { cpuMilli: ((i * 31) % 50) * 1000, memoryBytes: ((i * 17) % 200) * GiB },
      }),
    );
    for (const strategy of ['Spread', 'Pack'] as const) {
      const index = new FleetIndex({ hosts }, { strategy });
      for (let i = 0; i < 40; i++) {
        const request = aRequest({
          name: `m${i}`,
          cpuMilli: (1 + (i % 9)) * 1000,
          memoryBytes: (1 + (i % 13)) * GiB,
          labels: { app: `a${i % 2}` },
          ...(i % 3 === 0 ? { selector: { matchLabels: { rack: `r${i}` } } } : {}),
          ...(i % 3 === 1 ? { antiAffinity: { preferred: [{ weight: 5, term: besideItself(i) }] } } : {}),
        });
        const expected = scan(request, index.state, index);
        const found = index.place(request);
        expect([found.host, found.score]).toEqual([expected?.host.view.name, expected?.score]);
      }
    }
  });
});

describe('room that is kept', () => {
  const alone = aRequest({
    name: 'a',
    cpuMilli: 1000,
    labels: { app: 'a0' },
    antiAffinity: { required: [besideItself(0)] },
  });
  const alike = aRequest({ name: 'b', cpuMilli: 1000, labels: { app: 'a0' } });
  const roomy = aHost({ name: 'h1', allocatable: { cpuMilli: 8000, memoryBytes: 64 * GiB } });

  it('keeps away whom the machine keeps away, until it is given back', () => {
    const index = new FleetIndex({ hosts: [roomy] });
    const giveBack = index.reserve(alone);
    expect(index.decide(alike).rejected).toMatchObject([{ filter: 'AntiAffinity', count: 1 }]);
    giveBack?.();
    expect(index.decide(alike).host).toBe('h1');
    expect(index.reserve({ ...alone, cpuMilli: 9000 })).toBeUndefined();
  });

  it('is given back without what the machine itself has', () => {
    const machine = { ...alone, antiAffinity: undefined };
    const index = new FleetIndex({ hosts: [roomy], machines: [{ ...machine, host: 'h1' }] });
    index.reserve(machine)?.();
    const rest = { ...alike, antiAffinity: { required: [besideItself(0)] } };
    expect(index.decide(rest).rejected).toMatchObject([{ filter: 'AntiAffinity', count: 1 }]);
    expect(index.decide({ ...alike, cpuMilli: 8000 }).message).toContain('1 lacks 1 CPU');
  });
});

describe('adding a host', () => {
  /** The words of Kubernetes are kept: with a hard spread a domain that is full still counts as the one with the fewest. */
  it('never makes a machine unplaceable that has no hard spread', () => {
    fc.assert(
      fc.property(fc.array(op, { maxLength: 40 }), anyHost, (ops, more) => {
        walk(ops, (_, model, request) => {
          if (model.hosts.has(more.name)) return;
          const soft = {
            ...request,
            spread: request.spread?.map((one) => ({ ...one, whenUnsatisfiable: 'ScheduleAnyway' as const })),
          };
          const before = model.fresh().decide(soft);
          const index = model.fresh();
          for (const machine of model.machines.values()) if (machine.host === more.name) return;
          index.setHost(more);
          if (before.host !== undefined) expect(index.decide(soft).host).toBeDefined();
        });
      }),
    );
  });

  it('never makes one unplaceable that has a hard spread, if the host itself has room for it', () => {
    fc.assert(
      fc.property(fc.array(op, { maxLength: 40 }), anyHost, (ops, more) => {
        walk(ops, (_, model, request) => {
          if (model.hosts.has(more.name)) return;
          for (const machine of model.machines.values()) if (machine.host === more.name) return;
          const one = { ...request, spread: request.spread?.slice(0, 1) };
          const index = model.fresh();
          index.setHost(more);
          const alone = index.decide({ ...one, spread: undefined, pinnedHosts: [more.name] });
          if (alone.host === undefined || model.fresh().decide(one).host === undefined) return;
          expect(index.decide(one).host).toBeDefined();
        });
      }),
    );
  });
});

describe('a snapshot', () => {
  it('gives the same decisions in whatever order its lists come, and is not changed', () => {
    const unique = fc.uniqueArray(anyHost, { selector: ({ name }) => name, maxLength: 8 });
    const requests = fc.uniqueArray(anyRequest, { selector: ({ name }) => name, maxLength: 16 });
    fc.assert(
      fc.property(
        unique,
        requests,
        fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })),
        (hosts, all, dice) => {
          const placed = schedule(all.slice(8), { hosts });
          const machines = placed.flatMap(({ uid, host, holds }) => {
            const request = all.find((one) => one.uid === uid);
            return host && request ? [{ ...request, host, ...(holds ? { holds } : {}) }] : [];
          });
          const batch = all.slice(0, 8);
          const shuffled = <T>(list: readonly T[]): T[] =>
            list
              .map((item) => ({ item, key: dice.next().value ?? 0 }))
              .sort((a, b) => a.key - b.key)
              .map(({ item }) => item);
          const before = JSON.stringify([batch, hosts, machines]);
          const decisions = schedule(batch, { hosts, machines });
          expect(schedule(shuffled(batch), { hosts: shuffled(hosts), machines: shuffled(machines) })).toEqual(
            decisions,
          );
          expect(JSON.stringify([batch, hosts, machines])).toBe(before);
        },
      ),
    );
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FleetIndex } from '../fleet-index.ts';
import { anyHost, anyRequest } from '../testing/arbitrary.ts';
import { aHost, aRequest, GiB } from '../testing/builders.ts';
import type { Fleet, PlacedMachine, PlacementRequest } from '../types.ts';
import { type Leaver, planDrain } from './drain.ts';
import { largestFirst, smallBesideLarge } from './turns.ts';

const on = (host: string, name: string, over: Partial<PlacementRequest> = {}): PlacedMachine => ({
  ...aRequest({ name, ...over }),
  host,
});
const leaver = (machine: PlacedMachine, over: Partial<Leaver> = {}): Leaver => ({
  uid: machine.uid,
  from: machine.host,
  bytes: machine.memoryBytes,
  requiredPools: [],
  isOff: false,
  ...over,
});
const plan = (fleet: Fleet, leavers: Leaver[], lanes = 2) =>
  planDrain(fleet, leavers, { lanes }).map(({ uid, to, order }) => [uid.replace('uid-', ''), to, order]);

describe('turns', () => {
  const movers = [1, 2, 8, 3].map((n) => ({ uid: `m${n}`, bytes: n * GiB }));
  const told = (turns: ReturnType<typeof smallBesideLarge>) => turns.map(({ mover, order }) => [mover.uid, order]);

  it('put small ones beside a large one', () => {
    expect(told(smallBesideLarge(movers, 2))).toEqual([
      ['m8', 1],
      ['m1', 1],
      ['m2', 2],
      ['m3', 3],
    ]);
  });

  it('take one after the other where one may leave at a time', () => {
    expect(told(smallBesideLarge(movers, 1)).map(([uid]) => uid)).toEqual(['m8', 'm3', 'm2', 'm1']);
    expect(told(largestFirst(movers, 1))).toEqual(told(smallBesideLarge(movers, 1)));
  });

  it('begin together up to as many as may', () => {
    expect(told(smallBesideLarge(movers, 9)).map(([, order]) => order)).toEqual([1, 1, 1, 1]);
  });
});

describe('a drain', () => {
  const hosts = ['h1', 'h2', 'h3'].map((name) => aHost({ name }));

  it('moves what runs before what is off', () => {
    const machines = [on('h1', 'a'), on('h1', 'b')];
    const [a, b] = machines.map((machine) => leaver(machine));
    if (!a || !b) throw new Error('there are two');
    expect(plan({ hosts, machines }, [{ ...a, isOff: true }, b])).toEqual([
      ['b', 'h2', 1],
      ['a', 'h3', 2],
    ]);
  });

  it('promises no room twice', () => {
    const size = { memoryBytes: 9 * GiB };
    const machines = [on('h1', 'a', size), on('h2', 'b', size), on('h1', 'c', { memoryBytes: 4 * GiB })];
    const leavers = machines.filter(({ host }) => host === 'h1').map((machine) => leaver(machine));
    expect(plan({ hosts, machines }, leavers)).toEqual([
      ['a', 'h3', 1],
      ['c', 'h2', 1],
    ]);
    const full = [...machines, on('h3', 'd', size)];
    expect(plan({ hosts, machines: full }, leavers)).toEqual([
      ['c', 'h2', 1],
      ['a', undefined, 1],
    ]);
  });

  it('takes the order that finds room for more', () => {
    // 8 + 6 + 2 + 2 fit into 10 + 8 only if the small ones do not go first to the larger host.
    const two = [
      aHost({ name: 'h1' }),
      aHost({ name: 'h2', allocatable: { cpuMilli: 64_000, memoryBytes: 10 * GiB } }),
      aHost({ name: 'h3', allocatable: { cpuMilli: 64_000, memoryBytes: 8 * GiB } }),
    ];
    const machines = [8, 6, 2, 2].map((gib, i) => on('h1', `m${i}`, { memoryBytes: gib * GiB }));
    const moves = plan(
      { hosts: two, machines },
      machines.map((machine) => leaver(machine)),
      4,
    );
    expect(moves.map(([, to]) => to)).not.toContain(undefined);
  });

  it('keeps the room of moves that were asked for already', () => {
    const size = { memoryBytes: 16 * GiB };
    const machines = [on('h1', 'a', size), on('h1', 'b', size)];
    const [a, b] = machines.map((machine) => leaver(machine));
    if (!a || !b) throw new Error('there are two');
    const one = [aHost({ name: 'h1' }), aHost({ name: 'h2' })];
    expect(plan({ hosts: one, machines }, [a, { ...b, isAsked: true }])).toEqual([
      ['b', 'h2', 0],
      ['a', undefined, 1],
    ]);
  });

  it('lets one follow another that it must be beside', () => {
    const beside = { required: [{ topologyKey: 'kubernetes.io/hostname', selector: { matchLabels: { app: 'db' } } }] };
    const machines = [
      on('h1', 'web', { affinity: beside, memoryBytes: 8 * GiB }),
      on('h1', 'db', { labels: { app: 'db' } }),
    ];
    const moves = plan(
      { hosts, machines },
      machines.map((machine) => leaver(machine)),
      1,
    );
    expect(moves.map(([, to]) => to)).toEqual(['h2', 'h2']);
  });

  it('says why one fits nowhere, and goes on with the others', () => {
    const machines = [on('h1', 'a'), on('h1', 'b')];
    const [a, b] = machines.map((machine) => leaver(machine));
    if (!a || !b) throw new Error('there are two');
    const moves = planDrain({ hosts, machines }, [{ ...a, pinnedHosts: ['h1'] }, b], { lanes: 1 });
    expect(moves.find(({ uid }) => uid === 'uid-a')).toMatchObject({ message: expect.stringContaining('3 hosts') });
    expect(moves.find(({ uid }) => uid === 'uid-b')?.to).toBe('h2');
  });

  it('needs the pools of what is copied on the target', () => {
    const bare = hosts.map((host) => (host.name === 'h2' ? { ...host, pools: {} } : host));
    const machine = on('h1', 'a');
    const moving = leaver(machine, { requiredPools: [{ name: 'local', bytes: GiB }] });
    expect(plan({ hosts: bare, machines: [machine] }, [moving])).toEqual([['a', 'h3', 1]]);
  });

  it('can be carried out in its order, each move by the rules, and leaves the fleet as it was', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(anyHost, { selector: ({ name }) => name, maxLength: 8 }),
        fc.uniqueArray(anyRequest, { selector: ({ name }) => name, maxLength: 16 }),
        fc.integer({ min: 1, max: 4 }),
        fc.array(fc.boolean(), { minLength: 16, maxLength: 16 }),
        (fleet, requests, lanes, off) => {
          const index = new FleetIndex({ hosts: fleet });
          const machines = requests.flatMap((request): PlacedMachine[] => {
            const { host, holds } = index.place(request);
            return host === undefined ? [] : [{ ...request, host, ...(holds ? { holds } : {}) }];
          });
          const source = machines[0]?.host;
          if (source === undefined) return;
          const leavers = machines
            .filter(({ host }) => host === source)
            .map((machine, i) =>
              leaver(machine, {
                requiredPools: machine.requiredPools,
                pinnedHosts: machine.pinnedHosts,
                isOff: off[i] === true,
              }),
            );
          const told = structuredClone({ fleet, machines });
          const moves = planDrain({ hosts: fleet, machines }, leavers, { lanes });
          expect({ fleet, machines }).toEqual(told);
          expect(moves.map(({ uid }) => uid).sort()).toEqual(leavers.map(({ uid }) => uid).sort());
          expect(planDrain({ hosts: fleet, machines }, leavers.toReversed(), { lanes })).toEqual(moves);
          const isOff = moves.map(({ uid }) => leavers.find((one) => one.uid === uid)?.isOff === true);
          expect(isOff).toEqual(isOff.toSorted((a, b) => Number(a) - Number(b)));
          const closed = fleet.map((host) => (host.name === source ? { ...host, schedulable: false } : host));
          const now = new FleetIndex({ hosts: closed, machines });
          for (const { uid, from, to } of moves) {
            if (to === undefined) continue;
            expect(to).not.toBe(source);
            const machine = now.state.hosts.get(from)?.machines.get(`${uid}@${from}`);
            if (machine === undefined) throw new Error(`${uid} is not on ${from}`);
            now.removeMachine(uid, from);
            const { host: _host, holds: _holds, pinnedHosts, ...request } = machine;
            if (pinnedHosts) expect(pinnedHosts).toContain(to);
            const { host, holds } = now.decide({ ...request, pinnedHosts: [to] });
            // One that had to wait for another in the plan is decided there behind it.
            if (!machine.spread && !machine.affinity) expect(host).toBe(to);
            now.setMachine({ ...machine, host: to, holds });
          }
        },
      ),
    );
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FleetIndex } from '../fleet-index.ts';
import { anyHost, anyRequest } from '../testing/arbitrary.ts';
import { aHost, aRequest, GiB } from '../testing/builders.ts';
import type { PlacedMachine } from '../types.ts';
import { planConsolidation } from './consolidate.ts';

const on = (host: string, ...names: string[]): PlacedMachine[] =>
  names.map((name) => ({ ...aRequest({ name, cpuMilli: 2000, memoryBytes: 4 * GiB }), host }));

describe('a consolidation', () => {
  const hosts = ['h1', 'h2', 'h3'].map((name) => aHost({ name }));

  it('empties the emptiest host, and moves nothing to one that is empty', () => {
    const machines = [...on('h1', 'a', 'b', 'c'), ...on('h2', 'd')];
    expect(planConsolidation({ hosts, machines }, { maxMoves: 10 })).toEqual({
      moves: [{ uid: 'uid-d', from: 'h2', to: 'h1' }],
      emptied: ['h2'],
    });
  });

  it('moves all machines of a host or none', () => {
    const machines = [...on('h1', 'a', 'b', 'c'), ...on('h2', 'd', 'e')];
    expect(planConsolidation({ hosts, machines }, { maxMoves: 10 })).toEqual({ moves: [], emptied: [] });
  });

  it('makes no more moves than it may', () => {
    const machines = [...on('h1', 'a', 'b'), ...on('h2', 'c', 'd')];
    expect(planConsolidation({ hosts, machines }, { maxMoves: 1 }).moves).toEqual([]);
    expect(planConsolidation({ hosts, machines }, { maxMoves: 2 }).emptied).toEqual(['h1']);
  });

  it('can be carried out from top to bottom, each move by the rules', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(anyHost, { selector: ({ name }) => name, maxLength: 8 }),
        fc.uniqueArray(anyRequest, { selector: ({ name }) => name, maxLength: 16 }),
        (fleet, requests) => {
          const index = new FleetIndex({ hosts: fleet });
          const machines = requests.flatMap((request): PlacedMachine[] => {
            const { host, holds } = index.place(request);
            return host === undefined ? [] : [{ ...request, host, ...(holds ? { holds } : {}) }];
          });
          const { moves, emptied } = planConsolidation({ hosts: fleet, machines }, { maxMoves: 100 });
          const now = new FleetIndex({ hosts: fleet, machines });
          for (const { uid, from, to } of moves) {
            const machine = now.state.hosts.get(from)?.machines.get(`${uid}@${from}`);
            if (machine === undefined) throw new Error(`${uid} is not on ${from}`);
            now.removeMachine(uid, from);
            const { host: _host, holds: _holds, pinnedHosts, ...request } = machine;
            if (pinnedHosts) expect(pinnedHosts).toContain(to);
            const { host, holds } = now.decide({ ...request, pinnedHosts: [to] });
            // An even spread may forbid it once more hosts count than in the plan, where the emptied one is closed.
            if (!machine.spread) expect(host).toBe(to);
            now.setMachine({ ...machine, host: to, holds });
          }
          for (const name of emptied) expect(now.state.hosts.get(name)?.machines.size).toBe(0);
        },
      ),
    );
  });
});

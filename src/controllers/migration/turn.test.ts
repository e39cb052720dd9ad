import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Limits, type Mover, takeTurns } from './turn.ts';

const mover = (uid: string, source: string, createdAt = 0, leftMs: number | null = null): Mover => ({
  uid,
  source,
  createdAt,
  leftMs,
});
const limits = (fleet: number, outgoing: number): Limits => ({ fleet, outgoing: () => outgoing });
const freeOf = (turns: ReturnType<typeof takeTurns>): string[] =>
  [...turns].filter(([, { isFree }]) => isFree).map(([uid]) => uid);

describe('takeTurns', () => {
  test('the oldest first, of the same second the one with the lower uid', () => {
    const waiting = [mover('c', 'h1', 2), mover('b', 'h1', 1), mover('a', 'h1', 1), mover('d', 'h1', 0)];
    expect(freeOf(takeTurns(waiting, [], limits(10, 2)))).toEqual(['d', 'a']);
  });

  test('a host that is full holds up nobody from another one', () => {
    const turns = takeTurns([mover('a', 'h1'), mover('b', 'h2', 1)], [mover('x', 'h1')], limits(10, 1));
    expect(turns.get('a')).toMatchObject({ isFree: false, position: 1, message: expect.stringContaining('h1') });
    expect(turns.get('b')?.isFree).toBe(true);
  });

  test('the fleet has its own limit', () => {
    const turns = takeTurns([mover('a', 'h1'), mover('b', 'h2', 1)], [mover('x', 'h3')], limits(2, 5));
    expect(turns.get('a')?.isFree).toBe(true);
    expect(turns.get('b')).toMatchObject({ isFree: false, position: 1, message: expect.stringContaining('fleet') });
  });

  test('the place in the queue is that among those who stand in the way', () => {
    const waiting = [mover('a', 'h1', 1), mover('b', 'h2', 2), mover('c', 'h1', 3)];
    const turns = takeTurns(waiting, [mover('x', 'h1'), mover('y', 'h2')], limits(10, 1));
    expect(turns.get('c')?.position).toBe(2);
    expect(turns.get('b')?.position).toBe(1);
  });

  test('a start is estimated by the time left of those before, when that is known', () => {
    const waiting = ['a', 'b', 'c'].map((uid, n) => mover(uid, 'h1', n));
    const going = [mover('x', 'h1', 0, 30_000), mover('y', 'h1', 0, 10_000)];
    const turns = takeTurns(waiting, going, limits(10, 2));
    expect([...turns.values()].map(({ startsInMs }) => startsInMs)).toEqual([10_000, 30_000, 40_000]);
    const unknown = takeTurns(waiting, [mover('x', 'h1', 0, 30_000), mover('y', 'h1')], limits(10, 2));
    expect(unknown.get('a')?.startsInMs).toBeNull();
  });

  test('never more than the limits, and nobody waits while there is a place for it', () => {
    const movers = (prefix: string) =>
      fc
        .array(
          fc.record({ source: fc.constantFrom('h1', 'h2', 'h3'), createdAt: fc.nat(5), leftMs: fc.constant(null) }),
          { maxLength: 12 },
        )
        .map((list) => list.map((one, n) => ({ ...one, uid: `${prefix}${n}` })));
    fc.assert(
      fc.property(
        movers('w'),
        movers('g'),
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 4 }),
        (waiting, going, fleet, outgoing) => {
          const turns = takeTurns(waiting, going, limits(fleet, outgoing));
          const free = waiting.filter(({ uid }) => turns.get(uid)?.isFree);
          const held = waiting.filter(({ uid }) => !turns.get(uid)?.isFree);
          const count = (list: readonly Mover[], host: string): number =>
            list.filter(({ source }) => source === host).length;
          const total = free.length + going.length;
          if (free.length > 0) expect(total).toBeLessThanOrEqual(fleet);
          for (const { source } of free)
            expect(count(free, source) + count(going, source)).toBeLessThanOrEqual(outgoing);
          for (const { source } of held) {
            expect(total >= fleet || count(free, source) + count(going, source) >= outgoing).toBe(true);
          }
        },
      ),
    );
  });
});

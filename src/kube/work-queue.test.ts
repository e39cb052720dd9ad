import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { DelayHeap } from './delay-heap.ts';
import { RateLimiter } from './rate-limit.ts';
import { WorkQueue } from './work-queue.ts';

describe('DelayHeap', () => {
  test('gives keys back in the order of their earliest times, each once', () => {
    const operation = fc.record({ key: fc.constantFrom(...'abcdefgh'), at: fc.integer({ min: 0, max: 50 }) });
    fc.assert(
      fc.property(fc.array(operation, { maxLength: 60 }), (operations) => {
        const heap = new DelayHeap();
        const earliest = new Map<string, number>();
        for (const { key, at } of operations) {
          heap.add(key, at);
          earliest.set(key, Math.min(at, earliest.get(key) ?? Number.POSITIVE_INFINITY));
        }
        const taken: [string, number][] = [];
        for (let now = 0; now <= 50; now += 1) {
          for (let key = heap.pop(now); key !== undefined; key = heap.pop(now)) taken.push([key, now]);
        }
        expect(new Map(taken)).toEqual(earliest);
        expect(taken).toHaveLength(earliest.size);
        expect(heap.size).toBe(0);
      }),
    );
  });
});

describe('RateLimiter', () => {
  const limits = { baseMs: 100, maxMs: 1000, perSecond: 10, burst: 3, random: () => 1 };

  test("a key's delay doubles up to its bound, and begins anew after forget", () => {
    const limiter = new RateLimiter({ ...limits, burst: 100 }, 0);
    const delays = Array.from({ length: 6 }, () => limiter.delayMs('a', 0));
    expect(delays).toEqual([100, 200, 400, 800, 1000, 1000]);
    expect(limiter.delayMs('b', 0)).toBe(100);
    limiter.forget('a');
    expect(limiter.delayMs('a', 0)).toBe(100);
  });

  test('over all keys there are no more than the bucket holds, and it fills again', () => {
    const limiter = new RateLimiter(limits, 0);
    const delays = Array.from({ length: 6 }, (_, n) => limiter.delayMs(`key-${n}`, 0));
    expect(delays).toEqual([100, 100, 100, 100, 200, 300]);
    expect(limiter.delayMs('later', 10_000)).toBe(100);
  });
});

describe('WorkQueue', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });
  const queue = (): WorkQueue => new WorkQueue('test', { random: () => 1 }, () => Date.now());

  test('a key waits once, and comes again when it was added while being worked on', async () => {
    const q = queue();
    q.add('a');
    q.add('a');
    expect(q.length).toBe(1);
    expect(await q.take()).toBe('a');
    q.add('a');
    q.add('a');
    expect(q.length).toBe(0);
    q.done('a');
    expect(q.length).toBe(1);
    expect(await q.take()).toBe('a');
    q.done('a');
    expect(q.length).toBe(0);
  });

  test('what waits is put into another order, what comes later stands behind it', async () => {
    const q = queue();
    for (const key of ['x', 'b', 'c', 'a']) q.add(key);
    expect(await q.take()).toBe('x');
    q.arrange((keys) => keys.toSorted());
    q.add('0');
    expect([await q.take(), await q.take(), await q.take(), await q.take()]).toEqual(['a', 'b', 'c', '0']);
    expect(q.length).toBe(0);
  });

  test('a taker that waits is served in turn', async () => {
    const q = queue();
    const both = Promise.all([q.take(), q.take()]);
    q.add('a');
    q.add('b');
    expect(await both).toEqual(['a', 'b']);
  });

  test('of two delays the earlier one counts, and it comes once', async () => {
    const q = queue();
    q.addAfter('a', 500);
    q.addAfter('a', 100);
    q.addAfter('a', 300);
    await vi.advanceTimersByTimeAsync(99);
    expect(q.length).toBe(0);
    await vi.advanceTimersByTimeAsync(1);
    expect(await q.take()).toBe('a');
    q.done('a');
    await vi.advanceTimersByTimeAsync(1000);
    expect(q.length).toBe(0);
  });

  test('a delay longer than a timer can hold is kept', async () => {
    const q = queue();
    q.addAfter('a', 2 ** 31 + 5_000);
    await vi.advanceTimersByTimeAsync(2 ** 31);
    expect(q.length).toBe(0);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(q.length).toBe(1);
  });

  test('failures back off', async () => {
    const q = queue();
    q.addRateLimited('a');
    await vi.advanceTimersByTimeAsync(100);
    expect(await q.take()).toBe('a');
    q.addRateLimited('a');
    q.done('a');
    await vi.advanceTimersByTimeAsync(199);
    expect(q.length).toBe(0);
    await vi.advanceTimersByTimeAsync(1);
    expect(q.length).toBe(1);
    expect(q.failures('a')).toBe(2);
  });

  test('close ends those who wait, and nothing comes any more', async () => {
    const q = queue();
    const waiting = q.take();
    q.close();
    q.add('a');
    expect(await waiting).toBeNull();
    expect(await q.take()).toBeNull();
  });
});

describe('WorkQueue, whatever the order', () => {
  type Step = { do: 'add' | 'take' | 'done'; key: string };
  const steps: fc.Arbitrary<Step[]> = fc.array(
    fc.record({
      do: fc.constantFrom('add' as const, 'take' as const, 'done' as const),
      key: fc.constantFrom('a', 'b', 'c'),
    }),
    { maxLength: 80 },
  );

  test('no key is with two workers at once, and after each add the key is taken once more', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (run) => {
        const q = new WorkQueue('property');
        const owed = new Set<string>();
        const working = new Set<string>();
        const takeOne = async (): Promise<void> => {
          if (q.length === 0) return;
          const key = await q.take();
          if (key === null) throw new Error('closed');
          expect(working.has(key)).toBe(false);
          expect(owed.delete(key)).toBe(true);
          working.add(key);
        };
        for (const { do: what, key } of run) {
          if (what === 'add') {
            q.add(key);
            owed.add(key);
          } else if (what === 'take') await takeOne();
          else if (working.delete(key)) q.done(key);
        }
        for (const key of [...working]) {
          working.delete(key);
          q.done(key);
        }
        while (q.length > 0) await takeOne();
        expect([...owed]).toEqual([]);
      }),
    );
  });
});

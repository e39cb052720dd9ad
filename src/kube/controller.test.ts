import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type ErrorClass, VirtfleetError } from '#platform/errors.ts';
import { registry } from '#platform/metrics.ts';
import { type Right, unrestricted } from '#platform/right.ts';
import { Controller, type Reconcile } from './controller.ts';

describe('Controller', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  const running: Controller[] = [];
  afterEach(async () => {
    await Promise.all(running.splice(0).map((controller) => controller.stop()));
    vi.useRealTimers();
  });

  function started(reconcile: Reconcile, given: { concurrency?: number; right?: Right } = {}): Controller {
    const { concurrency = 1, right = unrestricted } = given;
    const controller = new Controller({ name: 'test', concurrency, reconcile, rateLimits: { random: () => 1 } });
    running.push(controller);
    controller.start(right);
    return controller;
  }

  /** When the n-th call of a reconcile that always fails with that class comes, in ms since the first. */
  async function callsWithin(errorClass: ErrorClass, ms: number): Promise<number[]> {
    const calls: number[] = [];
    const startedAt = Date.now();
    const controller = started(async () => {
      calls.push(Date.now() - startedAt);
      throw new VirtfleetError(errorClass, 'Test', 'it failed');
    });
    controller.enqueue('a');
    await vi.advanceTimersByTimeAsync(ms);
    return calls;
  }

  test.each<[ErrorClass]>([['Transient'], ['OutcomeUnknown'], ['NotFound'], ['Bug']])(
    '%s backs off exponentially',
    async (errorClass) => {
      const calls = await callsWithin(errorClass, 1_600);
      expect(calls.map((at) => Math.round(at / 100) * 100)).toEqual([0, 100, 300, 700, 1500]);
    },
  );

  test('Conflict comes again soon, but does not spin', async () => {
    const calls = await callsWithin('Conflict', 10_000);
    expect(calls.slice(0, 5).map((at) => Math.round(at / 50) * 50)).toEqual([0, 50, 100, 150, 200]);
    expect(calls.length).toBeLessThan(14);
  });

  test.each<[ErrorClass]>([['Capacity'], ['InvalidSpec'], ['Denied']])('%s waits a minute', async (errorClass) => {
    expect(await callsWithin(errorClass, 59_000)).toHaveLength(1);
    running.splice(0);
    expect(await callsWithin(errorClass, 76_000)).toHaveLength(2);
  });

  describe('a reconcile that waits for long', () => {
    /** Reconciles of keys that begin with "hung" end when `thaw` is called. */
    function hanging(concurrency: number) {
      const frozen: (() => void)[] = [];
      const done: string[] = [];
      const begun: string[] = [];
      const controller = started(
        async (key) => {
          begun.push(key);
          if (key.startsWith('hung')) await new Promise<void>((resolve) => frozen.push(resolve));
          done.push(key);
        },
        { concurrency },
      );
      /** The first of them, or all. */
      const thaw = async (most = Number.POSITIVE_INFINITY): Promise<void> => {
        for (const end of frozen.splice(0, most)) end();
        await vi.advanceTimersByTimeAsync(0);
      };
      return { controller, begun, done, thaw };
    }

    test('lends its place to another key', async () => {
      const { controller, done, thaw } = hanging(2);
      for (const key of ['hung-1', 'hung-2', 'good']) controller.enqueue(key);
      await vi.advanceTimersByTimeAsync(2_900);
      expect(done).toEqual([]);
      await vi.advanceTimersByTimeAsync(200);
      expect(done).toEqual(['good']);
      await thaw();
    });

    test('has no place any more when it ends, and not any number of others follow it', async () => {
      const { controller, begun, thaw } = hanging(2);
      for (let i = 0; i < 12; i++) controller.enqueue(`hung-${i}`);
      await vi.advanceTimersByTimeAsync(60_000);
      expect(begun).toHaveLength(8);
      await thaw();
      expect(begun).toHaveLength(10);
      await thaw();
      expect(begun).toHaveLength(12);
      await thaw();
    });

    test('lends its place when all were taken and one of them is free again', async () => {
      const { controller, done, thaw } = hanging(2);
      for (let i = 0; i < 8; i++) controller.enqueue(`hung-${i}`);
      await vi.advanceTimersByTimeAsync(60_000);
      controller.enqueue('good');
      await vi.advanceTimersByTimeAsync(60_000);
      expect(done).toEqual([]);
      await thaw(1);
      expect(done).toEqual(['hung-0', 'good']);
      await thaw();
    });
  });

  test('who wants to know when it leads is told before the first reconcile', async () => {
    const told: string[] = [];
    const reconcile = async (key: string): Promise<void> => {
      told.push(key);
    };
    const controller = new Controller({ name: 'test', concurrency: 1, reconcile, onLead: () => told.push('leads') });
    running.push(controller);
    controller.enqueue('a');
    await vi.advanceTimersByTimeAsync(1_000);
    expect(told).toEqual([]);
    controller.start(unrestricted);
    await vi.advanceTimersByTimeAsync(0);
    expect(told).toEqual(['leads', 'a']);
  });

  test('a call that came too late for its right is made again while the right itself lives', async () => {
    const calls = await callsWithin('LeaseLost', 1_600);
    expect(calls.map((at) => Math.round(at / 100) * 100)).toEqual([0, 100, 300, 700, 1500]);
  });

  test('LeaseLost of a right that has ended stops the controller', async () => {
    const end = new AbortController();
    const right: Right = { name: 'lease', notAfterMs: () => 0, signal: end.signal };
    let calls = 0;
    const controller = started(
      async () => {
        calls += 1;
        end.abort();
        throw new VirtfleetError('LeaseLost', 'Test', 'it ended');
      },
      { right },
    );
    controller.enqueue('a');
    await vi.advanceTimersByTimeAsync(100_000);
    expect(calls).toBe(1);
  });

  test('what is thrown and is no error of ours counts as a Bug', async () => {
    const controller = started(async () => {
      throw new TypeError('x is not a function');
    });
    controller.enqueue('a');
    await vi.advanceTimersByTimeAsync(10);
    expect(await registry.metrics()).toMatch(
      /controller_runtime_reconcile_errors_total\{controller="test",class="Bug"\} [1-9]/,
    );
  });

  test('looks again when it was asked to, and a success forgets failures', async () => {
    const calls: number[] = [];
    const startedAt = Date.now();
    const controller = started(async () => {
      calls.push(Date.now() - startedAt);
      if (calls.length % 2 === 1) throw new VirtfleetError('Transient', 'Test', 'every other time');
      return { requeueAfterMs: 1_000 };
    });
    controller.enqueue('a');
    await vi.advanceTimersByTimeAsync(2_300);
    expect(calls.map((at) => Math.round(at / 100) * 100)).toEqual([0, 100, 1100, 1200, 2200, 2300]);
  });

  test('different keys go side by side up to the limit, one key never does', async () => {
    const inside = new Map<string, number>();
    let most = 0;
    const controller = started(
      async (key) => {
        inside.set(key, (inside.get(key) ?? 0) + 1);
        expect(inside.get(key)).toBe(1);
        most = Math.max(
          most,
          [...inside.values()].reduce((a, b) => a + b),
        );
        await new Promise((resolve) => setTimeout(resolve, 10));
        inside.set(key, 0);
      },
      { concurrency: 3 },
    );
    for (let round = 0; round < 3; round += 1) for (const key of 'abcdef') controller.enqueue(key);
    await vi.advanceTimersByTimeAsync(5);
    for (const key of 'abcdef') controller.enqueue(key);
    await vi.advanceTimersByTimeAsync(200);
    expect(most).toBe(3);
  });

  test('stop waits for what is being worked on, and starts nothing new', async () => {
    const done: string[] = [];
    const controller = started(async (key) => {
      await new Promise((resolve) => setTimeout(resolve, 100));
      done.push(key);
    });
    controller.enqueue('a');
    controller.enqueue('b');
    await vi.advanceTimersByTimeAsync(10);
    const stopped = controller.stop();
    await vi.advanceTimersByTimeAsync(500);
    await stopped;
    expect(done).toEqual(['a']);
  });

  test('when the right ends nothing new is started', async () => {
    const end = new AbortController();
    const right: Right = { name: 'lease', notAfterMs: () => Number.POSITIVE_INFINITY, signal: end.signal };
    const calls: string[] = [];
    const controller = started(
      async (key) => {
        calls.push(key);
      },
      { right },
    );
    controller.enqueue('a');
    await vi.advanceTimersByTimeAsync(1);
    end.abort();
    controller.enqueue('b');
    await vi.advanceTimersByTimeAsync(1_000);
    expect(calls).toEqual(['a']);
  });
});

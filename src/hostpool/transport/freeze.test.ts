import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { FreezeWatch } from './freeze.ts';

describe('the watch for freezes', () => {
  let now = { boottime: 1_000_000, monotonic: 5_000 };
  const clock = { now: () => 0, boottimeMs: () => now.boottime, monotonicMs: () => now.monotonic };
  const pass = (boottimeMs: number, monotonicMs = boottimeMs): void => {
    now = { boottime: now.boottime + boottimeMs, monotonic: now.monotonic + monotonicMs };
  };
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setInterval', 'setImmediate'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  test('time that passes turn by turn is no freeze', () => {
    const freezes: number[] = [];
    const watch = new FreezeWatch(clock, 2_000, (ms) => freezes.push(ms));
    for (let turn = 0; turn < 100; turn += 1) {
      pass(250);
      vi.advanceTimersByTime(250);
      expect(watch.passed()).toBe(true);
    }
    expect(freezes).toEqual([]);
    watch.close();
  });

  test('a stopped process is noticed by whatever comes first', () => {
    const freezes: number[] = [];
    const watch = new FreezeWatch(clock, 2_000, (ms) => freezes.push(ms));
    expect(watch.passed()).toBe(true);
    pass(2_500);
    expect(watch.passed()).toBe(false);
    pass(2_500);
    vi.advanceTimersByTime(250);
    expect(freezes).toEqual([2_500, 2_500]);
    watch.close();
  });

  test('a suspended machine is noticed though the monotonic clock stood still', () => {
    const freezes: number[] = [];
    const watch = new FreezeWatch(clock, 2_000, (ms) => freezes.push(ms));
    pass(60_000, 10);
    expect(watch.passed()).toBe(false);
    expect(freezes).toEqual([60_000]);
    watch.close();
  });
});

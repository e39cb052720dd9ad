import { describe, expect, it } from 'vitest';
import type { Clock } from '#platform/clock.ts';
import { checkRight } from '#platform/right.ts';
import { jobId } from './port.ts';
import { JobRight } from './right.ts';

function clockAt(startMs: number): Clock & { set(ms: number): void } {
  let nowMs = startMs;
  return {
    now: () => nowMs,
    monotonicMs: () => nowMs,
    boottimeMs: () => nowMs,
    set: (ms) => {
      nowMs = ms;
    },
  };
}

describe('the right of a job', () => {
  it('moves on with each renewal, never back', () => {
    const right = new JobRight('j', 5_000, clockAt(1_000));
    right.renew(8_000);
    right.renew(6_000);
    expect(right.notAfterMs()).toBe(8_000);
    expect(right.signal.aborted).toBe(false);
  });

  it('once ended stays ended, and nothing may be sent', () => {
    const clock = clockAt(1_000);
    const right = new JobRight('j', 5_000, clock);
    right.end('its lock could not be renewed');
    right.renew(90_000);
    expect(right.notAfterMs()).toBe(1_000);
    expect(right.signal.aborted).toBe(true);
    expect(() => checkRight(right)).toThrow(/job j/);
  });

  it('that comes too late is no right', () => {
    expect(new JobRight('j', 900, clockAt(1_000)).signal.aborted).toBe(true);
  });

  it('ends by itself', async () => {
    const start = performance.now();
    const clock: Clock = {
      now: () => performance.now(),
      monotonicMs: () => performance.now(),
      boottimeMs: () => performance.now(),
    };
    const right = new JobRight('j', start + 30, clock);
    await new Promise((resolve) => right.signal.addEventListener('abort', resolve));
    expect(performance.now()).toBeGreaterThanOrEqual(start + 30);
  });
});

describe('a job id', () => {
  it('holds no colon, and differs when anything differs', () => {
    const ids = [
      jobId('u', 'ImageFetch', 'a/b', 1),
      jobId('u', 'ImageFetch', 'a-b', 1),
      jobId('u', 'ImageFetch', 'a_b', 1),
      jobId('u', 'ImageFetch', 'a:b', 1),
      jobId('u', 'ImageFetch', 'a/b', 2),
      jobId('u', 'VolumeFill', 'a/b', 1),
    ];
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).not.toContain(':');
  });
});

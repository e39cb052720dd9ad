import { describe, expect, test } from 'vitest';
import { recordExit, wantedPower } from './power.ts';

describe('wantedPower', () => {
  test.each([
    ['Always', undefined, 'On'],
    ['Always', { generation: 1, desired: 'Off' }, 'On'],
    ['Halted', { generation: 1, desired: 'On' }, 'Off'],
    ['Manual', undefined, 'Off'],
    ['Manual', { generation: 1, desired: 'On' }, 'On'],
  ] as const)('%s with %o is %s', (strategy, run, power) => {
    expect(wantedPower(strategy, run)).toBe(power);
  });
});

describe('recordExit', () => {
  const at = Date.parse('2026-01-01T00:10:00Z');
  const run = (secondsAgo: number) => ({ generation: 1, startedAt: new Date(at - secondsAgo * 1000).toISOString() });
  const wait = (record: { nextStartAt: string }) => Date.parse(record.nextStartAt) - at;

  test('the first restart is at once, then the pause doubles to five minutes', () => {
    let record = recordExit(undefined, run(2), at);
    const waits = [wait(record)];
    for (let i = 0; i < 8; i++) {
      record = recordExit(record, run(2), at);
      waits.push(wait(record));
    }
    expect(waits).toEqual([0, 10_000, 20_000, 40_000, 80_000, 160_000, 300_000, 300_000, 300_000]);
  });

  test('a machine that ran for long starts counting anew', () => {
    const looping = recordExit(recordExit(undefined, run(2), at), run(2), at);
    expect(recordExit(looping, run(600), at).count).toBe(1);
  });
});

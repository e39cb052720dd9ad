import { expect, test } from 'vitest';
import { ServerClock } from './server-clock.ts';

const HOUR = 3_600_000;
const T = Date.UTC(2026, 0, 2, 3, 4, 5);
const httpDate = (ms: number): string => new Date(ms).toUTCString();

/** Our own clock, wrong by `wrongMs`; `pass` lets time go on. */
function clocks(wrongMs: number) {
  const own = { at: 0, wrongMs };
  const clock = new ServerClock({
    now: () => T + own.at + own.wrongMs,
    monotonicMs: () => own.at,
    boottimeMs: () => own.at,
  });
  const pass = (ms: number): void => {
    own.at += ms;
  };
  /** The request takes `tookMs`, the server reads its clock half way. */
  const ask = (tookMs = 0): void => {
    const sent = own.at;
    pass(tookMs / 2);
    const date = httpDate(T + own.at);
    pass(tookMs / 2);
    clock.learn(date, sent);
  };
  return { own, clock, pass, ask, error: () => clock.now() - (T + own.at) };
}

test.each([HOUR, -HOUR])('a clock that is wrong by %i ms is put right by the first answer, to the second', (wrong) => {
  const { ask, error } = clocks(wrong);
  expect(error()).toBe(wrong);
  ask(30);
  expect(Math.abs(error())).toBeLessThanOrEqual(1_000 + 30);
});

test('a clock that is right is left alone', () => {
  const { ask, pass, error } = clocks(0);
  for (const wait of [0, 400, 700, 123, 5_000]) {
    pass(wait);
    ask(40);
    expect(error()).toBe(0);
  }
});

test('many answers come closer to the truth than a second', () => {
  const { ask, pass, error } = clocks(-HOUR);
  for (let i = 0; i < 50; i += 1) {
    pass(370);
    ask(10);
  }
  expect(Math.abs(error())).toBeLessThan(50);
});

test('our own clock may jump: nothing follows it', () => {
  const { own, ask, pass, error } = clocks(0);
  ask(10);
  own.wrongMs = HOUR;
  pass(60_000);
  expect(error()).toBe(0);
  own.wrongMs = -HOUR;
  ask(10);
  expect(error()).toBe(0);
});

test('an answer that took long says little, and a date that is none says nothing', () => {
  const { clock, ask, error } = clocks(3_000);
  ask(20_000);
  expect(error()).toBe(3_000);
  clock.learn(undefined, 0);
  clock.learn('yesterday', 0);
  expect(error()).toBe(3_000);
});

test('its functions may be passed on by themselves, as those of the system clock are', () => {
  const { clock, ask } = clocks(HOUR);
  ask(0);
  const { now, monotonicMs, boottimeMs } = clock;
  expect(now()).toBe(clock.now());
  expect([monotonicMs(), boottimeMs()]).toEqual([0, 0]);
});

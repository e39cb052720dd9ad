import { describe, expect, test } from 'vitest';
import { backoffMs, initialLink, type LinkEvent, type LinkState, nextLink, nextWake, timing } from './state.ts';

const T0 = 1_000_000;
const connecting = initialLink(T0);
const dialling = nextLink(connecting, { type: 'dialling' }, T0);
const reached = nextLink(dialling, { type: 'reached' }, T0 + 50);
const ready = nextLink(dialling, { type: 'connected' }, T0 + 100);
const degradedUp = nextLink(ready, { type: 'suspected' }, T0 + 1_000);
const degradedDown = nextLink(ready, { type: 'closed', jitter: 0.5 }, T0 + 1_000);
const lost = nextLink(degradedDown, { type: 'tick' }, T0 + 1_000 + timing.lostAfterMs);
const denied = nextLink(dialling, { type: 'failed', denied: true, jitter: 0 }, T0 + 10);

interface Row {
  from: [string, LinkState];
  event: LinkEvent;
  at: number;
  expected: Partial<LinkState>;
}

const rows: Row[] = [
  {
    from: ['Connecting', connecting],
    event: { type: 'tick' },
    at: T0 + 1,
    expected: { state: 'Connecting', nextDialAt: T0 },
  },
  {
    from: ['Connecting', connecting],
    event: { type: 'dialling' },
    at: T0,
    expected: { state: 'Connecting', link: 'dialling', nextDialAt: null },
  },
  { from: ['dialling', dialling], event: { type: 'dialling' }, at: T0 + 5, expected: { link: 'dialling' } },
  {
    from: ['dialling', dialling],
    event: { type: 'connected' },
    at: T0 + 5,
    expected: { state: 'Ready', link: 'up', failures: 0, since: T0 + 5 },
  },
  {
    from: ['dialling', dialling],
    event: { type: 'failed', denied: false, jitter: 0.5 },
    at: T0 + 10,
    expected: { state: 'Connecting', link: 'down', failures: 1, nextDialAt: T0 + 10 + 250 },
  },
  {
    from: ['dialling', dialling],
    event: { type: 'failed', denied: false, jitter: 0 },
    at: T0 + timing.lostAfterMs,
    expected: { state: 'Lost' },
  },
  {
    from: ['dialling', dialling],
    event: { type: 'reached' },
    at: T0 + 10,
    expected: { state: 'Connecting', link: 'reached' },
  },
  {
    from: ['reached', reached],
    event: { type: 'tick' },
    at: T0 + 10 * timing.lostAfterMs,
    expected: { state: 'Connecting' },
  },
  {
    from: ['reached', reached],
    event: { type: 'failed', denied: false, jitter: 0 },
    at: T0 + timing.lostAfterMs,
    expected: { state: 'Lost', link: 'down' },
  },
  { from: ['Connecting', connecting], event: { type: 'reached' }, at: T0, expected: { link: 'down' } },
  {
    from: ['dialling', dialling],
    event: { type: 'failed', denied: true, jitter: 0 },
    at: T0 + 10,
    expected: { state: 'Lost', denied: true, nextDialAt: T0 + 10 + 60_000 },
  },
  {
    from: ['dialling', dialling],
    event: { type: 'retry' },
    at: T0 + 10,
    expected: { link: 'dialling', nextDialAt: null },
  },
  { from: ['Ready', ready], event: { type: 'tick' }, at: T0 + 999_999, expected: { state: 'Ready', link: 'up' } },
  {
    from: ['Ready', ready],
    event: { type: 'suspected' },
    at: T0 + 500,
    expected: { state: 'Degraded', link: 'up', nextDialAt: null },
  },
  {
    from: ['Ready', ready],
    event: { type: 'closed', jitter: 0.5 },
    at: T0 + 500,
    expected: { state: 'Degraded', link: 'down', nextDialAt: T0 + 625, goodAt: T0 + 500 },
  },
  { from: ['Ready', ready], event: { type: 'retry' }, at: T0 + 500, expected: { link: 'up', nextDialAt: null } },
  {
    from: ['Degraded, up', degradedUp],
    event: { type: 'answered' },
    at: T0 + 2_000,
    expected: { state: 'Ready', link: 'up' },
  },
  {
    from: ['Degraded, up', degradedUp],
    event: { type: 'tick' },
    at: T0 + 2_000,
    expected: { state: 'Degraded', link: 'up' },
  },
  {
    from: ['Degraded, up', degradedUp],
    event: { type: 'tick' },
    at: T0 + 1_000 + timing.lostAfterMs,
    expected: { state: 'Lost', link: 'up' },
  },
  {
    from: ['Degraded, up', degradedUp],
    event: { type: 'closed', jitter: 0 },
    at: T0 + 2_000,
    expected: { state: 'Degraded', link: 'down', goodAt: T0 + 1_000 },
  },
  {
    from: ['Degraded, down', degradedDown],
    event: { type: 'answered' },
    at: T0 + 2_000,
    expected: { state: 'Degraded' },
  },
  {
    from: ['Degraded, down', degradedDown],
    event: { type: 'closed', jitter: 0 },
    at: T0 + 2_000,
    expected: { state: 'Degraded', nextDialAt: T0 + 1_125 },
  },
  {
    from: ['Degraded, down', degradedDown],
    event: { type: 'connected' },
    at: T0 + 2_000,
    expected: { state: 'Ready', link: 'up' },
  },
  { from: ['Lost', lost], event: { type: 'dialling' }, at: T0 + 30_000, expected: { state: 'Lost', link: 'dialling' } },
  {
    from: ['Lost', lost],
    event: { type: 'connected' },
    at: T0 + 30_000,
    expected: { state: 'Ready', link: 'up', since: T0 + 30_000 },
  },
  {
    from: ['Denied', denied],
    event: { type: 'retry' },
    at: T0 + 20,
    expected: { state: 'Lost', denied: false, nextDialAt: T0 + 20, failures: 0 },
  },
  {
    from: ['Denied', denied],
    event: { type: 'connected' },
    at: T0 + 60_020,
    expected: { state: 'Ready', denied: false },
  },
];

describe('the state of the way to a host', () => {
  for (const { from, event, at, expected } of rows) {
    const sign = 'denied' in event && event.denied ? 'denied' : '';
    test(`${from[0]} + ${event.type} ${sign} at +${at - T0} → ${JSON.stringify(expected)}`, () => {
      expect(nextLink(from[1], event, at)).toMatchObject(expected);
    });
  }

  test('a host that never answers is dialled with growing pauses that stay below five seconds', () => {
    let s = connecting;
    let now = T0;
    let dials = 0;
    while (now < T0 + 600_000) {
      now = Math.max(now, s.nextDialAt ?? now);
      s = nextLink(s, { type: 'dialling' }, now);
      dials += 1;
      now += 2_000;
      s = nextLink(s, { type: 'failed', denied: false, jitter: 0.999 }, now);
      expect((s.nextDialAt ?? 0) - now).toBeLessThan(timing.backoffCapMs);
    }
    expect(dials).toBeLessThan(100);
    expect(s.state).toBe('Lost');
  });

  test('a host that refuses us is dialled once a minute', () => {
    expect(nextWake(denied)).toBe(T0 + 10 + timing.deniedRetryMs);
  });

  test('it wakes for the dial or for the loss, whichever comes first', () => {
    expect(nextWake(degradedDown)).toBe(T0 + 1_125);
    expect(nextWake(degradedUp)).toBe(T0 + 1_000 + timing.lostAfterMs);
    expect(nextWake(ready)).toBeNull();
    expect(nextWake(lost)).toBe(lost.nextDialAt);
  });

  test('the back-off is full jitter, capped', () => {
    expect(backoffMs(0, 0)).toBe(0);
    expect(backoffMs(3, 1)).toBe(2_000);
    expect(backoffMs(50, 1)).toBe(timing.backoffCapMs);
  });
});

import { describe, expect, test } from 'vitest';
import { candidacy, heldBy, type Lease, type LeaseTimes, microTime, observe, released } from './lease-record.ts';

const times: LeaseTimes = { durationMs: 15_000, renewDeadlineMs: 10_000, retryPeriodMs: 2_000, apiTimeoutMs: 10_000 };

function lease(holder: string, version = '1', given: { seconds?: number; uid?: string } = {}): Lease {
  const { seconds = 15, uid = 'uid-1' } = given;
  return {
    apiVersion: 'coordination.k8s.io/v1',
    kind: 'Lease',
    metadata: { name: 'l', namespace: 'n', uid, resourceVersion: version },
    spec: {
      holderIdentity: holder,
      leaseDurationSeconds: seconds,
      leaseTransitions: 3,
      acquireTime: '2026-01-01T00:00:00.000000Z',
    },
  };
}

describe('observe', () => {
  const first = observe(null, lease('other'), 1_000);

  test.each<[string, Lease | null, number]>([
    ['the same record keeps its time', lease('other'), 1_000],
    ['a renewal starts it anew', lease('other', '2'), 5_000],
    ['a Lease that was made anew, too', lease('other', '1', { uid: 'uid-2' }), 5_000],
    ['and one that is gone', null, 5_000],
  ])('%s', (_, next, since) => {
    expect(observe(first, next, 5_000)).toEqual({ lease: next, since });
  });

  test('missing stays missing', () => {
    expect(observe(observe(null, null, 1_000), null, 5_000).since).toBe(1_000);
  });
});

describe('candidacy', () => {
  test.each<[string, Lease | null, number, unknown]>([
    [
      'held and just seen: wait for its whole length',
      lease('other'),
      1_000,
      { type: 'Wait', holder: 'other', forMs: 15_000 },
    ],
    ['held until a moment ago', lease('other'), 15_999, { type: 'Wait', holder: 'other', forMs: 1 }],
    [
      'silent for its length: take, but decide only when nothing can arrive any more',
      lease('other'),
      16_000,
      { type: 'Take', decideAfter: 26_000 },
    ],
    ['silent for long: nothing can arrive any more', lease('other'), 90_000, { type: 'Take', decideAfter: 26_000 }],
    [
      "the old holder's own length counts when it is longer",
      lease('other', '1', { seconds: 60 }),
      16_000,
      { type: 'Wait', holder: 'other', forMs: 45_000 },
    ],
    [
      'a shorter one does not make us hasty',
      lease('other', '1', { seconds: 1 }),
      2_500,
      { type: 'Wait', holder: 'other', forMs: 13_500 },
    ],
    ['given back: at once', lease(''), 1_000, { type: 'Take', decideAfter: 1_000 }],
    ['our own write, its answer was lost', lease('me'), 1_000, { type: 'Take', decideAfter: 1_000 }],
    ['missing: take, but decide as if somebody had just lost it', null, 1_000, { type: 'Take', decideAfter: 26_000 }],
  ])('%s', (_, seen, now, wanted) => {
    expect(candidacy({ lease: seen, since: 1_000 }, 'me', times, now)).toEqual(wanted);
  });

  test('the first decision is later than the last moment at which a write of the old leader can take effect', () => {
    // Sent at 0 and seen by us at 1 at the earliest, its right ends at the renew deadline, its last write an API time-out later.
    const turn = candidacy({ lease: lease('other'), since: 1 }, 'me', times, 15_001);
    const lastEffect = times.renewDeadlineMs + times.apiTimeoutMs;
    expect(turn.type === 'Take' && turn.decideAfter).toBeGreaterThan(lastEffect);
  });
});

describe('the record', () => {
  test('a change of holder counts as a transition, a renewal does not', () => {
    const ref = { namespace: 'n', name: 'l' };
    expect(heldBy(lease('other'), ref, 'me', 15_000, 0).spec).toMatchObject({
      holderIdentity: 'me',
      leaseTransitions: 4,
      acquireTime: microTime(0),
    });
    expect(heldBy(lease('me'), ref, 'me', 15_000, 0).spec).toMatchObject({
      leaseTransitions: 3,
      acquireTime: '2026-01-01T00:00:00.000000Z',
    });
    expect(heldBy(null, ref, 'me', 500, 0).spec).toMatchObject({ leaseTransitions: 0, leaseDurationSeconds: 1 });
  });

  test('given back it has no holder', () => {
    expect(released(lease('me'), 0).spec).toMatchObject({ holderIdentity: '', leaseTransitions: 3 });
  });

  test("MicroTime is Kubernetes' own", () => {
    expect(microTime(Date.UTC(2026, 0, 2, 3, 4, 5, 6))).toBe('2026-01-02T03:04:05.006000Z');
  });
});

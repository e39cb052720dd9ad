import type { HostState } from './types.ts';

/**
 * The state of the way to a host, as a pure function of state, event and time. Who drives it dials when `nextDialAt`
 * has come, and reports what happened.
 *
 *   Connecting ──connected──▶ Ready ──suspected/closed──▶ Degraded ──lostAfterMs──▶ Lost
 *       │  └──────lostAfterMs or denied────────────────────────────────────────────▶ │
 *       └◀─────────────── connected brings every state to Ready ◀────────────────────┘
 */
export interface LinkState {
  readonly state: HostState;
  /** Wall clock is not used here: monotonic ms since when `state` holds. */
  readonly since: number;
  /** `reached`: the daemon has answered the dial; what is left (facts, listing) is our work, with deadlines of its own. */
  readonly link: 'down' | 'dialling' | 'reached' | 'up';
  /** Failed dials in a row. */
  readonly failures: number;
  /** Monotonic ms when to dial next; null while a dial runs or the link is up. */
  readonly nextDialAt: number | null;
  /** Monotonic ms when the host was last known to answer; when it never did, when we began to try. */
  readonly goodAt: number;
  /** It refuses us: no storm, a slow retry or new credentials. */
  readonly denied: boolean;
}

export type LinkEvent =
  /** The time set for a dial has come, and the dial has begun. */
  | { type: 'dialling' }
  /** The daemon has answered. Hundreds of hosts at once may take us long to read: none of them is Lost meanwhile. */
  | { type: 'reached' }
  /** Connected, identity checked, inventory listed. */
  | { type: 'connected' }
  /** The dial, the first contact or the listing failed. `jitter` is a random number in [0, 1). */
  | { type: 'failed'; denied: boolean; jitter: number }
  /** The connection ended, by either side. */
  | { type: 'closed'; jitter: number }
  /** A call was not answered in time though the connection stands. */
  | { type: 'suspected' }
  /** It answers again on the same connection. */
  | { type: 'answered' }
  /** New credentials, or somebody wants it now: forget the back-off. */
  | { type: 'retry' }
  | { type: 'tick' };

export const timing = {
  /** Out of reach for that long: Lost. */
  lostAfterMs: 10_000,
  /** Full jitter: a random time between 0 and min(cap, base · 2^failures). */
  backoffBaseMs: 250,
  backoffCapMs: 5_000,
  /** A host that refuses us is asked again that slowly (plus up to a tenth). */
  deniedRetryMs: 60_000,
} as const;

export function initialLink(now: number): LinkState {
  return { state: 'Connecting', since: now, link: 'down', failures: 0, nextDialAt: now, goodAt: now, denied: false };
}

export function backoffMs(failures: number, jitter: number): number {
  return jitter * Math.min(timing.backoffCapMs, timing.backoffBaseMs * 2 ** Math.min(failures, 10));
}

function enter(s: LinkState, state: HostState, now: number): LinkState {
  return s.state === state ? s : { ...s, state, since: now };
}

/** Degraded turns to Lost by time; Connecting too, when it never answered. */
function age(s: LinkState, now: number): LinkState {
  if (s.state === 'Ready' || s.state === 'Lost' || s.link === 'reached') return s;
  return now - s.goodAt >= timing.lostAfterMs ? enter(s, 'Lost', now) : s;
}

export function nextLink(s: LinkState, event: LinkEvent, now: number): LinkState {
  switch (event.type) {
    case 'dialling':
      return s.link === 'down' ? age({ ...s, link: 'dialling', nextDialAt: null }, now) : s;
    case 'reached':
      return s.link === 'dialling' ? { ...s, link: 'reached' } : s;
    case 'connected':
      return enter({ ...s, link: 'up', failures: 0, nextDialAt: null, goodAt: now, denied: false }, 'Ready', now);
    case 'failed': {
      const failures = s.failures + 1;
      const waitMs = event.denied ? timing.deniedRetryMs * (1 + event.jitter / 10) : backoffMs(failures, event.jitter);
      const failed: LinkState = { ...s, link: 'down', failures, nextDialAt: now + waitMs, denied: event.denied };
      return event.denied ? enter(failed, 'Lost', now) : age(failed, now);
    }
    case 'closed': {
      if (s.link !== 'up') return age(s, now);
      // The first dial after a loss comes soon, but not from all hosts of a switch that blinked in the same moment.
      const closed: LinkState = { ...s, link: 'down', failures: 0, nextDialAt: now + backoffMs(0, event.jitter) };
      return s.state === 'Ready' ? enter({ ...closed, goodAt: now }, 'Degraded', now) : age(closed, now);
    }
    case 'suspected':
      return s.link === 'up' && s.state === 'Ready' ? enter({ ...s, goodAt: now }, 'Degraded', now) : age(s, now);
    case 'answered':
      return s.link === 'up' ? enter({ ...s, goodAt: now }, 'Ready', now) : s;
    case 'retry':
      return s.link === 'down' ? { ...s, nextDialAt: now, denied: false, failures: 0 } : s;
    case 'tick':
      return age(s, now);
    default:
      return event satisfies never;
  }
}

/** Monotonic ms when to look again if nothing happens, or null. */
export function nextWake(s: LinkState): number | null {
  const ages = s.link !== 'reached' && (s.state === 'Degraded' || s.state === 'Connecting');
  const times = [s.nextDialAt, ages ? s.goodAt + timing.lostAfterMs : null];
  const due = times.filter((time) => time !== null);
  return due.length > 0 ? Math.min(...due) : null;
}

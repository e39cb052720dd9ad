/**
 * When to ask the guest's agent for names and addresses: there is no event for them. After a start with growing
 * pauses for two minutes, when the agent connects, then every five minutes. Pure.
 */

const FIRST_PAUSE_MS = 3_000;
const EAGER_FOR_MS = 120_000;
const STEADY_PAUSE_MS = 300_000;

export interface GuestPollInput {
  now: number;
  startedAt: number;
  polls: number;
  polledAt: number | null;
  /** An agent answered in this run. */
  known: boolean;
}

/** Wall-clock ms of the next question. */
export function nextGuestPoll(o: GuestPollInput): number {
  if (o.polledAt === null) return Math.max(o.startedAt + FIRST_PAUSE_MS, o.now - 1);
  const eager = !o.known && o.now - o.startedAt < EAGER_FOR_MS;
  return o.polledAt + (eager ? FIRST_PAUSE_MS * 2 ** Math.min(o.polls, 5) : STEADY_PAUSE_MS);
}

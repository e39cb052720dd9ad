/**
 * What a machine's power should be, and when it may be started again: pure.
 * The run strategy says what the user wants in general; `status.run` and an accepted operation say what was asked last.
 */

export type RunStrategy = 'Always' | 'Manual' | 'Halted';
export type Power = 'On' | 'Off';

export interface RunRecord {
  /** Counts starts; written before each start, so that "never started" and "ran and ended" differ. */
  generation: number;
  startedAt?: string | undefined;
  desired?: Power | undefined;
}

/** What the user wants now. `Manual` machines keep what was asked last, and are off until then. */
export function wantedPower(strategy: RunStrategy, run: RunRecord | undefined): Power {
  switch (strategy) {
    case 'Always':
      return 'On';
    case 'Halted':
      return 'Off';
    case 'Manual':
      return run?.desired ?? 'Off';
  }
}

export interface CrashRecord {
  count: number;
  lastAt: string;
  nextStartAt: string;
}

const FIRST_DELAY_MS = 10_000;
const LONGEST_DELAY_MS = 300_000;
/** A machine that ran this long is no longer in a crash loop: the next exit counts as the first. */
export const STEADY_AFTER_MS = 300_000;

/**
 * The record of one more exit. The first restart is immediate (a guest that was told to power off under
 * `Always` comes back at once, as on KubeVirt); then 10 s, doubling up to 5 min.
 */
export function recordExit(previous: CrashRecord | undefined, run: RunRecord | undefined, now: number): CrashRecord {
  const ranMs = run?.startedAt ? now - Date.parse(run.startedAt) : 0;
  const count = previous && ranMs < STEADY_AFTER_MS ? previous.count + 1 : 1;
  const delay = count === 1 ? 0 : Math.min(FIRST_DELAY_MS * 2 ** (count - 2), LONGEST_DELAY_MS);
  return { count, lastAt: new Date(now).toISOString(), nextStartAt: new Date(now + delay).toISOString() };
}

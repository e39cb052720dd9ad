import { appendFileSync } from 'node:fs';
import { environment } from './config.ts';
import { errorClassOf } from './errors.ts';
import { histogram } from './metrics.ts';
import { checkRight, type Right } from './right.ts';

/** `<kind of outside world>:<what>.<verb>`, such as 'libvirt:domain.define'. A small fixed set: it is a metric's label. */
export type EffectName = `${'api' | 'libvirt' | 'redis' | 'file'}:${string}`;

export interface Gate {
  /** CLOCK_BOOTTIME ms: whoever sends the call compares it once more, immediately before. */
  notAfterMs: number;
}

const duration = histogram(
  'virtfleet_effect_duration_seconds',
  'Calls that change something outside of the process, by name and outcome (an error class, or ok).',
  ['effect', 'outcome'],
);

/**
 * The heartbeat of leadership and the telling of what happened change no machine, and their number depends on time alone.
 * They pass the door but are not numbered, so that the k-th effect of a scenario is the same in every run.
 */
const UNNUMBERED = /^api:(leases|events)\b/;

const crashAt = Number(environment.VIRTFLEET_CRASH_AT ?? 0);
const crashLog = environment.VIRTFLEET_CRASH_LOG;
let effectCount = 0;

function crashPoint(name: EffectName): void {
  if ((!crashAt && !crashLog) || UNNUMBERED.test(name)) return;
  effectCount += 1;
  if (crashLog) appendFileSync(crashLog, `${effectCount} ${name}\n`);
  if (effectCount === crashAt) process.kill(process.pid, 'SIGKILL');
}

/**
 * The one door: every call that changes something outside of this process goes through here.
 *
 * - The right is checked first: LeaseLost is thrown, and nothing is sent.
 * - It is a crash point: with VIRTFLEET_CRASH_AT=k the process kills itself before the k-th effect, and with
 *   VIRTFLEET_CRASH_LOG=file each effect's number and name is written there. Tests walk through all k.
 * - It is measured, by name and outcome.
 *
 * `run` is given the deadline to pass on to whatever sends the call. It must send at most one call.
 */
export async function effect<T>(name: EffectName, right: Right, run: (gate: Gate) => Promise<T>): Promise<T> {
  checkRight(right);
  crashPoint(name);
  const end = duration.startTimer({ effect: name });
  try {
    const result = await run({ notAfterMs: right.notAfterMs() });
    end({ outcome: 'ok' });
    return result;
  } catch (error) {
    end({ outcome: errorClassOf(error) });
    throw error;
  }
}

import { passCrashPoint } from './crash-points.ts';
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
 * The one door: every call that changes something outside of this process goes through here.
 *
 * - The right is checked first: LeaseLost is thrown, and nothing is sent.
 * - It is a crash point: tests kill or freeze the process right before it (see crash-points.ts).
 * - It is measured, by name and outcome.
 *
 * `run` is given the deadline to pass on to whatever sends the call. It must send at most one call.
 */
export async function effect<T>(name: EffectName, right: Right, run: (gate: Gate) => Promise<T>): Promise<T> {
  checkRight(right);
  passCrashPoint(name);
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

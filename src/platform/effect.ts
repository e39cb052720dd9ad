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

const crashAt = parseCrashPoint(environment.VIRTFLEET_CRASH_AT);
const crashLog = environment.VIRTFLEET_CRASH_LOG;
const crashOnly = environment.VIRTFLEET_CRASH_ONLY ? new RegExp(environment.VIRTFLEET_CRASH_ONLY) : null;
let effectCount = 0;
/** Which of the numbered effects the process dies before; known once the named one has come. */
let fatal = typeof crashAt === 'number' ? crashAt : 0;

/** `12`: the twelfth effect; `libvirt:volume.upload`: the first of that name; `libvirt:volume.upload+1`: the one after it. */
function parseCrashPoint(text: string | undefined): number | { name: string; later: number } {
  if (text === undefined || /^\d+$/.test(text)) return Number(text ?? 0);
  const [name = '', later = '0'] = text.split('+');
  return { name, later: Number(later) };
}

function crashPoint(name: EffectName): void {
  if ((!crashAt && !crashLog) || UNNUMBERED.test(name) || crashOnly?.test(name) === false) return;
  effectCount += 1;
  if (crashLog) appendFileSync(crashLog, `${effectCount} ${name}\n`);
  if (typeof crashAt === 'object' && fatal === 0 && name === crashAt.name) fatal = effectCount + crashAt.later;
  if (effectCount === fatal) process.kill(process.pid, 'SIGKILL');
}

/**
 * The one door: every call that changes something outside of this process goes through here.
 *
 * - The right is checked first: LeaseLost is thrown, and nothing is sent.
 * - It is a crash point: with VIRTFLEET_CRASH_AT=k the process kills itself before the k-th effect (or, with a name and
 *   perhaps `+1`, before the first of that name or the one after it), and with
 *   VIRTFLEET_CRASH_LOG=file each effect's number and name is written there; VIRTFLEET_CRASH_ONLY=regex numbers only
 *   effects of such names. Tests walk through all k.
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

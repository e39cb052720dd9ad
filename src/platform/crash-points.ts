/**
 * Where tests kill or freeze the process: each effect is a point, and the process ends or stops right before one of them.
 *
 * - VIRTFLEET_CRASH_AT=POINT: SIGKILL before it. VIRTFLEET_FREEZE_AT=POINT: SIGSTOP before it, after the right was
 *   checked; with SIGCONT the call goes on from there.
 * - A POINT is `12`, the twelfth effect; `libvirt:volume.upload`, the first of that name; `libvirt:volume.upload#3`, the
 *   third of it; `libvirt:volume.upload+1`, the effect that follows the first of it, whatever it is; or `@FILE`, which
 *   holds one of these. Whenever what stands in the file changes, counting starts anew; an empty or missing file is no
 *   point at all. So a process that has run for a while can be told where to die next.
 * - VIRTFLEET_CRASH_LOG=FILE takes each effect's number and name; VIRTFLEET_CRASH_ONLY=REGEX numbers only such names.
 */
import { appendFileSync, readFileSync } from 'node:fs';
import { environment } from './config.ts';

/**
 * The heartbeat of leadership and the telling of what happened change no machine, and their number depends on time alone.
 * They pass the door but are not numbered, so that the k-th effect of a scenario is the same in every run.
 */
const UNNUMBERED = /^api:(leases|events)\b/;

/** Counts effects towards one point. */
export class CrashPoint {
  readonly #read: () => string;
  #text: string | null = null;
  #count = 0;
  #ofName = 0;
  /** The number of the effect it is, once that is known. */
  #at = 0;

  constructor(source: string) {
    this.#read = source.startsWith('@') ? () => contentOf(source.slice(1)) : () => source;
  }

  /** Whether this effect is the point; to be asked once an effect. */
  isReached(name: string): boolean {
    const text = this.#read();
    if (text !== this.#text) {
      this.#text = text;
      this.#count = this.#ofName = this.#at = 0;
    }
    if (text === '') return false;
    this.#count += 1;
    if (/^\d+$/.test(text)) return this.#count === Number(text);
    const [, wanted, sign, number] = /^([^#+]+)(?:([#+])(\d+))?$/.exec(text) ?? [];
    if (name === wanted) this.#ofName += 1;
    const nth = sign === '#' ? Number(number) : 1;
    if (name === wanted && this.#ofName === nth) this.#at = this.#count + (sign === '+' ? Number(number) : 0);
    return this.#at === this.#count;
  }
}

function contentOf(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return '';
  }
}

const pointOf = (source: string | undefined): CrashPoint | null => (source ? new CrashPoint(source) : null);
const crash = pointOf(environment.VIRTFLEET_CRASH_AT);
const freeze = pointOf(environment.VIRTFLEET_FREEZE_AT);
const logFile = environment.VIRTFLEET_CRASH_LOG;
const only = environment.VIRTFLEET_CRASH_ONLY ? new RegExp(environment.VIRTFLEET_CRASH_ONLY) : null;
let effectCount = 0;

/** To be passed by every effect, after its right was checked. */
export function passCrashPoint(name: string): void {
  if (!crash && !freeze && !logFile) return;
  if (UNNUMBERED.test(name) || only?.test(name) === false) return;
  effectCount += 1;
  if (logFile) appendFileSync(logFile, `${effectCount} ${name}\n`);
  if (crash?.isReached(name)) process.kill(process.pid, 'SIGKILL');
  if (freeze?.isReached(name)) process.kill(process.pid, 'SIGSTOP');
}

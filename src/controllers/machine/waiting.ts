/** Machines that wait for the fleet to change, and what wakes those that fit nowhere. */
import { isDeepStrictEqual } from 'node:util';
import type { VirtualMachine } from '#api/v1alpha1/virtual-machine.ts';
import type { ControllerDeps } from '../deps.ts';
import { priorityOf } from '../surroundings.ts';
import type { FleetLedger } from './ledger.ts';
import { isWaiting } from './place.ts';
import { isNews } from './placements.ts';

/** What changes at once wakes once. */
const SOON_MS = 200;
/** A decision for who fits nowhere looks at every host: so long a pause for each that was woken leaves the time to the others. */
const PAUSE_EACH_MS = 10;
const LONGEST_PAUSE_MS = 30_000;

export class Waiting {
  readonly #wake: (key: string) => void;
  readonly #inTurn: (keys: string[]) => string[];
  readonly #now: () => number;
  /** True: it fits nowhere. */
  readonly #keys = new Map<string, boolean>();
  #timer: NodeJS.Timeout | null = null;
  #restsUntil = 0;

  /** `inTurn` puts keys into the order in which they are woken; `now` is monotonic, in ms. */
  constructor(wake: (key: string) => void, inTurn: (keys: string[]) => string[], now: () => number) {
    this.#wake = wake;
    this.#inTurn = inTurn;
    this.#now = now;
  }

  /** To be called in the turn of the loop in which it was decided. */
  add(key: string, fitsNowhere = false): void {
    this.#keys.set(key, fitsNowhere);
  }

  delete(key: string): void {
    this.#keys.delete(key);
  }

  /** At once: all of them, or those that it concerns. They stay until they are looked at. */
  wakeNow(concerns: (key: string) => boolean = () => true): void {
    for (const key of this.#inTurn([...this.#keys.keys()].filter(concerns))) this.#wake(key);
  }

  /**
   * Those that fit nowhere, in a moment: once for all that changes until then. After many were woken there is a pause, in
   * which changes are gathered, too. Who decided before a change is there when it wakes, and nothing is missed.
   */
  wakeSoon(): void {
    if (this.#timer) return;
    this.#timer = setTimeout(
      () => {
        this.#timer = null;
        const woken = this.#inTurn([...this.#keys].flatMap(([key, fitsNowhere]) => (fitsNowhere ? [key] : [])));
        for (const key of woken) this.#wake(key);
        this.#restsUntil = this.#now() + Math.min(woken.length * PAUSE_EACH_MS, LONGEST_PAUSE_MS);
      },
      Math.max(SOON_MS, this.#restsUntil - this.#now()),
    ).unref();
  }
}

/** As machines are placed: higher priority first, then who waits longer. What is not there any more comes last. */
export function inTurn(
  informers: Pick<ControllerDeps['informers'], 'machines' | 'priorityClasses'>,
  keys: readonly string[],
): string[] {
  const ranked = keys.map((key) => {
    const machine = informers.machines.get(key);
    return {
      key,
      priority: machine ? priorityOf(machine, informers) : Number.NEGATIVE_INFINITY,
      createdAt: Date.parse(machine?.metadata.creationTimestamp ?? '') || 0,
    };
  });
  return ranked
    .sort((a, b) => b.priority - a.priority || a.createdAt - b.createdAt || (a.key < b.key ? -1 : 1))
    .map(({ key }) => key);
}

/**
 * Who fits nowhere may fit when a machine comes, goes or changes (rules between machines are about all of them), and when
 * room is no longer kept for another one that waits.
 */
export function followNeighbours(
  { machines, priorityClasses }: Pick<ControllerDeps['informers'], 'machines' | 'priorityClasses'>,
  ledger: FleetLedger,
  waiting: Waiting,
): void {
  ledger.onChange((claim, before) => {
    if (isNews(claim, before)) waiting.wakeSoon();
  });
  machines.onChange((_, machine, old) => {
    if (old && asksOtherwise(machine, old)) waiting.wakeSoon();
  });
  priorityClasses.onChange((type, { value }, old) => {
    if (type !== 'updated' || value !== old?.value) waiting.wakeSoon();
  });
}

/** Of a machine without a host. What is written into its status is no news: those that wait would wake each other for ever. */
function asksOtherwise(machine: VirtualMachine, old: VirtualMachine): boolean {
  if (machine.status?.host) return false;
  return (
    (isWaiting(old) && !isWaiting(machine)) ||
    !isDeepStrictEqual(machine.spec, old.spec) ||
    !isDeepStrictEqual(machine.metadata.labels, old.metadata.labels)
  );
}

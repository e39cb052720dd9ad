/** A replica of the rig's operator that is told where to die or to freeze: right before one of its effects. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RigClient } from '../../rig/client.ts';
import type { DaemonState } from '../../rig/daemons.ts';

/** Long enough for a busy computer, short enough for many turns; see `leaseSeconds` in the options of the operator. */
const SHORT_LEASE = {
  VIRTFLEET_LEASE_DURATION: '6s',
  VIRTFLEET_LEASE_RENEW_DEADLINE: '4s',
  VIRTFLEET_LEASE_RETRY_PERIOD: '1s',
};

/** What hosts and pools count in their status depends on time: it is no step of anything. */
const COUNTERS = /^api:(hosts|storagepools)\b/;

export class MortalOperator {
  readonly #rig: RigClient;
  readonly #replica: number;
  readonly #alone: boolean;
  readonly #crashAt: string;
  readonly #freezeAt: string;
  readonly #log: string;
  #marked = 0;

  /** `alone`: it leads without a Lease, so that the next life need not wait for the end of the last one's. */
  constructor(rig: RigClient, options: { replica?: number; alone: boolean }) {
    this.#rig = rig;
    this.#replica = options.replica ?? 0;
    this.#alone = options.alone;
    const dir = join(rig.dir, `crash-${this.#replica}`);
    mkdirSync(dir, { recursive: true });
    this.#crashAt = join(dir, 'crash-at');
    this.#freezeAt = join(dir, 'freeze-at');
    this.#log = join(dir, 'effects');
    rmSync(this.#log, { force: true });
    this.disarm();
  }

  /** Returns when it is ready to act (or, beside a leader, to follow). */
  async start(): Promise<void> {
    const election: Record<string, string> = this.#alone ? { VIRTFLEET_LEADER_ELECTION: 'false' } : SHORT_LEASE;
    this.#rig.startOperator(
      {
        ...election,
        VIRTFLEET_CRASH_AT: `@${this.#crashAt}`,
        VIRTFLEET_FREEZE_AT: `@${this.#freezeAt}`,
        VIRTFLEET_CRASH_LOG: this.#log,
      },
      this.#replica,
    );
    await this.#rig.operatorReady(60_000, this.#replica);
  }

  /** From now on counted: it is killed (or frozen) right before that effect. */
  arm(point: string, how: 'kill' | 'freeze' = 'kill'): void {
    this.disarm();
    writeFileSync(how === 'kill' ? this.#crashAt : this.#freezeAt, point);
  }

  disarm(): void {
    for (const file of [this.#crashAt, this.#freezeAt]) writeFileSync(file, '');
  }

  get state(): DaemonState {
    return this.#rig.componentState('operator', this.#replica);
  }

  /** The effects since the last `mark` (or the first start), by name, in order. */
  effects(): string[] {
    return this.#effects().slice(this.#marked);
  }

  mark(): void {
    this.#marked = this.#effects().length;
  }

  async thaw(): Promise<void> {
    await this.#rig.component('operator', 'thaw', this.#replica);
  }

  async stop(): Promise<void> {
    this.disarm();
    if (this.state === 'frozen') await this.thaw();
    await this.#rig.component('operator', 'stop', this.#replica);
  }

  #effects(): string[] {
    if (!existsSync(this.#log)) return [];
    return readFileSync(this.#log, 'utf8')
      .split('\n')
      .flatMap((line) => line.split(' ')[1] ?? []);
  }
}

/** Each effect of a road as a point that is found again in another order: its name, and which of that name it is. */
export function pointsOf(effects: readonly string[]): string[] {
  const seen = new Map<string, number>();
  return effects.flatMap((name) => {
    if (COUNTERS.test(name)) return [];
    const nth = (seen.get(name) ?? 0) + 1;
    seen.set(name, nth);
    return [`${name}#${nth}`];
  });
}

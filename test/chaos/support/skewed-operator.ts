/** Operators whose wall clock is wrong: started under libfaketime, which a file of ours tells how wrong. */
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rig } from '../../e2e/support/world.ts';
import { operatorName } from '../../rig/operator.ts';

const LIBRARY = ['x86_64', 'aarch64']
  .map((machine) => `/usr/lib/${machine}-linux-gnu/faketime/libfaketime.so.1`)
  .find((path) => existsSync(path));

/** Why it cannot be done here, or false. */
export const cannotSkew: string | false = LIBRARY ? false : 'libfaketime is not installed (Debian package faketime)';

/** Such as "+3600" or "-3600". */
export type Skew = `${'+' | '-'}${number}`;

export interface SkewedClock {
  /** The clocks of all replicas jump. */
  set(skew: Skew): void;
}

/**
 * Runs `story` with all replicas of the operator under a wall clock that is wrong. CLOCK_MONOTONIC and CLOCK_BOOTTIME are
 * left alone, as they are when a clock is set wrong.
 */
export async function withSkewedClock(skew: Skew, story: (clock: SkewedClock) => Promise<void>): Promise<void> {
  const names = Object.keys(rig.daemonStates());
  const replicas = [0, 1].filter((replica) => names.includes(operatorName(replica)));
  const folder = mkdtempSync(join(tmpdir(), 'chaos-clock-'));
  const file = join(folder, 'skew');
  const set = (wanted: Skew): void => writeFileSync(file, `${wanted}\n`);
  set(skew);
  const env = {
    LD_PRELOAD: LIBRARY ?? '',
    FAKETIME_TIMESTAMP_FILE: file,
    FAKETIME_CACHE_DURATION: '1',
    FAKETIME_DONT_FAKE_MONOTONIC: '1',
    FAKETIME_DONT_RESET: '1',
    NO_FAKE_STAT: '1',
  };
  try {
    for (const replica of replicas) {
      await rig.component('operator', 'stop', replica);
      rig.startOperator(env, replica);
    }
    for (const replica of replicas) await rig.operatorReady(60_000, replica);
    await story({ set });
  } finally {
    for (const replica of replicas) {
      if (rig.componentState('operator', replica) !== 'stopped') await rig.component('operator', 'stop', replica);
      await rig.component('operator', 'start', replica);
    }
    for (const replica of replicas) await rig.operatorReady(60_000, replica);
    rmSync(folder, { recursive: true, force: true });
  }
}

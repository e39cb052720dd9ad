/** The checker of the invariants, for tests: `expectSound` ends every end-to-end test. */
import { setTimeout as delay } from 'node:timers/promises';
import { KubeClient } from '#kube/client.ts';
import type { RigClient } from '../../rig/client.ts';
import { collect } from './collect.ts';
import type { Expected, Violation } from './facts.ts';
import { formatViolations, judge } from './judge.ts';

export { collect } from './collect.ts';
export type { Expected, Facts, Violation } from './facts.ts';
export { type Invariant, invariantOf, invariants } from './invariants.ts';
export { formatViolations, judge } from './judge.ts';

export interface SettleOptions extends Expected {
  /** How long what is under way may take to pass; default 30 s. */
  timeoutMs?: number;
  /** An open client; without it one is made from the rig's kubeconfig. */
  client?: KubeClient;
}

/** What is broken, once nothing is under way any more. What may never be seen is returned at first sight. */
export async function check(rig: RigClient, options: SettleOptions = {}): Promise<Violation[]> {
  const client = options.client ?? (await KubeClient.connect({ kubeconfig: rig.kubeconfig }));
  try {
    const deadline = performance.now() + (options.timeoutMs ?? 30_000);
    for (;;) {
      const violations = judge(await collect(rig, client), options);
      const worst = violations.filter(({ never }) => never);
      if (worst.length > 0 || violations.length === 0 || performance.now() > deadline) return violations;
      await delay(300);
    }
  } finally {
    if (!options.client) await client.close();
  }
}

export async function expectSound(rig: RigClient, options: SettleOptions = {}): Promise<void> {
  const violations = await check(rig, options);
  if (violations.length > 0) throw new Error(`invariants are broken:\n${formatViolations(violations)}`);
}

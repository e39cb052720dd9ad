/** The operator's replicas during a fault: kept running, as a cluster keeps its pods, or run with another environment. */
import { setTimeout as delay } from 'node:timers/promises';
import type { RigClient } from '../../rig/client.ts';
import { waitFor } from '../../rig/wait.ts';

const LOOK_MS = 500;

export function replicasOf(rig: RigClient): number[] {
  return Object.keys(rig.daemonStates()).flatMap((name) => {
    const number = /^operator-(\d+)$/.exec(name)?.[1];
    return number === undefined ? [] : [Number(number)];
  });
}

/** The replica that holds the Lease now; null while none does. */
export async function leaderOf(rig: RigClient): Promise<number | null> {
  for (const replica of replicasOf(rig)) {
    const text = await fetch(rig.operator(replica).metricsUrl, { signal: AbortSignal.timeout(2_000) })
      .then((answer) => answer.text())
      .catch(() => '');
    if (/^leader_election_master_status\{[^}]*\} 1$/m.test(text)) return replica;
  }
  return null;
}

export async function untilLed(rig: RigClient, timeoutMs = 90_000): Promise<number> {
  const leader = await waitFor('one replica of the operator to lead', () => leaderOf(rig), {
    timeoutMs,
    intervalMs: 200,
  });
  return leader ?? 0;
}

/**
 * Starts again whatever replica has ended: an operator that lost its Lease ends, and a kubelet would start it anew.
 * Returns how often that was.
 */
export async function keptRunning(
  rig: RigClient,
  story: () => Promise<void>,
  env: Record<string, string> = {},
): Promise<number> {
  const ended = new AbortController();
  let restarts = 0;
  const keeping = (async () => {
    while (!ended.signal.aborted) {
      for (const replica of replicasOf(rig)) {
        if (rig.componentState('operator', replica) !== 'stopped') continue;
        rig.startOperator(env, replica);
        restarts += 1;
      }
      await delay(LOOK_MS, undefined, { signal: ended.signal }).catch(() => {});
    }
  })();
  try {
    await story();
  } finally {
    ended.abort();
    await keeping;
  }
  return restarts;
}

/** Runs the story with all replicas started with more in their environment; they are as before afterwards. */
export async function operatorsWith(
  rig: RigClient,
  env: Record<string, string>,
  story: () => Promise<void>,
): Promise<number> {
  const restart = async (more: Record<string, string>): Promise<void> => {
    await rig.component('operator', 'stop');
    for (const replica of replicasOf(rig)) rig.startOperator(more, replica);
    await untilLed(rig);
  };
  try {
    await restart(env);
    return await keptRunning(rig, story, env);
  } finally {
    await restart({});
  }
}

/** The operator of a rig, stopped while a floor is measured and started anew for its own turn. */
import type { RigClient } from '../rig/client.ts';
import { waitFor } from '../rig/wait.ts';

export async function stopOperator(rig: RigClient): Promise<void> {
  if (rig.componentState('operator') === 'running') await rig.component('operator', 'stop');
}

/** Resolves when it leads, sees all hosts, and has nothing left to do. */
export async function startOperator(rig: RigClient, env: Record<string, string> = {}): Promise<void> {
  if (rig.componentState('operator') !== 'running') rig.startOperator(env);
  await rig.operatorReady(120_000);
  await settled(rig, 180_000);
}

export async function settled(rig: RigClient, timeoutMs: number): Promise<void> {
  await waitFor(
    'the operator to see all hosts and to have nothing to do',
    async () => {
      const metrics = await readMetrics(rig);
      return hostsInReach(metrics) === rig.hosts.length && waiting(metrics) === 0;
    },
    { timeoutMs, intervalMs: 100 },
  );
}

export type Metrics = ReadonlyMap<string, number>;

export async function readMetrics(rig: RigClient): Promise<Metrics> {
  const answer = await fetch(rig.operator().metricsUrl, { signal: AbortSignal.timeout(10_000) });
  const samples = new Map<string, number>();
  for (const line of (await answer.text()).split('\n')) {
    const [, name, value] = /^([a-z]\S*(?:\{.*\})?) (\S+)$/.exec(line) ?? [];
    if (name !== undefined) samples.set(name, Number(value));
  }
  return samples;
}

const hostsInReach = (metrics: Metrics): number =>
  [...metrics].filter(([name, value]) => /^virtfleet_host_state\{.*state="Ready"/.test(name) && value === 1).length;

/** Keys that wait or are worked on, of all controllers. */
const waiting = (metrics: Metrics): number => {
  let sum = 0;
  for (const [name, value] of metrics)
    if (name.startsWith('workqueue_depth') || name.startsWith('controller_runtime_active_workers')) sum += value;
  return sum;
};

/** libvirt calls, API writes and what else went through the door between two readings, a machine. */
export function effectsBetween(before: Metrics, after: Metrics, machines: number): string {
  const counts = new Map<string, number>();
  for (const [name, value] of after) {
    const [, effect] = /^virtfleet_effect_duration_seconds_count\{effect="([^"]+)"/.exec(name) ?? [];
    if (effect === undefined) continue;
    counts.set(effect, (counts.get(effect) ?? 0) + value - (before.get(name) ?? 0));
  }
  return [...counts]
    .filter(([, count]) => count >= machines / 2)
    .map(([effect, count]) => `${effect} ${(count / machines).toFixed(1)}`)
    .join(', ');
}

/** What is measured of the way through the operator while many hosts are in the fleet: times in ms, in order of size. */
import { type Host, hostKind, type VirtualMachine, virtualMachineKind } from '#api/v1alpha1/index.ts';
import { Informer } from '#kube/informer.ts';
import type { KubeObject, ResourceKind } from '#kube/types.ts';
import { apply, client, isTrue, namespace, rig } from '../../e2e/support/world.ts';
import { waitFor } from '../../rig/wait.ts';
import { removeMachines } from './hosts.ts';

const LATE_MS = 120_000;

/** Waits for objects of one kind, by name, as a watch tells of them. */
async function watching<T extends KubeObject>(
  kind: ResourceKind<T>,
  namespaces: string[] | undefined,
  work: (until: (name: string, isThere: (object: T) => boolean) => Promise<void>) => Promise<void>,
): Promise<void> {
  const informer = new Informer<T>(client, kind, namespaces ? { namespaces } : {});
  const ending = new AbortController();
  const waiting = new Map<string, (object: T) => void>();
  informer.onChange((_, object) => waiting.get(object.metadata.name)?.(object));
  informer.start(ending.signal);
  try {
    await informer.synced;
    await work(async (name, isThere) => {
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      const late = setTimeout(() => reject(new Error(`${kind.kind} ${name} took longer than 120 s`)), LATE_MS);
      waiting.set(name, (object) => {
        if (isThere(object)) resolve();
      });
      await promise.finally(() => {
        clearTimeout(late);
        waiting.delete(name);
      });
    });
  } finally {
    ending.abort();
  }
}

const inOrder = (times: readonly number[]): number[] => times.toSorted((a, b) => a - b);

/** From the create to Running of `count` machines, four on their way at once. They are removed again. */
export async function createLatencies(round: string, count: number, spec: object): Promise<number[]> {
  const names = Array.from({ length: count }, (_, at) => `${round}-${at}`);
  const times: number[] = [];
  await watching<VirtualMachine>(virtualMachineKind, [namespace], async (until) => {
    const queue = [...names];
    const worker = async (): Promise<void> => {
      for (let name = queue.shift(); name !== undefined; name = queue.shift()) {
        const since = performance.now();
        const running = until(name, (vm) => isTrue(vm, 'Running') && isTrue(vm, 'Ready'));
        await Promise.all([apply(virtualMachineKind, name, { spec }), running]);
        times.push(performance.now() - since);
      }
    };
    await Promise.all([worker(), worker(), worker(), worker()]);
  });
  await removeMachines(names);
  return inOrder(times);
}

/** How long a change of a Host's spec takes into its status: each is closed for new machines and opened again, one by one. */
export async function statusLags(
  names: readonly string[],
  declare: (name: string, unschedulable: boolean) => Promise<unknown>,
): Promise<number[]> {
  const times: number[] = [];
  await watching<Host>(hostKind, undefined, async (until) => {
    for (const unschedulable of [true, false]) {
      for (const name of names) {
        const since = performance.now();
        const told = until(name, (host) => isTrue(host, 'Schedulable') !== unschedulable);
        await Promise.all([declare(name, unschedulable), told]);
        times.push(performance.now() - since);
      }
    }
  });
  return inOrder(times);
}

const replicas = (): number[] =>
  Object.keys(rig.daemonStates())
    .flatMap((name) => /^operator-(\d+)$/.exec(name)?.[1] ?? [])
    .map(Number);

/** What the leading replica tells of itself; null: none leads. */
async function leaderPage(): Promise<string | null> {
  const pages = await Promise.all(
    replicas().map(async (replica) => (await fetch(rig.operator(replica).metricsUrl).catch(() => null))?.text() ?? ''),
  );
  return (
    pages.find((text) => /^controller_runtime_max_concurrent_reconciles\{controller="host"\} /m.test(text)) ?? null
  );
}

/** Until the leading replica has nothing more to say of hosts: what follows a crowd of them is not measured with the rest. */
export async function untilAllIsSaid(): Promise<void> {
  const isIdle = async (): Promise<boolean> => /^workqueue_depth\{name="host"\} 0$/m.test((await leaderPage()) ?? '');
  await waitFor('no Host to wait for its reconcile', isIdle, { timeoutMs: 120_000, intervalMs: 500 });
}

/** How many of these hosts the leading replica has Ready; null: none leads. */
async function inSight(hosts: ReadonlySet<string>): Promise<number | null> {
  const page = await leaderPage();
  if (page === null) return null;
  const ready = page.matchAll(/^virtfleet_host_state\{host="([^"]+)",state="Ready"\} 1$/gm);
  return [...ready].filter(([, name]) => name !== undefined && hosts.has(name)).length;
}

/** Kills all replicas and starts them; returns the seconds from when one leads until it has these hosts in sight. */
export async function restartUntilInSight(names: readonly string[]): Promise<number> {
  const hosts = new Set(names);
  await rig.component('operator', 'kill');
  await rig.component('operator', 'start');
  // the page is long, and what makes it is what is measured: it is not asked for more often than that
  const options = { timeoutMs: 120_000, intervalMs: 250 };
  await waitFor('a replica to lead', async () => (await inSight(hosts)) !== null, options);
  const since = performance.now();
  await waitFor(`${hosts.size} hosts to be in sight`, async () => (await inSight(hosts)) === hosts.size, options);
  return (performance.now() - since) / 1000;
}

export const median = (sorted: readonly number[]): number => sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;

/** 300 hosts, of which 100 stop answering: the other 200 must not notice. */
import { afterAll, beforeAll, expect } from 'vitest';
import { hostKind, type VirtualMachine, virtualMachineKind } from '#api/v1alpha1/index.ts';
import { Informer } from '#kube/informer.ts';
import { apply, clearWorld, client, isTrue, namespace, prepareWorld, remove, rig } from '../../e2e/support/world.ts';
import { waitFor } from '../../rig/wait.ts';
import { fault } from '../fault.ts';
import { CrowdOfHosts } from '../support/crowd-of-hosts.ts';
import { removeMachines } from '../support/hosts.ts';

const ALL = 300;
const HANGING = 100;
const BATCH = 24;
const LABEL = 'chaos.virtfleet.io/crowd';
const nameOf = (at: number): string => `crowd-${at}`;

beforeAll(prepareWorld);
afterAll(() => clearWorld());

/** Neither disk nor card: what is measured is the way through the operator to a host and back. */
const simulated = {
  hypervisor: 'Test',
  cpu: { cores: 1 },
  memory: { size: '16Mi' },
  terminationGracePeriodSeconds: 0,
  scheduling: { hostSelector: { matchLabels: { [LABEL]: 'healthy' } } },
};

/** Does it for each host of the crowd, eight at a time. */
async function eachHost(work: (at: number) => Promise<unknown>): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let at = next++; at < ALL; at = next++) await work(at);
  };
  await Promise.all(Array.from({ length: 8 }, worker));
}

/** How many of the healthy ones are Ready, and of the others. */
async function readyHosts(): Promise<{ healthy: number; hanging: number }> {
  const hosts = (await client.listAll(hostKind)).filter(
    (host) => host.metadata.labels?.[LABEL] && isTrue(host, 'Ready'),
  );
  const healthy = hosts.filter((host) => host.metadata.labels?.[LABEL] === 'healthy').length;
  return { healthy, hanging: hosts.length - healthy };
}

async function untilReady(
  what: string,
  wanted: (seen: { healthy: number; hanging: number }) => boolean,
): Promise<number> {
  const since = performance.now();
  await waitFor(what, async () => wanted(await readyHosts()), { timeoutMs: 240_000, intervalMs: 500 });
  return (performance.now() - since) / 1000;
}

/** Times from the create to Running of a batch of machines, four on their way at once; in ms, in order of size. */
async function createLatencies(round: string): Promise<number[]> {
  const names = Array.from({ length: BATCH }, (_, at) => `${round}-${at}`);
  const informer = new Informer<VirtualMachine>(client, virtualMachineKind, { namespaces: [namespace] });
  const ending = new AbortController();
  informer.start(ending.signal);
  const waiting = new Map<string, () => void>();
  informer.onChange((_, vm) => {
    if (isTrue(vm, 'Running') && isTrue(vm, 'Ready')) waiting.get(vm.metadata.name)?.();
  });
  try {
    await informer.synced;
    const times: number[] = [];
    const queue = [...names];
    const worker = async (): Promise<void> => {
      for (let name = queue.shift(); name !== undefined; name = queue.shift()) {
        const { promise, resolve, reject } = Promise.withResolvers<void>();
        const late = setTimeout(() => reject(new Error(`${name} did not run within 120 s`)), 120_000);
        waiting.set(name, resolve);
        const since = performance.now();
        await apply(virtualMachineKind, name, { spec: simulated });
        await promise;
        clearTimeout(late);
        times.push(performance.now() - since);
      }
    };
    await Promise.all([worker(), worker(), worker(), worker()]);
    await removeMachines(names);
    return times.sort((a, b) => a - b);
  } finally {
    ending.abort();
  }
}

/** Those of a story that broke off, too: a host is let go only when nothing is on it. */
async function removeAllMachines(): Promise<void> {
  const left = await client.listAll(virtualMachineKind, { namespace });
  for (const { metadata } of left) await remove(virtualMachineKind, metadata.name);
  await waitFor(
    'the machines of the crowd to be gone',
    async () => (await client.listAll(virtualMachineKind, { namespace })).length === 0,
    { timeoutMs: 120_000, intervalMs: 500, orElse: 'continue' },
  );
}

const median = (sorted: readonly number[]): number => sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
const figures = (sorted: readonly number[]): string =>
  `median ${Math.round(median(sorted))} ms, slowest ${Math.round(sorted.at(-1) ?? Number.NaN)} ms`;

const replicas = (): number[] =>
  Object.keys(rig.daemonStates())
    .flatMap((name) => /^operator-(\d+)$/.exec(name)?.[1] ?? [])
    .map(Number);

/** How many hosts of the crowd the leading replica has Ready. */
async function inSight(): Promise<number> {
  const pages = await Promise.all(
    replicas().map(async (replica) => (await fetch(rig.operator(replica).metricsUrl).catch(() => null))?.text() ?? ''),
  );
  return pages.join('\n').match(/^virtfleet_host_state\{host="crowd-\d+",state="Ready"\} 1$/gm)?.length ?? 0;
}

/** Kills all replicas and starts them; returns the seconds from the first contact with a host of the crowd to the last. */
async function restartUntil(count: number): Promise<number> {
  await rig.component('operator', 'kill');
  await rig.component('operator', 'start');
  await waitFor('the first host to be in sight', async () => (await inSight()) > 0, {
    timeoutMs: 120_000,
    intervalMs: 50,
  });
  const since = performance.now();
  await waitFor(`${count} hosts to be in sight`, async () => (await inSight()) >= count, {
    timeoutMs: 120_000,
    intervalMs: 50,
  });
  return (performance.now() - since) / 1000;
}

fault(
  'hosts',
  '300 hosts, of which 100 hang: the other 200 do not notice',
  async (story) => {
    const crowd = await CrowdOfHosts.start(ALL);
    try {
      const labelOf = (at: number): string => (at < HANGING ? 'hanging' : 'healthy');
      await eachHost(async (at) => {
        const metadata = { name: nameOf(at), labels: { [LABEL]: labelOf(at) } };
        await apply(hostKind, nameOf(at), { metadata, spec: { uri: crowd.uri(at) } });
      });
      await untilReady('300 hosts to be Ready', ({ healthy, hanging }) => healthy + hanging === ALL);
      const calm = await createLatencies('calm');
      story.note(`create to Running, 4 at once, all 300 answer: ${figures(calm)}`);

      crowd.freeze(0, HANGING);
      const froze = await createLatencies('freezing');
      story.note(`while 100 have just stopped answering: ${figures(froze)}`);
      expect((await readyHosts()).healthy, 'the others stay Ready').toBe(ALL - HANGING);
      await untilReady('the hanging ones to be seen as such', ({ hanging }) => hanging === 0);
      const settled = await createLatencies('hanging');
      story.note(`after they are Lost: ${figures(settled)}`);
      expect((await readyHosts()).healthy).toBe(ALL - HANGING);

      // A start with 100 hosts that take a connection and say nothing, against one where all answer.
      const withHanging = await restartUntil(ALL - HANGING);
      const restarted = await createLatencies('restarted');
      story.note(
        `after a restart of the operator with 100 that hang: 200 in sight ${withHanging.toFixed(1)} s after the first; ${figures(restarted)}`,
      );

      crowd.thaw();
      const back = await untilReady('all 300 to be back', ({ healthy, hanging }) => healthy + hanging === ALL);
      story.note(`all 300 Ready ${back.toFixed(1)} s after the 100 went on`);
      const without = await restartUntil(ALL);
      story.note(`after a restart with all answering: 300 in sight ${without.toFixed(1)} s after the first`);

      // Two times the calm, and what a busy computer adds: a healthy host that waits for a hanging one waits for seconds.
      const limit = 2 * median(calm) + 1_000;
      for (const times of [froze, settled, restarted]) expect(median(times)).toBeLessThan(limit);
    } finally {
      crowd.thaw();
      await removeAllMachines();
      await eachHost((at) => remove(hostKind, nameOf(at)).catch(() => {}));
      await waitFor(
        'the crowd to be let go',
        async () => (await client.listAll(hostKind)).every(({ metadata }) => !metadata.labels?.[LABEL]),
        { timeoutMs: 180_000, intervalMs: 500, orElse: 'continue' },
      );
      await crowd.end();
    }
  },
  { timeoutMs: 900_000 },
);

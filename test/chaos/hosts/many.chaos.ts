/** 300 hosts, of which 100 stop answering: the other 200 must not notice. */
import { afterAll, beforeAll, expect } from 'vitest';
import { hostKind, virtualMachineKind } from '#api/v1alpha1/index.ts';
import { apply, clearWorld, client, isTrue, namespace, prepareWorld, remove } from '../../e2e/support/world.ts';
import { waitFor } from '../../rig/wait.ts';
import { fault } from '../fault.ts';
import { createLatencies, median, restartUntilInSight, statusLags, untilAllIsSaid } from '../support/crowd-figures.ts';
import { CrowdOfHosts } from '../support/crowd-of-hosts.ts';

const ALL = 300;
const HANGING = 100;
const BATCH = 24;
/** As many Hosts are closed and opened, to see how far status lags. */
const LAG_HOSTS = 6;
const LABEL = 'chaos.virtfleet.io/crowd';
const nameOf = (at: number): string => `crowd-${at}`;
const everyone = Array.from({ length: ALL }, (_, at) => nameOf(at));
const healthy = everyone.slice(HANGING);

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

function declare(crowd: CrowdOfHosts, at: number, unschedulable = false): Promise<unknown> {
  const metadata = { name: nameOf(at), labels: { [LABEL]: at < HANGING ? 'hanging' : 'healthy' } };
  return apply(hostKind, nameOf(at), { metadata, spec: { uri: crowd.uri(at), unschedulable } });
}

/** How many of the healthy ones are Ready, and of the others. */
async function readyHosts(): Promise<{ healthy: number; hanging: number }> {
  const hosts = (await client.listAll(hostKind)).filter(
    (host) => host.metadata.labels?.[LABEL] && isTrue(host, 'Ready'),
  );
  const count = hosts.filter((host) => host.metadata.labels?.[LABEL] === 'healthy').length;
  return { healthy: count, hanging: hosts.length - count };
}

async function untilReady(
  what: string,
  wanted: (seen: { healthy: number; hanging: number }) => boolean,
): Promise<number> {
  const since = performance.now();
  await waitFor(what, async () => wanted(await readyHosts()), { timeoutMs: 240_000, intervalMs: 500 });
  return (performance.now() - since) / 1000;
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

/** Medians of what a user of a healthy host sees, in ms. */
interface Seen {
  round: string;
  create: number;
  lag: number;
}

async function look(crowd: CrowdOfHosts, round: string): Promise<Seen> {
  const [creates, lags] = await Promise.all([
    createLatencies(round, BATCH, simulated),
    statusLags(healthy.slice(0, LAG_HOSTS), (name, closed) => declare(crowd, everyone.indexOf(name), closed)),
  ]);
  return { round, create: median(creates), lag: median(lags) };
}

const figures = ({ create, lag }: Seen): string =>
  `create to Running ${Math.round(create)} ms, a Host's change to its status ${Math.round(lag)} ms`;

/** Half as long again, and what a busy computer adds: who waits for a hanging host waits for seconds. */
const limitOf = (calmMs: number): number => 1.5 * calmMs + 500;

fault(
  'hosts',
  '300 hosts, of which 100 hang: the other 200 do not notice',
  async (story) => {
    const crowd = await CrowdOfHosts.start(ALL);
    try {
      await eachHost((at) => declare(crowd, at));
      await untilReady('300 hosts to be Ready', (seen) => seen.healthy + seen.hanging === ALL);
      await untilAllIsSaid();
      const calm = await look(crowd, 'calm');
      story.note(`all 300 answer (medians, 4 creates at once): ${figures(calm)}`);
      const together = await restartUntilInSight(everyone);
      const anew = await look(crowd, 'anew');
      story.note(
        `after a restart of the operator: all 300 in sight ${together.toFixed(1)} s after it leads; ${figures(anew)}`,
      );

      crowd.freeze(0, HANGING);
      const freezing = await look(crowd, 'freezing');
      story.note(`while 100 have just stopped answering: ${figures(freezing)}`);
      expect((await readyHosts()).healthy, 'the others stay Ready').toBe(healthy.length);
      await untilReady('the hanging ones to be seen as such', ({ hanging }) => hanging === 0);
      const hanging = await look(crowd, 'hanging');
      story.note(`after they are Lost: ${figures(hanging)}`);
      expect((await readyHosts()).healthy).toBe(healthy.length);

      // A start with 100 hosts that take a connection and say nothing.
      const apart = await restartUntilInSight(healthy);
      const restarted = await look(crowd, 'restarted');
      story.note(
        `after a restart with 100 that hang: the 200 in sight ${apart.toFixed(1)} s after it leads; ${figures(restarted)}`,
      );

      crowd.thaw();
      const back = await untilReady('all 300 to be back', (seen) => seen.healthy + seen.hanging === ALL);
      story.note(`all 300 Ready ${back.toFixed(1)} s after the 100 went on`);
      await untilAllIsSaid();
      const after = await look(crowd, 'after');
      story.note(`and then: ${figures(after)}`);

      // The computer may be busier at the end of the story than at its beginning, or the other way round; and a process that
      // has just been started is slower than one that has run for a while.
      const well = [calm, anew, after];
      const create = limitOf(Math.max(...well.map((seen) => seen.create)));
      const lag = limitOf(Math.max(...well.map((seen) => seen.lag)));
      for (const seen of [freezing, hanging, restarted]) {
        expect(seen.create, `${seen.round}: create to Running`).toBeLessThan(create);
        expect(seen.lag, `${seen.round}: a Host's change to its status`).toBeLessThan(lag);
      }
      // Those 200 are two thirds of the work of a restart in which all answer.
      expect(apart, 'seconds until 200 are in sight').toBeLessThan(1.5 * together * (healthy.length / ALL) + 2);
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

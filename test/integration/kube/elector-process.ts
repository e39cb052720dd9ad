/**
 * A candidate for a Lease as a process of its own, which a test can stop and go on. While it leads it acts all the time,
 * each act through the one door, and tells of each on stdout with the CLOCK_BOOTTIME ms at which it was let through.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { KubeClient } from '#kube/client.ts';
import { LeaderElection } from '#kube/lease.ts';
import { systemClock } from '#platform/clock.ts';
import { effect } from '#platform/effect.ts';
import { reasonOf } from '#platform/errors.ts';

const [kubeconfig, name, identity, times] = process.argv.slice(2);
if (!kubeconfig || !name || !identity || !times)
  throw new Error('needs a kubeconfig, the name of a Lease, an identity and times');

const say = (line: object): void => {
  process.stdout.write(`${JSON.stringify(line)}\n`);
};
const stop = new AbortController();
process.once('SIGTERM', () => stop.abort());

const client = await KubeClient.connect({ kubeconfig });
const election = new LeaderElection(client, { namespace: 'default', name, identity, times: JSON.parse(times) });
const right = await election.acquire(stop.signal);
say({ what: 'leads', at: systemClock.boottimeMs() });
while (!stop.signal.aborted) {
  try {
    await effect('api:tests.act', right, async () => say({ what: 'acts', at: systemClock.boottimeMs() }));
  } catch (error) {
    say({ what: 'refused', reason: reasonOf(error), at: systemClock.boottimeMs() });
    break;
  }
  await sleep(5);
}
await election.release();
await client.close();
say({ what: 'ends', at: systemClock.boottimeMs() });

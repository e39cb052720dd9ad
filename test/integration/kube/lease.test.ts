import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { KubeClient } from '#kube/client.ts';
import { LeaderElection } from '#kube/lease.ts';
import { type Lease, type LeaseTimes, leaseKind, released } from '#kube/lease-record.ts';
import { systemClock } from '#platform/clock.ts';
import { checkRight, unrestricted } from '#platform/right.ts';
import { startApiServer, type TestApiServer } from '../api/apiserver.ts';
import { CutProxy, throughProxy } from './cut-proxy.ts';
import { until } from './until.ts';

/** As in production, but faster. */
const times: LeaseTimes = { durationMs: 3_000, renewDeadlineMs: 2_000, retryPeriodMs: 250, apiTimeoutMs: 1_500 };

let server: TestApiServer;
let client: KubeClient;

beforeAll(async () => {
  server = await startApiServer();
  client = await KubeClient.connect({ kubeconfig: server.kubeconfig });
});
afterAll(async () => {
  await client?.close();
  await server?.stop();
});

function leaseOf(name: string): Promise<Lease | null> {
  return client.get(leaseKind, { namespace: 'default', name });
}

/** A Lease that its last holder gave back: the first leader of a test need not wait. */
async function makeFreeLease(name: string): Promise<void> {
  const metadata = { namespace: 'default', name };
  const spec = { holderIdentity: '', leaseDurationSeconds: 1 };
  await client.create(unrestricted, leaseKind, {
    apiVersion: 'coordination.k8s.io/v1',
    kind: 'Lease',
    metadata,
    spec,
  } as Lease);
}

function candidate(name: string, identity: string, from = client): LeaderElection {
  const election = new LeaderElection(from, { namespace: 'default', name, identity, times });
  onTestFinished(() => election.release());
  return election;
}

const never = new AbortController().signal;

describe('in one process', () => {
  test('a Lease that is missing is taken, and decided with only when nobody else can be acting', async () => {
    const before = systemClock.boottimeMs();
    const right = await candidate('fresh', 'a').acquire(never);
    expect(systemClock.boottimeMs() - before).toBeGreaterThanOrEqual(times.durationMs + times.apiTimeoutMs - 50);
    checkRight(right);
    expect((await leaseOf('fresh'))?.spec).toMatchObject({
      holderIdentity: 'a',
      leaseDurationSeconds: 3,
      leaseTransitions: 0,
    });
  });

  test('given back, the next one leads at once', async () => {
    await makeFreeLease('handed-over');
    const first = candidate('handed-over', 'a');
    const right = await first.acquire(never);
    const second = candidate('handed-over', 'b').acquire(never);
    await first.release();
    expect(() => checkRight(right)).toThrow(expect.objectContaining({ errorClass: 'LeaseLost' }));
    const releasedAt = systemClock.boottimeMs();
    checkRight(await second);
    expect(systemClock.boottimeMs() - releasedAt).toBeLessThan(times.durationMs - 500);
    expect((await leaseOf('handed-over'))?.spec).toMatchObject({ holderIdentity: 'b', leaseTransitions: 2 });
  });

  test('given back although somebody wrote it since the last renewal', async () => {
    await makeFreeLease('written');
    const first = candidate('written', 'a');
    await first.acquire(never);
    const { metadata } = (await leaseOf('written')) ?? { metadata: { name: '', uid: '' } };
    const ref = { namespace: 'default', name: 'written', uid: metadata.uid };
    // The last of several falls between two renewals.
    for (let i = 0; i < 3; i++)
      await client.patchByUid(unrestricted, leaseKind, ref, { metadata: { labels: { i: `${i}` } } });
    await first.release();
    expect((await leaseOf('written'))?.spec?.holderIdentity).toBe('');
  });

  test('the right moves on with every renewal, and survives a person who labels the Lease', async () => {
    await makeFreeLease('labelled');
    const right = await candidate('labelled', 'a').acquire(never);
    const { metadata } = (await leaseOf('labelled')) ?? { metadata: { name: '', uid: '' } };
    await client.patchByUid(
      unrestricted,
      leaseKind,
      { namespace: 'default', name: 'labelled', uid: metadata.uid },
      { metadata: { labels: { a: 'b' } } },
    );
    const first = right.notAfterMs();
    await until('it was renewed after that', () => right.notAfterMs() > first + times.renewDeadlineMs);
    checkRight(right);
    expect((await leaseOf('labelled'))?.metadata.labels).toEqual({ a: 'b' });
  });

  test('cut off from the API server, the right ends before anybody else may take the Lease', async () => {
    await makeFreeLease('cut-off');
    const proxy = new CutProxy(Number(new URL(server.url).port));
    const proxied = await throughProxy(server, await proxy.listen());
    onTestFinished(async () => {
      await proxied.close();
      await proxy.close();
    });
    const election = candidate('cut-off', 'a', proxied);
    const right = await election.acquire(never);
    const second = candidate('cut-off', 'b').acquire(never);
    proxy.hold(true);
    const heldAt = systemClock.boottimeMs();
    await election.ended;
    expect(systemClock.boottimeMs() - heldAt).toBeLessThan(times.renewDeadlineMs + 200);
    expect(right.signal.aborted).toBe(true);
    const lastAct = right.notAfterMs();
    checkRight(await second);
    expect(systemClock.boottimeMs()).toBeGreaterThan(lastAct + times.apiTimeoutMs);
  });

  test.each<[string, (lease: Lease) => Promise<unknown>]>([
    ['deleted', (lease) => client.delete(unrestricted, leaseKind, lease.metadata)],
    [
      'taken by force',
      (lease) =>
        client.replace(unrestricted, leaseKind, { ...lease, spec: { ...lease.spec, holderIdentity: 'force' } }),
    ],
    ['emptied by a person', (lease) => client.replace(unrestricted, leaseKind, released(lease, Date.now()))],
  ])('a Lease that is %s under its leader ends the right with the next renewal', async (what, harm) => {
    const name = `harmed-${what.replaceAll(' ', '-')}`;
    await makeFreeLease(name);
    const election = candidate(name, 'a');
    await election.acquire(never);
    await until(
      'the harm is done',
      async () => {
        const lease = await leaseOf(name);
        return lease !== null && (await harm(lease).then(() => true));
      },
      5_000,
    );
    await election.ended;
  });

  test('who waits can be told to stop', async () => {
    await makeFreeLease('stopped');
    await candidate('stopped', 'a').acquire(never);
    const stop = new AbortController();
    const waiting = candidate('stopped', 'b').acquire(stop.signal);
    stop.abort(new Error('enough'));
    await expect(waiting).rejects.toThrow();
    expect((await leaseOf('stopped'))?.spec?.holderIdentity).toBe('a');
  });
});

interface Said {
  what: 'leads' | 'acts' | 'refused' | 'ends';
  at: number;
  reason?: string;
}

class ElectorProcess {
  readonly said: Said[] = [];
  readonly child: ChildProcess;
  readonly ended: Promise<void>;

  constructor(name: string, identity: string) {
    const script = fileURLToPath(new URL('./elector-process.ts', import.meta.url));
    this.child = spawn(process.execPath, [script, server.kubeconfig, name, identity, JSON.stringify(times)], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { VIRTFLEET_LOG_LEVEL: 'silent' },
    });
    if (this.child.stdout) {
      createInterface({ input: this.child.stdout }).on('line', (line) => this.said.push(JSON.parse(line) as Said));
    }
    this.ended = new Promise((resolve) => this.child.once('close', () => resolve()));
    onTestFinished(async () => {
      this.child.kill('SIGKILL');
      await this.ended;
    });
  }

  get acts(): number[] {
    return this.said.filter(({ what }) => what === 'acts').map(({ at }) => at);
  }

  get refused(): Said | undefined {
    return this.said.find(({ what }) => what === 'refused');
  }
}

describe('as processes', () => {
  test('of three candidates no two ever act at the same time: one frozen, one killed, one given back', async () => {
    await makeFreeLease('three');
    const frozen = new ElectorProcess('three', 'frozen');
    await until('the first one acts', () => frozen.acts.length > 20);

    const second = new ElectorProcess('three', 'second');
    frozen.child.kill('SIGSTOP');
    await until('the second one acts', () => second.acts.length > 20);

    // It wakes past its lease: the very next effect is refused, by the clock alone.
    const actsBefore = frozen.acts.length;
    frozen.child.kill('SIGCONT');
    await until('the first one is refused', () => frozen.refused !== undefined);
    expect(frozen.refused).toMatchObject({ reason: 'LeaseLost' });
    expect(frozen.acts).toHaveLength(actsBefore);
    await frozen.ended;

    const third = new ElectorProcess('three', 'third');
    second.child.kill('SIGKILL');
    await second.ended;
    await until('the third one acts', () => third.acts.length > 20);
    const afterKill = (third.acts[0] ?? 0) - (second.acts.at(-1) ?? 0);
    expect(afterKill).toBeGreaterThan(times.durationMs);

    const fourth = new ElectorProcess('three', 'fourth');
    third.child.kill('SIGTERM');
    await third.ended;
    await until('the fourth one acts', () => fourth.acts.length > 20);

    const spans = [frozen, second, third, fourth].map(({ acts }) => [acts[0] ?? 0, acts.at(-1) ?? 0] as const);
    for (const [n, [first]] of spans.entries()) {
      const [, previousLast] = spans[n - 1] ?? [0, 0];
      expect(first).toBeGreaterThan(previousLast);
    }
    const afterFreeze = (second.acts[0] ?? 0) - (frozen.acts.at(-1) ?? 0);
    expect(afterFreeze).toBeGreaterThan(times.renewDeadlineMs + times.apiTimeoutMs);
  });
});

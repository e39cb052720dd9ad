import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { KubeClient } from '#kube/client.ts';
import { Controller } from '#kube/controller.ts';
import { type Lease, leaseKind } from '#kube/lease-record.ts';
import { Manager } from '#kube/manager.ts';
import { mergePatch } from '#kube/merge-patch.ts';
import { type ConfigMap, configMapKind } from '#kube/testing.ts';
import { refOfKey } from '#kube/types.ts';
import { type Right, unrestricted } from '#platform/right.ts';
import { startApiServer, type TestApiServer } from '../api/apiserver.ts';
import { makeConfigMap, makeNamespace } from './objects.ts';
import { until } from './until.ts';

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

const times = { durationMs: 3_000, renewDeadlineMs: 2_000, retryPeriodMs: 250, apiTimeoutMs: 1_000 };

async function freeLease(name: string): Promise<void> {
  const metadata = { namespace: 'default', name };
  await client.create(unrestricted, leaseKind, {
    apiVersion: 'coordination.k8s.io/v1',
    kind: 'Lease',
    metadata,
    spec: { holderIdentity: '' },
  } as Lease);
}

interface Process {
  manager: Manager;
  stop: () => Promise<string>;
  done: Promise<string>;
}

/** An operator in small: writes to each ConfigMap of a namespace how long its text is. */
async function operator(namespace: string, lease: string, identity: string, workMs = 0): Promise<Process> {
  const own = await KubeClient.connect({ kubeconfig: server.kubeconfig });
  const manager = new Manager({
    client: own,
    identity,
    namespaces: [namespace],
    lease: { namespace: 'default', name: lease, times },
  });
  const maps = manager.informer(configMapKind);
  const controller = new Controller({
    name: `lengths-${identity}`,
    concurrency: 4,
    reconcile: async (key, right: Right) => {
      const found = maps.get(key);
      if (!found) return;
      const data = { ...found.data, length: String(found.data?.text?.length ?? 0), by: identity };
      if (found.data?.length === data.length) return;
      await sleep(workMs);
      const patch = mergePatch({ data: found.data }, { data });
      if (patch)
        maps.learn(
          await own.patchFenced<ConfigMap>(right, configMapKind, found, patch),
          found.metadata.resourceVersion,
        );
      manager.events.event(found, {
        type: 'Normal',
        reason: 'Measured',
        action: 'Measure',
        note: `Length is ${data.length}.`,
      });
    },
  });
  controller.watch(maps);
  manager.add(controller);
  const end = new AbortController();
  const done = manager.run(end.signal);
  const stop = async (): Promise<string> => {
    end.abort();
    return done;
  };
  onTestFinished(async () => void (await stop()));
  return { manager, stop, done };
}

const dataOf = async (key: string): Promise<Record<string, string> | undefined> =>
  (await client.get(configMapKind, refOfKey(key)))?.data;

describe('Manager', () => {
  test('a leader reconciles, hands over, and the next one goes on', async () => {
    await makeNamespace(client, 'm-handover');
    await freeLease('m-handover');
    await makeConfigMap(client, 'm-handover', 'one', { text: 'four' });
    const first = await operator('m-handover', 'm-handover', 'first');
    await until('the first leads', () => first.manager.isLeader);
    const second = await operator('m-handover', 'm-handover', 'second');
    await until('it is reconciled', async () => (await dataOf('m-handover/one'))?.length === '4');
    expect(second.manager.isLeader).toBe(false);
    expect(await first.stop()).toBe('Stopped');
    await makeConfigMap(client, 'm-handover', 'two', { text: 'seventh' });
    await until('the second goes on', async () => (await dataOf('m-handover/two'))?.by === 'second');
    expect(await dataOf('m-handover/one')).toMatchObject({ by: 'first' });
  });

  test('what is being worked on is ended before the Lease is given back', async () => {
    await makeNamespace(client, 'm-busy');
    await freeLease('m-busy');
    const busy = await operator('m-busy', 'm-busy', 'busy', 700);
    await until('it leads', () => busy.manager.isLeader);
    await makeConfigMap(client, 'm-busy', 'one', { text: 'four' });
    await until('the watch has brought it', () => busy.manager.informer(configMapKind).size > 0);
    expect(await busy.stop()).toBe('Stopped');
    expect((await dataOf('m-busy/one'))?.length).toBe('4');
    expect((await client.get(leaseKind, { namespace: 'default', name: 'm-busy' }))?.spec?.holderIdentity).toBe('');
  });

  test('work that does not end in time leaves the Lease to run out, and its write is refused', async () => {
    await makeNamespace(client, 'm-stuck');
    await freeLease('m-stuck');
    const own = await KubeClient.connect({ kubeconfig: server.kubeconfig });
    const manager = new Manager({
      client: own,
      identity: 'stuck',
      lease: { namespace: 'default', name: 'm-stuck', times },
      stopTimeoutMs: 2_300,
    });
    const go = Promise.withResolvers<void>();
    const late = Promise.withResolvers<unknown>();
    let entered = false;
    const controller = new Controller({
      name: 'stuck',
      concurrency: 1,
      reconcile: async (_, right) => {
        entered = true;
        await go.promise;
        const body = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'late', namespace: 'm-stuck' } };
        await client.create(right, configMapKind, body).then(late.resolve, late.resolve);
      },
    });
    manager.add(controller);
    controller.enqueue('x');
    const end = new AbortController();
    const done = manager.run(end.signal);
    await until('it is in the middle of it', () => entered);
    end.abort();
    expect(await done).toBe('Stopped');
    expect((await client.get(leaseKind, { namespace: 'default', name: 'm-stuck' }))?.spec?.holderIdentity).toBe(
      'stuck',
    );
    go.resolve();
    expect(await late.promise).toMatchObject({ errorClass: 'LeaseLost' });
  });

  test('a lost Lease ends the run', async () => {
    await freeLease('m-lost');
    await makeNamespace(client, 'm-lost');
    const loser = await operator('m-lost', 'm-lost', 'loser');
    await until('it leads', () => loser.manager.isLeader);
    await client.delete(unrestricted, leaseKind, { namespace: 'default', name: 'm-lost' });
    expect(await loser.done).toBe('LeaseLost');
  });

  test('probes and metrics', async () => {
    const own = await KubeClient.connect({ kubeconfig: server.kubeconfig });
    const manager = new Manager({ client: own, identity: 'probed', lease: null });
    manager.informer(configMapKind);
    let broken: string | null = null;
    manager.probes.addHealth('part', () => broken);
    const { port } = await manager.probes.listen({ host: '127.0.0.1', port: 0 });
    const get = async (path: string): Promise<{ status: number; text: string }> => {
      const answer = await fetch(`http://127.0.0.1:${port}${path}`);
      return { status: answer.status, text: await answer.text() };
    };
    expect(await get('/readyz')).toMatchObject({ status: 503, text: expect.stringContaining('not synced: ConfigMap') });
    const end = new AbortController();
    const done = manager.run(end.signal);
    await until('it is ready', async () => (await get('/readyz')).status === 200);
    expect(await get('/healthz')).toMatchObject({ status: 200, text: '[+]ping ok\n[+]part ok\nok\n' });
    broken = 'it is broken';
    expect(await get('/healthz')).toMatchObject({
      status: 503,
      text: expect.stringContaining('[-]part: it is broken'),
    });
    expect((await get('/nothing')).status).toBe(404);
    const { text } = await get('/metrics');
    for (const name of [
      'workqueue_depth',
      'workqueue_adds_total',
      'workqueue_queue_duration_seconds_bucket',
      'workqueue_retries_total',
      'controller_runtime_reconcile_total',
      'controller_runtime_reconcile_time_seconds_bucket',
      'leader_election_master_status',
      'rest_client_requests_total',
      'virtfleet_effect_duration_seconds_bucket',
    ]) {
      expect(text).toContain(name);
    }
    end.abort();
    expect(await done).toBe('Stopped');
  });
});

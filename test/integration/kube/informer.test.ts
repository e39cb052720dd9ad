import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { KubeClient, type ListOptions, type ListPage, type WatchEvent, type WatchOptions } from '#kube/client.ts';
import { isExpired } from '#kube/errors.ts';
import { Informer, type InformerOptions } from '#kube/informer.ts';
import { configMapKind } from '#kube/testing.ts';
import type { KubeObject, ResourceKind } from '#kube/types.ts';
import { unrestricted } from '#platform/right.ts';
import { startApiServer, type TestApiServer } from '../api/apiserver.ts';
import { CutProxy, throughProxy } from './cut-proxy.ts';
import { makeConfigMap, makeConfigMaps, makeNamespace } from './objects.ts';
import { until } from './until.ts';

let server: TestApiServer;
let client: KubeClient;

beforeAll(async () => {
  // Old versions are thrown away every few seconds, so that tokens and watches expire within a test.
  server = await startApiServer({ flags: ['--etcd-compaction-interval=3s'] });
  client = await KubeClient.connect({ kubeconfig: server.kubeconfig });
});
afterAll(async () => {
  await client?.close();
  await server?.stop();
});

async function follow(
  from: KubeClient,
  namespace: string,
  options: InformerOptions = {},
): Promise<Informer<KubeObject>> {
  const informer = new Informer<KubeObject>(from, configMapKind, {
    namespaces: [namespace],
    backoffBaseMs: 20,
    backoffMaxMs: 200,
    ...options,
  });
  const end = new AbortController();
  onTestFinished(async () => {
    end.abort();
    await informer.stopped();
  });
  informer.start(end.signal);
  await informer.synced;
  return informer;
}

async function behindProxy(): Promise<{ proxy: CutProxy; proxied: KubeClient }> {
  const proxy = new CutProxy(Number(new URL(server.url).port));
  const proxied = await throughProxy(server, await proxy.listen());
  onTestFinished(async () => {
    await proxied.close();
    await proxy.close();
  });
  return { proxy, proxied };
}

describe('following', () => {
  test('shows what is there and what changes, without managedFields', async () => {
    await makeNamespace(client, 'plain');
    const before = await makeConfigMap(client, 'plain', 'before');
    const informer = await follow(client, 'plain');
    const heard: string[] = [];
    informer.onChange((type, object) => heard.push(`${type} ${object.metadata.name}`));
    expect(informer.byUid(before.metadata.uid)?.metadata.name).toBe('before');
    const made = await makeConfigMap(client, 'plain', 'made');
    await client.patchFenced(unrestricted, configMapKind, made, { data: { a: '1' } });
    await client.delete(unrestricted, configMapKind, { namespace: 'plain', name: 'before' });
    await until('all was heard', () => heard.length === 4);
    expect(heard).toEqual(['added before', 'added made', 'updated made', 'deleted before']);
    for (const object of informer.list()) expect(object.metadata).not.toHaveProperty('managedFields');
  });

  test('our own write is seen before the watch brings it, and once only', async () => {
    await makeNamespace(client, 'learn');
    const base = await makeConfigMap(client, 'learn', 'x');
    const informer = await follow(client, 'learn');
    const heard: string[] = [];
    informer.onChange((type, object) => heard.push(`${type} ${object.metadata.resourceVersion}`));
    const written = await client.patchFenced(unrestricted, configMapKind, base, { data: { a: '1' } });
    informer.learn(written, base.metadata.resourceVersion);
    expect(informer.get('learn/x')).toMatchObject({ data: { a: '1' } });
    await makeConfigMap(client, 'learn', 'behind-it');
    await until('what came after is seen', () => informer.get('learn/behind-it') !== undefined);
    expect(heard.filter((line) => line === `updated ${written.metadata.resourceVersion}`)).toHaveLength(1);
  });
});

describe('breaking', () => {
  test('a watch that is cut again and again misses nothing', async () => {
    await makeNamespace(client, 'cut');
    const { proxy, proxied } = await behindProxy();
    const informer = await follow(proxied, 'cut');
    const added = new Map<string, number>();
    informer.onChange((type, object) => {
      if (type === 'added') added.set(object.metadata.name, (added.get(object.metadata.name) ?? 0) + 1);
    });
    for (let n = 0; n < 12; n += 1) {
      await makeConfigMap(client, 'cut', `cm-${n}`);
      if (n % 3 === 0) proxy.cut();
    }
    await until('all of them are seen', () => added.size === 12);
    expect([...added.values()].every((times) => times === 1)).toBe(true);
    expect(informer.size).toBe(12);
  });

  test('a network that holds everything back in silence is noticed by the idle watchdog', async () => {
    await makeNamespace(client, 'held');
    const { proxy, proxied } = await behindProxy();
    const informer = await follow(proxied, 'held', { idleMs: 2_000 });
    await makeConfigMap(client, 'held', 'first');
    await until('the watch is up', () => informer.size === 1);
    proxy.hold(true);
    await makeConfigMap(client, 'held', 'second');
    const before = proxy.accepted;
    await until('it dials anew', () => proxy.accepted > before);
    proxy.hold(false);
    await until('it has caught up', () => informer.size === 2);
  });

  test('a server that was away: what was deleted and made meanwhile is seen', async () => {
    await makeNamespace(client, 'away');
    await makeConfigMap(client, 'away', 'goes');
    await makeConfigMap(client, 'away', 'stays');
    const { proxy, proxied } = await behindProxy();
    const informer = await follow(proxied, 'away');
    proxy.refuse(true);
    proxy.cut();
    await client.delete(unrestricted, configMapKind, { namespace: 'away', name: 'goes' });
    await makeConfigMap(client, 'away', 'comes');
    expect(
      informer
        .list()
        .map((o) => o.metadata.name)
        .sort(),
    ).toEqual(['goes', 'stays']);
    proxy.refuse(false);
    await until('it has caught up', () => informer.get('away/comes') !== undefined);
    expect(
      informer
        .list()
        .map((o) => o.metadata.name)
        .sort(),
    ).toEqual(['comes', 'stays']);
  });

  test('the API server restarts', async () => {
    await makeNamespace(client, 'restart');
    await makeConfigMap(client, 'restart', 'before');
    const informer = await follow(client, 'restart');
    await server.restart();
    await until('it answers', async () => (await makeConfigMap(client, 'restart', 'after')) !== null);
    await until('it has caught up', () => informer.get('restart/after') !== undefined);
    expect(informer.size).toBe(2);
  });
});

test('a cache that chokes on one object heals by itself', async () => {
  await makeNamespace(client, 'choke');
  const informer = await follow(client, 'choke');
  let isBroken = true;
  informer.addIndex('fragile', (object) => {
    if (isBroken && object.metadata.name === 'bone') throw new Error('cannot swallow that');
    return [object.metadata.name];
  });
  await makeConfigMap(client, 'choke', 'bone');
  await makeConfigMap(client, 'choke', 'soup');
  isBroken = false;
  await until('both are there and indexed', () =>
    ['bone', 'soup'].every((name) => informer.byIndex('fragile', name).length === 1),
  );
});

/** Lets the reflector begin its first watch at a version that is long gone. */
class ForgetfulClient extends KubeClient {
  watches = 0;
  lists = 0;

  override list<T extends KubeObject>(kind: ResourceKind<T>, options?: ListOptions): Promise<ListPage<T>> {
    this.lists += 1;
    return super.list(kind, options);
  }

  override watch<T extends KubeObject>(kind: ResourceKind<T>, options: WatchOptions): AsyncGenerator<WatchEvent<T>> {
    this.watches += 1;
    return super.watch(kind, this.watches === 1 ? { ...options, resourceVersion: '1' } : options);
  }
}

/** Dawdles between two pages until the server has forgotten where the list was. */
class SlowClient extends KubeClient {
  expired = 0;

  override async list<T extends KubeObject>(kind: ResourceKind<T>, options: ListOptions = {}): Promise<ListPage<T>> {
    if (options.continue !== undefined && this.expired === 0) {
      await until(
        'the token expires',
        async () => {
          await client.patchByUid(unrestricted, configMapKind, await this.#anything(), {
            data: { at: String(Date.now()) },
          });
          return super.list(kind, options).then(() => false, isExpired);
        },
        40_000,
      );
      this.expired += 1;
    }
    return super.list(kind, options);
  }

  async #anything(): Promise<{ namespace: string; name: string; uid: string }> {
    const found = await client.get(configMapKind, { namespace: 'pages', name: 'cm-0' });
    return { namespace: 'pages', name: 'cm-0', uid: found?.metadata.uid ?? '' };
  }
}

describe('410', () => {
  test('a watch from a version that is compacted away leads to a new list', async () => {
    await makeNamespace(client, 'gone');
    await makeConfigMap(client, 'gone', 'a');
    // The server's own cache remembers its start: after a restart everything before it is gone.
    await server.restart();
    const forgetful = await throughProxy(
      server,
      Number(new URL(server.url).port),
      (transport) => new ForgetfulClient(transport),
    );
    onTestFinished(() => forgetful.close());
    await until('it answers', async () => (await client.get(configMapKind, { namespace: 'gone', name: 'a' })) !== null);
    const informer = await follow(forgetful as KubeClient, 'gone');
    await makeConfigMap(client, 'gone', 'b');
    await until('the change is seen', () => informer.size === 2);
    expect((forgetful as ForgetfulClient).lists).toBeGreaterThanOrEqual(2);
    expect((forgetful as ForgetfulClient).watches).toBeGreaterThanOrEqual(2);
  });

  test('a list whose token expires between two pages begins anew', async () => {
    await makeNamespace(client, 'pages');
    await makeConfigMaps(client, 'pages', 7);
    const slow = await throughProxy(server, Number(new URL(server.url).port), (transport) => new SlowClient(transport));
    onTestFinished(() => slow.close());
    const informer = await follow(slow, 'pages', { pageSize: 3 });
    expect((slow as SlowClient).expired).toBe(1);
    expect(informer.size).toBe(7);
  });
});

test('10,000 objects in pages', async () => {
  await makeNamespace(client, 'many');
  await makeConfigMaps(client, 'many', 10_000);
  const startedAt = performance.now();
  const informer = await follow(client, 'many');
  const tookMs = performance.now() - startedAt;
  expect(informer.size).toBe(10_000);
  informer.addIndex('last digit', (o) => [o.metadata.name.slice(-1)]);
  expect(informer.byIndex('last digit', '7')).toHaveLength(1_000);
  await client.delete(unrestricted, configMapKind, { namespace: 'many', name: 'cm-77' });
  await until('the index follows', () => informer.byIndex('last digit', '7').length === 999);
  console.info(`10,000 objects listed and cached in ${Math.round(tookMs)} ms`);
}, 240_000);

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { KubeClient } from '#kube/client.ts';
import { findCluster } from '#kube/credentials.ts';
import { isAlreadyExists } from '#kube/errors.ts';
import { addFinalizer, removeFinalizer } from '#kube/finalizers.ts';
import { mergePatch } from '#kube/merge-patch.ts';
import { type ConfigMap, configMapKind } from '#kube/testing.ts';
import { Transport } from '#kube/transport.ts';
import type { KubeObject, ResourceKind } from '#kube/types.ts';
import { systemClock } from '#platform/clock.ts';
import { type Right, unrestricted } from '#platform/right.ts';
import { startApiServer, type TestApiServer } from '../api/apiserver.ts';
import { CutProxy, throughProxy } from './cut-proxy.ts';
import { makeConfigMap, makeNamespace, namespaceKind } from './objects.ts';

let server: TestApiServer;
let client: KubeClient;
const namespace = 'client';

beforeAll(async () => {
  server = await startApiServer();
  client = await KubeClient.connect({ kubeconfig: server.kubeconfig });
  await makeNamespace(client, namespace);
});
afterAll(async () => {
  await client?.close();
  await server?.stop();
});

describe('reads', () => {
  test('what is not there is null', async () => {
    expect(await client.get(configMapKind, { namespace, name: 'nothing' })).toBeNull();
  });

  test('raw JSON: dates stay strings, kind and apiVersion are there in lists, too', async () => {
    await makeConfigMap(client, namespace, 'raw');
    const page = await client.list(configMapKind, { namespace });
    const raw = page.items.find((item) => item.metadata.name === 'raw');
    expect(raw).toMatchObject({ kind: 'ConfigMap', apiVersion: 'v1' });
    expect(typeof raw?.metadata.creationTimestamp).toBe('string');
  });

  test('a kind that the server does not know is NotFound with its words', async () => {
    const unknown: ResourceKind<KubeObject> = { ...configMapKind, plural: 'nonsenses', kind: 'Nonsense' };
    await expect(client.list(unknown)).rejects.toMatchObject({
      errorClass: 'NotFound',
      message: expect.stringContaining('list nonsenses'),
    });
  });
});

describe('fences', () => {
  test('the stale one of two writers gets a Conflict, and nothing of his is written', async () => {
    const base = await makeConfigMap(client, namespace, 'fenced', { a: '1' });
    const first = await client.patchFenced<ConfigMap>(unrestricted, configMapKind, base, { data: { a: '2' } });
    const second = client.patchFenced(unrestricted, configMapKind, base, { data: { b: 'stale' } });
    await expect(second).rejects.toMatchObject({ errorClass: 'Conflict', object: 'ConfigMap client/fenced' });
    const now = await client.get(configMapKind, { namespace, name: 'fenced' });
    expect(now?.data).toEqual({ a: '2' });
    expect(now?.metadata.resourceVersion).toBe(first.metadata.resourceVersion);
  });

  test('another object of the same name is a Conflict, also without a version', async () => {
    const old = await makeConfigMap(client, namespace, 'again');
    await client.delete(unrestricted, configMapKind, { namespace, name: 'again' });
    await makeConfigMap(client, namespace, 'again');
    const { name, uid } = old.metadata;
    const late = client.patchByUid(unrestricted, configMapKind, { namespace, name, uid }, { data: { late: '1' } });
    await expect(late).rejects.toMatchObject({ errorClass: 'Conflict' });
    const lateDelete = client.delete(unrestricted, configMapKind, { namespace, name, uid });
    await expect(lateDelete).rejects.toMatchObject({ errorClass: 'Conflict' });
  });

  test('two writers of different fields by uid alone do not disturb each other', async () => {
    const { metadata } = await makeConfigMap(client, namespace, 'by-uid');
    const ref = { namespace, name: metadata.name, uid: metadata.uid };
    await client.patchByUid(unrestricted, configMapKind, ref, { data: { a: '1' } });
    await client.patchByUid(unrestricted, configMapKind, ref, { data: { b: '2' } });
    expect((await client.get(configMapKind, ref))?.data).toEqual({ a: '1', b: '2' });
  });

  test('a difference that mergePatch computes becomes what was wanted', async () => {
    const base = await makeConfigMap(client, namespace, 'merge', { keep: 'k', drop: 'd', change: 'c' });
    const wanted = { keep: 'k', change: 'C', add: 'a' };
    const patch = mergePatch({ data: base.data }, { data: wanted });
    expect((await client.patchFenced<ConfigMap>(unrestricted, configMapKind, base, patch ?? {})).data).toEqual(wanted);
  });
});

describe('writes', () => {
  test('a name that is taken', async () => {
    await makeConfigMap(client, namespace, 'taken');
    const error = await makeConfigMap(client, namespace, 'taken').catch((e: unknown) => e);
    expect(isAlreadyExists(error)).toBe(true);
    expect(error).toMatchObject({ errorClass: 'Conflict' });
  });

  test('what the schema refuses says which field', async () => {
    const bad = makeConfigMap(client, namespace, 'Bad_Name');
    await expect(bad).rejects.toMatchObject({ reason: 'Invalid', message: expect.stringContaining('metadata.name') });
  });

  test('deleting what is gone is success', async () => {
    await client.delete(unrestricted, configMapKind, { namespace, name: 'never-was' });
  });

  test('apply owns its fields', async () => {
    const body = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'applied', namespace }, data: { a: '1' } };
    await client.apply(unrestricted, configMapKind, body, { fieldManager: 'one' });
    const other = client.apply(unrestricted, configMapKind, { ...body, data: { a: '2' } }, { fieldManager: 'two' });
    await expect(other).rejects.toMatchObject({ errorClass: 'Conflict' });
    const forced = await client.apply<ConfigMap>(
      unrestricted,
      configMapKind,
      { ...body, data: {} },
      { fieldManager: 'one' },
    );
    expect(forced.data ?? {}).toEqual({});
  });

  test('finalizers come and go, and leave those of others', async () => {
    const base = await makeConfigMap(client, namespace, 'final');
    const other = await addFinalizer(client, unrestricted, configMapKind, base, 'example.com/other');
    const ours = await addFinalizer(client, unrestricted, configMapKind, other, 'virtfleet.io/finalizer');
    expect(await addFinalizer(client, unrestricted, configMapKind, ours, 'virtfleet.io/finalizer')).toBe(ours);
    await expect(
      removeFinalizer(client, unrestricted, configMapKind, other, 'example.com/other'),
    ).rejects.toMatchObject({ errorClass: 'Conflict' });
    const left = await removeFinalizer(client, unrestricted, configMapKind, ours, 'virtfleet.io/finalizer');
    expect(left.metadata.finalizers).toEqual(['example.com/other']);
  });

  test('under a right that has ended nothing is sent', async () => {
    const late: Right = {
      name: 'lease x',
      notAfterMs: () => systemClock.boottimeMs() - 1,
      signal: new AbortController().signal,
    };
    const body = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'late', namespace } };
    await expect(client.create(late, configMapKind, body)).rejects.toMatchObject({ errorClass: 'LeaseLost' });
    expect(await client.get(configMapKind, { namespace, name: 'late' })).toBeNull();
  });
});

describe('connections', () => {
  test('500 requests at once share a few connections, and come to a server that is away', async () => {
    const proxy = new CutProxy(Number(new URL(server.url).port));
    const port = await proxy.listen();
    const proxied = await throughProxy(server, port);
    try {
      const asked = Array.from({ length: 500 }, () => proxied.get(namespaceKind, { name: namespace }));
      expect((await Promise.all(asked)).every((found) => found?.metadata.name === namespace)).toBe(true);
      expect(proxy.accepted).toBeLessThanOrEqual(16);
    } finally {
      await proxied.close();
      await proxy.close();
    }
    const nobody = await throughProxy(server, port);
    await expect(nobody.get(namespaceKind, { name: namespace })).rejects.toMatchObject({
      errorClass: 'Transient',
      reason: 'ApiUnreachable',
    });
    await expect(makeConfigMap(nobody, namespace, 'x')).rejects.toMatchObject({ errorClass: 'Transient' });
    await nobody.close();
  });

  test('a write without an answer has an unknown outcome, and ends with its right', async () => {
    const proxy = new CutProxy(Number(new URL(server.url).port));
    const proxied = await throughProxy(server, await proxy.listen());
    try {
      await proxied.get(namespaceKind, { name: namespace });
      proxy.hold(true);
      const notAfterMs = systemClock.boottimeMs() + 700;
      const right: Right = { name: 'lease x', notAfterMs: () => notAfterMs, signal: new AbortController().signal };
      const body = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'held', namespace } };
      await expect(proxied.create(right, configMapKind, body)).rejects.toMatchObject({ errorClass: 'OutcomeUnknown' });
      expect(systemClock.boottimeMs()).toBeLessThan(notAfterMs + 1_000);
    } finally {
      await proxied.close();
      await proxy.close();
    }
  });

  test('a certificate of another authority is refused with the mend', async () => {
    const cluster = await findCluster({ kubeconfig: server.kubeconfig });
    const strange = new KubeClient(
      new Transport({ server: cluster.server, credentials: async () => ({ tls: {}, headers: {} }) }),
    );
    await expect(strange.getPath('/version')).rejects.toMatchObject({
      errorClass: 'Denied',
      reason: 'ApiCertificateRefused',
    });
    await strange.close();
  });

  test('without credentials it is Denied', async () => {
    const cluster = await findCluster({ kubeconfig: server.kubeconfig });
    const { ca } = (await cluster.credentials()).tls;
    const anonymous = new KubeClient(
      new Transport({ server: cluster.server, credentials: async () => ({ tls: ca ? { ca } : {}, headers: {} }) }),
    );
    await expect(anonymous.list(configMapKind)).rejects.toMatchObject({ errorClass: 'Denied' });
    await anonymous.close();
  });
});

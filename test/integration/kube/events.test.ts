import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { KubeClient } from '#kube/client.ts';
import { type Event, eventKind } from '#kube/event-series.ts';
import { ApiEventRecorder, type EventInput } from '#kube/events.ts';
import { type Right, unrestricted } from '#platform/right.ts';
import { startApiServer, type TestApiServer } from '../api/apiserver.ts';
import { makeConfigMap, makeNamespace, namespaceKind } from './objects.ts';
import { until } from './until.ts';

let server: TestApiServer;
let client: KubeClient;

beforeAll(async () => {
  server = await startApiServer();
  client = await KubeClient.connect({ kubeconfig: server.kubeconfig });
  await makeNamespace(client, 'told');
});
afterAll(async () => {
  await client?.close();
  await server?.stop();
});

const started: EventInput = {
  type: 'Normal',
  reason: 'Started',
  action: 'Start',
  note: 'The machine was started on host h1.',
};

function recorder(right: Right = unrestricted): ApiEventRecorder {
  const made = new ApiEventRecorder(client, { controller: 'virtfleet.io/controllers', instance: 'test', flushMs: 50 });
  made.start(right);
  onTestFinished(() => made.flush(AbortSignal.timeout(1_000)));
  return made;
}

async function eventsAbout(uid: string, namespace = 'told'): Promise<Event[]> {
  return (await client.listAll(eventKind, { namespace })).filter((event) => event.regarding.uid === uid);
}

test('a hundred times the same is one Event with a count', async () => {
  const object = await makeConfigMap(client, 'told', 'repeats');
  const events = recorder();
  for (let n = 0; n < 100; n += 1) events.event(object, started);
  await until('it is counted', async () => (await eventsAbout(object.metadata.uid))[0]?.series?.count === 100);
  events.event(object, started);
  await until('the count goes on', async () => (await eventsAbout(object.metadata.uid))[0]?.series?.count === 101);
  const found = await eventsAbout(object.metadata.uid);
  expect(found).toHaveLength(1);
  expect(found[0]).toMatchObject({
    reason: 'Started',
    action: 'Start',
    type: 'Normal',
    reportingController: 'virtfleet.io/controllers',
    regarding: { kind: 'ConfigMap', name: 'repeats', namespace: 'told' },
  });
});

test('kubectl shows it', async () => {
  const object = await makeConfigMap(client, 'told', 'shown');
  recorder().event(object, { ...started, note: 'Seen by kubectl.' });
  await until('it is there', async () => (await eventsAbout(object.metadata.uid)).length === 1);
  expect(await server.kubectl(['events', '-n', 'told', '--for', 'configmap/shown'])).toContain('Seen by kubectl.');
});

test('an Event that was removed meanwhile is made anew', async () => {
  const object = await makeConfigMap(client, 'told', 'expired');
  const events = recorder();
  events.event(object, started);
  await until('it is there', async () => (await eventsAbout(object.metadata.uid)).length === 1);
  for (const { metadata } of await eventsAbout(object.metadata.uid))
    await client.delete(unrestricted, eventKind, metadata);
  events.event(object, started);
  await until('it is there again', async () => (await eventsAbout(object.metadata.uid))[0]?.series?.count === 2);
});

test('what has no namespace is told of in default, and what cannot be told is dropped in silence', async () => {
  const namespace = await client.get(namespaceKind, { name: 'told' });
  if (!namespace) throw new Error('the namespace is not there');
  const events = recorder();
  const nowhere = { ...namespace, metadata: { ...namespace.metadata, namespace: 'no-such-namespace', uid: 'nowhere' } };
  events.event(nowhere, started);
  events.event(namespace, started);
  await until('it is there', async () => (await eventsAbout(namespace.metadata.uid, 'default')).length === 1);
});

test('it waits for its right, and without one nothing is sent', async () => {
  const object = await makeConfigMap(client, 'told', 'rights');
  const events = new ApiEventRecorder(client, {
    controller: 'virtfleet.io/controllers',
    instance: 'test',
    flushMs: 50,
  });
  events.event(object, started);
  const ended: Right = { name: 'lease', notAfterMs: () => 0, signal: AbortSignal.abort(new Error('over')) };
  const lost = recorder(ended);
  lost.event(object, { ...started, reason: 'Late' });
  await lost.flush(AbortSignal.timeout(2_000));
  events.start(unrestricted);
  await until('the first one is there', async () => (await eventsAbout(object.metadata.uid)).length > 0);
  expect((await eventsAbout(object.metadata.uid)).map(({ reason }) => reason)).toEqual(['Started']);
});

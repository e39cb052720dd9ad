/** The API server and the operator judge URIs alike: what the one takes, the other does not refuse later. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parseHostUri } from '../../../src/libvirt/uri.ts';
import { aHost } from '../bad-input/cases.ts';
import { hosts } from '../bad-input/hosts-and-pools.ts';
import { type StatusBody, startApiServer, type TestApiServer } from './apiserver.ts';
import { applyCrds } from './crds.ts';

let api: TestApiServer;
beforeAll(async () => {
  api = await startApiServer();
  await applyCrds(api);
});
afterAll(async () => api?.stop());

const good = [
  'qemu+ssh://virt@h1.example.com/system',
  'qemu+ssh://h1/session',
  'qemu+ssh://root@192.0.2.1:2222/system?socket=/run/libvirt/libvirt-sock',
  'qemu+ssh://h1/system?socket=/run/libvirt/virtqemud-sock&mode=direct',
  'qemu+tls://h1/system',
  'qemu+tls://[2001:db8::1]:16514/system',
  'qemu+tcp://h1:65535/system?mode=legacy',
  'qemu:///system',
  'qemu+unix:///session?socket=/run/user/1000/libvirt/libvirt-sock',
  'test:///default',
  'test+tcp://127.0.0.1:16509/default',
];
const bad = hosts.flatMap(({ object, says }) =>
  says.includes('spec.uri') && typeof object.spec.uri === 'string' ? [object.spec.uri] : [],
);

async function apiServerTakes(uri: string): Promise<boolean> {
  const secure = /\+(ssh|tls):/.test(uri);
  const body = aHost({ uri, ...(secure ? {} : { credentialsRef: undefined }) });
  const { status } = await api.request<StatusBody>('POST', '/apis/virtfleet.io/v1alpha1/hosts?dryRun=All', { body });
  return status === 201;
}

function operatorTakes(uri: string): boolean {
  try {
    parseHostUri(uri);
    return true;
  } catch {
    return false;
  }
}

it.each(good)('%s is taken', async (uri) => {
  expect([await apiServerTakes(uri), operatorTakes(uri)]).toEqual([true, true]);
});

it.each(bad)('%s is refused', async (uri) => {
  expect([await apiServerTakes(uri), operatorTakes(uri)]).toEqual([false, false]);
});

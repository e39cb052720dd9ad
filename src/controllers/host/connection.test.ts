import { expect, test } from 'vitest';
import type { Host } from '#api/v1alpha1/host.ts';
import type { Host as HostEntry } from '#hostpool/types.ts';
import type { Secret } from '../secrets.ts';
import { Connections } from './connection.ts';

/** A host over ssh, a Secret whose key is `key`, and a clock whose hands are turned by hand. */
function setting() {
  const world = { key: 'first', nowMs: 0, reads: 0, state: 'Ready' as HostEntry['state'] };
  const text = (value: string): string => Buffer.from(value).toString('base64');
  const client = {
    get: async () => {
      world.reads += 1;
      const metadata = { name: 's', namespace: 'ns', uid: 'u', resourceVersion: '1' };
      const data = { 'ssh-privatekey': text(world.key), known_hosts: text('h') };
      return { apiVersion: 'v1', kind: 'Secret', metadata, data } satisfies Secret as never;
    },
  };
  const now = (): number => world.nowMs;
  const connections = new Connections(client, 'ns', { now, monotonicMs: now, boottimeMs: now });
  const spec = { uri: 'qemu+ssh://virt@h1.example.com/system', credentialsRef: { name: 's' } };
  const object = { metadata: { name: 'h1', uid: 'h' }, spec } as Host;
  const read = async () => {
    const entry = world.reads === 0 ? undefined : ({ state: world.state } as HostEntry);
    const connection = await connections.read(object, entry);
    return connection.kind === 'Obstacle' ? null : connection.access.credentials.sshPrivateKey;
  };
  const isTouched = async () => {
    const connection = await connections.read(object, { state: world.state } as HostEntry);
    return connection.kind === 'Read' && connection.isTouched;
  };
  return { world, read, object, isTouched };
}

test('a Secret is read once and not at every reconcile while the host is connected', async () => {
  const { world, read } = setting();
  expect(await read()).toBe('first');
  world.nowMs = 60_000;
  expect(await read()).toBe('first');
  expect(world.reads).toBe(1);
});

test('a key that was replaced is found while the host is away, with a bounded number of reads', async () => {
  const { world, read } = setting();
  await read();
  world.key = 'second';
  world.state = 'Lost';
  const seen = [];
  for (world.nowMs = 1_000; world.nowMs <= 60_000; world.nowMs += 1_000) seen.push(await read());
  expect(seen.at(-1)).toBe('second');
  expect(world.reads).toBeLessThanOrEqual(7);
});

test('a key that was replaced is found while the host is connected, too', async () => {
  const { world, read } = setting();
  await read();
  world.key = 'second';
  world.nowMs = 5 * 60_000;
  expect(await read()).toBe('second');
});

test('a Host that a person has changed is tried at once, with its Secret as it is now', async () => {
  const { world, read, object, isTouched } = setting();
  await read();
  world.key = 'second';
  world.state = 'Lost';
  expect(await isTouched(), 'nobody has').toBe(false);
  object.metadata.resourceVersion = '7';
  object.status = { hostUUID: 'x' };
  expect(await isTouched(), 'what we write ourselves does not count').toBe(false);
  object.metadata.annotations = { note: 'authorized_keys corrected' };
  expect(await isTouched()).toBe(true);
  expect(await read()).toBe('second');
  expect(await isTouched(), 'once').toBe(false);
  world.nowMs = 11_000;
  expect(await isTouched(), 'nor is it the Secret that is read again').toBe(false);
});

import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dial } from './dial.ts';
import { startRelay } from './relay.ts';

const dir = mkdtempSync(join(tmpdir(), 'vf-relay-'));
const echoSocket = join(dir, 'libvirt-sock');
const echo = createServer((socket) => {
  socket.on('error', () => {});
  socket.pipe(socket);
});

beforeAll(async () => {
  echo.listen(echoSocket);
  await once(echo, 'listening');
});
afterAll(() => {
  echo.close();
  rmSync(dir, { recursive: true, force: true });
});

describe('the relay', () => {
  const freshStream = async (): Promise<Duplex> => {
    const uri = { hypervisor: 'qemu', transport: 'unix', path: '/system', params: { socket: echoSocket } } as const;
    const { stream } = await dial({ host: 'h1', uri, credentials: {} }, new AbortController().signal);
    return stream;
  };

  test('passes bytes both ways to one client, and its socket is gone then', async () => {
    const relay = await startRelay(dir, await freshStream(), () => true);
    const client = connect(relay.path);
    await once(client, 'connect');
    client.write('ping');
    const [chunk] = (await once(client, 'data')) as [Buffer];
    expect(chunk.toString()).toBe('ping');
    const second = connect(relay.path);
    const [error] = (await once(second, 'error')) as [NodeJS.ErrnoException];
    expect(error.code).toBe('ENOENT');
    client.destroy();
    await relay.closed;
  });

  test('a large transfer arrives whole', async () => {
    const relay = await startRelay(dir, await freshStream(), () => true);
    const client = connect(relay.path);
    const sent = Buffer.alloc(8 * 1024 * 1024, 7);
    client.write(sent);
    let received = 0;
    for await (const chunk of client) {
      received += (chunk as Buffer).length;
      if (received === sent.length) break;
    }
    expect(received).toBe(sent.length);
    await relay.closed;
  });

  test('after a freeze nothing goes on and both sides end', async () => {
    const far = await freshStream();
    let leaked = 0;
    far.on('data', (chunk: Buffer) => {
      leaked += chunk.length;
    });
    const relay = await startRelay(dir, far, () => false);
    const client = connect(relay.path);
    client.write('destroy the machine');
    await once(client, 'close');
    await relay.closed;
    expect(far.destroyed).toBe(true);
    expect(leaked).toBe(0);
  });
});

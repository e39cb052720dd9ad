/** What the tests of dialling share: far ends that echo, and dials to them. */
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { afterAll, beforeAll, expect } from 'vitest';
import type { HostUri } from '#libvirt/uri.ts';
import { VirtfleetError } from '#platform/errors.ts';
import { dial } from '../transport/dial.ts';
import type { HostCredentials } from '../types.ts';

export const never = new AbortController().signal;
export const dir = mkdtempSync(join(tmpdir(), 'vf-dial-'));
/** Closed after the last test of the file. */
export const servers: { close(): unknown }[] = [];
export const echoSocket = join(dir, 'libvirt-sock');

beforeAll(async () => {
  await listening(newEcho(), echoSocket);
});
afterAll(() => {
  for (const server of servers) server.close();
  rmSync(dir, { recursive: true, force: true });
});

export const uriOf = (o: Partial<HostUri> & Pick<HostUri, 'transport'>): HostUri => ({
  hypervisor: 'qemu',
  path: '/system',
  params: {},
  ...o,
});
export const dialTo = async (uri: HostUri, credentials: HostCredentials = {}, signal = never): Promise<Duplex> =>
  (await dial({ host: 'h1', uri, credentials }, signal)).stream;

export async function listening(server: Server, where: number | string = 0): Promise<number> {
  server.listen(where as number, typeof where === 'number' ? '127.0.0.1' : undefined);
  servers.push(server);
  await once(server, 'listening');
  return typeof where === 'number' ? (server.address() as AddressInfo).port : 0;
}

/** A message as libvirt frames it. */
export const PING = Buffer.from('\0\0\0\x08ping');

/** What the far end says comes back through the whole path. */
export async function echoes(stream: Duplex): Promise<void> {
  stream.write(PING);
  const [chunk] = (await once(stream, 'data')) as [Buffer];
  expect(chunk).toEqual(PING);
  stream.destroy();
}

export async function failure(promise: Promise<Duplex>): Promise<VirtfleetError> {
  const error = await promise.then(
    () => null,
    (caught: unknown) => caught,
  );
  expect(error).toBeInstanceOf(VirtfleetError);
  return error as VirtfleetError;
}

export const newEcho = (): Server =>
  createServer((socket) => {
    socket.on('error', () => {});
    socket.pipe(socket);
  });

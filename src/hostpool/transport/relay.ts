import { randomBytes } from 'node:crypto';
import { createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';

/**
 * Offers a dialled stream to libvirt on a private unix socket, to one client and once: one relay a connection, and the
 * socket is gone from the file system as soon as it was taken.
 */
export interface Relay {
  /** To be given to libvirt as `?socket=`. */
  readonly path: string;
  /** Drops both sides: every call that waits on that connection fails within milliseconds. */
  destroy(error?: Error): void;
  /** Resolves when both sides are gone. */
  readonly closed: Promise<void>;
}

/** Whether bytes may go on to the host: false after a freeze. */
export type MayPass = () => boolean;

/** `directory` is private (0700): whoever opens the socket is on the host. Rejects when it cannot listen there. */
export async function startRelay(directory: string, stream: Duplex, mayPass: MayPass): Promise<Relay> {
  // A unix socket's path holds 107 bytes.
  const path = join(directory, `${randomBytes(8).toString('hex')}.sock`);
  const server = createServer({ allowHalfOpen: false });
  let local: Socket | null = null;
  let isDestroyed = false;
  const gone = Promise.withResolvers<void>();
  const destroy = (): void => {
    if (isDestroyed) return;
    isDestroyed = true;
    server.close();
    local?.destroy();
    stream.destroy();
    gone.resolve();
  };
  // Every end is an end of both; libvirt reports to us what it means.
  stream.on('error', destroy);
  // What the host said last (why it hangs up, say) still goes to libvirt.
  const finish = (): void => {
    if (local && !local.destroyed) local.end(destroy);
    else destroy();
  };
  stream.on('end', finish).on('close', finish);
  server.on('connection', (socket) => {
    local = socket;
    server.close();
    socket.on('error', destroy).on('close', destroy);
    // From here on Node's own backpressure: no more is read than the other side takes.
    stream.pipe(socket, { end: false });
    forward(socket, stream, mayPass, destroy);
  });
  await listen(server, path).catch((error: unknown) => {
    destroy();
    throw error;
  });
  if (isDestroyed) throw new Error('the connection ended before libvirt could take it');
  server.on('error', destroy);
  return { path, destroy, closed: gone.promise };
}

function forward(from: Socket, to: Duplex, mayPass: MayPass, destroy: () => void): void {
  from.on('data', (chunk: Buffer) => {
    if (!mayPass()) return destroy();
    if (!to.write(chunk)) from.pause();
  });
  to.on('drain', () => from.resume());
}

function listen(server: Server, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ path, backlog: 1 }, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

import { connect, type Socket } from 'node:net';
import {
  CONNECT_DEADLINE_MS,
  type Dialled,
  type DialTarget,
  deniedError,
  dialError,
  socketError,
  whereOf,
} from './dial.ts';

/** Resolves when connected; destroys the socket and rejects at the deadline or with the signal. */
export function connected(target: DialTarget, socket: Socket, signal: AbortSignal): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      fail(dialError(target, 'DialTimeout', `${whereOf(target)} did not answer within ${CONNECT_DEADLINE_MS} ms`));
    }, CONNECT_DEADLINE_MS);
    const settle = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
      socket.off('error', onError);
    };
    const fail = (error: Error): void => {
      settle();
      // Later errors of a socket that nobody wants any more must not become uncaught.
      socket.on('error', () => {});
      socket.destroy();
      reject(error);
    };
    const onAbort = (): void => fail(dialError(target, 'DialCancelled', 'the dial was given up'));
    const onError = (error: NodeJS.ErrnoException): void => fail(socketError(target, error));
    socket.once('error', onError);
    socket.once('connect', () => {
      settle();
      resolve(socket);
    });
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true });
  });
}

export async function dialTcp(target: DialTarget, signal: AbortSignal): Promise<Socket> {
  const { host = 'localhost', port = 16509 } = target.uri;
  if (target.credentials.username !== undefined) {
    throw deniedError(
      target,
      'PasswordNeedsTLS',
      'a user name and password would travel in plain text over tcp',
      'Use a +tls URI, or take username and password out of the Secret',
    );
  }
  const socket = connect({ host, port, noDelay: true, keepAlive: true, keepAliveInitialDelay: 10_000 });
  return connected(target, socket, signal);
}

/**
 * Where daemons are split, the place of the hypervisor's own; else the monolithic daemon's. In that order, as libvirt
 * itself chooses: virtproxyd answers at the latter, and is one more process that may fail.
 */
export function daemonSockets(target: DialTarget): string[] {
  const { params, hypervisor, path } = target.uri;
  if (params.socket !== undefined) return [params.socket];
  const mode = params.mode ?? 'auto';
  const split = `/run/libvirt/virt${hypervisor}d-sock`;
  const whole = '/run/libvirt/libvirt-sock';
  if (path === '/session') {
    throw deniedError(
      target,
      'SessionSocketUnknown',
      'a /session URI says nothing about where the socket is',
      'Add ?socket=/run/user/UID/libvirt/libvirt-sock to the URI',
    );
  }
  if (mode === 'direct') return [split];
  return mode === 'legacy' ? [whole] : [split, whole];
}

export async function dialUnix(target: DialTarget, signal: AbortSignal): Promise<Dialled> {
  let last: unknown;
  for (const [at, path] of daemonSockets(target).entries()) {
    try {
      return { stream: await connected(target, connect({ path }), signal), isWhole: at > 0 };
    } catch (error) {
      last = unixError(target, path, error);
    }
  }
  throw last;
}

function unixError(target: DialTarget, path: string, error: unknown): unknown {
  const cause = error instanceof Error ? (error.cause as NodeJS.ErrnoException | undefined) : undefined;
  if (cause?.code === 'EACCES') {
    return deniedError(
      target,
      'SocketNotPermitted',
      `this process may not open ${path}`,
      'Run it as a user in the group that owns the socket (libvirt)',
      cause,
    );
  }
  if (cause?.code === 'ENOENT')
    return dialError(target, 'LibvirtSocketMissing', `there is no ${path}: libvirtd does not run`, cause);
  return error;
}

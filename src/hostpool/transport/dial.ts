import type { Duplex } from 'node:stream';
import type { HostUri } from '#libvirt/uri.ts';
import { VirtfleetError } from '#platform/errors.ts';
import { NOT_ANSWERING_MEND } from '../errors.ts';
import type { HostCredentials } from '../types.ts';
import { dialTcp, dialUnix } from './plain.ts';
import { dialSsh } from './ssh.ts';
import { dialTls } from './tls.ts';

export interface DialTarget {
  /** Name of the Host, for messages. */
  host: string;
  uri: HostUri;
  credentials: HostCredentials;
}

export interface Dialled {
  stream: Duplex;
  /**
   * True: libvirt is one daemon there, surely. Where it is split, the hypervisor's own has a socket, and that was looked
   * for first. False over tls and tcp, and where the URI says which socket: who listens there does not tell.
   */
  isWhole: boolean;
}

/** Until the far end has answered at all. A black hole costs this, and nothing else waits for it. */
export const CONNECT_DEADLINE_MS = 2_000;
/** Until the whole handshake is done: ciphers and keys take a busy host longer than a SYN does. */
export const HANDSHAKE_DEADLINE_MS = 6_000;

/**
 * Opens a byte stream to the host's libvirt daemon. Rejects with a VirtfleetError: Denied when the host refuses us or
 * is not the one that was pinned, Transient for everything that may go away. The stream is destroyed with the signal.
 */
export async function dial(target: DialTarget, signal: AbortSignal): Promise<Dialled> {
  const { transport } = target.uri;
  switch (transport) {
    case 'unix':
      return dialUnix(target, signal);
    case 'tcp':
      return { stream: await dialTcp(target, signal), isWhole: false };
    case 'tls':
      return { stream: await dialTls(target, signal), isWhole: false };
    case 'ssh':
      return dialSsh(target, signal);
    case 'none':
      throw new VirtfleetError('Bug', 'NothingToDial', `Host ${target.host}: an in-process driver is not dialled`);
    default:
      return transport satisfies never;
  }
}

/** What a person can do about a way that is not there; it is dialled again meanwhile. */
const mends: Readonly<Record<string, string>> = {
  ConnectionRefused: 'Start libvirtd (or sshd) there, or correct the port in spec.uri',
  NameNotResolved: 'Correct the host in spec.uri, or give it a name in the DNS',
  NoRoute: 'Bring the host up and open the way to it, or correct spec.uri',
  ConnectionFailed: 'See that the host is up and that spec.uri names its libvirtd',
  DialTimeout: 'See that the host is up and that no firewall is in between, or correct spec.uri',
  HostNotAnswering: NOT_ANSWERING_MEND,
  SSHFailed: 'See that an sshd listens on that port, or correct the port in spec.uri',
  TLSHandshakeFailed: "See that libvirtd's TLS socket is on that port, or correct the port in spec.uri",
  NotLibvirt: 'Correct the port in spec.uri',
  LibvirtSocketMissing: 'Start libvirtd there, or name its socket by ?socket= in spec.uri',
};

export function dialError(target: DialTarget, reason: string, detail: string, cause?: unknown): VirtfleetError {
  const mend = Object.hasOwn(mends, reason) ? mends[reason] : undefined;
  return new VirtfleetError('Transient', reason, `Host ${target.host}: ${detail}`, { host: target.host, mend, cause });
}

export function deniedError(
  target: DialTarget,
  reason: string,
  detail: string,
  mend: string,
  cause?: unknown,
): VirtfleetError {
  return new VirtfleetError('Denied', reason, `Host ${target.host}: ${detail}`, { host: target.host, mend, cause });
}

export function whereOf(target: DialTarget): string {
  const { host, port, transport } = target.uri;
  const name = host?.includes(':') ? `[${host}]` : host;
  return port === undefined ? `${name} (${transport})` : `${name}:${port} (${transport})`;
}

/** What a socket's own error codes mean to a person. */
export function socketError(target: DialTarget, error: NodeJS.ErrnoException): VirtfleetError {
  const where = whereOf(target);
  switch (error.code) {
    case 'ECONNREFUSED':
      return dialError(target, 'ConnectionRefused', `${where} refuses connections: nothing listens there`, error);
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return dialError(target, 'NameNotResolved', `the name ${target.uri.host} cannot be resolved`, error);
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
    case 'EHOSTDOWN':
      return dialError(target, 'NoRoute', `${where} cannot be reached from here (${error.code})`, error);
    default:
      return dialError(target, 'ConnectionFailed', `the connection to ${where} failed (${error.message})`, error);
  }
}

import { connect, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import ssh2, {
  type ClientErrorExtensions,
  type ConnectConfig,
  type ServerHostKeyAlgorithm,
  type Client as SshClient,
} from 'ssh2';
import type { VirtfleetError } from '#platform/errors.ts';
import {
  type Dialled,
  type DialTarget,
  deniedError,
  dialError,
  HANDSHAKE_DEADLINE_MS,
  socketError,
  whereOf,
} from './dial.ts';
import {
  entriesFor,
  hostKeyAlgorithms,
  judgeKey,
  type KeyVerdict,
  type KnownHost,
  parseKnownHosts,
} from './known-hosts.ts';
import { connected, daemonSockets } from './plain.ts';

type SshError = Error & ClientErrorExtensions & { code?: string; reason?: number | string };

/** RFC 4254, 5.1. */
const ADMINISTRATIVELY_PROHIBITED = 1;

/** Keeps NAT entries alive and finds a dead peer within about fifteen seconds, also on streams that only listen. */
const KEEPALIVE = { keepaliveInterval: 5_000, keepaliveCountMax: 3 } as const;

const KNOWN_HOSTS_MEND =
  'Put the line that `ssh-keyscan` prints for the host into known_hosts of the Secret, after comparing its fingerprint on the host';

function pinnedKeys(target: DialTarget, host: string, port: number): KnownHost[] {
  const { knownHosts } = target.credentials;
  if (knownHosts === undefined || knownHosts.trim() === '') {
    throw deniedError(
      target,
      'KnownHostsMissing',
      'the Secret has no known_hosts, and no host key is trusted unseen',
      KNOWN_HOSTS_MEND,
    );
  }
  const pinned = entriesFor(parseKnownHosts(knownHosts), host, port);
  if (!pinned.some((entry) => entry.marker === null)) {
    throw deniedError(target, 'HostKeyUnknown', `known_hosts has no key for ${host} port ${port}`, KNOWN_HOSTS_MEND);
  }
  return pinned;
}

function privateKeyOf(target: DialTarget): string {
  const { sshPrivateKey } = target.credentials;
  const mend = 'Put an unencrypted private key in OpenSSH or PEM format into ssh-privatekey of the Secret';
  if (sshPrivateKey === undefined) throw deniedError(target, 'SSHKeyMissing', 'the Secret has no ssh-privatekey', mend);
  const parsed = ssh2.utils.parseKey(sshPrivateKey);
  if (parsed instanceof Error)
    throw deniedError(target, 'InvalidSSHKey', `ssh-privatekey cannot be used (${parsed.message})`, mend, parsed);
  return sshPrivateKey;
}

function hostKeyError(target: DialTarget, verdict: KeyVerdict, cause: unknown): VirtfleetError {
  const revoked = verdict === 'revoked';
  return deniedError(
    target,
    revoked ? 'HostKeyRevoked' : 'HostKeyChanged',
    `${whereOf(target)} shows a host key ${revoked ? 'that is revoked in' : 'other than the one in'} known_hosts: it may be another machine, or somebody in between`,
    'If the host was reinstalled, replace its line in known_hosts of the Secret, after comparing the fingerprint on the host',
    cause,
  );
}

function sshError(target: DialTarget, error: SshError, verdict: KeyVerdict | null): VirtfleetError {
  const where = whereOf(target);
  if (verdict !== null && verdict !== 'match') return hostKeyError(target, verdict, error);
  if (error.level === 'client-authentication') {
    const user = target.uri.user ?? 'root';
    return deniedError(
      target,
      'SSHAuthenticationFailed',
      `${where} does not take the key in ssh-privatekey for user ${user}`,
      `Add its public key to ~${user}/.ssh/authorized_keys on the host, or put the right key into the Secret`,
      error,
    );
  }
  if (/no matching host key/i.test(error.message)) {
    return deniedError(
      target,
      'HostKeyChanged',
      `${where} has no host key of the kinds that known_hosts pins`,
      KNOWN_HOSTS_MEND,
      error,
    );
  }
  if (error.level === 'client-timeout') {
    return dialError(
      target,
      'HostNotAnswering',
      `${where} did not end the ssh handshake within ${HANDSHAKE_DEADLINE_MS} ms`,
      error,
    );
  }
  if (error.level === 'client-socket') return socketError(target, error as NodeJS.ErrnoException);
  return dialError(target, 'SSHFailed', `ssh to ${where} failed (${error.message})`, error);
}

/** A stream to the daemon's socket on the host. One ssh connection a stream, so that a copy never stands before a destroy. */
export async function dialSsh(target: DialTarget, signal: AbortSignal): Promise<Dialled> {
  const { host = 'localhost', port = 22, user = 'root' } = target.uri;
  const pinned = pinnedKeys(target, host, port);
  const privateKey = privateKeyOf(target);
  const sockets = daemonSockets(target);
  const tcp = await connected(target, connect({ host, port, noDelay: true }), signal);
  const client = new ssh2.Client();
  const giveUp = (): void => {
    client.destroy();
  };
  signal.addEventListener('abort', giveUp, { once: true });
  try {
    await handshake(target, client, tcp, { user, privateKey, pinned });
    const dialled = await openFirst(target, client, sockets);
    const { stream } = dialled;
    // The stream owns the ssh connection: whoever ends one ends both, and a dead connection ends the stream.
    stream.once('close', () => client.destroy());
    client.on('error', (error: Error) => stream.destroy(error));
    client.once('close', () => stream.destroy());
    return dialled;
  } catch (error) {
    client.on('error', () => {});
    client.destroy();
    throw signal.aborted ? dialError(target, 'DialCancelled', 'the dial was given up', error) : error;
  } finally {
    signal.removeEventListener('abort', giveUp);
  }
}

interface Login {
  user: string;
  privateKey: string;
  pinned: KnownHost[];
}

function handshake(target: DialTarget, client: SshClient, tcp: Socket, login: Login): Promise<void> {
  let verdict: KeyVerdict | null = null;
  const config: ConnectConfig = {
    sock: tcp,
    username: login.user,
    privateKey: login.privateKey,
    readyTimeout: HANDSHAKE_DEADLINE_MS,
    authHandler: ['publickey'],
    algorithms: { serverHostKey: hostKeyAlgorithms(login.pinned) as ServerHostKeyAlgorithm[] },
    hostVerifier: (key: Buffer) => {
      verdict = judgeKey(login.pinned, key);
      return verdict === 'match';
    },
    // Servers other than OpenSSH offer direct-streamlocal under the same name.
    strictVendor: false,
    ...KEEPALIVE,
  };
  return new Promise((resolve, reject) => {
    const onError = (error: SshError): void => fail(sshError(target, error, verdict));
    const onClose = (): void => fail(dialError(target, 'SSHFailed', `${whereOf(target)} hung up in the ssh handshake`));
    const settle = (): void => {
      client.off('error', onError).off('close', onClose).off('ready', onReady);
    };
    const fail = (error: Error): void => {
      settle();
      reject(error);
    };
    const onReady = (): void => {
      settle();
      resolve();
    };
    client.on('error', onError).on('close', onClose).on('ready', onReady);
    try {
      client.connect(config);
    } catch (error) {
      fail(
        deniedError(
          target,
          'InvalidSSHKey',
          `ssh cannot be set up (${error instanceof Error ? error.message : error})`,
          'Check ssh-privatekey and known_hosts in the Secret',
          error,
        ),
      );
    }
  });
}

async function openFirst(target: DialTarget, client: SshClient, sockets: readonly string[]): Promise<Dialled> {
  let last: VirtfleetError | null = null;
  for (const [at, path] of sockets.entries()) {
    const outcome = await forward(target, client, path);
    if ('stream' in outcome) return { stream: outcome.stream, isWhole: at > 0 };
    last = outcome.error;
    if (last.errorClass === 'Denied') break;
  }
  throw last ?? dialError(target, 'LibvirtSocketMissing', 'there is no socket to forward');
}

function forward(
  target: DialTarget,
  client: SshClient,
  path: string,
): Promise<{ stream: Duplex } | { error: VirtfleetError }> {
  const where = whereOf(target);
  return new Promise((resolve) => {
    const timer = setTimeout(
      () =>
        done({
          error: dialError(
            target,
            'DialTimeout',
            `${where} did not forward ${path} within ${HANDSHAKE_DEADLINE_MS} ms`,
          ),
        }),
      HANDSHAKE_DEADLINE_MS,
    );
    const onClose = (): void =>
      done({ error: dialError(target, 'SSHFailed', `ssh to ${where} ended while ${path} was being forwarded`) });
    const onError = (error: SshError): void => done({ error: sshError(target, error, null) });
    const done = (outcome: { stream: Duplex } | { error: VirtfleetError }): void => {
      clearTimeout(timer);
      client.off('close', onClose).off('error', onError);
      resolve(outcome);
    };
    client.once('close', onClose).on('error', onError);
    client.openssh_forwardOutStreamLocal(path, (error: SshError | undefined, stream: Duplex) => {
      if (!error) done({ stream });
      else if (Number(error.reason) === ADMINISTRATIVELY_PROHIBITED) {
        done({
          error: deniedError(
            target,
            'SSHForwardingRefused',
            `the sshd of ${where} does not forward sockets`,
            'Set AllowStreamLocalForwarding and AllowTcpForwarding to yes (or local) in its sshd_config',
            error,
          ),
        });
      } else {
        done({
          error: dialError(
            target,
            'LibvirtSocketMissing',
            `${path} on ${where} cannot be opened: libvirtd does not run there, user ${target.uri.user ?? 'root'} is not in its group, or sshd forbids it (AllowStreamLocalForwarding, AllowTcpForwarding)`,
            error,
          ),
        });
      }
    });
  });
}

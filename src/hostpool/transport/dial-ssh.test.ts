import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server } from 'node:net';
import ssh2 from 'ssh2';
import { beforeAll, describe, expect, test } from 'vitest';
import type { HostUri } from '#libvirt/uri.ts';
import { dialTo, echoes, echoSocket, failure, listening, never, servers, uriOf } from '../testing/dialling.ts';
import type { HostCredentials } from '../types.ts';
import { dial } from './dial.ts';

describe('ssh', () => {
  const hostKey = ssh2.utils.generateKeyPairSync('ed25519');
  const userKey = ssh2.utils.generateKeyPairSync('ed25519');
  const stranger = ssh2.utils.generateKeyPairSync('ed25519');
  const publicOf = (key: { public: string }): string => key.public.split(' ').slice(0, 2).join(' ');
  let port = 0;

  beforeAll(async () => {
    const allowed = ssh2.utils.parseKey(userKey.public);
    if (allowed instanceof Error) throw allowed;
    const server = new ssh2.Server({ hostKeys: [hostKey.private] }, (connection) => {
      connection.on('error', () => {});
      connection.on('authentication', (context) => {
        const isKnown = context.method === 'publickey' && context.key.data.equals(allowed.getPublicSSH());
        if (isKnown) context.accept();
        else context.reject(['publickey']);
      });
      connection.on('openssh.streamlocal', (accept, reject, info) => {
        const sockets = [echoSocket, '/run/libvirt/virtqemud-sock', '/run/libvirt/libvirt-sock'];
        if (!sockets.includes(info.socketPath)) return reject();
        const stream = accept();
        const local = connect(echoSocket);
        stream.pipe(local).pipe(stream);
      });
    });
    server.listen(0, '127.0.0.1');
    await once(server as unknown as Server, 'listening');
    servers.push(server);
    port = (server.address() as AddressInfo).port;
  });

  const uri = (socket = echoSocket): HostUri =>
    uriOf({ transport: 'ssh', user: 'virt', host: '127.0.0.1', port, params: { socket } });
  const pin = (key = hostKey): string => `[127.0.0.1]:${port} ${publicOf(key)}\n`;

  test('carries bytes to the socket on the host', async () => {
    await echoes(await dialTo(uri(), { sshPrivateKey: userKey.private, knownHosts: pin() }));
  });

  test("where the daemons are split, the hypervisor's own socket is taken", async () => {
    const split = uriOf({ transport: 'ssh', user: 'virt', host: '127.0.0.1', port });
    await echoes(await dialTo(split, { sshPrivateKey: userKey.private, knownHosts: pin() }));
  });

  test.each([
    ["the hypervisor's own daemon is there", { hypervisor: 'qemu', params: {} }, false],
    ['it is not, and one for all is', { hypervisor: 'lxc', params: {} }, true],
    ['the URI says which socket', { hypervisor: 'lxc', params: { socket: echoSocket } }, false],
    [
      'the URI says the socket of one for all, which virtproxyd has, too',
      { hypervisor: 'lxc', params: { mode: 'legacy' } },
      false,
    ],
  ] as const)('libvirt is known to be one daemon or not: %s', async (_, over, isWhole) => {
    const uri = uriOf({ transport: 'ssh', user: 'virt', host: '127.0.0.1', port, ...over });
    const credentials = { sshPrivateKey: userKey.private, knownHosts: pin() };
    const dialled = await dial({ host: 'h1', uri, credentials }, never);
    dialled.stream.destroy();
    expect(dialled.isWhole).toBe(isWhole);
  });

  const encrypted = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs1', format: 'pem', cipher: 'aes-128-cbc', passphrase: 'x' },
    publicKeyEncoding: { type: 'pkcs1', format: 'pem' },
  }).privateKey;
  const refusals: {
    what: string;
    credentials: () => HostCredentials;
    socket?: string;
    reason: string;
    errorClass: string;
  }[] = [
    {
      what: 'a wrong key',
      credentials: () => ({ sshPrivateKey: stranger.private, knownHosts: pin() }),
      reason: 'SSHAuthenticationFailed',
      errorClass: 'Denied',
    },
    {
      what: 'a changed host key',
      credentials: () => ({ sshPrivateKey: userKey.private, knownHosts: pin(stranger) }),
      reason: 'HostKeyChanged',
      errorClass: 'Denied',
    },
    {
      what: 'a pinned key of a kind that the host has not',
      credentials: () => ({
        sshPrivateKey: userKey.private,
        knownHosts: pin(ssh2.utils.generateKeyPairSync('ecdsa', { bits: 256 })),
      }),
      reason: 'HostKeyChanged',
      errorClass: 'Denied',
    },
    {
      what: 'a revoked host key',
      credentials: () => ({ sshPrivateKey: userKey.private, knownHosts: `${pin()}@revoked * ${publicOf(hostKey)}` }),
      reason: 'HostKeyRevoked',
      errorClass: 'Denied',
    },
    {
      what: 'a host that is not in known_hosts',
      credentials: () => ({ sshPrivateKey: userKey.private, knownHosts: `h2 ${publicOf(hostKey)}` }),
      reason: 'HostKeyUnknown',
      errorClass: 'Denied',
    },
    {
      what: 'no known_hosts',
      credentials: () => ({ sshPrivateKey: userKey.private }),
      reason: 'KnownHostsMissing',
      errorClass: 'Denied',
    },
    { what: 'no key', credentials: () => ({ knownHosts: pin() }), reason: 'SSHKeyMissing', errorClass: 'Denied' },
    {
      what: 'an encrypted key',
      credentials: () => ({ sshPrivateKey: encrypted, knownHosts: pin() }),
      reason: 'InvalidSSHKey',
      errorClass: 'Denied',
    },
    {
      what: 'a socket that is not there',
      credentials: () => ({ sshPrivateKey: userKey.private, knownHosts: pin() }),
      socket: '/nowhere',
      reason: 'LibvirtSocketMissing',
      errorClass: 'Transient',
    },
  ];
  for (const { what, credentials, socket, reason, errorClass } of refusals) {
    test(`${what}: ${reason}`, async () => {
      const error = await failure(dialTo(uri(socket), credentials()));
      expect(error).toMatchObject({ reason, errorClass, host: 'h1' });
      expect(error.message).not.toContain('PRIVATE KEY');
    });
  }

  test('a port that says nothing', async () => {
    const silent = createServer((socket) => socket.on('error', () => {}));
    const abort = new AbortController();
    const quiet = uriOf({ transport: 'ssh', host: '127.0.0.1', port: await listening(silent) });
    const knownHosts = `[127.0.0.1]:${quiet.port} ${publicOf(hostKey)}`;
    const dialling = failure(dialTo(quiet, { sshPrivateKey: userKey.private, knownHosts }, abort.signal));
    await once(silent, 'connection');
    abort.abort();
    expect(await dialling).toMatchObject({ reason: 'DialCancelled', errorClass: 'Transient' });
  });
});

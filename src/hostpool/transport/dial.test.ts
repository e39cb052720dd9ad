import { spawn } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { createServer as createTlsServer } from 'node:tls';
import ssh2 from 'ssh2';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { HostUri } from '#libvirt/uri.ts';
import { VirtfleetError } from '#platform/errors.ts';
import { TestAuthority } from '../testing/certificates.ts';
import type { HostCredentials } from '../types.ts';
import { CONNECT_DEADLINE_MS, dial } from './dial.ts';

const never = new AbortController().signal;
const dir = mkdtempSync(join(tmpdir(), 'vf-dial-'));
const servers: { close(): unknown }[] = [];
const echoSocket = join(dir, 'libvirt-sock');

const uriOf = (o: Partial<HostUri> & Pick<HostUri, 'transport'>): HostUri => ({
  hypervisor: 'qemu',
  path: '/system',
  params: {},
  ...o,
});
const dialTo = async (uri: HostUri, credentials: HostCredentials = {}, signal = never): Promise<Duplex> =>
  (await dial({ host: 'h1', uri, credentials }, signal)).stream;

async function listening(server: Server, where: number | string = 0): Promise<number> {
  server.listen(where as number, typeof where === 'number' ? '127.0.0.1' : undefined);
  servers.push(server);
  await once(server, 'listening');
  return typeof where === 'number' ? (server.address() as AddressInfo).port : 0;
}

/** A message as libvirt frames it. */
const PING = Buffer.from('\0\0\0\x08ping');

/** What the far end says comes back through the whole path. */
async function echoes(stream: Duplex): Promise<void> {
  stream.write(PING);
  const [chunk] = (await once(stream, 'data')) as [Buffer];
  expect(chunk).toEqual(PING);
  stream.destroy();
}

async function failure(promise: Promise<Duplex>): Promise<VirtfleetError> {
  const error = await promise.then(
    () => null,
    (caught: unknown) => caught,
  );
  expect(error).toBeInstanceOf(VirtfleetError);
  return error as VirtfleetError;
}

const newEcho = (): Server =>
  createServer((socket) => {
    socket.on('error', () => {});
    socket.pipe(socket);
  });

beforeAll(async () => {
  await listening(newEcho(), echoSocket);
});
afterAll(() => {
  for (const server of servers) server.close();
  rmSync(dir, { recursive: true, force: true });
});

describe('unix and tcp', () => {
  test('unix carries bytes', async () => {
    await echoes(await dialTo(uriOf({ transport: 'unix', params: { socket: echoSocket } })));
  });

  test('a socket that is not there is said by its path', async () => {
    const error = await failure(dialTo(uriOf({ transport: 'unix', params: { socket: join(dir, 'nobody') } })));
    expect(error).toMatchObject({ errorClass: 'Transient', reason: 'LibvirtSocketMissing', host: 'h1' });
    expect(error.message).toContain(join(dir, 'nobody'));
  });

  test('tcp carries bytes', async () => {
    const port = await listening(newEcho());
    await echoes(await dialTo(uriOf({ transport: 'tcp', host: '127.0.0.1', port })));
  });

  test('a closed port is refused at once', async () => {
    const server = newEcho();
    const port = await listening(server);
    server.close();
    await once(server, 'close');
    expect(await failure(dialTo(uriOf({ transport: 'tcp', host: '127.0.0.1', port })))).toMatchObject({
      errorClass: 'Transient',
      reason: 'ConnectionRefused',
      mend: expect.stringContaining('spec.uri'),
    });
  });

  test('a black hole costs the deadline and no more', async () => {
    // A stopped process whose queue of connections is full: the kernel drops what comes after, as a black hole does.
    const code =
      "const s=require('net').createServer();s.listen({port:0,host:'127.0.0.1',backlog:1},()=>console.log(s.address().port))";
    const child = spawn(process.execPath, ['-e', code], { stdio: ['ignore', 'pipe', 'inherit'] });
    const held: Duplex[] = [];
    try {
      const [line] = (await once(child.stdout, 'data')) as [Buffer];
      const uri = uriOf({ transport: 'tcp', host: '127.0.0.1', port: Number(line.toString()) });
      child.kill('SIGSTOP');
      let error: unknown = null;
      let tookMs = 0;
      while (error === null && held.length < 8) {
        const begun = performance.now();
        await dialTo(uri).then(
          (stream) => held.push(stream),
          (caught: unknown) => {
            error = caught;
          },
        );
        tookMs = performance.now() - begun;
      }
      expect(error).toMatchObject({ errorClass: 'Transient', reason: 'DialTimeout' });
      expect(tookMs).toBeGreaterThan(CONNECT_DEADLINE_MS - 50);
      expect(tookMs).toBeLessThan(CONNECT_DEADLINE_MS + 1_000);
    } finally {
      for (const stream of held) stream.destroy();
      child.kill('SIGKILL');
    }
  });

  test('a password never travels in plain text', async () => {
    const error = await failure(
      dialTo(uriOf({ transport: 'tcp', host: '127.0.0.1', port: 1 }), { username: 'u', password: 'p' }),
    );
    expect(error).toMatchObject({ errorClass: 'Denied', reason: 'PasswordNeedsTLS' });
  });
});

describe('tls', () => {
  const ca = new TestAuthority('fleet');
  const other = new TestAuthority('other');
  const client = ca.issue('virtfleet');
  const good: HostCredentials = { caCert: ca.cert, clientCert: client.cert, clientKey: client.key };
  afterAll(() => {
    ca.close();
    other.close();
  });

  async function libvirtLike(
    name: string,
    options: { expired?: boolean; confirm?: string; silent?: boolean } = {},
  ): Promise<HostUri> {
    const pair = ca.issue(name, options);
    const server = createTlsServer(
      { cert: pair.cert, key: pair.key, ca: ca.cert, requestCert: true, rejectUnauthorized: true },
      (socket) => {
        socket.on('error', () => {});
        if (!options.silent) socket.write(options.confirm ?? '\x01');
        socket.pipe(socket);
      },
    );
    server.on('tlsClientError', () => {});
    return uriOf({ transport: 'tls', host: '127.0.0.1', port: await listening(server) });
  }

  test('carries bytes, and the byte of confirmation is swallowed', async () => {
    await echoes(await dialTo(await libvirtLike('127.0.0.1'), good));
  });

  test('the confirmation may come together with what follows it', async () => {
    const stream = await dialTo(await libvirtLike('127.0.0.1', { confirm: '\x01early' }), good);
    const [chunk] = (await once(stream, 'data')) as [Buffer];
    expect(chunk.toString()).toBe('early');
    stream.destroy();
  });

  const refusals: {
    what: string;
    server: () => Promise<HostUri>;
    credentials: HostCredentials;
    reason: string;
    errorClass: string;
  }[] = [
    {
      what: 'another authority',
      server: () => libvirtLike('127.0.0.1'),
      credentials: { ...good, caCert: other.cert },
      reason: 'UnknownCA',
      errorClass: 'Denied',
    },
    {
      what: 'another name',
      server: () => libvirtLike('elsewhere.example'),
      credentials: good,
      reason: 'CertificateNameMismatch',
      errorClass: 'Denied',
    },
    {
      what: 'an expired certificate',
      server: () => libvirtLike('127.0.0.1', { expired: true }),
      credentials: good,
      reason: 'CertificateExpired',
      errorClass: 'Denied',
    },
    {
      what: 'no client certificate',
      server: () => libvirtLike('127.0.0.1'),
      credentials: { caCert: ca.cert },
      reason: 'ClientCertificateRefused',
      errorClass: 'Denied',
    },
    {
      what: 'a certificate that does not belong to the key',
      server: () => libvirtLike('127.0.0.1'),
      credentials: { ...good, clientKey: ca.issue('another').key },
      reason: 'InvalidTLSCredentials',
      errorClass: 'Denied',
    },
    {
      what: 'a server that is not libvirtd',
      server: () => libvirtLike('127.0.0.1', { confirm: 'HTTP/1.1 400' }),
      credentials: good,
      reason: 'NotLibvirt',
      errorClass: 'Transient',
    },
  ];
  for (const { what, server, credentials, reason, errorClass } of refusals) {
    test(`${what}: ${reason}`, async () => {
      expect(await failure(dialTo(await server(), credentials))).toMatchObject({ reason, errorClass, host: 'h1' });
    });
  }

  test('a client certificate of another authority: ClientCertificateRefused', async () => {
    const foreign = other.issue('x');
    const credentials = { caCert: ca.cert, clientCert: foreign.cert, clientKey: foreign.key };
    expect(await failure(dialTo(await libvirtLike('127.0.0.1'), credentials))).toMatchObject({
      reason: 'ClientCertificateRefused',
    });
  });

  test('a daemon that takes the connection and stands still is not answering', { timeout: 20_000 }, async () => {
    const port = await listening(createServer((socket) => socket.on('error', () => {})));
    const frozen = await failure(dialTo(uriOf({ transport: 'tls', host: '127.0.0.1', port }), good));
    expect(frozen).toMatchObject({
      errorClass: 'Transient',
      reason: 'HostNotAnswering',
      mend: expect.stringContaining('hangs'),
    });
  });

  test('the dial ends with its signal', async () => {
    const abort = new AbortController();
    const dialling = failure(dialTo(await libvirtLike('127.0.0.1', { silent: true }), good, abort.signal));
    abort.abort();
    expect(await dialling).toMatchObject({ reason: 'DialCancelled' });
  });
});

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

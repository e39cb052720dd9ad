import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { createServer as createTlsServer } from 'node:tls';
import { afterAll, describe, expect, test } from 'vitest';
import type { HostUri } from '#libvirt/uri.ts';
import { TestAuthority } from '../testing/certificates.ts';
import { dialTo, dir, echoes, echoSocket, failure, listening, newEcho, uriOf } from '../testing/dialling.ts';
import type { HostCredentials } from '../types.ts';
import { CONNECT_DEADLINE_MS } from './dial.ts';

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

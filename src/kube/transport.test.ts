import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Right } from '#platform/right.ts';
import { unrestricted } from '#platform/right.ts';
import { KubeClient } from './client.ts';
import type { Credentials } from './credentials.ts';
import { configMapKind } from './testing.ts';
import { splitLines, Transport } from './transport.ts';

const body = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'x', namespace: 'n' } };

describe('Transport', () => {
  let server: Server;
  let seen: { request: IncomingMessage; body: string }[];
  let connections: number;
  let clients: KubeClient[];

  beforeEach(async () => {
    seen = [];
    connections = 0;
    clients = [];
    server = createServer((request, response) => {
      let text = '';
      request.on('data', (chunk: Buffer) => {
        text += chunk.toString();
      });
      request.on('end', () => {
        seen.push({ request, body: text });
        response.writeHead(200, { 'content-type': 'application/json' });
        response.end(text || '{}');
      });
    });
    server.on('connection', () => {
      connections += 1;
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterEach(async () => {
    await Promise.all(clients.map((client) => client.close()));
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  const clientless = (): Transport => {
    const { port } = server.address() as AddressInfo;
    return new Transport({ server: `http://127.0.0.1:${port}`, credentials: plain });
  };
  function connect(credentials: () => Promise<Credentials>): KubeClient {
    const { port } = server.address() as AddressInfo;
    const client = new KubeClient(new Transport({ server: `http://127.0.0.1:${port}`, credentials }));
    clients.push(client);
    return client;
  }
  const plain = async (): Promise<Credentials> => ({ tls: {}, headers: {} });

  test('the Lease is renewed while all connections for requests are waiting for answers', async () => {
    const transport = clientless();
    const held: ServerResponse[] = [];
    server.removeAllListeners('request');
    server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      if (request.url?.startsWith('/apis/coordination.k8s.io/')) response.end('{"is":"renewed"}');
      else held.push(response);
    });
    const ask = (path: string) => transport.json({ method: 'GET', path, label: { what: 'get', mutating: false } });
    const crowd = Array.from({ length: 20 }, () => ask('/api/v1/namespaces/n/configmaps/x'));
    while (held.length < 16) await new Promise((resolve) => setImmediate(resolve));
    expect(await ask('/apis/coordination.k8s.io/v1/namespaces/n/leases/x')).toEqual({ is: 'renewed' });
    expect(held, 'as many as there are connections').toHaveLength(16);
    const answering = setInterval(() => {
      for (const response of held.splice(0)) response.end('{}');
    }, 1);
    await Promise.all(crowd).finally(() => clearInterval(answering));
    await transport.close();
  });

  test.each(['clock', 'signal'])(
    'a right that ends (%s) after the check and before the wire: nothing is written',
    async (how) => {
      const abort = new AbortController();
      let ended = false;
      const right: Right = {
        name: 'lease x',
        notAfterMs: () => (ended && how === 'clock' ? 0 : Number.POSITIVE_INFINITY),
        signal: abort.signal,
      };
      // As if the process were stopped while it waits for its credentials.
      const client = connect(async () => {
        ended = true;
        if (how === 'signal') setImmediate(() => abort.abort(new Error('given up')));
        await new Promise((resolve) => setImmediate(resolve));
        await new Promise((resolve) => setImmediate(resolve));
        return plain();
      });
      const error = await client.create(right, configMapKind, body).catch((e: unknown) => e);
      expect(error).toMatchObject({ errorClass: 'LeaseLost' });
      await connect(plain).getPath('/version');
      expect(seen.map(({ request }) => request.method)).toEqual(['GET']);
    },
  );

  test('a right that ends while the connection is being made: nothing is written', async () => {
    let checks = 0;
    // The door checks it and reads its deadline, the transport checks it before it dials: then it is over.
    const notAfterMs = (): number => {
      checks += 1;
      return checks <= 3 ? Number.POSITIVE_INFINITY : 0;
    };
    const right: Right = { name: 'lease x', notAfterMs, signal: new AbortController().signal };
    await expect(connect(plain).create(right, configMapKind, body)).rejects.toMatchObject({ errorClass: 'LeaseLost' });
    expect(checks).toBe(4);
    expect(seen).toEqual([]);
  });

  test('a write tells the server how long it may work on it', async () => {
    const client = connect(plain);
    await client.create(unrestricted, configMapKind, body);
    await client.patchByUid(
      unrestricted,
      configMapKind,
      { namespace: 'n', name: 'x', uid: 'u' },
      { status: { a: 1 } },
      { subresource: 'status' },
    );
    expect(seen.map(({ request }) => `${request.method} ${request.url}`)).toEqual([
      'POST /api/v1/namespaces/n/configmaps?timeout=10s',
      'PATCH /api/v1/namespaces/n/configmaps/x/status?timeout=10s',
    ]);
    expect(JSON.parse(seen[1]?.body ?? '')).toEqual({ status: { a: 1 }, metadata: { uid: 'u' } });
    expect(seen[1]?.request.headers['content-type']).toBe('application/merge-patch+json');
  });

  test('connections last; a new token uses them on, a new certificate does not', async () => {
    let given: Credentials = { tls: { ca: 'one' }, headers: { authorization: 'Bearer 1' } };
    const client = connect(async () => given);
    for (let n = 0; n < 20; n += 1) await client.getPath('/version');
    expect(connections).toBeLessThanOrEqual(2);
    const before = connections;
    given = { ...given, headers: { authorization: 'Bearer 2' } };
    await client.getPath('/version');
    expect(seen.at(-1)?.request.headers.authorization).toBe('Bearer 2');
    expect(connections).toBe(before);
    given = { ...given, tls: { ca: 'two' } };
    await client.getPath('/version');
    expect(connections).toBe(before + 1);
  });
});

describe('splitLines', () => {
  async function* chunks(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
  }

  test.each([1, 2, 3, 7, 1000])('in pieces of %d bytes', async (size) => {
    const lines: string[] = [];
    for await (const line of splitLines(chunks(Buffer.from('{"a":"ü"}\n\n{"b":"日本"}\nrest'), size))) lines.push(line);
    expect(lines).toEqual(['{"a":"ü"}', '{"b":"日本"}', 'rest']);
  });
});

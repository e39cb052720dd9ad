import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Agent } from 'undici';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { guardedAgent } from '#jobs/image-fetch/dispatcher.ts';
import { type HttpSource, SharedDownloads } from '#jobs/image-fetch/shared-downloads.ts';
import { SourcePolicy } from '#jobs/image-fetch/source-policy.ts';
import { eventually } from '../jobs/eventually.ts';
import { FileServer } from './file-server.ts';
import { aQcow2, sha256, sha512 } from './images.ts';

const MiB = 1024 ** 2;

describe('downloading an image', () => {
  let good: Buffer;
  let server: FileServer;
  let scratchDir: string;
  let agent: Agent;
  let downloads: SharedDownloads;
  const never = new AbortController().signal;

  const open = (sources: string[], scratchLimitBytes = 64 * MiB): void => {
    agent = guardedAgent(new SourcePolicy(sources), {
      connectTimeoutMs: 2_000,
      headersTimeoutMs: 1_000,
      idleTimeoutMs: 1_000,
    });
    downloads = new SharedDownloads(
      { scratchDir, scratchLimitBytes, maxVirtualBytes: 1024 * MiB, timeoutMs: 5_000 },
      agent,
    );
  };
  const source = (url: string, checksum = sha256(good)): HttpSource => ({ url, checksum, format: 'qcow2' });
  const get = (from: HttpSource, signal = never): Promise<Buffer> =>
    downloads.with(
      from,
      signal,
      () => undefined,
      ({ path }) => readFile(path),
    );
  /** Directories of downloads. None was begun: there is not even their parent. */
  const left = (): Promise<string[]> => readdir(join(scratchDir, 'images')).catch(() => []);

  beforeAll(async () => {
    good = await aQcow2();
  });
  beforeEach(async () => {
    server = await FileServer.start();
    scratchDir = await mkdtemp(join(tmpdir(), 'virtfleet-scratch-'));
    open(['127.0.0.1/32']);
  });
  afterEach(async () => {
    await downloads.close();
    await agent.destroy();
    await server[Symbol.asyncDispose]();
    await rm(scratchDir, { recursive: true, force: true });
  });

  it('gives the checked file, and what it is', async () => {
    const progress: string[] = [];
    const url = server.serve('/disk', good);
    const size = await downloads.with(
      source(url),
      never,
      (phase, done, total) => progress.push(`${phase} ${done}/${total}`),
      async ({ path, facts }) => {
        expect((await readFile(path)).equals(good)).toBe(true);
        return facts;
      },
    );
    expect(size).toEqual({ virtualBytes: 64 * MiB, fileBytes: good.length });
    expect(progress.at(-1)).toBe(`Checking ${good.length}/${good.length}`);
  });

  it('takes sha512, too', async () => {
    expect((await get(source(server.serve('/disk', good), sha512(good)))).length).toBe(good.length);
  });

  it('follows redirects', async () => {
    server.serve('/disk', good);
    const url = server.serve('/old', (_request, response) => response.writeHead(302, { location: '/disk' }).end());
    expect((await get(source(url))).length).toBe(good.length);
  });

  it('is done once for all who want it at that time, and the file goes when it is closed', async () => {
    const url = server.serve('/disk', good);
    await Promise.all([get(source(url)), get(source(url)), get(source(url))]);
    await get(source(url));
    expect(server.requests).toEqual(['/disk']);
    expect(await left()).not.toEqual([]);
    await downloads.close();
    expect(await left()).toEqual([]);
  });

  it('one who gives up does not take it from the others', async () => {
    let answer: (() => void) | undefined;
    const url = server.serve('/disk', (_request, response) => {
      response.writeHead(200, { 'content-length': good.length });
      response.write(good.subarray(0, 1000));
      answer = () => response.end(good.subarray(1000));
    });
    const impatient = new AbortController();
    const first = get(source(url), impatient.signal);
    const second = get(source(url));
    await eventually('the server was asked', () => answer);
    impatient.abort(new Error('impatient'));
    await expect(first).rejects.toThrow('impatient');
    answer?.();
    expect((await second).length).toBe(good.length);
  });

  it('ends when nobody wants it any more, and leaves nothing', async () => {
    let closed = false;
    const url = server.serve('/disk', (_request, response) => {
      response.writeHead(200, { 'content-length': good.length });
      response.write(good.subarray(0, 1000));
      response.on('close', () => {
        closed = true;
      });
    });
    const impatient = new AbortController();
    const only = get(source(url), impatient.signal);
    await eventually('the server was asked', () => server.requests.length === 1);
    impatient.abort(new Error('impatient'));
    await expect(only).rejects.toThrow('impatient');
    await eventually('the connection is closed', () => closed);
    await eventually('nothing is left', async () => (await left()).length === 0);
  });

  const page = Buffer.from('<html>not here any more</html>');
  interface Bad {
    name: string;
    reason: string;
    message: RegExp;
    prepare: () => Promise<HttpSource> | HttpSource;
  }
  const cases: Bad[] = [
    {
      name: 'another checksum',
      reason: 'ChecksumMismatch',
      message: /has the checksum sha256:/,
      prepare: () => source(server.serve('/disk', good), sha256(Buffer.from('other'))),
    },
    { name: 'nothing there', reason: 'SourceNotFound', message: /404/, prepare: () => source(`${server.url}/nothing`) },
    {
      name: 'a login',
      reason: 'SourceForbidden',
      message: /403/,
      prepare: () => source(server.serve('/disk', (_request, response) => response.writeHead(403).end())),
    },
    {
      name: 'a broken server',
      reason: 'SourceUnreachable',
      message: /503/,
      prepare: () => source(server.serve('/disk', (_request, response) => response.writeHead(503).end())),
    },
    {
      name: 'nobody listens',
      reason: 'SourceUnreachable',
      message: /refused/i,
      prepare: () => source('http://127.0.0.1:1/disk'),
    },
    {
      name: 'a server that says nothing',
      reason: 'SourceUnreachable',
      message: /timeout/i,
      prepare: () => source(server.serve('/disk', () => undefined)),
    },
    {
      name: 'a server that stops in the midst of it',
      reason: 'SourceUnreachable',
      message: /timeout/i,
      prepare: () =>
        source(
          server.serve('/disk', (_request, response) => {
            response.writeHead(200, { 'content-length': good.length });
            response.write(good.subarray(0, 1000));
          }),
        ),
    },
    {
      name: 'a server that hangs up in the midst of it',
      reason: 'SourceUnreachable',
      message: /cannot be reached/,
      prepare: () =>
        source(
          server.serve('/disk', (_request, response) => {
            response.writeHead(200, { 'content-length': good.length });
            response.write(good.subarray(0, 1000), () => response.destroy());
          }),
        ),
    },
    {
      name: 'redirects without end',
      reason: 'SourceForbidden',
      message: /redirects more than/,
      prepare: () =>
        source(server.serve('/round', (_request, response) => response.writeHead(302, { location: '/round' }).end())),
    },
    {
      name: 'a redirect to where nobody may go',
      reason: 'SourceForbidden',
      message: /127\.0\.0\.2/,
      prepare: () =>
        source(
          server.serve('/away', (_request, response) =>
            response.writeHead(302, { location: 'http://127.0.0.2/x' }).end(),
          ),
        ),
    },
    {
      name: 'a redirect to metadata',
      reason: 'SourceForbidden',
      message: /169\.254\.169\.254/,
      prepare: () =>
        source(
          server.serve('/away', (_request, response) =>
            response.writeHead(307, { location: 'http://169.254.169.254/latest' }).end(),
          ),
        ),
    },
    {
      name: 'a redirect to a file',
      reason: 'SourceForbidden',
      message: /not http/,
      prepare: () =>
        source(
          server.serve('/away', (_request, response) =>
            response.writeHead(302, { location: 'file:///etc/passwd' }).end(),
          ),
        ),
    },
    {
      name: 'packed content',
      reason: 'ImageInvalid',
      message: /content-encoding gzip/,
      prepare: () =>
        source(
          server.serve('/disk', (_request, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end()),
        ),
    },
    {
      name: 'a web page',
      reason: 'ImageInvalid',
      message: /something else/,
      prepare: () => source(server.serve('/disk', page), sha256(page)),
    },
    {
      name: 'a truncated image whose checksum is right',
      reason: 'ImageInvalid',
      message: /damaged/,
      prepare: () => {
        const half = good.subarray(0, good.length / 2);
        return source(server.serve('/disk', half), sha256(half));
      },
    },
    {
      name: 'a backing file',
      reason: 'ImageInvalid',
      message: /backing file/,
      prepare: async () => {
        const overlay = await aQcow2('-u', '-b', '/etc/passwd', '-F', 'raw');
        return source(server.serve('/disk', overlay), sha256(overlay));
      },
    },
    {
      name: 'a disk that is too large',
      reason: 'ImageTooLarge',
      message: /limit/,
      prepare: () => {
        const huge = Buffer.from(good);
        huge.writeBigUInt64BE(10n ** 15n, 24);
        return source(server.serve('/disk', huge), sha256(huge));
      },
    },
  ];
  it.each(cases)('refuses $name, and leaves nothing', async ({ reason, message, prepare }) => {
    const from = await prepare();
    await expect(get(from)).rejects.toMatchObject({ reason, message: expect.stringMatching(message) });
    await eventually('nothing is left', async () => (await left()).length === 0);
  });

  it.each([
    [
      'says so',
      (response: import('node:http').ServerResponse) => response.writeHead(200, { 'content-length': 8 * MiB }).end(),
    ],
    [
      'does not say so',
      (response: import('node:http').ServerResponse) => {
        response.writeHead(200);
        for (let n = 0; n < 8; n += 1) response.write(Buffer.alloc(MiB));
        response.end();
      },
    ],
  ])('refuses a file that is too large, when the server %s', async (_name, answer) => {
    open(['127.0.0.1/32'], MiB);
    await expect(get(source(server.serve('/disk', (_request, response) => answer(response))))).rejects.toMatchObject({
      reason: 'ImageTooLarge',
    });
  });

  it('refuses a slow trickle in the end', async () => {
    const url = server.serve('/disk', (_request, response) => {
      response.writeHead(200, { 'content-length': good.length });
      const timer = setInterval(() => response.write('x'), 100);
      response.on('close', () => clearInterval(timer));
    });
    await expect(get(source(url))).rejects.toMatchObject({ reason: 'SourceUnreachable' });
  });

  it.each(['localhost', '127.0.0.1', '[::1]', '2130706433', '0x7f.1'])(
    'goes to %s only when it was allowed',
    async (host) => {
      open(['public']);
      const url = `${server.serve('/disk', good)}`.replace('127.0.0.1', host);
      await expect(get(source(url))).rejects.toMatchObject({ reason: 'SourceForbidden' });
      expect(server.requests).toEqual([]);
    },
  );
});

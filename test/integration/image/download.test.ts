import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Agent } from 'undici';
import { afterEach, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { guardedAgent } from '#jobs/image-fetch/dispatcher.ts';
import { type HttpSource, SharedDownloads } from '#jobs/image-fetch/shared-downloads.ts';
import { SourcePolicy } from '#jobs/image-fetch/source-policy.ts';
import { toMessage, VirtfleetError } from '#platform/errors.ts';
import { serveBad } from '../bad-input/serve.ts';
import { servedImages } from '../bad-input/served-images.ts';
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
    // Not the address that redirects try to reach.
    server = await FileServer.start('127.0.0.2');
    scratchDir = await mkdtemp(join(tmpdir(), 'virtfleet-scratch-'));
    open(['127.0.0.2/32']);
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

  describe.each([
    ['the image', false],
    ['the patience of the operator', true],
  ])('what is wrong with %s', (_, isSlow) => {
    it.each(servedImages.filter((one) => (one.isSlow ?? false) === isSlow).map((one) => [one.wrong, one] as const))(
      'refuses %s, and leaves nothing',
      async (__, one) => {
        const { object, says } = await serveBad(server, one, good);
        const { http, format } = object.spec as { http: { url: string; checksum: string }; format: string };
        const error = await downloads
          .with(
            { ...http, format: format === 'Raw' ? 'raw' : 'qcow2' },
            never,
            () => undefined,
            async () => null,
          )
          .catch((caught: unknown) => caught);
        expect(error).toBeInstanceOf(VirtfleetError);
        for (const words of says) expect(toMessage(error)).toContain(words);
        await eventually('nothing is left', async () => (await left()).length === 0);
      },
    );
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
    open(['127.0.0.2/32'], MiB);
    await expect(get(source(server.serve('/disk', (_request, response) => answer(response))))).rejects.toMatchObject({
      reason: 'ImageTooLarge',
    });
  });

  it.each(['localhost', '127.0.0.1', '[::1]', '2130706433', '0x7f.1'])(
    'goes to %s only when it was allowed',
    async (host) => {
      open(['public']);
      const loopback = await FileServer.start();
      onTestFinished(() => loopback[Symbol.asyncDispose]());
      const url = loopback.serve('/disk', good).replace('127.0.0.1', host);
      await expect(get(source(url))).rejects.toMatchObject({ reason: 'SourceForbidden' });
      expect(loopback.requests).toEqual([]);
    },
  );
});

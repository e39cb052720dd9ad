import { createReadStream, readFileSync, statSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { join, normalize } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';

/**
 * Serves guest images, whole and broken on purpose. `/NAME` is the file; in front of it may stand one of
 *   /slow/BYTES_PER_SECOND   /truncated (announces all, sends half)   /short (half, and says so)
 *   /corrupt (one byte is another)   /hang (a beginning, then nothing)   /chunked (no length announced)
 * and there are /status/CODE, /redirect/ENCODED_URL, and /requests: how often what was asked for, as JSON.
 */
const { values } = parseArgs({
  options: {
    dir: { type: 'string' },
    address: { type: 'string' },
    cert: { type: 'string' },
    key: { type: 'string' },
  },
});
const { dir, address, cert, key } = values;
if (!dir || !address || !cert || !key) throw new Error('needs --dir, --address, --cert and --key');
const folder = dir;

const requests = new Map<string, number>();
const modes = ['slow', 'truncated', 'short', 'corrupt', 'hang', 'chunked'] as const;
type Mode = (typeof modes)[number] | 'whole';

interface Asked {
  mode: Mode;
  bytesPerSecond: number;
  name: string;
}

function understand(path: string): Asked {
  const [first = '', ...rest] = path.split('/').filter((part) => part !== '');
  const mode = modes.find((candidate) => candidate === first);
  if (mode === undefined) return { mode: 'whole', bytesPerSecond: 0, name: [first, ...rest].join('/') };
  const bytesPerSecond = mode === 'slow' ? Number(rest.shift()) : 0;
  return { mode, bytesPerSecond, name: rest.join('/') };
}

function range(request: IncomingMessage, size: number): [number, number] | null {
  const [, from, to] = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '') ?? [];
  return from === undefined ? null : [Number(from), to ? Math.min(Number(to), size - 1) : size - 1];
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname } = new URL(request.url ?? '/', 'http://rig');
  requests.set(`${request.method} ${pathname}`, (requests.get(`${request.method} ${pathname}`) ?? 0) + 1);
  if (pathname === '/requests') return void response.end(JSON.stringify(Object.fromEntries(requests)));
  const [, kind, rest = ''] = /^\/(status|redirect)\/(.+)$/.exec(pathname) ?? [];
  if (kind === 'status') return void response.writeHead(Number(rest)).end('as you asked\n');
  if (kind === 'redirect') return void response.writeHead(302, { location: decodeURIComponent(rest) }).end();
  await sendFile(request, response, understand(pathname));
}

async function sendFile(request: IncomingMessage, response: ServerResponse, asked: Asked): Promise<void> {
  const file = join(folder, normalize(`/${asked.name}`));
  const stat = statSync(file, { throwIfNoEntry: false });
  if (!stat?.isFile()) return void response.writeHead(404).end('no such image\n');
  const half = Math.floor(stat.size / 2);
  const size = asked.mode === 'short' ? half : stat.size;
  const part = range(request, size);
  const [first, last] = part ?? [0, size - 1];
  response.writeHead(part ? 206 : 200, {
    'content-type': 'application/octet-stream',
    'accept-ranges': 'bytes',
    'last-modified': stat.mtime.toUTCString(),
    etag: `"${stat.size}-${stat.mtimeMs}"`,
    ...(asked.mode === 'chunked' ? {} : { 'content-length': String(last - first + 1) }),
    ...(part ? { 'content-range': `bytes ${first}-${last}/${size}` } : {}),
  });
  if (request.method === 'HEAD') return void response.end();
  let sent = first;
  for await (const chunk of createReadStream(file, { start: first, end: last, highWaterMark: 65_536 })) {
    const data = chunk as Buffer;
    if (asked.mode === 'corrupt' && sent <= half && half < sent + data.length)
      data[half - sent] = ~(data[half - sent] ?? 0);
    if (asked.mode === 'truncated' && sent >= half) return void response.destroy();
    if (asked.mode === 'hang' && sent >= half) return; // the connection stays open
    if (!response.write(data)) await drained(response);
    if (response.destroyed) return;
    if (asked.bytesPerSecond > 0) await delay((data.length / asked.bytesPerSecond) * 1000);
    sent += data.length;
  }
  response.end();
}

function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    response.once('drain', resolve);
    response.once('close', resolve);
  });
}

const handle = (request: IncomingMessage, response: ServerResponse) => {
  answer(request, response).catch((error: Error) => {
    console.error(`${request.url}: ${error.message}`);
    response.destroy();
  });
};
createServer(handle).listen(80, address);
createTlsServer({ cert: readFileSync(cert), key: readFileSync(key) }, handle).listen(443, address);

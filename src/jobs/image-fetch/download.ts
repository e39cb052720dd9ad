import { type Dispatcher, request } from 'undici';
import { writeStream } from '#platform/files.ts';
import type { Right } from '#platform/right.ts';
import { ChecksumStream } from './checksum.ts';
import { networkError } from './dispatcher.ts';
import { fetchError } from './errors.ts';

const MAX_REDIRECTS = 5;

export interface DownloadOptions {
  dispatcher: Dispatcher;
  checksum: string;
  /** Bytes of the file as it is served. */
  maxBytes: number;
  /** For the whole of it. */
  timeoutMs: number;
  signal: AbortSignal;
  onProgress: (doneBytes: number, totalBytes: number | undefined) => void;
}

/** Without what may be a secret: tokens are in the query of many a signed URL. */
export function showUrl(url: URL): string {
  return `${url.protocol}//${url.host}${url.pathname}`;
}

function parseUrl(text: string, base?: URL): URL {
  const url = URL.parse(text, base?.href);
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:')) {
    throw fetchError(
      'SourceForbidden',
      `${url === null ? 'The URL' : url.protocol} is not http or https`,
      'Use such a URL.',
    );
  }
  if (url.username !== '' || url.password !== '') {
    throw fetchError('SourceForbidden', `The URL of ${url.host} carries a user or password`, 'Take it out.');
  }
  if (base?.protocol === 'https:' && url.protocol === 'http:') {
    throw fetchError(
      'SourceForbidden',
      `${base.host} redirects from https to http (${url.host})`,
      'Use a URL without that.',
    );
  }
  return url;
}

/** Follows redirects by hand, so that each is judged. */
async function open(text: string, options: DownloadOptions, signal: AbortSignal) {
  let url = parseUrl(text);
  for (let hop = 0; hop <= MAX_REDIRECTS; hop += 1) {
    const answer = await request(url, {
      dispatcher: options.dispatcher,
      signal,
      headers: { 'accept-encoding': 'identity', 'user-agent': 'virtfleet' },
    }).catch((error: unknown) => {
      throw networkError(error, showUrl(url));
    });
    // A body that is thrown away or aborted tells so by an error, which must not end the process as an unhandled one.
    answer.body.on('error', () => undefined);
    const { location } = answer.headers;
    if (![301, 302, 303, 307, 308].includes(answer.statusCode) || typeof location !== 'string') return { url, answer };
    answer.body.destroy();
    url = parseUrl(location, url);
  }
  throw fetchError(
    'SourceForbidden',
    `${showUrl(url)} redirects more than ${MAX_REDIRECTS} times`,
    'Use its final URL.',
  );
}

/**
 * Fetches a file into `path`, which must not exist, and verifies its checksum while it is written. On any failure what was
 * written stays, for the caller to remove with its directory.
 */
export async function download(right: Right, text: string, path: string, options: DownloadOptions): Promise<number> {
  const signal = AbortSignal.any([options.signal, AbortSignal.timeout(options.timeoutMs)]);
  const { url, answer } = await open(text, options, signal);
  const where = showUrl(url);
  const { statusCode, headers, body } = answer;
  try {
    if (statusCode === 404 || statusCode === 410) {
      throw fetchError('SourceNotFound', `${where} is not there (HTTP ${statusCode})`, 'Correct the URL.');
    }
    if (statusCode === 401 || statusCode === 403) {
      throw fetchError(
        'SourceForbidden',
        `${where} refuses us (HTTP ${statusCode})`,
        'Make it readable without a login.',
      );
    }
    if (statusCode !== 200) {
      throw fetchError('SourceUnreachable', `${where} answers HTTP ${statusCode}`, 'See what its server says.');
    }
    const encoding = headers['content-encoding'];
    if (encoding !== undefined && encoding !== 'identity') {
      throw fetchError('ImageInvalid', `${where} is sent with content-encoding ${encoding}`, 'Serve it as it is.');
    }
    const length = Number(headers['content-length']);
    const totalBytes = Number.isFinite(length) ? length : undefined;
    if (totalBytes !== undefined && totalBytes > options.maxBytes) throw tooLarge(where, totalBytes, options.maxBytes);
    const checksum = new ChecksumStream(options.checksum);
    options.onProgress(0, totalBytes);
    const bytes = await writeStream(right, path, checksum.through(guarded(body, where, signal, options.maxBytes)), {
      signal,
      onProgress: (done) => options.onProgress(done, totalBytes),
    });
    checksum.verify(where);
    return bytes;
  } finally {
    body.destroy();
  }
}

/** Errors of the stream in our words; a server that sends more than it may is cut off. */
async function* guarded(
  body: AsyncIterable<Uint8Array>,
  where: string,
  signal: AbortSignal,
  maxBytes: number,
): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  try {
    for await (const chunk of body) {
      bytes += chunk.byteLength;
      if (bytes > maxBytes) throw tooLarge(where, bytes, maxBytes);
      yield chunk;
    }
  } catch (error) {
    if (signal.aborted && signal.reason instanceof Error && signal.reason.name !== 'TimeoutError') throw signal.reason;
    throw networkError(error, where);
  }
}

function tooLarge(where: string, bytes: number, maxBytes: number) {
  return fetchError(
    'ImageTooLarge',
    `${where} has ${bytes} bytes or more, the limit is ${maxBytes}`,
    'Use a smaller image, or have the administrator raise --scratch-limit.',
  );
}

import { createHash } from 'node:crypto';
import { Agent, type Dispatcher, ProxyAgent, request } from 'undici';
import { VirtfleetError } from '#platform/errors.ts';
import { counter, histogram } from '#platform/metrics.ts';
import type { Cluster, Credentials } from './credentials.ts';
import { errorFromAnswer, errorFromFailure, type RequestLabel } from './errors.ts';
import { ServerClock } from './server-clock.ts';

/** How long an answer's headers may take. A leader's successor waits for as long: see lease.ts. */
export const API_TIMEOUT_MS = 10_000;
const BODY_IDLE_MS = 30_000;
/** Connections for requests; each watch has one of its own beside them, and so has the Lease. */
const MAX_CONNECTIONS = 16;

export interface ApiRequest {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  path: string;
  query?: Record<string, string | undefined>;
  body?: unknown;
  contentType?: string;
  signal?: AbortSignal | undefined;
  /**
   * Called when the connection stands and the next thing is to write the request to it; when it throws, nothing is sent.
   * A process may have been stopped for long between the decision to send and this moment.
   */
  gate?: () => void;
  label: RequestLabel;
}

const requests = counter('rest_client_requests_total', 'Requests to the API server, by answer.', [
  'code',
  'method',
  'host',
]);
const durations = histogram('rest_client_request_duration_seconds', 'Time to the end of the answer.', ['verb', 'host']);

type Purpose = 'api' | 'watch' | 'lease';

/** The right to act must not end because a crowd of writes stands before its renewal. */
const purposeOf = (path: string): Purpose => (path.startsWith('/apis/coordination.k8s.io/') ? 'lease' : 'api');

/**
 * Requests to one API server. Connections are kept and reused, by credentials: a rotated certificate makes new ones.
 * HTTP/1.1 on purpose: a connection whose peer is gone fails alone and at its deadline, and does not take others along.
 */
export class Transport {
  /** The API server's, as its answers tell it. */
  readonly clock = new ServerClock();
  readonly #cluster: Cluster;
  readonly #dispatchers = new Map<string, Dispatcher>();
  readonly #host: string;
  readonly #closing = new AbortController();

  constructor(cluster: Cluster) {
    this.#cluster = cluster;
    this.#host = new URL(cluster.server).host;
  }

  /** One request, one JSON answer. Throws VirtfleetError. */
  async json(call: ApiRequest): Promise<unknown> {
    const end = durations.startTimer({ verb: call.method, host: this.#host });
    try {
      const answer = await this.#send(purposeOf(call.path), call, BODY_IDLE_MS);
      const text = await answer.body.text();
      if (answer.statusCode >= 300) throw errorFromAnswer(answer.statusCode, text, call.label);
      return JSON.parse(text);
    } catch (error) {
      throw error instanceof VirtfleetError ? error : errorFromFailure(error, call.label);
    } finally {
      end();
    }
  }

  /** A stream of lines, such as a watch. It fails when nothing came for `idleMs`. */
  async *lines(call: ApiRequest, idleMs: number, onOpen?: () => void): AsyncGenerator<string, void, undefined> {
    try {
      const answer = await this.#send('watch', call, idleMs);
      if (answer.statusCode >= 300) {
        throw errorFromAnswer(answer.statusCode, await answer.body.text(), call.label);
      }
      onOpen?.();
      yield* splitLines(answer.body);
    } catch (error) {
      throw error instanceof VirtfleetError ? error : errorFromFailure(error, call.label);
    }
  }

  /** Cuts everything that is in flight. */
  async close(): Promise<void> {
    this.#closing.abort(new Error('the client was closed'));
    const dispatchers = [...this.#dispatchers.values()];
    this.#dispatchers.clear();
    await Promise.all(dispatchers.map((dispatcher) => dispatcher.destroy()));
  }

  async #send(purpose: Purpose, call: ApiRequest, bodyTimeout: number): Promise<Dispatcher.ResponseData> {
    call.signal?.throwIfAborted();
    this.#closing.signal.throwIfAborted();
    const credentials = await this.#cluster.credentials();
    call.gate?.();
    call.signal?.throwIfAborted();
    const url = new URL(this.#cluster.server + call.path);
    for (const [name, value] of Object.entries(call.query ?? {})) {
      if (value !== undefined) url.searchParams.set(name, value);
    }
    const headers: Record<string, string> = {
      ...credentials.headers,
      accept: 'application/json',
      'user-agent': 'virtfleet',
    };
    if (call.body !== undefined) headers['content-type'] = call.contentType ?? 'application/json';
    const sentMs = this.clock.boottimeMs();
    const asked = request(url, {
      dispatcher: gated(this.#dispatcher(purpose, credentials), call.gate),
      method: call.method,
      headers,
      body: call.body === undefined ? null : JSON.stringify(call.body),
      signal: call.signal ?? null,
      headersTimeout: API_TIMEOUT_MS,
      bodyTimeout,
    });
    const answer = await orAborted(asked, call.signal).catch((error: unknown) => {
      requests.inc({ code: '<error>', method: call.method, host: this.#host });
      throw error;
    });
    requests.inc({ code: String(answer.statusCode), method: call.method, host: this.#host });
    const { date } = answer.headers;
    // What cannot reach the API server, a load balancer say, answers in the 500s, with a clock of its own.
    if (answer.statusCode < 500) this.clock.learn(typeof date === 'string' ? date : undefined, sentMs);
    return answer;
  }

  #dispatcher(purpose: Purpose, credentials: Credentials): Dispatcher {
    const key = `${purpose}/${fingerprint(credentials.tls)}`;
    const cached = this.#dispatchers.get(key);
    if (cached) return cached;
    // Those of older credentials are closed in peace: what is in flight on them ends first.
    for (const [oldKey, old] of this.#dispatchers) {
      if (!oldKey.startsWith(`${purpose}/`)) continue;
      this.#dispatchers.delete(oldKey);
      void old.close();
    }
    const dispatcher = this.#connect(purpose, credentials);
    this.#dispatchers.set(key, dispatcher);
    return dispatcher;
  }

  #connect(purpose: Purpose, { tls }: Credentials): Dispatcher {
    const options = {
      allowH2: false,
      connections: purpose === 'api' ? MAX_CONNECTIONS : null,
      pipelining: 1,
      keepAliveTimeout: 30_000,
      connectTimeout: 5_000,
    };
    if (this.#cluster.proxyUrl) return new ProxyAgent({ ...options, uri: this.#cluster.proxyUrl, requestTls: tls });
    return new Agent({ ...options, connect: { ...tls, keepAlive: true, keepAliveInitialDelay: 10_000 } });
  }
}

function gated(dispatcher: Dispatcher, gate: (() => void) | undefined): Dispatcher {
  if (!gate) return dispatcher;
  return dispatcher.compose((dispatch) => (options, handler) => {
    const start = handler.onRequestStart;
    handler.onRequestStart = (controller, context) => {
      try {
        gate();
      } catch (error) {
        controller.abort(error instanceof Error ? error : new Error(String(error)));
        return;
      }
      start?.call(handler, controller, context);
    };
    return dispatch(options, handler);
  });
}

/**
 * undici hears of an abort only once it has a connection (it then sends nothing): a caller whose right has ended must not
 * wait for a connect time-out.
 */
async function orAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return work;
  const { promise, reject } = Promise.withResolvers<never>();
  const abort = (): void => reject(signal.reason);
  signal.addEventListener('abort', abort, { once: true });
  try {
    return await Promise.race([work, promise]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

function fingerprint(tls: Credentials['tls']): string {
  const hash = createHash('sha256');
  for (const [name, value] of Object.entries(tls))
    hash.update(`${name}\0`).update(Buffer.isBuffer(value) ? value : String(value));
  return hash.digest('base64url');
}

/** Splits at line feeds; a line may come in any number of pieces, and a piece may end within a character. */
export async function* splitLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string, void, undefined> {
  const decoder = new TextDecoder();
  let pieces: string[] = [];
  for await (const chunk of chunks) {
    const parts = decoder.decode(chunk, { stream: true }).split('\n');
    const rest = parts.pop() ?? '';
    for (const part of parts) {
      const line = pieces.length === 0 ? part : pieces.join('') + part;
      pieces = [];
      if (line !== '') yield line;
    }
    if (rest !== '') pieces.push(rest);
  }
  if (pieces.length > 0) yield pieces.join('');
}

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Address } from '#platform/config.ts';
import { toMessage } from '#platform/errors.ts';
import { registry } from '#platform/metrics.ts';

/** Null when all is well, else why not. Must answer from memory. */
export type Check = () => string | null;

/** /healthz (restart me when it fails), /readyz (send me work when it does not) and /metrics. */
export class ProbeServer {
  readonly #health = new Map<string, Check>();
  readonly #ready = new Map<string, Check>();
  readonly #server: Server;

  constructor() {
    this.#server = createServer((request, response) => {
      this.#answer(request, response).catch((error: unknown) => {
        if (!response.headersSent) response.writeHead(500, { 'content-type': 'text/plain' });
        response.end(`${toMessage(error)}\n`);
      });
    });
    this.#server.requestTimeout = 10_000;
    this.#server.keepAliveTimeout = 30_000;
  }

  addHealth(name: string, check: Check): void {
    this.#health.set(name, check);
  }

  addReady(name: string, check: Check): void {
    this.#ready.set(name, check);
  }

  /** Resolves with where it listens: port 0 lets the system choose. */
  async listen(address: Address): Promise<Address> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(address.port, address.host, resolve);
    });
    const bound = this.#server.address() as AddressInfo;
    return { host: bound.address, port: bound.port };
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise<void>((resolve) => {
      this.#server.close(() => resolve());
    });
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    if (request.method !== 'GET' && request.method !== 'HEAD') return send(response, 405, 'only GET\n');
    switch (path) {
      case '/healthz':
        return sendChecks(response, this.#health);
      case '/readyz':
        return sendChecks(response, this.#ready);
      case '/metrics':
        return send(response, 200, await registry.metrics(), registry.contentType);
      default:
        return send(response, 404, 'there are /healthz, /readyz and /metrics\n');
    }
  }
}

function sendChecks(response: ServerResponse, checks: ReadonlyMap<string, Check>): void {
  const results = [...checks].map(([name, check]) => ({ name, problem: check() }));
  const lines = results.map(({ name, problem }) => (problem === null ? `[+]${name} ok` : `[-]${name}: ${problem}`));
  const isWell = results.every(({ problem }) => problem === null);
  send(response, isWell ? 200 : 503, `${[...lines, isWell ? 'ok' : 'failed'].join('\n')}\n`);
}

function send(response: ServerResponse, status: number, body: string, contentType = 'text/plain; charset=utf-8'): void {
  response.writeHead(status, { 'content-type': contentType, 'content-length': Buffer.byteLength(body) });
  response.end(body);
}

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { Agent, request } from 'node:https';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { type Cluster, findCluster } from '#kube/credentials.ts';
import { splitLines } from '#kube/transport.ts';
import type { TestApiServer } from '../api/apiserver.ts';

/** What befell requests, by name: `list410`, `watchCut`, … */
export type Misfortunes = Map<string, number>;

const SILENT_MS = 150;

/**
 * A bad road between a client and the API server, which understands what goes over it: it delays, cuts in the midst of a
 * line, says nothing any more, answers 410, 429 and 500 in the server's place, and tells a watch that it has expired.
 * What it never does is leave out a piece of news and bring the next one: TCP does not, either.
 */
export class StormProxy {
  readonly misfortunes: Misfortunes = new Map();
  /** Lists that were begun (asked for without a token), and watches that were asked for. */
  lists = 0;
  watches = 0;
  /** False: everything passes. */
  isStormy = true;
  readonly #random: () => number;
  readonly #agent: Agent;
  readonly #target: URL;
  readonly #server: Server;

  private constructor(target: URL, agent: Agent, random: () => number) {
    this.#target = target;
    this.#agent = agent;
    this.#random = random;
    this.#server = createServer((asked, answer) => {
      this.#serve(asked, answer).catch(() => answer.destroy());
    });
  }

  static async open(server: TestApiServer, random: () => number): Promise<StormProxy> {
    const cluster = await findCluster({ kubeconfig: server.kubeconfig });
    const { tls } = await cluster.credentials();
    const proxy = new StormProxy(new URL(server.url), new Agent({ keepAlive: true, ...tls }), random);
    await new Promise<void>((resolve) => {
      proxy.#server.listen(0, '127.0.0.1', resolve);
    });
    return proxy;
  }

  /** The way through the proxy, in plain HTTP: it holds the credentials itself. */
  get cluster(): Cluster {
    const { port } = this.#server.address() as AddressInfo;
    return { server: `http://127.0.0.1:${port}`, credentials: async () => ({ tls: {}, headers: {} }) };
  }

  count(...names: string[]): number {
    return names.reduce((sum, name) => sum + (this.misfortunes.get(name) ?? 0), 0);
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
    this.#agent.destroy();
  }

  #befalls(name: string, probability: number): boolean {
    if (!this.isStormy || this.#random() >= probability) return false;
    this.#note(name);
    return true;
  }

  #note(name: string): void {
    this.misfortunes.set(name, (this.misfortunes.get(name) ?? 0) + 1);
  }

  async #serve(asked: IncomingMessage, answer: ServerResponse): Promise<void> {
    const query = new URL(asked.url ?? '/', 'http://proxy').searchParams;
    const isWatch = query.has('watch');
    const what = isWatch ? 'watch' : query.has('continue') ? 'page' : 'list';
    if (isWatch) this.watches += 1;
    else if (what === 'list') this.lists += 1;
    if (this.#befalls(`${what}Late`, 0.1)) await delay(60 * this.#random());
    if (this.#befalls(`${what}Refused`, 0.06)) return void answer.destroy();
    if (this.#befalls(`${what}Unanswered`, 0.03)) {
      await delay(SILENT_MS);
      return void answer.destroy();
    }
    // A first page cannot be too old; everything else can.
    if (what !== 'list' && this.#befalls(`${what}410`, 0.06)) return refuse(answer, 410, 'Expired');
    if (this.#befalls(`${what}429`, 0.02)) return refuse(answer, 429, 'TooManyRequests');
    if (this.#befalls(`${what}500`, 0.02)) return refuse(answer, 500, 'InternalError');
    const from = await this.#ask(asked.url ?? '/', answer);
    // The server has its own reasons, too: it throws old versions away.
    if (from.statusCode === 410) this.#note('server410');
    answer.writeHead(from.statusCode ?? 502, { 'content-type': from.headers['content-type'] ?? 'application/json' });
    if (isWatch && from.statusCode === 200) await this.#passNews(from, answer);
    else await this.#passBody(what, from, answer);
  }

  #ask(path: string, answer: ServerResponse): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => {
      const onwards = request(new URL(path, this.#target), { agent: this.#agent }, resolve);
      onwards.once('error', reject);
      answer.once('close', () => onwards.destroy());
      onwards.end();
    });
  }

  async #passBody(what: string, from: IncomingMessage, answer: ServerResponse): Promise<void> {
    const body = Buffer.concat(await from.toArray());
    if (!this.#befalls(`${what}CutInside`, 0.05)) return void answer.end(body);
    answer.write(body.subarray(0, Math.floor(body.length * this.#random())));
    await delay(5);
    answer.destroy();
  }

  async #passNews(from: IncomingMessage, answer: ServerResponse): Promise<void> {
    answer.flushHeaders();
    for await (const line of splitLines(from)) {
      if (line.startsWith('{"type":"ERROR"')) this.#note('server410');
      if (this.#befalls('newsLate', 0.01)) await delay(30 * this.#random());
      if (this.#befalls('newsCut', 0.004)) {
        answer.write(line.slice(0, Math.floor(line.length * this.#random())));
        await delay(5);
        return void answer.destroy();
      }
      if (this.#befalls('news410', 0.002)) return void answer.end(`${expired(410, 'Expired')}\n`);
      if (this.#befalls('news500', 0.002)) return void answer.end(`${expired(500, 'InternalError')}\n`);
      if (this.#befalls('newsEnds', 0.002)) return void answer.end();
      // The line is lost, and everything after it, until the client loses patience.
      if (this.#befalls('newsSilent', 0.001)) return;
      answer.write(`${line}\n`);
    }
    answer.end();
  }
}

const status = (code: number, reason: string): object => ({
  kind: 'Status',
  apiVersion: 'v1',
  status: 'Failure',
  message: `answered by the storm: ${reason}`,
  reason,
  code,
});

const expired = (code: number, reason: string): string =>
  JSON.stringify({ type: 'ERROR', object: status(code, reason) });

function refuse(answer: ServerResponse, code: number, reason: string): void {
  answer.writeHead(code, { 'content-type': 'application/json' }).end(JSON.stringify(status(code, reason)));
}

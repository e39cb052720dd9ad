/**
 * An HTTP proxy between the operator and the API server that a test has in its hand: it may hold requests, answer in the
 * server's place, and swallow what a watch would tell. It speaks plain HTTP to the operator, on loopback, and holds the
 * operator's own certificate towards the server.
 */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { Agent, request } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parse, stringify } from 'yaml';
import type { RigClient } from '../../rig/client.ts';

export interface Asked {
  method: string;
  path: string;
  isWatch: boolean;
  isWrite: boolean;
  /** Requests are numbered as they come. */
  serial: number;
}

/** What becomes of a request. `Swallow`: a watch that is open, and never says anything. */
export type Fate = 'Pass' | 'Swallow' | { delayMs: number } | { answer: number; reason: string };

interface Kubeconfig {
  clusters: {
    name: string;
    cluster: { server: string; 'certificate-authority-data'?: string; 'insecure-skip-tls-verify'?: boolean };
  }[];
  users: { name: string; user: { 'client-certificate-data'?: string; 'client-key-data'?: string } }[];
}

export class ApiProxy {
  /** Decides on every request; what passes by default. Watches that are open ask it again at each piece of news. */
  fate: (asked: Asked) => Fate = () => 'Pass';
  /** How often each fate but `Pass` befell a request. */
  readonly counts = new Map<string, number>();
  readonly kubeconfig: string;
  /** Requests that came so far. */
  opened = 0;
  readonly #watches = new Set<ServerResponse>();
  #cutting: NodeJS.Timeout | undefined;
  readonly #server: Server;
  readonly #agent: Agent;
  readonly #target: URL;

  private constructor(rig: RigClient) {
    const config = parse(readFileSync(rig.operatorKubeconfig, 'utf8')) as Kubeconfig;
    const cluster = config.clusters[0]?.cluster;
    const user = config.users[0]?.user;
    if (!cluster || !user?.['client-certificate-data'] || !user['client-key-data']) {
      throw new Error(`${rig.operatorKubeconfig} holds no client certificate`);
    }
    const bytes = (text: string) => Buffer.from(text, 'base64');
    this.#target = new URL(cluster.server);
    this.#agent = new Agent({
      keepAlive: true,
      cert: bytes(user['client-certificate-data']),
      key: bytes(user['client-key-data']),
      ...(cluster['certificate-authority-data'] ? { ca: bytes(cluster['certificate-authority-data']) } : {}),
    });
    this.#server = createServer((asked, answer) => void this.#serve(asked, answer));
    this.kubeconfig = join(rig.dir, 'proxied.kubeconfig');
  }

  static async open(rig: RigClient): Promise<ApiProxy> {
    const proxy = new ApiProxy(rig);
    await new Promise<void>((resolve) => {
      proxy.#server.listen(0, '127.0.0.1', resolve);
    });
    const { port } = proxy.#server.address() as AddressInfo;
    const config = parse(readFileSync(rig.operatorKubeconfig, 'utf8')) as Kubeconfig;
    const [cluster] = config.clusters;
    // without TLS there is nothing to verify, and the kubeconfig's reader wants that said
    if (cluster) cluster.cluster = { server: `http://127.0.0.1:${port}`, 'insecure-skip-tls-verify': true };
    for (const each of config.users) each.user = {};
    writeFileSync(proxy.kubeconfig, stringify(config), { mode: 0o600 });
    return proxy;
  }

  /** Ends all watches that are open, again and again, so that the operator has to open new ones. */
  cutWatchesEvery(intervalMs: number): void {
    this.#cutting = setInterval(() => {
      for (const answer of this.#watches) answer.end();
    }, intervalMs);
  }

  async close(): Promise<void> {
    clearInterval(this.#cutting);
    this.#server.closeAllConnections();
    await new Promise<void>((resolve) => {
      this.#server.close(() => resolve());
    });
    this.#agent.destroy();
    rmSync(this.kubeconfig, { force: true });
  }

  async #serve(asked: IncomingMessage, answer: ServerResponse): Promise<void> {
    this.opened += 1;
    const what = describe(asked, this.opened);
    if (what.isWatch) {
      this.#watches.add(answer);
      answer.on('close', () => this.#watches.delete(answer));
    }
    const fate = this.#judge(what);
    if (typeof fate === 'object' && 'answer' in fate) return refuse(answer, fate.answer, fate.reason);
    if (typeof fate === 'object') await delay(fate.delayMs);
    const forwarded = request(new URL(asked.url ?? '/', this.#target), {
      agent: this.#agent,
      method: asked.method,
      headers: { ...asked.headers, host: this.#target.host },
    });
    forwarded.on('response', (response) => {
      answer.writeHead(response.statusCode ?? 502, response.headers);
      answer.flushHeaders();
      response.on('data', (piece: Buffer) => {
        if (!what.isWatch || this.#judge(what) !== 'Swallow') answer.write(piece);
      });
      response.on('end', () => answer.end());
      response.on('error', () => answer.destroy());
    });
    forwarded.on('error', () => answer.destroy());
    answer.on('close', () => forwarded.destroy());
    asked.pipe(forwarded);
  }

  #judge(what: Asked): Fate {
    const fate = this.fate(what);
    if (fate === 'Pass') return fate;
    const word = typeof fate === 'string' ? fate : 'answer' in fate ? String(fate.answer) : 'delay';
    this.counts.set(word, (this.counts.get(word) ?? 0) + 1);
    return fate;
  }
}

function describe(asked: IncomingMessage, serial: number): Asked {
  const { pathname, searchParams } = new URL(asked.url ?? '/', 'http://proxy');
  const method = asked.method ?? 'GET';
  const isWatch = ['true', '1'].includes(searchParams.get('watch') ?? '');
  return { method, path: pathname, isWatch, isWrite: method !== 'GET', serial };
}

/** In the API server's own form. */
function refuse(answer: ServerResponse, code: number, reason: string): void {
  const message = `${reason}: by the test's proxy`;
  const body = { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message, reason, code };
  answer.writeHead(code, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

/** Asks a Node process through its inspector: for its memory after a garbage collection, and for a CPU profile. */
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import WebSocket from 'ws';
import { waitFor } from '../rig/wait.ts';

export async function freePort(): Promise<number> {
  const server = createServer();
  const { promise, resolve } = Promise.withResolvers<number>();
  server.listen(0, '127.0.0.1', () => {
    const address = server.address();
    resolve(typeof address === 'object' && address ? address.port : 0);
  });
  const port = await promise;
  server.close();
  return port;
}

export interface Memory {
  rss: number;
  heapUsed: number;
  external: number;
}

interface Answer {
  id?: number;
  result?: unknown;
  error?: { message: string };
}

export class Inspector {
  readonly #socket: WebSocket;
  readonly #asked = new Map<number, PromiseWithResolvers<unknown>>();
  #id = 0;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('message', (data) => {
      const { id, result, error } = JSON.parse(String(data)) as Answer;
      const asked = id === undefined ? undefined : this.#asked.get(id);
      if (id === undefined || !asked) return;
      this.#asked.delete(id);
      if (error) asked.reject(new Error(error.message));
      else asked.resolve(result);
    });
    socket.on('close', () => {
      for (const asked of this.#asked.values()) asked.reject(new Error('the inspected process has ended'));
    });
  }

  /** The process was started with NODE_OPTIONS=--inspect=127.0.0.1:port. */
  static async open(port: number): Promise<Inspector> {
    const url = await waitFor(
      `an inspector on port ${port}`,
      async () => {
        const answer = await fetch(`http://127.0.0.1:${port}/json/list`);
        const [target] = (await answer.json()) as { webSocketDebuggerUrl: string }[];
        return target?.webSocketDebuggerUrl ?? null;
      },
      { timeoutMs: 90_000 },
    );
    const socket = new WebSocket(url ?? '', { perMessageDeflate: false, maxPayload: 2 ** 30 });
    const opened = Promise.withResolvers<void>();
    socket.once('open', () => opened.resolve());
    socket.once('error', (error) => opened.reject(error));
    await opened.promise;
    return new Inspector(socket);
  }

  ask(method: string, params: object = {}): Promise<unknown> {
    const asked = Promise.withResolvers<unknown>();
    this.#id += 1;
    this.#asked.set(this.#id, asked);
    this.#socket.send(JSON.stringify({ id: this.#id, method, params }));
    return asked.promise;
  }

  /** After two full collections: what finalizers let go of in the first one goes with the second. */
  async memory(): Promise<Memory> {
    await this.ask('HeapProfiler.enable');
    for (let i = 0; i < 2; i++) await this.ask('HeapProfiler.collectGarbage');
    const { result } = (await this.ask('Runtime.evaluate', {
      expression: 'JSON.stringify(process.memoryUsage())',
    })) as { result: { value: string } };
    return JSON.parse(result.value) as Memory;
  }

  async startProfile(): Promise<void> {
    await this.ask('Profiler.enable');
    await this.ask('Profiler.setSamplingInterval', { interval: 500 });
    await this.ask('Profiler.start');
  }

  async stopProfile(file: string): Promise<void> {
    const { profile } = (await this.ask('Profiler.stop')) as { profile: object };
    writeFileSync(file, JSON.stringify(profile));
  }

  close(): void {
    this.#socket.close();
  }
}

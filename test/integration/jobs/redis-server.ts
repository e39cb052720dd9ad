import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { eventually } from './eventually.ts';

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

/** A real Redis of a test's own, on a free port of the loopback, that can be killed, frozen and flushed. */
export class RedisServer implements AsyncDisposable {
  readonly url: string;
  readonly #port: number;
  readonly #dir: string;
  readonly #args: readonly string[];
  #child: ChildProcess | null = null;

  private constructor(port: number, dir: string, args: readonly string[]) {
    this.#port = port;
    this.#dir = dir;
    this.#args = args;
    this.url = `redis://127.0.0.1:${port}`;
  }

  static async start(args: readonly string[] = ['--appendonly', 'yes', '--maxmemory-policy', 'noeviction']) {
    const server = new RedisServer(await freePort(), await mkdtemp(join(tmpdir(), 'virtfleet-redis-')), args);
    await server.start();
    return server;
  }

  /** A server that is not there yet. */
  static async prepare(): Promise<RedisServer> {
    return new RedisServer(await freePort(), await mkdtemp(join(tmpdir(), 'virtfleet-redis-')), [
      '--appendonly',
      'yes',
    ]);
  }

  async start(): Promise<void> {
    const args = ['--port', `${this.#port}`, '--bind', '127.0.0.1', '--dir', this.#dir, '--save', '', ...this.#args];
    this.#child = spawn('redis-server', args, { stdio: 'ignore' });
    await eventually('Redis answers', () => this.#answers());
  }

  async kill(): Promise<void> {
    const child = this.#child;
    this.#child = null;
    if (child === null || child.exitCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  }

  freeze(): void {
    this.#child?.kill('SIGSTOP');
  }

  thaw(): void {
    this.#child?.kill('SIGCONT');
  }

  /** One command on a connection of its own. */
  async command(name: string, ...args: string[]): Promise<unknown> {
    const client = new Redis(this.url, { maxRetriesPerRequest: 0 });
    client.on('error', () => undefined);
    try {
      return await client.call(name, ...args);
    } finally {
      client.disconnect();
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.kill();
    await rm(this.#dir, { recursive: true, force: true });
  }

  #answers(): Promise<boolean> {
    return new Promise((resolve) => {
      const socket = connect(this.#port, '127.0.0.1', () => socket.write('PING\r\n'));
      const end = (answer: boolean): void => {
        socket.destroy();
        resolve(answer);
      };
      socket.setTimeout(500, () => end(false));
      socket.on('data', (data) => end(data.toString().startsWith('+PONG')));
      socket.on('error', () => end(false));
    });
  }
}

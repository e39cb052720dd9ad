/** A TCP proxy that a Host's URI points to: between the operator and a host it delays, holds back, cuts, or leads elsewhere. */
import { connect, createServer, type Server, type Socket } from 'node:net';

export interface Upstream {
  host: string;
  port: number;
}

export class TcpProxy {
  readonly #server: Server;
  readonly #pairs = new Set<{ near: Socket; far: Socket }>();
  /** What a byte takes longer on its way, in each direction. */
  latencyMs = 0;
  /** True: connections are accepted, and nothing goes either way. */
  isMute = false;
  upstream: Upstream;
  /** Connections that were accepted so far. */
  accepted = 0;

  private constructor(server: Server, upstream: Upstream) {
    this.#server = server;
    this.upstream = upstream;
  }

  static async start(upstream: Upstream): Promise<TcpProxy> {
    const server = createServer({ noDelay: true });
    const proxy = new TcpProxy(server, upstream);
    server.on('connection', (near: Socket) => proxy.#serve(near));
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(0, '127.0.0.1', resolve);
    });
    return proxy;
  }

  get port(): number {
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('the proxy does not listen any more');
    return address.port;
  }

  #serve(near: Socket): void {
    this.accepted += 1;
    const far = connect({ ...this.upstream, noDelay: true });
    const pair = { near, far };
    this.#pairs.add(pair);
    const end = (): void => {
      near.destroy();
      far.destroy();
      this.#pairs.delete(pair);
    };
    near.on('error', end).on('close', end);
    far.on('error', end).on('close', end);
    this.#pass(near, far);
    this.#pass(far, near);
  }

  /** Bytes keep their order: each waits for its own time, and all for the same time. */
  #pass(from: Socket, to: Socket): void {
    from.on('data', (chunk: Buffer) => {
      if (this.isMute) return;
      if (this.latencyMs === 0) to.write(chunk);
      else setTimeout(() => to.writable && to.write(chunk), this.latencyMs);
    });
  }

  /** Ends all connections, as a firewall does that forgets them, and takes new ones. */
  cut(): void {
    for (const { near, far } of this.#pairs) {
      near.destroy();
      far.destroy();
    }
  }

  async close(): Promise<void> {
    this.cut();
    await new Promise<void>((resolve) => {
      this.#server.close(() => resolve());
    });
  }
}

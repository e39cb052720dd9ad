import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { KubeClient } from '#kube/client.ts';
import { findCluster } from '#kube/credentials.ts';
import { Transport } from '#kube/transport.ts';
import type { TestApiServer } from '../api/apiserver.ts';

/** A TCP proxy that can cut, refuse and hold what goes through it: the network between the operator and the API server. */
export class CutProxy {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  readonly #targetPort: number;
  #refusing = false;
  #holding = false;
  /** Connections that were made so far. */
  accepted = 0;

  constructor(targetPort: number) {
    this.#targetPort = targetPort;
    this.#server = createServer((client) => this.#accept(client));
  }

  async listen(): Promise<number> {
    await new Promise<void>((resolve) => {
      this.#server.listen(0, '127.0.0.1', resolve);
    });
    return (this.#server.address() as AddressInfo).port;
  }

  get open(): number {
    return this.#sockets.size / 2;
  }

  /** Ends every connection at once, as a restarted router does. */
  cut(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  /** New connections are closed as soon as they come. */
  refuse(refusing: boolean): void {
    this.#refusing = refusing;
  }

  /** Nothing goes through any more, but nobody is told. */
  hold(holding: boolean): void {
    this.#holding = holding;
    for (const socket of this.#sockets)
      if (holding) socket.pause();
      else socket.resume();
  }

  async close(): Promise<void> {
    this.cut();
    await new Promise<void>((resolve) => {
      this.#server.close(() => resolve());
    });
  }

  #accept(client: Socket): void {
    if (this.#refusing) {
      client.destroy();
      return;
    }
    this.accepted += 1;
    const target = connect(this.#targetPort, '127.0.0.1');
    this.#join(client, target);
    this.#join(target, client);
    if (this.#holding) for (const socket of [client, target]) socket.pause();
  }

  #join(from: Socket, to: Socket): void {
    this.#sockets.add(from);
    from.on('data', (data) => to.write(data));
    from.on('error', () => to.destroy());
    from.on('close', () => {
      this.#sockets.delete(from);
      to.destroy();
    });
  }
}

/** A client that reaches the API server by a proxy's port only. */
export async function throughProxy(
  target: TestApiServer,
  port: number,
  make: (transport: Transport) => KubeClient = (transport) => new KubeClient(transport),
): Promise<KubeClient> {
  const cluster = await findCluster({ kubeconfig: target.kubeconfig });
  return make(new Transport({ ...cluster, server: `https://127.0.0.1:${port}` }));
}

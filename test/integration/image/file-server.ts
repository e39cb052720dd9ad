import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** A web server on the loopback (or where it is told) whose answers the test decides, and that counts what it was asked for. */
export class FileServer implements AsyncDisposable {
  readonly requests: string[] = [];
  readonly url: string;
  readonly #server: Server;
  readonly #answers = new Map<string, Answer>();

  private constructor(server: Server, address: string, port: number) {
    this.#server = server;
    this.url = `http://${address}:${port}`;
    server.on('request', (request, response) => {
      const path = request.url ?? '/';
      this.requests.push(path);
      const answer = this.#answers.get(path);
      if (answer) answer(request, response);
      else response.writeHead(404).end();
    });
  }

  static async start(on = '127.0.0.1'): Promise<FileServer> {
    const server = createServer().listen(0, on);
    await once(server, 'listening');
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    return new FileServer(server, on, address.port);
  }

  /** Gives the URL of what is answered like this. */
  serve(path: string, answer: Buffer | Answer): string {
    this.#answers.set(path, Buffer.isBuffer(answer) ? (_request, response) => response.end(answer) : answer);
    return this.url + path;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }
}

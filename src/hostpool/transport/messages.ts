import { Duplex } from 'node:stream';
import type { TLSSocket } from 'node:tls';

/** libvirt's messages begin with their length, itself included: four bytes, the highest first. */
const HEADER = 4;

/** Cuts a stream of bytes where one of libvirt's messages ends; a message may come out in several pieces. */
export class MessageSplitter {
  readonly #header = Buffer.alloc(HEADER);
  #headerLength = 0;
  /** Bytes of the current message that are still to come. */
  #left = 0;

  push(chunk: Buffer): Buffer[] {
    const pieces: Buffer[] = [];
    let from = 0;
    let at = 0;
    while (at < chunk.length) {
      if (this.#headerLength < HEADER) {
        const taken = chunk.copy(this.#header, this.#headerLength, at);
        const used = Math.min(taken, HEADER - this.#headerLength);
        this.#headerLength += used;
        at += used;
        if (this.#headerLength < HEADER) break;
        // A length that cannot be is the daemon's to refuse: what follows is passed on as it comes.
        this.#left = Math.max(0, this.#header.readUInt32BE(0) - HEADER);
      }
      const body = Math.min(this.#left, chunk.length - at);
      at += body;
      this.#left -= body;
      if (this.#left > 0) break;
      pieces.push(chunk.subarray(from, at));
      from = at;
      this.#headerLength = 0;
    }
    if (from < chunk.length) pieces.push(chunk.subarray(from));
    return pieces;
  }
}

/**
 * A TLS connection to libvirtd on which no record holds parts of two messages. Measured (libvirt 9.0): libvirtd reads
 * one message from a record and then waits for its socket, so a second message in the same record is answered only
 * when something else comes. Node puts writes that wait for each other into one record, so each piece waits for the
 * one before.
 */
export class MessageStream extends Duplex {
  readonly #socket: TLSSocket;
  readonly #splitter = new MessageSplitter();

  constructor(socket: TLSSocket) {
    super({ allowHalfOpen: false });
    this.#socket = socket;
    socket.on('data', (chunk: Buffer) => {
      if (!this.push(chunk)) socket.pause();
    });
    socket.on('end', () => this.push(null));
    socket.on('error', (error) => this.destroy(error));
    socket.on('close', () => this.destroy());
  }

  override _read(): void {
    this.#socket.resume();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    const pieces = this.#splitter.push(chunk);
    const next = (error?: Error | null): void => {
      const piece = pieces.shift();
      if (error || piece === undefined) done(error);
      else this.#socket.write(piece, next);
    };
    next();
  }

  override _final(done: (error?: Error | null) => void): void {
    this.#socket.end(() => done());
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#socket.destroy();
    done(error);
  }
}

import { type CallOptions, call } from './call.ts';
import { StreamCalls } from './generated/stream.ts';
import { type Handle, nativeOf } from './handle.ts';

/**
 * A stream as libvirt has it, blocking: each send or receive occupies a worker of the connection until it is
 * done, so streams want a connection of their own with `maxInFlight` of 2 or more. Most callers want
 * `upload`, `download`, `openConsole` and `openChannel` instead.
 */
export class Stream extends StreamCalls {
  /** A new stream on the connection of `of` (a Connect, a StorageVol, a Domain). */
  static create(of: Handle, opts?: CallOptions): Promise<Stream> {
    return call('virStreamNew', nativeOf(of), opts, []);
  }

  /** Resolves when all of it is with libvirt. */
  send(data: Uint8Array, opts?: CallOptions): Promise<void> {
    return this.call('virStreamSend', opts, [data]);
  }

  /** A hole of `length` bytes; only on a stream that was opened sparse. */
  sendHole(length: bigint | number, opts?: CallOptions): Promise<void> {
    return this.call('virStreamSendHole', opts, [length]);
  }

  /** What has come, at most `maxBytes` (up to 1 MiB); null at the end. */
  receive(maxBytes: number, opts?: CallOptions): Promise<Uint8Array | null> {
    return this.call('virStreamRecv', opts, [maxBytes, false]);
  }

  /** As receive(); a hole comes as its length. */
  receiveSparse(maxBytes: number, opts?: CallOptions): Promise<Uint8Array | bigint | null> {
    return this.call('virStreamRecv', opts, [maxBytes, true]);
  }

  /** Ends it in good order: errors of the other side come to light here. */
  finish(opts?: CallOptions): Promise<void> {
    return this.call('virStreamFinish', opts, []);
  }

  /** Ends it at once. A receive that is waiting fails. */
  abort(opts?: CallOptions): Promise<void> {
    return this.call('virStreamAbort', opts, []);
  }
}

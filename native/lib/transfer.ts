import type { CallOptions } from './call.ts';
import { VIR_STORAGE_VOL_DOWNLOAD_SPARSE_STREAM, VIR_STORAGE_VOL_UPLOAD_SPARSE_STREAM } from './generated/constants.ts';
import { Stream } from './stream.ts';
import type { StorageVol } from './volume.ts';

/** What fits into one message of libvirt's protocol (VIR_NET_MESSAGE_LEGACY_PAYLOAD_MAX): a byte more costs a second one. */
const CHUNK = 262_120;
/** Zeros are looked for in blocks of this size. */
const BLOCK = 64 * 1024;
const FAREWELL_MS = 2_000;

export interface TransferOptions {
  /** Bytes from the volume's start. Default 0. */
  offset?: bigint | number;
  /** Bytes; 0 (the default): to the end. */
  length?: bigint | number;
  /** Blocks of zeros travel as holes, and stay holes in the volume. libvirt cuts a raw file at each hole's end: it is as long as the source afterwards. */
  sparse?: boolean;
  signal?: AbortSignal;
  /** Asked before every chunk: CLOCK_BOOTTIME milliseconds after which nothing more is sent (GateClosed). */
  notAfterMs?: () => number;
  /** Longest wait for one chunk: LibvirtTimeout. */
  stallTimeoutMs?: number;
  /** How long a copy that is given up waits for the host to be told so, before it rejects. Default 2000. */
  farewellMs?: number;
  /** After every chunk: bytes so far, holes included. */
  onProgress?: (bytes: bigint) => void;
}

function perCall(opts: TransferOptions): CallOptions {
  const call: CallOptions = {};
  if (opts.notAfterMs !== undefined) call.notAfterMs = opts.notAfterMs();
  if (opts.stallTimeoutMs !== undefined) call.timeoutMs = opts.stallTimeoutMs;
  return call;
}

/** Begins nothing once the signal has fired, and rejects as soon as it fires, though the call underneath may go on. */
async function unlessAborted<T>(signal: AbortSignal | undefined, begin: () => Promise<T>): Promise<T> {
  if (signal === undefined) return begin();
  signal.throwIfAborted();
  const work = begin();
  // Whoever is given up is not waited for: what becomes of it must not end the process.
  work.catch(() => {});
  let stop: (() => void) | undefined;
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason);
    signal.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    if (stop !== undefined) signal.removeEventListener('abort', stop);
  }
}

/**
 * Tells the other side that a stream is given up: as soon as the signal fires, also while nobody gives or takes, or when
 * `say` is called. Whoever closes the connection right after a copy failed waits for it: closing takes back what was not sent.
 */
class Farewell {
  /** What begins the stream: libvirt cannot end one that has not begun. */
  opening: Promise<void> = Promise.resolve();
  readonly #stream: Stream;
  readonly #signal: AbortSignal | undefined;
  readonly #withinMs: number;
  readonly #onAbort = (): void => void this.say();
  #said: Promise<void> | null = null;

  constructor(stream: Stream, { signal, farewellMs = FAREWELL_MS }: TransferOptions) {
    this.#stream = stream;
    this.#signal = signal;
    this.#withinMs = farewellMs;
    signal?.addEventListener('abort', this.#onAbort, { once: true });
  }

  /** Never rejects; resolves when it is said, or in time: the other side may be what hangs. */
  say(): Promise<void> {
    this.#said ??= this.#say();
    return this.#said;
  }

  async #say(): Promise<void> {
    const late = Promise.withResolvers<void>();
    const timer = setTimeout(() => late.resolve(), this.#withinMs);
    const abort = (): Promise<void> => this.#stream.abort({ timeoutMs: this.#withinMs });
    await Promise.race([this.opening.then(abort, abort).catch(() => {}), late.promise]);
    clearTimeout(timer);
  }

  unwatch(): void {
    this.#signal?.removeEventListener('abort', this.#onAbort);
  }
}

/** The source's chunks until the signal fires: one that stands still is not waited for. */
async function* heeding(
  signal: AbortSignal | undefined,
  source: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array, void, void> {
  const chunks = source[Symbol.asyncIterator]();
  let isDone = false;
  try {
    for (;;) {
      const next = await unlessAborted(signal, () => chunks.next());
      isDone = next.done === true;
      if (next.done) return;
      yield next.value;
    }
  } finally {
    const end = isDone ? undefined : chunks.return?.();
    end?.catch(() => {});
    if (end) await unlessAborted(signal, () => end).catch(() => {});
  }
}

function isZero(block: Uint8Array): boolean {
  const buffer = Buffer.from(block.buffer, block.byteOffset, block.byteLength);
  return block.length > 0 && buffer[0] === 0 && buffer.compare(buffer, 0, buffer.length - 1, 1, buffer.length) === 0;
}

/** Runs of data and of zeros, by blocks. */
function* pieces(chunk: Uint8Array, sparse: boolean): Generator<{ data: Uint8Array; zero: boolean }> {
  const step = sparse ? BLOCK : CHUNK;
  for (let at = 0; at < chunk.length; at += step) {
    const data = chunk.subarray(at, at + step);
    yield { data, zero: sparse && isZero(data) };
  }
}

/**
 * Writes `source` into a volume. Resolves when libvirt has confirmed all of it. On an error or abort nothing more is sent,
 * the stream is aborted, and only then this rejects: what had arrived stays in the volume. Errors: LibvirtError, LibvirtTimeout, GateClosed, RangeError
 * when the source's size is not `length`.
 */
export async function upload(
  volume: StorageVol,
  source: Uint8Array | AsyncIterable<Uint8Array>,
  opts: TransferOptions = {},
): Promise<bigint> {
  const { signal, sparse = false } = opts;
  const length = BigInt(opts.length ?? 0);
  signal?.throwIfAborted();
  const stream = await Stream.create(volume, perCall(opts));
  const farewell = new Farewell(stream, opts);
  let sent = 0n;
  let hole = 0n;
  const flushHole = async (): Promise<void> => {
    if (hole > 0n) await unlessAborted(signal, () => stream.sendHole(hole, perCall(opts)));
    hole = 0n;
  };
  try {
    const flags = sparse ? VIR_STORAGE_VOL_UPLOAD_SPARSE_STREAM : 0;
    await unlessAborted(signal, () => {
      farewell.opening = volume.upload(stream, opts.offset ?? 0, length, flags, perCall(opts));
      return farewell.opening;
    });
    for await (const chunk of source instanceof Uint8Array ? [source] : heeding(signal, source)) {
      for (const { data, zero } of pieces(chunk, sparse)) {
        sent += BigInt(data.length);
        if (length > 0n && sent > length)
          throw new RangeError(
            `the source is longer than the ${length} bytes that were announced for volume ${volume.name}`,
          );
        if (zero) hole += BigInt(data.length);
        else {
          await flushHole();
          await unlessAborted(signal, () => stream.send(data, perCall(opts)));
        }
        opts.onProgress?.(sent);
      }
    }
    if (length > 0n && sent !== length)
      throw new RangeError(`the source ended after ${sent} of ${length} bytes for volume ${volume.name}`);
    await flushHole();
    await unlessAborted(signal, () => stream.finish(perCall(opts)));
    return sent;
  } catch (error) {
    await farewell.say();
    throw error;
  } finally {
    farewell.unwatch();
  }
}

/** Reads a volume; holes come as their length. Leaving the loop early aborts the stream. */
export async function* downloadSparse(
  volume: StorageVol,
  opts: TransferOptions = {},
): AsyncGenerator<Uint8Array | bigint, void, void> {
  const { signal, sparse = true } = opts;
  signal?.throwIfAborted();
  const stream = await Stream.create(volume, perCall(opts));
  const farewell = new Farewell(stream, opts);
  let got = 0n;
  let whole = false;
  try {
    const flags = sparse ? VIR_STORAGE_VOL_DOWNLOAD_SPARSE_STREAM : 0;
    await unlessAborted(signal, () => {
      farewell.opening = volume.download(stream, opts.offset ?? 0, opts.length ?? 0, flags, perCall(opts));
      return farewell.opening;
    });
    for (;;) {
      const piece = await unlessAborted(signal, () =>
        sparse ? stream.receiveSparse(CHUNK, perCall(opts)) : stream.receive(CHUNK, perCall(opts)),
      );
      if (piece === null) break;
      got += typeof piece === 'bigint' ? piece : BigInt(piece.length);
      opts.onProgress?.(got);
      yield piece;
    }
    await unlessAborted(signal, () => stream.finish(perCall(opts)));
    whole = true;
  } finally {
    if (!whole) await farewell.say();
    farewell.unwatch();
  }
}

/** Reads a volume as bytes; with `sparse`, holes travel as such and are filled in here. */
export async function* download(
  volume: StorageVol,
  opts: TransferOptions = {},
): AsyncGenerator<Uint8Array, void, void> {
  const zeros = new Uint8Array(CHUNK);
  for await (const piece of downloadSparse(volume, { ...opts, sparse: opts.sparse ?? false })) {
    if (typeof piece !== 'bigint') yield piece;
    else
      for (let left = piece; left > 0n; left -= BigInt(CHUNK))
        yield left >= BigInt(CHUNK) ? zeros : zeros.subarray(0, Number(left));
  }
}

import { download, type TransferOptions, upload } from '@virtfleet/libvirt';
import type { Right } from '#platform/right.ts';
import type { Host } from './types.ts';
import { onVolume } from './volumes.ts';

export interface UploadOptions {
  /** Exactly that many bytes; a source of another size is refused at its end. */
  length: number;
  signal?: AbortSignal;
  /** Bytes so far. */
  onProgress?: (bytes: number) => void;
  /** Blocks of zeros stay holes. */
  sparse?: boolean;
}

/** A host that takes nothing for that long is given up. */
const STALL_MS = 60_000;
/**
 * A copy that is cancelled tells the host so, and is given that long for it. libvirt 11.3 may stand still when a
 * connection is cut in the midst of a stream: its event loop waits for a lock that it holds itself.
 */
export const FAREWELL_MS = 2_000;

/**
 * Fills a volume over a connection of its own. Resolves when the host has confirmed all of it; after anything else what
 * is in the volume is not known (OutcomeUnknown), and it is to be uploaded anew. The right is asked before every chunk.
 */
export async function uploadVolume(
  host: Host,
  right: Right,
  poolUuid: string,
  name: string,
  data: Uint8Array | AsyncIterable<Uint8Array>,
  opts: UploadOptions,
): Promise<void> {
  const { length, sparse, onProgress } = opts;
  await host.dedicated(
    'volume.upload',
    right,
    async (c, o, signal) => {
      const transfer: TransferOptions = { ...transferOf(signal), length, sparse: sparse ?? false };
      if (Number.isFinite(right.notAfterMs())) transfer.notAfterMs = () => right.notAfterMs();
      if (onProgress) transfer.onProgress = (bytes) => onProgress(Number(bytes));
      await onVolume(poolUuid, name, (volume) => upload(volume, data, transfer))(c, o);
    },
    { changes: true, graceMs: FAREWELL_MS, ...(opts.signal ? { signal: opts.signal } : {}) },
  );
}

export const transferOf = (signal: AbortSignal): TransferOptions => ({
  stallTimeoutMs: STALL_MS,
  farewellMs: FAREWELL_MS,
  signal,
});

/** Reads a volume over a connection of its own, and gives each piece to `take`, one at a time. */
export async function downloadVolume(
  host: Host,
  right: Right,
  poolUuid: string,
  name: string,
  take: (piece: Uint8Array) => Promise<void>,
  opts: { signal?: AbortSignal } = {},
): Promise<void> {
  await host.dedicated(
    'volume.download',
    right,
    async (c, o, signal) => {
      const read = onVolume(poolUuid, name, async (volume) => {
        // Who takes and stands still is not waited for.
        for await (const piece of download(volume, transferOf(signal))) await unlessAborted(signal, take(piece));
      });
      await read(c, o);
    },
    { changes: false, graceMs: FAREWELL_MS, ...opts },
  );
}

async function unlessAborted<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  const aborted = Promise.withResolvers<never>();
  const stop = (): void => aborted.reject(signal.reason);
  signal.addEventListener('abort', stop, { once: true });
  try {
    return await Promise.race([work, aborted.promise]);
  } finally {
    signal.removeEventListener('abort', stop);
    // Whichever came second has nobody waiting for it.
    work.catch(() => {});
    aborted.promise.catch(() => {});
  }
}

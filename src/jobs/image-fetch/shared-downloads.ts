import { join } from 'node:path';
import type { Dispatcher } from 'undici';
import { toMessage, VirtfleetError } from '#platform/errors.ts';
import { makeScratchDir, removeTree } from '#platform/files.ts';
import { log } from '#platform/log.ts';
import type { Right } from '#platform/right.ts';
import { download } from './download.ts';
import type { ImageFormat } from './image-header.ts';
import { type ImageFacts, inspectImage } from './inspect.ts';

/**
 * Scratch files are this process's own and are no truth: no Lease or lock decides over them, and they must be removable
 * after the lock of the job that wanted them was lost.
 */
const ownScratch: Right = {
  name: 'own scratch space',
  notAfterMs: () => Number.POSITIVE_INFINITY,
  signal: new AbortController().signal,
};

/** How long a file is kept for the next copy of the same image. */
const LINGER_MS = 30_000;

export interface DownloadSettings {
  /** Directory for scratch files. */
  scratchDir: string;
  /** Bytes that all of them may take together. */
  scratchLimitBytes: number;
  /** Size that a guest may see. */
  maxVirtualBytes: number;
  /** For one download as a whole. */
  timeoutMs: number;
}

export interface HttpSource {
  url: string;
  checksum: string;
  format: ImageFormat;
}

export type FetchPhase = 'Downloading' | 'Checking';
export type OnFetchProgress = (phase: FetchPhase, doneBytes: number, totalBytes: number | undefined) => void;

export interface FetchedImage {
  path: string;
  facts: ImageFacts;
}

interface Entry {
  result: Promise<FetchedImage>;
  cancel: AbortController;
  dir: string | null;
  bytes: number;
  last: { phase: FetchPhase; doneBytes: number; totalBytes: number | undefined };
  listeners: Set<OnFetchProgress>;
  users: number;
  linger: NodeJS.Timeout | undefined;
}

/** Images in scratch space, downloaded and checked once for all copies of this process that want them at that time. */
export class SharedDownloads {
  readonly #settings: DownloadSettings;
  readonly #dispatcher: Dispatcher;
  readonly #entries = new Map<string, Entry>();

  constructor(settings: DownloadSettings, dispatcher: Dispatcher) {
    this.#settings = settings;
    this.#dispatcher = dispatcher;
  }

  /** Hands the checked image to `use`, and keeps it until that has ended. */
  async with<T>(
    source: HttpSource,
    signal: AbortSignal,
    onProgress: OnFetchProgress,
    use: (image: FetchedImage) => Promise<T>,
  ): Promise<T> {
    // The same digest from another URL is the same image, but whether that URL may be asked must be judged by itself.
    const key = `${source.format} ${source.checksum} ${source.url}`;
    const entry = this.#entries.get(key) ?? this.#begin(key, source);
    entry.users += 1;
    clearTimeout(entry.linger);
    entry.listeners.add(onProgress);
    onProgress(entry.last.phase, entry.last.doneBytes, entry.last.totalBytes);
    try {
      const image = await abortable(entry.result, signal);
      entry.listeners.delete(onProgress);
      return await use(image);
    } finally {
      entry.listeners.delete(onProgress);
      entry.users -= 1;
      if (entry.users === 0) this.#leave(key, entry);
    }
  }

  /** Forgets and removes all; what is being downloaded is aborted. */
  async close(): Promise<void> {
    await Promise.all([...this.#entries].map(([key, entry]) => this.#drop(key, entry)));
  }

  #begin(key: string, source: HttpSource): Entry {
    const cancel = new AbortController();
    const entry: Entry = {
      result: Promise.resolve().then(() => this.#fetch(source, entry)),
      cancel,
      dir: null,
      bytes: 0,
      last: { phase: 'Downloading', doneBytes: 0, totalBytes: undefined },
      listeners: new Set(),
      users: 0,
      linger: undefined,
    };
    this.#entries.set(key, entry);
    // A failure is told to those who wait; the next who comes tries anew.
    entry.result.catch(() => this.#drop(key, entry));
    return entry;
  }

  async #fetch(source: HttpSource, entry: Entry): Promise<FetchedImage> {
    const { scratchDir, scratchLimitBytes, maxVirtualBytes, timeoutMs } = this.#settings;
    const taken = [...this.#entries.values()].reduce((sum, { bytes }) => sum + bytes, 0);
    const freeBytes = scratchLimitBytes - taken;
    if (freeBytes <= 0) {
      throw new VirtfleetError('Transient', 'FetchFailed', 'Scratch space is taken by other images', {
        mend: 'It is tried again; an administrator gives more with --scratch-limit.',
      });
    }
    const tell = (phase: FetchPhase, doneBytes: number, totalBytes: number | undefined): void => {
      entry.last = { phase, doneBytes, totalBytes };
      for (const listener of entry.listeners) listener(phase, doneBytes, totalBytes);
    };
    entry.dir = await makeScratchDir(ownScratch, join(scratchDir, 'images'), 'image');
    const path = join(entry.dir, 'image');
    const bytes = await download(ownScratch, source.url, path, {
      dispatcher: this.#dispatcher,
      checksum: source.checksum,
      maxBytes: freeBytes,
      timeoutMs,
      signal: entry.cancel.signal,
      onProgress: (doneBytes, totalBytes) => {
        entry.bytes = doneBytes;
        tell('Downloading', doneBytes, totalBytes);
      },
    });
    tell('Checking', bytes, bytes);
    return { path, facts: await inspectImage(path, source.format, maxVirtualBytes, entry.cancel.signal) };
  }

  #leave(key: string, entry: Entry): void {
    let settled = false;
    const remove = (): void => {
      if (entry.users === 0) void this.#drop(key, entry);
    };
    entry.result.then(
      () => {
        settled = true;
        entry.linger = setTimeout(remove, LINGER_MS);
        entry.linger.unref();
      },
      () => {
        settled = true;
      },
    );
    // Nobody waits for a download any more: end it, unless it is done already (which the turn of microtasks above tells).
    setImmediate(() => {
      if (!settled) remove();
    });
  }

  async #drop(key: string, entry: Entry): Promise<void> {
    if (this.#entries.get(key) === entry) this.#entries.delete(key);
    clearTimeout(entry.linger);
    entry.cancel.abort(new Error('nobody wants this image any more'));
    await entry.result.catch(() => undefined);
    if (entry.dir === null) return;
    await removeTree(ownScratch, entry.dir).catch((error: unknown) => {
      log.warn({ room: 'jobs', dir: entry.dir, error: toMessage(error) }, 'scratch space was not freed');
    });
  }
}

/** Stops waiting when the signal is aborted; what is waited for goes on. */
function abortable<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason);
    const stop = (): void => reject(signal.reason);
    signal.addEventListener('abort', stop, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}

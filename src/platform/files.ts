import { chmod, mkdir, mkdtemp, open, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { effect } from './effect.ts';
import { VirtfleetError } from './errors.ts';
import type { Right } from './right.ts';

/**
 * The only module that writes files. All of them are scratch: nothing on the operator's disk is truth, and everything
 * may be gone at the next start. Directories are 0700 and files 0600, for they hold sockets and keys' neighbours.
 */

/** A directory of its own below `parent` (which is made when missing), to be removed with `removeTree`. */
export function makeScratchDir(right: Right, parent: string, prefix: string): Promise<string> {
  return effect('file:dir.make', right, async () => {
    await mkdir(parent, { recursive: true, mode: 0o700 });
    return mkdtemp(join(parent, `${prefix}-`));
  });
}

/** Makes a directory with a fixed name; one that is there already is taken and its mode set. */
export function ensureDir(right: Right, path: string): Promise<void> {
  return effect('file:dir.make', right, async () => {
    await mkdir(path, { recursive: true, mode: 0o700 });
    await chmod(path, 0o700);
  });
}

/** Writes the whole file, or nothing: to a neighbour first, then by rename. */
export function writeWhole(right: Right, path: string, data: string | Uint8Array, mode = 0o600): Promise<void> {
  return effect('file:file.write', right, async () => {
    const part = `${path}.${process.pid}.part`;
    try {
      await writeFile(part, data, { mode, flag: 'w' });
      await rename(part, path);
    } catch (error) {
      await rm(part, { force: true });
      throw error;
    }
  });
}

export interface StreamToFile {
  signal?: AbortSignal;
  /** Refuses to write more than that: Capacity, reason ScratchLimit. */
  maxBytes?: number;
  onProgress?: (writtenBytes: number) => void;
}

/** Writes a stream to a new file (which must not exist yet) and flushes it to the disk. Returns the number of bytes. */
export function writeStream(
  right: Right,
  path: string,
  source: AsyncIterable<Uint8Array>,
  options: StreamToFile = {},
): Promise<number> {
  return effect('file:file.stream', right, async () => {
    const file = await open(path, 'wx', 0o600);
    let writtenBytes = 0;
    try {
      for await (const chunk of source) {
        options.signal?.throwIfAborted();
        right.signal.throwIfAborted();
        if (writtenBytes + chunk.byteLength > (options.maxBytes ?? Number.POSITIVE_INFINITY)) {
          throw new VirtfleetError(
            'Capacity',
            'ScratchLimit',
            `${path} would be larger than ${options.maxBytes} bytes`,
          );
        }
        await file.appendFile(chunk);
        writtenBytes += chunk.byteLength;
        options.onProgress?.(writtenBytes);
      }
      await file.sync();
      return writtenBytes;
    } finally {
      await file.close();
    }
  });
}

/** Removes a file or a directory with all that is in it. What is not there is removed already. */
export function removeTree(right: Right, path: string): Promise<void> {
  return effect('file:tree.remove', right, () => rm(path, { recursive: true, force: true, maxRetries: 3 }));
}

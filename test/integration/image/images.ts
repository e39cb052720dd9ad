import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

export const sha256 = (data: Buffer): string => `sha256:${createHash('sha256').update(data).digest('hex')}`;
export const sha512 = (data: Buffer): string => `sha512:${createHash('sha512').update(data).digest('hex')}`;

/** A qcow2 of 64 MiB with some MiB of data, made by qemu-img itself; further arguments go to it. */
export async function aQcow2(...args: string[]): Promise<Buffer> {
  const dir = await mkdtemp(join(tmpdir(), 'virtfleet-image-'));
  try {
    const path = join(dir, 'disk.qcow2');
    await run('qemu-img', ['create', '-q', '-f', 'qcow2', ...args, path, '64M']);
    if (args.length === 0) await run('qemu-io', ['-c', 'write -P 7 0 2M', '-c', 'write -P 9 40M 1M', path]);
    return await readFile(path);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

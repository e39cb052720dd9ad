import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { ensureDir, makeScratchDir, removeTree, writeStream, writeWhole } from './files.ts';
import { type Right, unrestricted } from './right.ts';

const root = mkdtempSync(join(tmpdir(), 'virtfleet-files-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

async function* chunks(...sizes: number[]): AsyncGenerator<Uint8Array> {
  for (const size of sizes) yield new Uint8Array(size).fill(size);
}

describe('files', () => {
  test('scratch directories are private and distinct', async () => {
    const [a, b] = [
      await makeScratchDir(unrestricted, join(root, 's'), 'ssh'),
      await makeScratchDir(unrestricted, join(root, 's'), 'ssh'),
    ];
    expect(a).not.toBe(b);
    expect(statSync(a).mode & 0o777).toBe(0o700);
    await removeTree(unrestricted, a);
    await removeTree(unrestricted, a);
    expect(readdirSync(join(root, 's'))).toHaveLength(1);
  });

  test('a file is written whole and private, and leaves no part behind', async () => {
    const dir = join(root, 'whole');
    await ensureDir(unrestricted, dir);
    await ensureDir(unrestricted, dir);
    await writeWhole(unrestricted, join(dir, 'f'), 'one');
    await writeWhole(unrestricted, join(dir, 'f'), 'two');
    expect(readFileSync(join(dir, 'f'), 'utf8')).toBe('two');
    expect(statSync(join(dir, 'f')).mode & 0o777).toBe(0o600);
    expect(readdirSync(dir)).toEqual(['f']);
  });

  test('a stream is written, counted and limited', async () => {
    const seen: number[] = [];
    expect(await writeStream(unrestricted, join(root, 'a'), chunks(3, 4), { onProgress: (n) => seen.push(n) })).toBe(7);
    expect(seen).toEqual([3, 7]);
    await expect(writeStream(unrestricted, join(root, 'a'), chunks(1))).rejects.toMatchObject({ code: 'EEXIST' });
    const limited = writeStream(unrestricted, join(root, 'b'), chunks(3, 4), { maxBytes: 6 });
    await expect(limited).rejects.toMatchObject({ errorClass: 'Capacity', reason: 'ScratchLimit' });
  });

  test('a stream ends with its right', async () => {
    const abort = new AbortController();
    const right: Right = { name: 'job', notAfterMs: () => Number.POSITIVE_INFINITY, signal: abort.signal };
    async function* endless(): AsyncGenerator<Uint8Array> {
      for (let n = 0; ; n += 1) {
        if (n === 5) abort.abort(new Error('lock lost'));
        yield new Uint8Array(16);
      }
    }
    await expect(writeStream(right, join(root, 'c'), endless())).rejects.toThrow('lock lost');
  });
});

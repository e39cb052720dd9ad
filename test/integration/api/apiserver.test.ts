/** The test's own control plane: what it promises to other tests. */
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { startApiServer } from './apiserver.ts';

const here = dirname(fileURLToPath(import.meta.url));

/** Processes that have the folder on their command line. */
function processesOf(dir: string): string[] {
  return readdirSync('/proc').filter((pid) => {
    try {
      return /^\d+$/.test(pid) && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(dir);
    } catch {
      return false;
    }
  });
}

async function until(what: string, isSo: () => boolean): Promise<void> {
  const deadline = performance.now() + 20_000;
  while (!isSo()) {
    if (performance.now() > deadline) throw new Error(`not in time: ${what}`);
    await pause(50);
  }
}

it('keeps what it has over a restart, and leaves nothing behind', async () => {
  const api = await startApiServer();
  try {
    const body = { metadata: { name: 'kept' } };
    expect((await api.request('POST', '/api/v1/namespaces', { body })).status).toBe(201);
    await api.restart();
    expect((await api.request('GET', '/api/v1/namespaces/kept')).status).toBe(200);
    expect(await api.kubectl(['get', 'namespace', 'kept', '-o', 'name'])).toBe('namespace/kept\n');
    expect(processesOf(api.dir)).toHaveLength(2);
  } finally {
    await api.stop();
  }
  expect(processesOf(api.dir)).toEqual([]);
  expect(existsSync(api.dir)).toBe(false);
  await api.stop();
});

it('dies with a test that is killed', async () => {
  const program = `
    import { startApiServer } from ${JSON.stringify(join(here, 'apiserver.ts'))};
    const api = await startApiServer();
    process.stdout.write(api.dir + '\\n');
    setInterval(() => {}, 1000);
  `;
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let printed = '';
  child.stdout.on('data', (chunk: Buffer) => {
    printed += chunk.toString();
  });
  await until('the control plane of the child', () => printed.endsWith('\n'));
  const dir = printed.trim();
  expect(processesOf(dir)).toHaveLength(2);
  child.kill('SIGKILL');
  await until('the end of its processes', () => processesOf(dir).length === 0);
  rmSync(dir, { recursive: true });
});

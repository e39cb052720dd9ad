/** Builds and runs the C floor. */
import { existsSync, mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../../rig/command.ts';
import { sharedDir } from '../../rig/paths.ts';

const source = join(import.meta.dirname, 'floor.c');
const program = join(sharedDir, 'bin', 'floor');

/** With the C compiler and libvirt's headers of this machine; only when its source is newer. */
export async function buildFloor(): Promise<void> {
  if (existsSync(program) && statSync(program).mtimeMs > statSync(source).mtimeMs) return;
  mkdirSync(join(sharedDir, 'bin'), { recursive: true });
  const flags = (await run('pkg-config', ['--cflags', '--libs', 'libvirt'])).trim().split(/\s+/).filter(Boolean);
  await run('cc', ['-O2', '-Wall', '-Wextra', '-o', program, source, ...flags, '-lpthread']);
}

export interface FloorResult {
  seconds: number;
  calls: number;
}

export async function runFloor(
  action: 'make' | 'remove',
  directory: string,
  workers: number,
  connectionsAHost: number,
): Promise<FloorResult> {
  const said = await run(program, [action, directory, String(workers), String(connectionsAHost)], {
    timeoutMs: 600_000,
  });
  return JSON.parse(said) as FloorResult;
}

import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { identify, isAlive, type ProcessId } from './processes.ts';

/** Keeps two commands from building or ending the same rig at once. A dead holder's lock is taken over. */
export function lockRig(sharedDir: string, name: string): () => void {
  mkdirSync(sharedDir, { recursive: true });
  const file = join(sharedDir, `${name}.lock`);
  const me = JSON.stringify(identify(process.pid));
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      writeFileSync(file, me, { flag: 'wx' });
      return () => rmSync(file, { force: true });
    } catch {
      const holder = readHolder(file);
      if (holder !== null && isAlive(holder)) {
        throw new Error(`process ${holder.pid} is at work on rig "${name}": wait for it, or end it`);
      }
      rmSync(file, { force: true });
    }
  }
  throw new Error(`cannot lock rig "${name}" (${file})`);
}

function readHolder(file: string): ProcessId | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as ProcessId;
  } catch {
    return null;
  }
}

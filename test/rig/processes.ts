import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { waitFor } from './wait.ts';

/** A process by pid and start time, so that a pid which the kernel gave away again is never taken for it. */
export interface ProcessId {
  pid: number;
  startTime: string;
}

interface Stat {
  state: string;
  startTime: string;
  parent: number;
}

function readStat(pid: number): Stat | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // the command's name, in brackets, may hold spaces and brackets of its own
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return { state: fields[0] ?? '?', parent: Number(fields[1]), startTime: fields[19] ?? '' };
  } catch {
    return null;
  }
}

/** null when the process is gone or only waits to be reaped. */
export function identify(pid: number): ProcessId | null {
  const stat = readStat(pid);
  if (stat === null || ((stat.state === 'Z' || stat.state === 'X') && !hasThreads(pid))) return null;
  return { pid, startTime: stat.startTime };
}

/** The first thread of a process that was killed may have ended before the others, which still hold its ports. */
function hasThreads(pid: number): boolean {
  try {
    return readdirSync(`/proc/${pid}/task`).length > 1;
  } catch {
    return false;
  }
}

export function isAlive(process: ProcessId): boolean {
  return identify(process.pid)?.startTime === process.startTime;
}

export function isStopped(process: ProcessId): boolean {
  const stat = readStat(process.pid);
  return stat?.startTime === process.startTime && stat.state === 'T';
}

/** Sends a signal to a process that is still the one meant; false when it is gone. */
export function send(target: ProcessId, signal: NodeJS.Signals): boolean {
  if (!isAlive(target)) return false;
  try {
    process.kill(target.pid, signal);
    return true;
  } catch {
    return false;
  }
}

/** Asks the processes to end, and after the grace period makes them. Returns when they are gone. */
export async function endAll(targets: readonly ProcessId[], graceMs: number): Promise<void> {
  const left = () => targets.filter(isAlive);
  if (graceMs > 0) {
    for (const target of left()) {
      send(target, 'SIGTERM');
      send(target, 'SIGCONT'); // a frozen process takes the signal only when it runs again
    }
    await waitFor('processes to end', () => left().length === 0, { timeoutMs: graceMs, orElse: 'continue' });
  }
  for (const target of left()) send(target, 'SIGKILL');
  await waitFor(`processes ${targets.map((t) => t.pid).join(', ')} to be gone`, () => left().length === 0, {
    timeoutMs: 15_000,
  });
}

export function allPids(): number[] {
  return readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? [Number(name)] : []));
}

/** Everything that was started with this variable in its environment, and what inherited it. */
export function findByEnvironment(variable: string, value: string): ProcessId[] {
  const wanted = `${variable}=${value}`;
  return allPids().flatMap((pid) => {
    try {
      if (pid === process.pid || !readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0').includes(wanted)) return [];
      return identify(pid) ?? [];
    } catch {
      return []; // ended meanwhile, or a kernel thread
    }
  });
}

export function commandName(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/comm`, 'utf8').trim();
  } catch {
    return '';
  }
}

/** All processes in the PID namespace (or another) that the given process lives in. */
export function inNamespaceOf(pid: number, namespace: 'pid' | 'mnt' | 'net'): ProcessId[] {
  const link = (p: number) => {
    try {
      return readlinkSync(`/proc/${p}/ns/${namespace}`);
    } catch {
      return null;
    }
  };
  const wanted = link(pid);
  if (wanted === null) return [];
  return allPids().flatMap((other) => (link(other) === wanted ? (identify(other) ?? []) : []));
}

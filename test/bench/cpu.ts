/** CPU seconds by process, from /proc: who has worked, and not only how long it took. */
import { readFileSync } from 'node:fs';
import { Daemons } from '../rig/daemons.ts';
import { commandName, findByEnvironment } from '../rig/processes.ts';

/** CLK_TCK of Linux on every platform that Node runs on. */
const TICKS_A_SECOND = 100;

/** CPU seconds by what the process is: operator, apiserver, etcd, libvirtd, qemu-system-x86, …; those that ended left out. */
export type CpuReading = ReadonlyMap<string, number>;

export function secondsOf(pid: number): number {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) / TICKS_A_SECOND;
  } catch {
    return 0; // it has ended
  }
}

/** All processes of a rig, and this one as `bench`. */
export function readCpu(rigDir: string): CpuReading {
  const daemons = new Daemons(rigDir);
  const names = new Map<number, string>();
  for (const name of daemons.names()) {
    const process = daemons.process(name);
    if (process && !name.startsWith('host-')) names.set(process.pid, name.replace(/-\d+$/, ''));
  }
  const seconds = new Map<string, number>([['bench', secondsOf(process.pid)]]);
  const [[variable, value] = ['', '']] = Object.entries(daemons.markedEnvironment);
  for (const { pid } of findByEnvironment(variable, value)) {
    const name = names.get(pid) ?? commandName(pid);
    seconds.set(name, (seconds.get(name) ?? 0) + secondsOf(pid));
  }
  return seconds;
}

export function cpuBetween(before: CpuReading, after: CpuReading): Record<string, number> {
  const used = [...after].map(([name, seconds]) => [name, seconds - (before.get(name) ?? 0)] as const);
  return Object.fromEntries(used.filter(([, seconds]) => seconds >= 0.05).sort((a, b) => b[1] - a[1]));
}

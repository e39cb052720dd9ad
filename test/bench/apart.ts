/**
 * Hosts are other machines in life: what their guests compute costs the control plane nothing. On one machine they would
 * take it the CPU in turn. So what belongs to hosts is put into a CPU cgroup of the lowest weight: it gets all that the
 * control plane leaves, which is nearly everything, and its own work takes as long as before. It holds for the floor, too.
 */
import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Daemons } from '../rig/daemons.ts';
import { findByEnvironment } from '../rig/processes.ts';
import { waitFor } from '../rig/wait.ts';

/** Where cgroups of CPU weight are made, and what the least weight is called there. */
const hierarchies = [
  { root: '/sys/fs/cgroup/cpu', weight: 'cpu.shares', least: '2' },
  { root: '/sys/fs/cgroup', weight: 'cpu.weight', least: '1' },
];

export interface Apart {
  /** False where cgroups cannot be made: guests and control plane then share the CPUs as equals. */
  isApart: boolean;
  end: () => Promise<void>;
}

/** Daemons and guests of the rig's hosts; guests that are started later are in it as children. */
export function keepHostsApart(rigDir: string): Apart {
  for (const { root, weight, least } of hierarchies) {
    const group = join(root, `virtfleet-bench-${process.pid}`);
    try {
      mkdirSync(group);
    } catch {
      continue; // not mounted, or read-only
    }
    if (!existsSync(join(group, weight))) {
      rmdirSync(group);
      continue;
    }
    writeFileSync(join(group, weight), least);
    for (const pid of hostProcesses(rigDir)) move(pid, group);
    return { isApart: true, end: () => leave(group, root) };
  }
  return { isApart: false, end: async () => undefined };
}

/** Whatever of the rig is not one of the control plane's daemons. */
function hostProcesses(rigDir: string): number[] {
  const daemons = new Daemons(rigDir);
  const [[variable, value] = ['', '']] = Object.entries(daemons.markedEnvironment);
  const control = new Set(
    daemons.names().flatMap((name) => (name.startsWith('host-') ? [] : (daemons.process(name)?.pid ?? []))),
  );
  return findByEnvironment(variable, value).flatMap(({ pid }) => (control.has(pid) ? [] : pid));
}

function move(pid: number, group: string): void {
  try {
    writeFileSync(join(group, 'cgroup.procs'), String(pid));
  } catch {
    // it has ended
  }
}

/** Those that are still there go back; a process that is just being made may be missed once. */
async function leave(group: string, root: string): Promise<void> {
  await waitFor(
    `cgroup ${group} to be empty`,
    () => {
      for (const pid of readFileSync(join(group, 'cgroup.procs'), 'utf8').split('\n').filter(Boolean)) {
        move(Number(pid), root);
      }
      try {
        rmdirSync(group);
        return true;
      } catch {
        return false;
      }
    },
    { timeoutMs: 10_000, intervalMs: 50 },
  );
}

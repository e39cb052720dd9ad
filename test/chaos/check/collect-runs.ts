/** What machines have left in a host's logs: QEMU's, which libvirt writes, and the serial console's. */
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { VirtualMachine } from '#api/v1alpha1/index.ts';
import { domainName } from '#libvirt/names.ts';
import { label, type SeenRuns, type SeenStart } from './facts.ts';

/** `dir`: the host's files as this computer sees them. Of the machines that status places there. */
export function readRuns(dir: string, host: string, machines: readonly VirtualMachine[]): Map<string, SeenRuns> {
  const runs = new Map<string, SeenRuns>();
  for (const machine of machines) {
    const { status, metadata } = machine;
    if (status?.host?.name !== host || !status.uuid) continue;
    const log = `${domainName(metadata.namespace ?? '', metadata.name)}.log`;
    const file = join(dir, 'var/log/libvirt/qemu', log);
    const console = status.serial?.logPath ? join(dir, status.serial.logPath) : null;
    const starts = parseStarts(textOf(file));
    runs.set(label(machine), {
      starts,
      boots: console ? parseBoots(textOf(console), status.uuid) : null,
      silentMs: console ? silentMs(console, starts.at(-1)?.atMs ?? 0) : null,
    });
  }
  return runs;
}

/** A start that failed, or was taken back, says so in the line that ends it. */
export function parseStarts(log: string): SeenStart[] {
  const starts: (SeenStart & { failed: boolean })[] = [];
  for (const line of log.split('\n')) {
    const [, date, time] = /^(\d{4}-\d\d-\d\d) ([\d:.]+)\+0000: starting up /.exec(line) ?? [];
    const last = starts.at(-1);
    if (date) {
      const atMs = Date.parse(`${date}T${time}Z`);
      starts.push({ uuid: '', atMs, takenBack: false, incoming: false, failed: false });
    } else if (last && line.startsWith('-uuid ')) last.uuid = line.slice(6, 42);
    else if (last && line.startsWith('-incoming ')) last.incoming = true;
    else if (last && line.includes(': shutting down, reason=failed')) last.failed = true;
    else if (last && line.includes(': shutting down, reason=daemon')) last.takenBack = true;
  }
  return starts.flatMap(({ failed, ...start }) => (failed ? [] : [start]));
}

/** `ready HOSTNAME INSTANCE-ID ADDRESS` is printed once a boot; the instance id is the machine's UUID. */
export function parseBoots(console: string, uuid: string): number | null {
  const told = console.split(/\r?\n/).filter((line) => /^ready \S+ /.test(line) && line.split(' ')[2] === uuid);
  return told.length > 0 ? told.length : null;
}

/**
 * While a guest lives it prints a heartbeat a second; one that never did may be another kind of guest. What stands there
 * since before the last start was printed by an earlier guest.
 */
export function silentMs(console: string, startedMs: number): number | null {
  const lines = textOf(console).trimEnd().split(/\r?\n/);
  if (!lines.at(-1)?.startsWith('heartbeat ')) return null;
  return Date.now() - Math.max(statSync(console).mtimeMs, startedMs);
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return ''; // it has not printed anything yet
  }
}

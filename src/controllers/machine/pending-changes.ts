/** What only the next start brings, in the words of the spec: libvirt's paths are many and mean little to a user. Pure. */
import type { PendingChange } from '#api/v1alpha1/virtual-machine-status.ts';
import type { RestartRequired } from '#libvirt/domain.ts';

/** From where a difference lies in the domain's document to the field of the spec that it comes from; first match counts. */
const FIELDS: [RegExp, string | ((match: RegExpMatchArray) => string)][] = [
  [/^cpu([@/]|$)/, 'cpu'],
  [/^vcpu/, 'cpu'],
  [/^(memory|currentMemory|maxMemory)/, 'memory'],
  [/^clock/, 'clock'],
  [/^devices\/(disk|cdrom)\[(?:ua-)?([^\]]+)\]/, (m) => `disks[${m[2]}]`],
  [/^devices\/interface\[(?:ua-nic_)?([^\]]+)\]/, (m) => `interfaces[${m[1]}]`],
  [/^devices\/(graphics|video|input|controller\[usb\])/, 'graphics'],
  [/^devices\/watchdog/, 'watchdog'],
  [/^devices\/rng/, 'rng'],
  [/^devices\/(serial|console)/, 'serialConsole'],
  [/^os\/type/, 'machineType'],
];

function fieldOf(path: string): string {
  for (const [pattern, field] of FIELDS) {
    const match = path.match(pattern);
    if (match) return typeof field === 'string' ? field : field(match);
  }
  return path;
}

/** One entry a field of the spec; of several differences in it the first tells what. */
export function pendingRestarts(changes: readonly RestartRequired[]): Map<string, string> {
  const pending = new Map<string, string>();
  for (const { field: path, message } of changes) {
    const field = fieldOf(path);
    if (!pending.has(field)) pending.set(field, message);
  }
  return pending;
}

export function asPendingChanges(pending: ReadonlyMap<string, string>): PendingChange[] {
  return [...pending].map(([field, message]) => ({ field, effect: 'Restart' as const, message }));
}

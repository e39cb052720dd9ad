/** What the files that edit a domain share: where an element belongs, how a device is known, which kind of machine it is. */
import { attr, child } from '../tree.ts';
import type { Element } from '../xml.ts';
import type { DomainInput } from './input.ts';

/**
 * A live document says more than an inactive one (expanded CPU, inherited MTU, memory modules): some parts are judged
 * otherwise.
 */
export type DocumentMode = 'inactive' | 'live';

/** The order in which libvirt prints a domain, as far as we put elements into it. */
const TOP_LEVEL = [
  ...['name', 'uuid', 'genid', 'title', 'description', 'metadata', 'maxMemory', 'memory', 'currentMemory'],
  ...['memoryBacking', 'vcpu', 'vcpus', 'iothreads', 'iothreadids', 'cputune', 'numatune', 'resource', 'sysinfo', 'os'],
  ...['features', 'cpu', 'clock', 'on_poweroff', 'on_reboot', 'on_crash', 'pm', 'devices'],
];

/** The names that come before one, for `ensureChild` and `insertAfter`. */
export function before(name: string): string[] {
  return TOP_LEVEL.slice(0, TOP_LEVEL.indexOf(name));
}

/** How a device is found again: ours are named by `diskAlias` and `interfaceAlias`. */
export function aliasOf(device: Element): string | undefined {
  return attr(child(device, 'alias'), 'name');
}

export function isX86(input: DomainInput): boolean {
  return input.arch === 'x86_64' || input.arch === 'i686';
}

/** Machines whose devices sit on PCI Express. */
export function isPcie(machineType: string): boolean {
  return /q35|^virt(-|$)/.test(machineType);
}

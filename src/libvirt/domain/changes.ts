/**
 * What must be done to a *running* machine so that it becomes what is wanted: a closed set of changes. What cannot be
 * done live is said as RestartRequired; the inactive document has it already, and the next start brings it.
 */

import { type Difference, difference } from '../difference.ts';
import { attr, bytesOf, child, children, clone, text, wholeNumber } from '../tree.ts';
import { type Element, el, isElement, type Node, parsed, printXml } from '../xml.ts';
import { maxVcpusOf, vcpusOf } from './cpu.ts';
import { findDisk, THROTTLES, unwantedDisks } from './disks.ts';
import type { DiskInput, DiskThrottle, DomainInput, InterfaceInput } from './input.ts';
import { findInterface, unwantedInterfaces } from './interfaces.ts';
import { maxMemoryOf, memoryOf } from './memory.ts';
import { editDomain } from './render.ts';

/** `xml` is the device as virDomainAttachDeviceFlags, DetachDeviceFlags or UpdateDeviceFlags want it, with AFFECT_LIVE. */
export type DomainChange =
  | { type: 'DetachDisk'; name: string; target: string; xml: string }
  | { type: 'DetachInterface'; name: string; mac: string; xml: string }
  | { type: 'AttachDisk'; name: string; target: string; xml: string }
  | { type: 'AttachInterface'; name: string; mac: string; xml: string }
  /** Another medium in a CD-ROM drive (or none). */
  | { type: 'UpdateDisk'; name: string; target: string; xml: string }
  /** virDomainSetBlockIoTune on `target`; every parameter is given, 0 is "no limit". */
  | { type: 'ThrottleDisk'; name: string; target: string; params: Record<string, bigint> }
  /** Link state, bandwidth, or the network it is plugged into. */
  | { type: 'UpdateInterface'; name: string; mac: string; xml: string }
  | { type: 'SetVcpus'; vcpus: number }
  /** A memory module to attach; with it the machine has `memoryBytes`. */
  | { type: 'SetMemory'; memoryBytes: number; xml: string }
  | RestartRequired;

export interface RestartRequired {
  type: 'RestartRequired';
  /** Where in the domain's document. */
  field: string;
  /** One sentence: what is, what is wanted. */
  message: string;
}

/**
 * @param active the live document (virDomainGetXMLDesc without INACTIVE)
 * @param inactive the document of the next start, if it was rendered already: new devices take their addresses from it,
 *   so that a device keeps its slot over the next start.
 */
export function domainChanges(
  input: DomainInput,
  active: string | Element,
  inactive?: string | Element | null,
): DomainChange[] {
  const found = parsed(active);
  const wanted = clone(found);
  editDomain(wanted, input, 'live');
  const sides: Sides = {
    found: child(found, 'devices'),
    wanted: child(wanted, 'devices'),
    next: inactive ? child(parsed(inactive), 'devices') : undefined,
  };
  const changes = [
    ...detachments(input, sides),
    ...input.disks.flatMap((disk) => diskChanges(disk, sides)),
    ...input.interfaces.flatMap((nic) => interfaceChanges(nic, sides)),
    ...vcpuChanges(input, found),
    ...memoryChanges(input, found),
  ];
  return [...changes, ...otherChanges(wanted, found)];
}

interface Sides {
  found: Element | undefined;
  wanted: Element | undefined;
  next: Element | undefined;
}

const targetOf = (disk: Element): string => attr(child(disk, 'target'), 'dev') ?? '';
const macOf = (nic: Element): string => attr(child(nic, 'mac'), 'address') ?? '';
const ourName = (device: Element): string => (attr(child(device, 'alias'), 'name') ?? '').replace(/^ua-(nic_)?/, '');
const restart = (field: string, message: string): RestartRequired => ({ type: 'RestartRequired', field, message });

const HOTPLUG_BUSES = ['virtio', 'scsi', 'usb'];
const isHotpluggable = (disk: Element): boolean => HOTPLUG_BUSES.includes(attr(child(disk, 'target'), 'bus') ?? '');

function detachments(input: DomainInput, { found }: Sides): DomainChange[] {
  const disks = unwantedDisks(found, input).map((disk): DomainChange => {
    const [name, target] = [ourName(disk), targetOf(disk)];
    if (isHotpluggable(disk)) return { type: 'DetachDisk', name, target, xml: printXml(disk) };
    return restart(`devices/disk[${name}]`, `disk ${name} goes at the next start: its bus has no hot-unplug`);
  });
  const nics = unwantedInterfaces(found, input).map(
    (nic): DomainChange => ({ type: 'DetachInterface', name: ourName(nic), mac: macOf(nic), xml: printXml(nic) }),
  );
  return [...disks, ...nics];
}

function diskChanges(disk: DiskInput, { found, wanted, next }: Sides): DomainChange[] {
  const [before, after] = [findDisk(found, disk), findDisk(wanted, disk)];
  if (!after) return [];
  const { name } = disk;
  if (!before) {
    const device = findDisk(next, disk) ?? after;
    if (isHotpluggable(device)) return [{ type: 'AttachDisk', name, target: targetOf(device), xml: printXml(device) }];
    return [
      restart(`devices/disk[${name}]`, `disk ${name} comes at the next start: a ${disk.bus} disk cannot be added live`),
    ];
  }
  const target = targetOf(before);
  const changes: DomainChange[] = [];
  const rest = difference(after, before, `devices/disk[${name}]`).filter(
    ({ path }) => !/\/(alias|iotune)(?![a-z])/.test(path),
  );
  if (hasOther(after, before, 'iotune'))
    changes.push({ type: 'ThrottleDisk', name, target, params: throttleParams(disk.iotune) });
  const media = disk.device === 'cdrom' ? rest.filter(({ path }) => MEDIUM.test(path)) : [];
  if (media.length > 0) changes.push({ type: 'UpdateDisk', name, target, xml: printXml(after) });
  return [...changes, ...restarts(rest.filter((one) => !media.includes(one)))];
}

/** What another medium changes in a drive's element. */
const MEDIUM = /^[^/]+\/disk\[[^\]]*\](@type|\/source.*|\/backingStore.*|\/driver@type)$/;

function throttleParams(throttle: DiskThrottle | undefined): Record<string, bigint> {
  return Object.fromEntries(THROTTLES.map(([key, name]) => [name, BigInt(throttle?.[key] ?? 0)]));
}

function hasOther(after: Element, before: Element, name: string): boolean {
  const [a, b] = [child(after, name) ?? el(name), child(before, name) ?? el(name)];
  return difference(a, b).length > 0;
}

function interfaceChanges(nic: InterfaceInput, { found, wanted, next }: Sides): DomainChange[] {
  const [before, after] = [findInterface(found, nic), findInterface(wanted, nic)];
  if (!after) return [];
  const { name, mac } = nic;
  if (!before) return [{ type: 'AttachInterface', name, mac, xml: printXml(findInterface(next, nic) ?? after) }];
  const all = difference(after, before, `devices/interface[${name}]`).filter(({ path }) => !path.includes('/alias'));
  const live = all.filter(({ path }) => LIVE_IN_NIC.test(path));
  if (live.length === 0) return restarts(all);
  return [
    { type: 'UpdateInterface', name, mac, xml: printXml(after) },
    ...restarts(all.filter((one) => !live.includes(one))),
  ];
}

const LIVE_IN_NIC = /^[^/]+\/interface\[[^\]]*\](@type|\/link.*|\/bandwidth.*|\/source.*)$/;

function vcpuChanges(input: DomainInput, found: Element): DomainChange[] {
  const vcpu = child(found, 'vcpu');
  const max = wholeNumber(text(vcpu)) ?? 0;
  const current = wholeNumber(attr(vcpu, 'current')) ?? max;
  const [wanted, wantedMax] = [vcpusOf(input), maxVcpusOf(input)];
  const changes: DomainChange[] = [];
  if (wanted > max)
    changes.push(restart('vcpu', `${wanted} vCPUs come at the next start: this run has room for ${max}`));
  else if (wanted < current) {
    // Measured: an unplug waits for the guest, and times out after five seconds when that does not care.
    changes.push(
      restart('vcpu', `${wanted} vCPUs come at the next start: none of the ${current} is taken from a running machine`),
    );
  } else if (wanted !== current) changes.push({ type: 'SetVcpus', vcpus: wanted });
  if (wantedMax !== max)
    changes.push(
      restart('vcpu/max', `room for ${wantedMax} vCPUs comes at the next start: this run has room for ${max}`),
    );
  return changes;
}

/** Linux takes memory in blocks of this size; a smaller module stays unused. */
const MODULE_BYTES = 128 * 2 ** 20;
const MIB = 2 ** 20;

function memoryChanges(input: DomainInput, found: Element): DomainChange[] {
  const total = bytesOf(child(found, 'memory')) ?? 0;
  const max = bytesOf(child(found, 'maxMemory'));
  const wanted = memoryOf(input);
  const changes: DomainChange[] = [];
  const step = wanted - total;
  const says = `${wanted / MIB} MiB of memory come at the next start: this run has ${total / MIB} MiB`;
  if (step < 0) changes.push(restart('memory', says));
  else if (step > 0)
    changes.push(memoryModule(step, wanted, found, max) ?? restart('memory', `${says} and ${roomWords(max)}`));
  const wantedMax = maxMemoryOf(input);
  // Once the machine has grown to its maximum, the next document asks for no room; that alone is no reason to restart.
  if (wantedMax !== undefined && wantedMax !== max)
    changes.push(restart('maxMemory', `room for ${wantedMax / MIB} MiB comes at the next start`));
  return changes;
}

const roomWords = (max: number | undefined): string =>
  max === undefined ? 'no room to grow' : `grows to ${max / MIB} MiB, in steps of 128 MiB, a slot each`;

function memoryModule(
  bytes: number,
  memoryBytes: number,
  found: Element,
  max: number | undefined,
): DomainChange | null {
  const slots = wholeNumber(attr(child(found, 'maxMemory'), 'slots')) ?? 0;
  const used = children(child(found, 'devices'), 'memory').length;
  if (max === undefined || memoryBytes > max || used >= slots || bytes % MODULE_BYTES !== 0) return null;
  const size = el('size', { unit: 'KiB' }, [String(bytes / 1024)]);
  const module = el('memory', { model: 'dimm' }, [el('target', {}, [size, el('node', {}, ['0'])])]);
  return { type: 'SetMemory', memoryBytes, xml: printXml(module) };
}

/** Everything else that the spec owns, in places where nothing can be changed live. */
function otherChanges(wanted: Element, found: Element): RestartRequired[] {
  const others = difference(withoutLiveDevices(wanted), withoutLiveDevices(found));
  return restarts(others.filter(({ path }) => !COSMETIC.test(path)));
}

/** A copy on top: the tree is left as it is. */
function withoutLiveDevices(root: Element): Element {
  const isOther = (node: Node): boolean => !isElement(node) || !['disk', 'interface'].includes(node.name);
  const inside = (node: Node): Node =>
    isElement(node) && node.name === 'devices' ? { ...node, children: node.children.filter(isOther) } : node;
  return { ...root, children: root.children.map(inside) };
}

/** A title or name is in force with the define; the process has nothing of it. */
const COSMETIC = /^(title|description|metadata)(?![a-z])/;

function restarts(differences: Difference[]): RestartRequired[] {
  return differences.map(({ path, wanted, found }) =>
    restart(path, `${path} is ${quoted(found)}; ${quoted(wanted)} comes at the next start`),
  );
}

const quoted = (value: string): string => (value === '' ? 'unset' : JSON.stringify(value));

/** Disks and CD-ROM drives: found again by their alias, edited in place, so that the rest keeps its address. */
import {
  attr,
  child,
  children,
  ensureChild,
  insertAfter,
  removeChild,
  removeChildren,
  setAttrs,
  setText,
} from '../tree.ts';
import { type Element, el } from '../xml.ts';
import { type DiskInput, type DiskThrottle, type DomainInput, diskAlias } from './input.ts';
import { aliasOf, type DocumentMode } from './layout.ts';

export function editDisks(devices: Element, input: DomainInput, mode: DocumentMode): void {
  for (const gone of unwantedDisks(devices, input)) removeChild(devices, gone);
  for (const disk of input.disks) {
    const found = findDisk(devices, disk);
    const element = found ?? el('disk');
    if (!found) insertAfter(devices, element, ['emulator', 'disk']);
    editDisk(devices, element, disk, input, mode);
  }
}

/** By alias, else (a document that a person wrote) by what it holds and where it is plugged in. */
export function findDisk(devices: Element | undefined, disk: DiskInput): Element | undefined {
  const all = children(devices, 'disk');
  const byAlias = all.find((element) => aliasOf(element) === diskAlias(disk.name));
  if (byAlias) return byAlias;
  return all.find((element) => !isOurDisk(element) && disk.source !== null && isSameSource(element, disk));
}

/** Disks of ours that the spec no longer names. */
export function unwantedDisks(devices: Element | undefined, input: DomainInput): Element[] {
  const wanted = new Set(input.disks.map((disk) => diskAlias(disk.name)));
  return children(devices, 'disk').filter((element) => isOurDisk(element) && !wanted.has(aliasOf(element) ?? ''));
}

const isOurDisk = (element: Element): boolean => /^ua-[a-z0-9]/.test(aliasOf(element) ?? '');

function isSameSource(element: Element, disk: DiskInput): boolean {
  const wanted = sourceAttrs(disk);
  const found = child(element, 'source');
  return (
    found !== undefined &&
    Object.entries(wanted).every(([name, value]) => value === undefined || attr(found, name) === value)
  );
}

function editDisk(devices: Element, element: Element, disk: DiskInput, input: DomainInput, mode: DocumentMode): void {
  setAttrs(element, { type: disk.source?.kind ?? 'file', device: disk.device });
  editDriver(element, disk, input);
  editSource(element, disk, mode);
  editTarget(devices, element, disk);
  editIotune(element, disk.iotune);
  setFlag(element, 'readonly', disk.readonly === true || disk.device === 'cdrom');
  setFlag(element, 'shareable', disk.shareable === true);
  if (disk.serial === undefined) removeChildren(element, 'serial');
  else setText(ensureChild(element, 'serial'), disk.serial);
  editBoot(element, disk.bootOrder);
  setAttrs(ensureChild(element, 'alias'), { name: diskAlias(disk.name) });
}

function editDriver(element: Element, disk: DiskInput, input: DomainInput): void {
  const driver = ensureChild(element, 'driver', []);
  if (input.domainType !== 'test') setAttrs(driver, { name: 'qemu' });
  // libvirt forgets the format of a drive that was emptied: it says nothing about an empty one.
  if (disk.source) setAttrs(driver, { type: disk.format });
  setAttrs(driver, { cache: disk.cache, io: disk.io, discard: disk.discard });
  // libvirt drops one that says nothing, and its absence would look like drift for ever.
  if (Object.keys(driver.attrs).length === 0 && driver.children.length === 0) removeChildren(element, 'driver');
}

function sourceAttrs({ source }: DiskInput): Record<string, string | undefined> {
  const none = { file: undefined, dev: undefined, pool: undefined, volume: undefined };
  switch (source?.kind) {
    case 'file':
      return { ...none, file: source.path };
    case 'block':
      return { ...none, dev: source.path };
    case 'volume':
      return { ...none, pool: source.pool, volume: source.volume };
    case undefined:
      return none;
  }
}

function editSource(element: Element, disk: DiskInput, mode: DocumentMode): void {
  if (disk.source === null) {
    // In a live document an empty drive keeps the number of the medium that it held.
    if (isEmptySource(child(element, 'source'))) return;
    removeChildren(element, 'source');
    removeChildren(element, 'backingStore');
    return;
  }
  const source = ensureChild(element, 'source', ['driver']);
  const wanted = sourceAttrs(disk);
  const same = Object.entries(wanted).every(([name, value]) => attr(source, name) === value);
  if (same) return;
  // What hangs on the old source (its chain, its number in the running process) is not true of the new one.
  setAttrs(source, {
    ...wanted,
    index: undefined,
    startupPolicy: mode === 'live' ? undefined : attr(source, 'startupPolicy'),
  });
  removeChildren(element, 'backingStore');
}

const isEmptySource = (source: Element | undefined): boolean =>
  source !== undefined && ['file', 'dev', 'pool', 'volume'].every((name) => attr(source, name) === undefined);

const PREFIX: Record<DiskInput['bus'], string> = { virtio: 'vd', scsi: 'sd', sata: 'sd', usb: 'sd', ide: 'hd' };

/** A disk keeps its target as long as its bus has names of that kind; another bus means another address, too. */
function editTarget(devices: Element, element: Element, disk: DiskInput): void {
  const target = ensureChild(element, 'target', ['driver', 'source', 'backingStore']);
  if (attr(target, 'bus') !== undefined && attr(target, 'bus') !== disk.bus) removeChildren(element, 'address');
  const found = attr(target, 'dev');
  const prefix = PREFIX[disk.bus];
  const dev = disk.target ?? (found?.startsWith(prefix) ? found : freeTarget(devices, prefix));
  setAttrs(target, { dev, bus: disk.bus });
}

function freeTarget(devices: Element, prefix: string): string {
  const taken = new Set(children(devices, 'disk').map((disk) => attr(child(disk, 'target'), 'dev')));
  for (let n = 0; ; n++) {
    const name = prefix + letters(n);
    if (!taken.has(name)) return name;
  }
}

/** a … z, aa … */
function letters(n: number): string {
  const last = String.fromCharCode(97 + (n % 26));
  return n < 26 ? last : letters(Math.floor(n / 26) - 1) + last;
}

export const THROTTLES: [keyof DiskThrottle, string][] = [
  ['totalBytesSec', 'total_bytes_sec'],
  ['readBytesSec', 'read_bytes_sec'],
  ['writeBytesSec', 'write_bytes_sec'],
  ['totalIopsSec', 'total_iops_sec'],
  ['readIopsSec', 'read_iops_sec'],
  ['writeIopsSec', 'write_iops_sec'],
];

function editIotune(element: Element, wanted: DiskThrottle | undefined): void {
  if (!wanted && !child(element, 'iotune')) return;
  const iotune = ensureChild(element, 'iotune');
  for (const [key, name] of THROTTLES) {
    const value = wanted?.[key];
    if (value) setText(ensureChild(iotune, name), value);
    else removeChildren(iotune, name);
  }
  if (iotune.children.length === 0) removeChild(element, iotune);
}

export function editBoot(element: Element, order: number | undefined): void {
  if (order === undefined) removeChildren(element, 'boot');
  else setAttrs(ensureChild(element, 'boot'), { order });
}

function setFlag(element: Element, name: string, on: boolean): void {
  if (on) ensureChild(element, name);
  else removeChildren(element, name);
}

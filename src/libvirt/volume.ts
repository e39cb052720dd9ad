/** Storage volumes. Their documents take no metadata: a volume is ours by its name alone, which stands in status before it is made. */
import { attr, bytesOf, child, find, text } from './tree.ts';
import { type Element, el, parseXml, printXml } from './xml.ts';

export interface VolumeInput {
  name: string;
  capacityBytes: number;
  /** Space taken at once; default 0 (grows as it is written). */
  allocationBytes?: number;
  /** A seed is raw: libvirt finds out by itself that it is an ISO image. */
  format: 'qcow2' | 'raw';
  /** A linked overlay of this file. Its format is stated, never probed. */
  backing?: { path: string; format: 'qcow2' | 'raw' };
  /** Octal digits; default 0600. */
  mode?: string;
  owner?: number;
  group?: number;
}

export interface VolumeFacts {
  name: string;
  key: string | null;
  path: string | null;
  capacityBytes: number;
  allocationBytes: number;
  format: string | null;
  backing: { path: string; format: string | null } | null;
  mode: string | null;
}

export function renderVolume(input: VolumeInput): string {
  const { name, capacityBytes, allocationBytes = 0, format, backing } = input;
  const children = [
    el('name', {}, [name]),
    el('capacity', { unit: 'bytes' }, [String(capacityBytes)]),
    el('allocation', { unit: 'bytes' }, [String(allocationBytes)]),
    el('target', {}, [
      el('format', { type: format }),
      permissions(input),
      // Version 3 of the format: what every QEMU of the last ten years writes, and older libvirt does not by itself.
      ...(format === 'qcow2' ? [el('compat', {}, ['1.1'])] : []),
    ]),
  ];
  if (backing) {
    children.push(el('backingStore', {}, [el('path', {}, [backing.path]), el('format', { type: backing.format })]));
  }
  return printXml(el('volume', { type: 'file' }, children));
}

function permissions({ mode = '0600', owner, group }: VolumeInput): Element {
  const element = el('permissions', {}, [el('mode', {}, [mode])]);
  if (owner !== undefined) element.children.push(el('owner', {}, [String(owner)]));
  if (group !== undefined) element.children.push(el('group', {}, [String(group)]));
  return element;
}

export function readVolume(xml: string): VolumeFacts {
  const root = parseXml(xml);
  const target = child(root, 'target');
  const backing = child(root, 'backingStore');
  const path = text(child(backing, 'path'));
  return {
    name: text(child(root, 'name')) ?? '',
    key: text(child(root, 'key')) ?? null,
    path: text(child(target, 'path')) ?? null,
    capacityBytes: bytesOf(child(root, 'capacity'), 'bytes') ?? 0,
    allocationBytes: bytesOf(child(root, 'allocation'), 'bytes') ?? 0,
    format: attr(child(target, 'format'), 'type') ?? null,
    backing: path ? { path, format: attr(child(backing, 'format'), 'type') ?? null } : null,
    mode: text(find(target, 'permissions', 'mode')) ?? null,
  };
}

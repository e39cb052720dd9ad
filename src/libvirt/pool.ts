/** Storage pools: directories, and file systems that libvirt mounts. */
import { attr, bytesOf, child, ensureChild, find, setAttrs, setText, text } from './tree.ts';
import { type Element, el, parseXml, printXml } from './xml.ts';

export interface PoolInput {
  /** `poolUuid(fleet, uid)`. */
  uuid: string;
  name: string;
  /** A directory, or a file system on a block device mounted there. */
  source: { type: 'Dir' } | { type: 'FS'; device: string; format?: string };
  targetPath: string;
  /** Of the directory when libvirt builds it; `mode` in octal digits. */
  permissions?: { mode: string; owner?: number; group?: number };
}

export interface PoolFacts {
  uuid: string;
  name: string;
  /** libvirt's type: dir, fs, netfs, … */
  type: string;
  targetPath: string | null;
  sourceDevice: string | null;
  sourceFormat: string | null;
  capacityBytes: number;
  allocationBytes: number;
  availableBytes: number;
}

/** Renders by editing the previous document. A pool's documents take no metadata: it is ours by its UUID. */
export function renderPool(input: PoolInput, current: string | null): string {
  const root = current === null ? el('pool') : parseXml(current);
  setAttrs(root, { type: input.source.type === 'FS' ? 'fs' : 'dir' });
  setText(ensureChild(root, 'name', []), input.name);
  setText(ensureChild(root, 'uuid', ['name']), input.uuid);
  if (input.source.type === 'FS') {
    const source = ensureChild(root, 'source', ['name', 'uuid', 'capacity', 'allocation', 'available']);
    setAttrs(ensureChild(source, 'device', []), { path: input.source.device });
    setAttrs(ensureChild(source, 'format', ['device']), { type: input.source.format ?? 'auto' });
  }
  const target = ensureChild(root, 'target');
  setText(ensureChild(target, 'path', []), input.targetPath);
  if (input.permissions) editPermissions(target, input.permissions);
  return printXml(root);
}

function editPermissions(target: Element, { mode, owner, group }: NonNullable<PoolInput['permissions']>): void {
  const permissions = ensureChild(target, 'permissions', ['path']);
  setText(ensureChild(permissions, 'mode', []), mode);
  if (owner !== undefined) setText(ensureChild(permissions, 'owner', ['mode']), owner);
  if (group !== undefined) setText(ensureChild(permissions, 'group', ['mode', 'owner']), group);
}

export function readPool(xml: string): PoolFacts {
  const root = parseXml(xml);
  const source = child(root, 'source');
  return {
    uuid: text(child(root, 'uuid')) ?? '',
    name: text(child(root, 'name')) ?? '',
    type: attr(root, 'type') ?? '',
    targetPath: text(find(root, 'target', 'path')) ?? null,
    sourceDevice: attr(child(source, 'device'), 'path') ?? null,
    sourceFormat: attr(child(source, 'format'), 'type') ?? null,
    capacityBytes: bytesOf(child(root, 'capacity'), 'bytes') ?? 0,
    allocationBytes: bytesOf(child(root, 'allocation'), 'bytes') ?? 0,
    availableBytes: bytesOf(child(root, 'available'), 'bytes') ?? 0,
  };
}

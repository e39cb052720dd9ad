/**
 * The stamp: our mark in a domain's metadata. It says whose the domain is, and is the evidence when status was lost.
 * Nothing without our fleet's stamp is ever touched.
 */
import { attr, child, children, insertAfter, removeChild } from './tree.ts';
import { type Element, el, parseXml, printXml } from './xml.ts';

export const STAMP_NS = 'https://virtfleet.io/stamp/v1';
/** The prefix that virDomainSetMetadata wants as its key. */
export const STAMP_PREFIX = 'virtfleet';

export interface Stamp {
  fleet: string;
  namespace: string;
  name: string;
  /** uid of the VirtualMachine. */
  uid: string;
  /** Raised at each change of host; a stamp newer than status means that status was rolled back. */
  incarnation: number;
  /** Of what was asked for. */
  specHash: string;
  /** Of what libvirt made of it (`documentHash`). Missing: not read back yet, never drift. */
  definedHash?: string;
  /** The libvirt that wrote the document which `definedHash` is of; another version may write it otherwise. */
  libvirtVersion?: string;
}

/** The element as virDomainSetMetadata takes it and as it stands in `<metadata>`. */
export function stampElement(stamp: Stamp): Element {
  return el(`${STAMP_PREFIX}:stamp`, { [`xmlns:${STAMP_PREFIX}`]: STAMP_NS, ...stamp });
}

export function stampToXml(stamp: Stamp): string {
  return printXml(stampElement(stamp));
}

/** Reads a stamp from a whole domain, a `<metadata>` or the stamp itself. Null: none, or not one that we can trust to be whole. */
export function readStamp(source: string | Element): Stamp | null {
  const root = typeof source === 'string' ? parseXml(source) : source;
  const element = isStamp(root, []) ? root : findInMetadata(root, 'stamp');
  if (!element) return null;
  const { fleet, namespace, name, uid, specHash, definedHash, libvirtVersion } = element.attrs;
  const count = attr(element, 'incarnation') ?? '';
  const incarnation = /^\d+$/.test(count) ? Number(count) : Number.NaN;
  if (!fleet || !namespace || !name || !uid || specHash === undefined || !Number.isSafeInteger(incarnation))
    return null;
  const stamp: Stamp = { fleet, namespace, name, uid, incarnation, specHash };
  if (definedHash !== undefined) stamp.definedHash = definedHash;
  if (libvirtVersion !== undefined) stamp.libvirtVersion = libvirtVersion;
  return stamp;
}

/** Whose a network or another thing on a host is, where there is no incarnation to keep. */
export interface OwnerStamp {
  fleet: string;
  namespace: string;
  name: string;
  uid: string;
}

export function ownerElement({ fleet, namespace, name, uid }: OwnerStamp): Element {
  return el(`${STAMP_PREFIX}:owner`, { [`xmlns:${STAMP_PREFIX}`]: STAMP_NS, fleet, namespace, name, uid });
}

export function readOwner(root: Element): OwnerStamp | null {
  const { fleet, namespace, name, uid } = findInMetadata(root, 'owner')?.attrs ?? {};
  return fleet && namespace && name && uid ? { fleet, namespace, name, uid } : null;
}

/** Puts our element into `<metadata>` in place of an older one; what others keep there stays. */
export function putMetadata(root: Element, ours: Element, after: readonly string[]): void {
  const metadata = child(root, 'metadata');
  if (!metadata) {
    insertAfter(root, el('metadata', {}, [ours]), after);
    return;
  }
  const local = ours.name.slice(ours.name.indexOf(':') + 1);
  const old = findInMetadata(root, local);
  if (old) metadata.children.splice(metadata.children.indexOf(old), 1, ours);
  else metadata.children.push(ours);
}

/** Our element of that local name inside the `<metadata>` of a document. */
export function findInMetadata(root: Element, local: string): Element | undefined {
  const metadata = root.name === 'metadata' ? root : child(root, 'metadata');
  return children(metadata).find((element) => isOurs(element, metadata ? [root, metadata] : [root], local));
}

/** Takes our element out of `<metadata>`, and an empty `<metadata>` with it. */
export function dropMetadata(root: Element, local: string): void {
  const metadata = child(root, 'metadata');
  const ours = findInMetadata(root, local);
  if (!metadata || !ours) return;
  removeChild(metadata, ours);
  if (metadata.children.length === 0) removeChild(root, metadata);
}

const isStamp = (element: Element, around: Element[]): boolean => isOurs(element, around, 'stamp');

/** By namespace, not by prefix: libvirt keeps prefixes, other tools choose their own. */
function isOurs(element: Element, around: Element[], local: string): boolean {
  const colon = element.name.indexOf(':');
  const prefix = colon < 0 ? '' : element.name.slice(0, colon);
  if (element.name.slice(colon + 1) !== local) return false;
  const declaration = prefix === '' ? 'xmlns' : `xmlns:${prefix}`;
  const scope = [element, ...around.toReversed()].find((at) => at.attrs[declaration] !== undefined);
  return scope?.attrs[declaration] === STAMP_NS;
}

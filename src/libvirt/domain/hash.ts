/** Hashes for the stamp: of what was asked for, and of what libvirt made of it. */
import { createHash } from 'node:crypto';
import { dropMetadata } from '../stamp.ts';
import { attr, children, clone, removeChild } from '../tree.ts';
import { type Element, isElement, parseXml } from '../xml.ts';
import type { DomainInput } from './input.ts';

const sha256 = (text: string): string => `sha256:${createHash('sha256').update(text).digest('hex')}`;

/**
 * Of an inactive document, without our stamp and without what a running process adds. Order of attributes, layout and
 * comments do not count; the order of elements does.
 */
export function documentHash(document: string | Element): string {
  const root = typeof document === 'string' ? parseXml(document) : clone(document);
  dropMetadata(root, 'stamp');
  delete root.attrs.id;
  dropRuntimeAliases(root);
  return sha256(JSON.stringify(canonical(root)));
}

/** Of what was asked for, without the stamp: the stamp's `specHash`. */
export function inputHash(input: DomainInput): string {
  const { stamp: _, ...rest } = input;
  return sha256(JSON.stringify(sorted(rest)));
}

type Canonical = [name: string, attrs: [string, string][], children: (Canonical | string)[]];

function canonical(element: Element): Canonical {
  const attrs = Object.entries(element.attrs).sort(([a], [b]) => (a < b ? -1 : 1));
  const inside = element.children.filter((node) => typeof node === 'string' || isElement(node));
  return [element.name, attrs, inside.map((node) => (typeof node === 'string' ? node.trim() : canonical(node)))];
}

/** Aliases that libvirt invents at each start; ours begin with `ua-` and stay. */
function dropRuntimeAliases(element: Element): void {
  for (const child of children(element)) {
    if (child.name === 'alias' && !attr(child, 'name')?.startsWith('ua-')) removeChild(element, child);
    else dropRuntimeAliases(child);
  }
}

/** The same content gives the same text, whatever order keys were written in; undefined is as if it were not there. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, v]) => v !== undefined);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([k, v]) => [k, sorted(v)]));
}

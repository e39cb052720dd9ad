/** Walking and editing the tree of `xml.ts`: the few moves that documents need. */
import { type Element, el, isElement, type Node } from './xml.ts';

/** The first child element of that name. */
export function child(parent: Element | undefined, name: string): Element | undefined {
  return parent?.children.find((node): node is Element => isElement(node) && node.name === name);
}

/** All child elements, or all of that name, in order. */
export function children(parent: Element | undefined, name?: string): Element[] {
  return (parent?.children ?? []).filter(
    (node): node is Element => isElement(node) && (name === undefined || node.name === name),
  );
}

/** Follows a path of names from child to child: `find(domain, 'devices', 'emulator')`. */
export function find(parent: Element | undefined, ...path: string[]): Element | undefined {
  return path.reduce<Element | undefined>((at, name) => child(at, name), parent);
}

/** The text inside, without surrounding whitespace; undefined when there is no such element. */
export function text(element: Element | undefined): string | undefined {
  return element?.children
    .filter((node) => typeof node === 'string')
    .join('')
    .trim();
}

/** An attribute of an element that may be missing. */
export function attr(element: Element | undefined, name: string): string | undefined {
  return element?.attrs[name];
}

/** The child of that name, made when missing: behind the last of `after` that is there, else at the end. */
export function ensureChild(parent: Element, name: string, after?: readonly string[]): Element {
  const found = child(parent, name);
  if (found) return found;
  const made = el(name);
  insertAfter(parent, made, after);
  return made;
}

/** Puts a node behind the last child whose name is in `after`; without one: at the start (`after` given) or end. */
export function insertAfter(parent: Element, node: Node, after?: readonly string[]): void {
  if (!after) {
    parent.children.push(node);
    return;
  }
  const at = parent.children.findLastIndex((other) => isElement(other) && after.includes(other.name));
  parent.children.splice(at + 1, 0, node);
}

export function removeChild(parent: Element, node: Element): void {
  const at = parent.children.indexOf(node);
  if (at >= 0) parent.children.splice(at, 1);
}

export function removeChildren(parent: Element, name: string): void {
  for (const found of children(parent, name)) removeChild(parent, found);
}

/** Replaces what is inside by one text. Nothing is touched when it says that already. */
export function setText(element: Element, value: string | number): void {
  if (text(element) !== String(value)) element.children = [String(value)];
}

/** Sets attributes; undefined removes one. Those not named stay. */
export function setAttrs(element: Element, attrs: Record<string, string | number | undefined>): void {
  for (const [name, value] of Object.entries(attrs)) {
    if (value === undefined) delete element.attrs[name];
    else element.attrs[name] = String(value);
  }
}

export function clone(element: Element): Element {
  const attrs: Element['attrs'] = Object.assign(Object.create(null), element.attrs);
  const copy = (node: Node): Node => (typeof node === 'string' ? node : isElement(node) ? clone(node) : { ...node });
  return { name: element.name, attrs, children: element.children.map(copy) };
}

/** A whole number as libvirt writes it, without a sign; undefined when it is none, or more than a number holds exactly. */
export function wholeNumber(text: string | undefined): number | undefined {
  if (text === undefined || !/^\d+$/.test(text)) return undefined;
  const value = Number(text);
  return Number.isSafeInteger(value) ? value : undefined;
}

/** Sizes as libvirt writes them: a number and a unit, KiB when there is none. Undefined when it is no size. */
export function bytesOf(element: Element | undefined, defaultUnit = 'KiB'): number | undefined {
  const value = wholeNumber(text(element));
  const factor = UNITS.get(attr(element, 'unit') ?? defaultUnit);
  return value === undefined || factor === undefined ? undefined : value * factor;
}

const UNITS: ReadonlyMap<string, number> = new Map([
  ['b', 1],
  ['bytes', 1],
  ['KB', 1e3],
  ['k', 2 ** 10],
  ['KiB', 2 ** 10],
  ['MB', 1e6],
  ['M', 2 ** 20],
  ['MiB', 2 ** 20],
  ['GB', 1e9],
  ['G', 2 ** 30],
  ['GiB', 2 ** 30],
  ['TB', 1e12],
  ['T', 2 ** 40],
  ['TiB', 2 ** 40],
]);

/** Says a size in KiB, unless the element says the same size already in a unit of its own. */
export function setBytes(element: Element, bytes: number): void {
  if (bytesOf(element) === bytes) return;
  setAttrs(element, { unit: 'KiB' });
  setText(element, Math.ceil(bytes / 1024));
}

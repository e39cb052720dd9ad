/** The difference of two trees of which one was made by editing the other, place by place. */
import { attr, child, children, text } from './tree.ts';
import type { Element } from './xml.ts';

export interface Difference {
  /** `devices/disk[root]/driver@cache`: attributes after `@`. */
  path: string;
  /** Empty: nothing there. */
  wanted: string;
  found: string;
}

/** Empty when both say the same. Values that may be secret are not shown. */
export function difference(wanted: Element, found: Element, path = ''): Difference[] {
  return [...attributes(wanted, found, path), ...texts(wanted, found, path), ...elements(wanted, found, path)];
}

function attributes(wanted: Element, found: Element, path: string): Difference[] {
  const names = new Set([...Object.keys(wanted.attrs), ...Object.keys(found.attrs)]);
  return [...names].flatMap((name) => {
    const [a, b] = [attr(wanted, name) ?? '', attr(found, name) ?? ''];
    return a === b ? [] : [{ path: `${path}@${name}`, wanted: shown(name, a), found: shown(name, b) }];
  });
}

function texts(wanted: Element, found: Element, path: string): Difference[] {
  const [a, b] = [text(wanted) ?? '', text(found) ?? ''];
  return a === b ? [] : [{ path, wanted: shown(wanted.name, a), found: shown(wanted.name, b) }];
}

/** Children are matched by their key; several of one key, in their order. */
function elements(wanted: Element, found: Element, path: string): Difference[] {
  const [a, b] = [keyed(wanted), keyed(found)];
  return [...new Set([...a.keys(), ...b.keys()])].flatMap((key) => {
    const [one, other] = [a.get(key), b.get(key)];
    const at = path === '' ? key : `${path}/${key}`;
    if (one && other) return difference(one, other, at);
    return [{ path: at, wanted: one ? summary(one) : '', found: other ? summary(other) : '' }];
  });
}

function keyed(parent: Element): Map<string, Element> {
  const map = new Map<string, Element>();
  for (const element of children(parent)) {
    const name = keyOf(element);
    let key = name;
    for (let n = 2; map.has(key); n++) key = `${name}#${n}`;
    map.set(key, element);
  }
  return map;
}

/** The name that a person knows a thing by. Other elements of one name are told apart by their order. */
function keyOf(element: Element): string {
  const name = personalName(element);
  return name === undefined ? element.name : `${element.name}[${name}]`;
}

function personalName(element: Element): string | undefined {
  const alias = attr(child(element, 'alias'), 'name');
  if (alias !== undefined) return alias.replace(/^ua-(nic_|_)?/, '');
  switch (element.name) {
    case 'disk':
      return attr(child(element, 'target'), 'dev');
    case 'interface':
      return attr(child(element, 'mac'), 'address');
    case 'host':
      return attr(element, 'mac') ?? attr(element, 'ip');
    case 'feature':
    case 'timer':
      return attr(element, 'name');
    default:
      return undefined;
  }
}

const SECRET = /passw|secret|key$|fw_?cfg|entry|user-?data/i;
const shown = (name: string, value: string): string => (value !== '' && SECRET.test(name) ? '(redacted)' : value);

/** One line for a whole element that is there or not. */
function summary(element: Element): string {
  const own = Object.entries(element.attrs).map(([name, value]) => `${name}=${shown(name, value)}`);
  const value = text(element);
  const parts = [...own, ...(value ? [shown(element.name, value)] : [])];
  const below = children(element).filter((inner) => ['source', 'target', 'mac', 'model'].includes(inner.name));
  for (const inner of below)
    for (const [name, v] of Object.entries(inner.attrs)) parts.push(`${inner.name}.${name}=${shown(name, v)}`);
  return parts.join(' ') || element.name;
}

/**
 * XML as libvirt speaks it: a small tree that keeps the order of everything, and a printer that always escapes.
 *
 * What is not understood is kept: unknown elements, foreign namespaces, comments, processing instructions. Only layout
 * (whitespace between elements that hold no text) is dropped on reading and made anew on printing, so that a document
 * can be edited without caring for indentation.
 */
import { SaxesParser } from 'saxes';

export interface Element {
  /** As written, prefix included. */
  name: string;
  /** As written, namespace declarations included. */
  attrs: Record<string, string>;
  children: Node[];
}
export interface Comment {
  comment: string;
}
export interface Instruction {
  target: string;
  body: string;
}
export type Node = Element | Comment | Instruction | string;

/** The text is no XML that we read or write: ill-formed, with a DOCTYPE, too deep or too large, or with characters XML cannot hold. */
export class XmlError extends Error {
  override readonly name = 'XmlError';
}

/** Deeper than any libvirt document; a bound, so that a hostile one cannot exhaust the stack. */
const MAX_DEPTH = 128;
/** libvirt sends no longer string (REMOTE_STRING_MAX). */
const MAX_LENGTH = 4 * 2 ** 20;
/** Elements, attributes and the rest. The capabilities of a host with 1,000 CPUs have 10,000; reading holds up the event loop. */
const MAX_PARTS = 100_000;

export function isElement(node: Node | undefined): node is Element {
  return typeof node === 'object' && 'name' in node;
}

/** An element from scratch. Attributes that are undefined are left out. */
export function el(
  name: string,
  attrs: Record<string, string | number | undefined> = {},
  children: Node[] = [],
): Element {
  const element: Element = { name, attrs: {}, children };
  for (const [key, value] of Object.entries(attrs)) if (value !== undefined) element.attrs[key] = String(value);
  return element;
}

/** Reads one document. Throws XmlError; never resolves an entity but the five of XML itself. */
export function parseXml(text: string): Element {
  if (text.length > MAX_LENGTH) throw new XmlError(`the document has ${text.length} characters, at most ${MAX_LENGTH}`);
  const parser = new SaxesParser({ xmlns: true, position: true, defaultXMLVersion: '1.0', forceXMLVersion: true });
  const open: Element[] = [];
  let root: Element | null = null;
  const fail = (message: string): never => {
    throw new XmlError(`${message} (line ${parser.line}, column ${parser.column})`);
  };
  let parts = 0;
  const count = (more: number): void => {
    parts += more;
    if (parts > MAX_PARTS) fail(`the document has more than ${MAX_PARTS} parts`);
  };
  const add = (node: Node): void => {
    count(1);
    const parent = open.at(-1);
    if (!parent) return;
    const last = parent.children.at(-1);
    if (typeof node === 'string' && typeof last === 'string') parent.children[parent.children.length - 1] = last + node;
    else if (node !== '') parent.children.push(node);
  };
  parser.on('error', (error) => {
    throw new XmlError(error.message);
  });
  parser.on('doctype', () => fail('a DOCTYPE is refused'));
  parser.on('opentag', (tag) => {
    if (open.length >= MAX_DEPTH) fail(`elements are nested deeper than ${MAX_DEPTH}`);
    const element: Element = { name: tag.name, attrs: Object.create(null), children: [] };
    const attributes = Object.entries(tag.attributes);
    count(attributes.length);
    for (const [key, attribute] of attributes) element.attrs[key] = attribute.value;
    add(element);
    root ??= element;
    open.push(element);
  });
  parser.on('closetag', () => {
    const element = open.pop();
    if (element) dropLayout(element);
  });
  parser.on('text', add);
  parser.on('cdata', add);
  parser.on('comment', (comment) => add({ comment }));
  parser.on('processinginstruction', ({ target, body }) => add({ target, body }));
  parser.write(text).close();
  return root ?? fail('there is no element');
}

/** Of what may have been read already. It is not to be changed: clone it first. */
export const parsed = (document: string | Element): Element =>
  typeof document === 'string' ? parseXml(document) : document;

const isBlank = (node: Node): boolean => typeof node === 'string' && /^[ \t\r\n]*$/.test(node);

function dropLayout(element: Element): void {
  if (element.attrs['xml:space'] === 'preserve') return;
  if (element.children.every((child) => typeof child === 'string')) return;
  if (element.children.some((child) => typeof child === 'string' && !isBlank(child))) return;
  element.children = element.children.filter((child) => typeof child !== 'string');
}

/** Prints with two spaces of indentation; elements that hold text are printed as they are. */
export function printXml(element: Element): string {
  const out: string[] = [];
  print(element, 0, true, out);
  return `${out.join('')}\n`;
}

function print(node: Node, depth: number, indent: boolean, out: string[]): void {
  if (typeof node === 'string') {
    out.push(escapeText(node));
  } else if ('comment' in node) {
    if (/--|-$/.test(node.comment)) throw new XmlError('a comment may not hold "--" or end in "-"');
    out.push(`<!--${checked(node.comment)}-->`);
  } else if ('target' in node) {
    if (node.body.includes('?>')) throw new XmlError('a processing instruction may not hold "?>"');
    out.push(`<?${nameOf(node.target)}${node.body === '' ? '' : ` ${checked(node.body)}`}?>`);
  } else {
    printElement(node, depth, indent, out);
  }
}

function printElement(element: Element, depth: number, indent: boolean, out: string[]): void {
  if (depth > MAX_DEPTH) throw new XmlError(`elements are nested deeper than ${MAX_DEPTH}`);
  const name = nameOf(element.name);
  out.push(`<${name}`);
  for (const [key, value] of Object.entries(element.attrs)) out.push(` ${nameOf(key)}="${escapeAttribute(value)}"`);
  const children = element.children.filter((child) => child !== '');
  if (children.length === 0) {
    out.push('/>');
    return;
  }
  out.push('>');
  const preserve = element.attrs['xml:space'] === 'preserve';
  const layout = indent && !preserve && children.every((child) => typeof child !== 'string');
  for (const child of children) {
    if (layout) out.push(`\n${'  '.repeat(depth + 1)}`);
    print(child, depth + 1, layout, out);
  }
  if (layout) out.push(`\n${'  '.repeat(depth)}`);
  out.push(`</${name}>`);
}

const NAME = /^[\p{L}_][\p{L}\p{N}\p{M}_.\-·]*(:[\p{L}_][\p{L}\p{N}\p{M}_.\-·]*)?$/u;

function nameOf(name: string): string {
  if (!NAME.test(name)) throw new XmlError(`${JSON.stringify(name)} is no XML name`);
  return name;
}

/** What XML 1.0 cannot hold in any spelling. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that are looked for
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Cs}/u;

function checked(text: string): string {
  const found = FORBIDDEN.exec(text);
  if (found) {
    const code = found[0].codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0');
    throw new XmlError(`the character U+${code} cannot stand in an XML document`);
  }
  return text;
}

/** Whether a text can stand in a document at all: no control character, no lone surrogate. */
export function isXmlText(text: string): boolean {
  return !FORBIDDEN.test(text);
}

const ESCAPES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\r': '&#13;',
  '\n': '&#10;',
  '\t': '&#9;',
};
const escapeText = (text: string): string => checked(text).replace(/[&<>\r]/g, (c) => ESCAPES[c] ?? c);
const escapeAttribute = (text: string): string => checked(text).replace(/[&<>"\r\n\t]/g, (c) => ESCAPES[c] ?? c);

import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { SaxesParser } from 'saxes';

/** libvirt's API description (libvirt-api.xml and libvirt-qemu-api.xml), reduced to what the generator reads. */
export interface Argument {
  name: string;
  type: string;
  info: string;
}
export interface ApiFunction {
  name: string;
  module: string;
  version: string;
  info: string;
  returns: { type: string; info: string };
  args: Argument[];
}
export interface Constant {
  name: string;
  value: number | string;
  info: string;
  /** The C enum that it belongs to, or `macro`. */
  group: string;
}
export interface Field {
  name: string;
  type: string;
}
export interface Description {
  version: string;
  functions: ApiFunction[];
  callbacks: Map<string, ApiFunction>;
  constants: Constant[];
  structs: Map<string, Field[]>;
}

interface Node {
  name: string;
  attrs: Record<string, string>;
  children: Node[];
  text: string;
}

function parse(path: string): Node {
  const root: Node = { name: '', attrs: {}, children: [], text: '' };
  const stack = [root];
  const top = (): Node => stack[stack.length - 1] ?? root;
  const parser = new SaxesParser();
  parser.on('opentag', (tag) => {
    const node: Node = { name: tag.name, attrs: tag.attributes as Record<string, string>, children: [], text: '' };
    top().children.push(node);
    stack.push(node);
  });
  parser.on('closetag', () => stack.pop());
  parser.on('text', (text) => (top().text += text));
  parser.on('cdata', (text) => (top().text += text));
  parser.on('error', (error) => {
    throw new Error(`${path}: ${error.message}`);
  });
  parser.write(readFileSync(path, 'utf8')).close();
  return root;
}

const clean = (text: string | undefined): string => (text ?? '').replace(/\s+/g, ' ').trim();

function* walk(node: Node, name: string): Generator<Node> {
  for (const child of node.children) {
    if (child.name === name) yield child;
    else yield* walk(child, name);
  }
}

function readFunction(node: Node): ApiFunction {
  const part = (name: string): Node | undefined => node.children.find((c) => c.name === name);
  const result = part('return');
  return {
    name: node.attrs.name ?? '',
    module: node.attrs.module ?? '',
    version: node.attrs.version ?? '',
    info: (part('info')?.text ?? '').trim(),
    returns: { type: result?.attrs.type ?? 'void', info: clean(result?.attrs.info) },
    args: node.children
      .filter((c) => c.name === 'arg' && c.attrs.type !== 'void')
      .map((c) => ({ name: c.attrs.name ?? '', type: c.attrs.type ?? '', info: clean(c.attrs.info) })),
  };
}

/** Some enum values are given as the name of another: follow it. */
function readConstants(roots: Node[]): Constant[] {
  const raw = roots.flatMap((root) => [...walk(root, 'enum')]);
  const values = new Map(raw.map((node) => [node.attrs.name ?? '', node.attrs.value ?? '']));
  const resolve = (value: string): number => {
    const number = Number(value);
    if (Number.isInteger(number) && value !== '') return number;
    const other = values.get(value);
    if (other === undefined) throw new Error(`enum value ${value} names nothing`);
    return resolve(other);
  };
  const enums = raw.map((node) => ({
    name: node.attrs.name ?? '',
    value: resolve(node.attrs.value ?? ''),
    info: clean(node.attrs.info),
    group: node.attrs.type ?? '',
  }));
  const macros = roots
    .flatMap((root) => [...walk(root, 'macro')])
    .filter((node) => node.attrs.string !== undefined)
    .map((node) => ({
      name: node.attrs.name ?? '',
      value: node.attrs.string ?? '',
      info: clean(node.children.find((c) => c.name === 'info')?.text),
      group: 'macro',
    }));
  return [...enums, ...macros].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

function pkgConfig(...args: string[]): string {
  try {
    return execFileSync('pkg-config', args, { encoding: 'utf8' }).trim();
  } catch (cause) {
    throw new Error("libvirt's API description was not found: install libvirt-dev and pkg-config", { cause });
  }
}

export function readDescription(): Description {
  const roots = [
    pkgConfig('--variable=libvirt_api', 'libvirt'),
    pkgConfig('--variable=libvirt_qemu_api', 'libvirt-qemu'),
  ].map(parse);
  const structs = new Map<string, Field[]>();
  for (const root of roots) {
    for (const node of walk(root, 'struct')) {
      const fields = node.children.filter((c) => c.name === 'field');
      structs.set(
        node.attrs.name ?? '',
        fields.map((f) => ({ name: f.attrs.name ?? '', type: f.attrs.type ?? '' })),
      );
    }
  }
  const functions = roots.flatMap((root) => [...walk(root, 'function')]).map(readFunction);
  const callbacks = roots.flatMap((root) => [...walk(root, 'functype')]).map(readFunction);
  return {
    version: pkgConfig('--modversion', 'libvirt'),
    functions: functions.sort((a, b) => (a.name < b.name ? -1 : 1)),
    callbacks: new Map(callbacks.map((c) => [c.name, c])),
    constants: readConstants(roots),
    structs,
  };
}

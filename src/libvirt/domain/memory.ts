/** Memory: the base, the room to grow, and the one guest NUMA cell that libvirt demands for that room. */
import { attr, bytesOf, child, children, ensureChild, removeChildren, setAttrs, setBytes } from '../tree.ts';
import { type Element, el } from '../xml.ts';
import { maxVcpusOf } from './cpu.ts';
import type { DomainInput } from './input.ts';
import { before } from './layout.ts';

const MIB = 2 ** 20;
const DEFAULT_SLOTS = 8;

/** QEMU takes whole mebibytes; libvirt would round up by itself, and the document would never say what was asked. */
const wholeMiB = (bytes: number): number => Math.ceil(bytes / MIB) * MIB;

export const memoryOf = (input: DomainInput): number => wholeMiB(input.memoryBytes);
/** The room, if there is any above what is given at start. */
export function maxMemoryOf(input: DomainInput): number | undefined {
  const max = wholeMiB(input.maxMemoryBytes ?? 0);
  return max > memoryOf(input) ? max : undefined;
}

/** Someone else's memory modules in the inactive document come on top of what the spec gives. */
const modulesOf = (root: Element): number =>
  children(child(root, 'devices'), 'memory').reduce(
    (sum, module) => sum + (bytesOf(child(child(module, 'target'), 'size')) ?? 0),
    0,
  );

export function editMemory(root: Element, input: DomainInput): void {
  const base = memoryOf(input);
  const max = maxMemoryOf(input);
  const total = base + modulesOf(root);
  if (max === undefined) {
    removeChildren(root, 'maxMemory');
  } else {
    const element = ensureChild(root, 'maxMemory', before('maxMemory'));
    setAttrs(element, { slots: input.memorySlots ?? DEFAULT_SLOTS });
    setBytes(element, max);
  }
  setBytes(ensureChild(root, 'memory', before('memory')), total);
  setBytes(ensureChild(root, 'currentMemory', before('currentMemory')), total);
  editCell(root, input, base, max);
}

/** One cell with all CPUs. A layout of several cells was made by a person's hand and stays. */
function editCell(root: Element, input: DomainInput, base: number, max: number | undefined): void {
  const cells = children(child(child(root, 'cpu'), 'numa'), 'cell');
  if (cells.length > 1 || (cells.length === 0 && max === undefined)) return;
  const cpu = ensureChild(root, 'cpu', before('cpu'));
  const cell = cells[0] ?? el('cell', { id: 0 });
  if (cells.length === 0) ensureChild(cpu, 'numa').children.push(cell);
  setAttrs(cell, { cpus: cpuRange(maxVcpusOf(input)) });
  const found = Number(attr(cell, 'memory')) * 1024;
  if (found !== base || attr(cell, 'unit') !== 'KiB') setAttrs(cell, { memory: base / 1024, unit: 'KiB' });
}

const cpuRange = (count: number): string => (count === 1 ? '0' : `0-${count - 1}`);

/** vCPUs, their room to grow, the CPU that the guest sees, and its topology. */
import { attr, child, children, ensureChild, removeChild, removeChildren, setAttrs, setText, text } from '../tree.ts';
import { type Element, el } from '../xml.ts';
import type { DomainInput } from './input.ts';
import { before, type DocumentMode } from './layout.ts';

/** Given at start. */
export const vcpusOf = ({ cpu }: DomainInput): number => cpu.sockets * cpu.cores * cpu.threads;

/**
 * Room grows in cores, or in sockets where there is more than one: the topology in the document is that of the
 * maximum, so that adding a vCPU live changes nothing else.
 */
export function topologyOf(input: DomainInput): { sockets: number; cores: number; threads: number } {
  const { sockets, cores, threads } = input.cpu;
  const max = Math.max(input.cpu.maxVcpus ?? 0, vcpusOf(input));
  if (sockets === 1) return { sockets, cores: Math.ceil(max / threads), threads };
  return { sockets: Math.ceil(max / (cores * threads)), cores, threads };
}

export function maxVcpusOf(input: DomainInput): number {
  const { sockets, cores, threads } = topologyOf(input);
  return sockets * cores * threads;
}

export function editVcpus(root: Element, input: DomainInput): void {
  const current = vcpusOf(input);
  const max = maxVcpusOf(input);
  const vcpu = ensureChild(root, 'vcpu', before('vcpu'));
  setText(vcpu, max);
  setAttrs(vcpu, { current: current === max ? undefined : current });
  // libvirt lists single vCPUs once they were hot-plugged, and believes that list before the count.
  const list = child(root, 'vcpus');
  const enabled = children(list, 'vcpu').filter((one) => attr(one, 'enabled') === 'yes').length;
  if (list && (enabled !== current || children(list, 'vcpu').length !== max)) removeChild(root, list);
}

export function editCpu(root: Element, input: DomainInput, mode: DocumentMode): void {
  const cpu = ensureChild(root, 'cpu', before('cpu'));
  const topology = ensureChild(cpu, 'topology', ['model', 'vendor', 'maxphysaddr', 'signature']);
  setAttrs(topology, { ...topologyOf(input) });
  if (input.domainType === 'test') return;
  // In a live document libvirt has expanded what the host's CPU means; the inactive one says what was asked.
  if (mode === 'live' && input.cpu.mode === 'host-model') return;
  editModel(cpu, input);
  if (mode === 'inactive') editFeatures(cpu, input);
}

function editModel(cpu: Element, input: DomainInput): void {
  const { mode, model } = input.cpu;
  const before = attr(cpu, 'mode');
  if (before !== mode) {
    // match and check belong to the mode that they were given with.
    setAttrs(cpu, {
      mode,
      match: mode === 'custom' && model !== undefined ? 'exact' : undefined,
      check: undefined,
      migratable: undefined,
    });
    if (before !== undefined) removeChildren(cpu, 'model');
  }
  if (mode === 'custom' && model !== undefined && text(child(cpu, 'model')) !== model) {
    const element = ensureChild(cpu, 'model', []);
    setAttrs(element, { fallback: 'forbid' });
    setText(element, model);
  }
}

/** Unset leaves the features alone; a list (also an empty one) is the whole truth. */
function editFeatures(cpu: Element, input: DomainInput): void {
  const wanted = input.cpu.features;
  if (!wanted) return;
  for (const found of children(cpu, 'feature')) {
    if (!wanted.some((feature) => feature.name === attr(found, 'name'))) removeChild(cpu, found);
  }
  for (const { name, policy } of wanted) {
    const found = children(cpu, 'feature').find((feature) => attr(feature, 'name') === name);
    if (found) setAttrs(found, { policy });
    else cpu.children.push(el('feature', { policy, name }));
  }
}

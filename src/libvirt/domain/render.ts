/**
 * Renders a domain by *editing* the previous inactive document. Rendering anew would be destructive: libvirt would give
 * other PCI slots, MACs and machine types (measured: a NIC added to a document moved its disk). So only what the spec
 * owns is set; addresses, controllers, NVRAM, TPM state, foreign devices and foreign metadata stay as they are.
 */
import { putMetadata, stampElement } from '../stamp.ts';
import { find } from '../tree.ts';
import { type Element, el, parseXml, printXml } from '../xml.ts';
import { editCpu, editVcpus } from './cpu.ts';
import { editDisks } from './disks.ts';
import type { DomainInput } from './input.ts';
import { editInterfaces } from './interfaces.ts';
import { before, type DocumentMode } from './layout.ts';
import { editMemory } from './memory.ts';
import { editPeripherals } from './peripherals.ts';
import { makeRoom } from './room.ts';
import { editSystem } from './system.ts';

/**
 * @param current the domain's inactive document (VIR_DOMAIN_XML_INACTIVE | SECURE), null for the first one
 * @returns the document to define with VALIDATE
 */
export function renderDomain(input: DomainInput, current: string | null): string {
  const root = current === null ? el('domain', { type: input.domainType }) : parseXml(current);
  if (current === null) makeRoom(root, input);
  editDomain(root, input, 'inactive');
  putMetadata(root, stampElement(input.stamp), before('metadata'));
  return printXml(root);
}

/** Sets what the spec owns in the tree, and nothing else. Doing it twice changes nothing. */
export function editDomain(root: Element, input: DomainInput, mode: DocumentMode): void {
  editSystem(root, input);
  if (mode === 'inactive') {
    editMemory(root, input);
    editVcpus(root, input);
  }
  editCpu(root, input, mode);
  const devices = devicesOf(root);
  editDisks(devices, input, mode);
  editInterfaces(devices, input, mode);
  editPeripherals(devices, input);
}

/** `<devices>`, made when there is none. */
function devicesOf(root: Element): Element {
  const found = find(root, 'devices');
  if (found) return found;
  const made = el('devices');
  root.children.push(made);
  return made;
}

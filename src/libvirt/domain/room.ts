/**
 * Room to grow, in the first document only: what a running machine cannot be given later. PCI Express takes one device
 * a port, and ports cannot be plugged in live; a CD-ROM needs a controller that the guest already knows.
 */
import { ensureChild } from '../tree.ts';
import { type Element, el } from '../xml.ts';
import type { DomainInput } from './input.ts';
import { isPcie } from './layout.ts';

const DEFAULT_SPARE_PORTS = 8;

export function makeRoom(root: Element, input: DomainInput): void {
  if (input.domainType === 'test') return;
  const devices = ensureChild(root, 'devices');
  if (isPcie(input.machineType)) {
    // libvirt wants the root said before any port without an index of its own.
    devices.children.push(el('controller', { type: 'pci', index: 0, model: 'pcie-root' }));
    const ports = portsNeeded(input) + (input.sparePciePorts ?? DEFAULT_SPARE_PORTS);
    for (let index = 1; index <= ports; index++)
      devices.children.push(el('controller', { type: 'pci', index, model: 'pcie-root-port' }));
  }
  devices.children.push(el('controller', { type: 'scsi', index: 0, model: 'virtio-scsi' }));
  devices.children.push(el('controller', { type: 'virtio-serial', index: 0 }));
  devices.children.push(
    el('controller', { type: 'usb', index: 0, model: input.graphics?.type === 'VNC' ? 'qemu-xhci' : 'none' }),
  );
}

/** The devices of the first document that sit behind a port each. */
function portsNeeded(input: DomainInput): number {
  const disks = input.disks.filter((disk) => disk.bus === 'virtio').length;
  const fixed = 3; // SCSI, virtio-serial, balloon
  const usb = input.graphics?.type === 'VNC' ? 1 : 0;
  const legacyBridge = input.watchdog ? 1 : 0;
  return fixed + disks + input.interfaces.length + usb + legacyBridge + (input.rng ? 1 : 0);
}

/**
 * Copies that a machine has missed. libvirt tells nobody of a volume that was deleted beside us, so a copy is believed to be
 * there until the next look; a machine that could not start for want of it says so in its condition, and that is heard here.
 */
import type { VirtualMachine } from '#api/v1alpha1/virtual-machine.ts';
import type { VirtualMachineImage } from '#api/v1alpha1/virtual-machine-image.ts';
import { type Looks, lookKey } from './observe.ts';

const misses = ({ status }: VirtualMachine): boolean =>
  status?.conditions?.some(({ type, reason }) => type === 'Ready' && reason === 'BaseMissing') ?? false;

/** Says so since this change: what it went on saying was looked at then. */
export function beganToMiss(machine: VirtualMachine, old: VirtualMachine | undefined): boolean {
  return misses(machine) && !(old !== undefined && misses(old));
}

/** The copies within the machine's reach are looked at again, however short ago that was. */
export function doubtCopies(looks: Looks, image: VirtualMachineImage, machine: VirtualMachine): void {
  for (const copy of image.status?.copies ?? []) {
    const isShared = copy.key.endsWith('/');
    if (isShared || copy.hostName === machine.status?.host?.name) looks.delete(lookKey(image, copy));
  }
}

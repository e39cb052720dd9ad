/**
 * Copies that somebody has missed. libvirt tells nobody of a volume that was deleted beside us, so a copy is believed to be
 * there until the next look; a machine that could not start, or a volume that could not be made, for want of it says so in
 * its condition, and that is heard here.
 */
import type { Condition } from '#api/schema/conditions.ts';
import type { VirtualMachineImage } from '#api/v1alpha1/virtual-machine-image.ts';
import { type Looks, lookKey } from './observe.ts';

interface Consumer {
  status?: { conditions?: Condition[] | undefined } | undefined;
}

const misses = ({ status }: Consumer): boolean =>
  status?.conditions?.some(({ type, reason }) => type === 'Ready' && reason === 'BaseMissing') ?? false;

/** Says so since this change: what it went on saying was looked at then. */
export function beganToMiss(consumer: Consumer, old: Consumer | undefined): boolean {
  return misses(consumer) && !(old !== undefined && misses(old));
}

/** All copies are looked at again, however short ago that was: who removed one may have removed others. */
export function doubtCopies(looks: Looks, image: VirtualMachineImage): void {
  for (const copy of image.status?.copies ?? []) looks.delete(lookKey(image, copy));
}

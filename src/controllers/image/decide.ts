/** Decisions, applied to what status says of the copies. Pure. */
import type { ImageCopy, VirtualMachineImage } from '#api/v1alpha1/virtual-machine-image.ts';
import { imageVolumeName } from '#libvirt/names.ts';
import { isoTime } from '../conditions.ts';
import type { Decision } from './plan.ts';

function volumeNameOf(image: VirtualMachineImage, attempt: number): string {
  const { name, uid } = image.metadata;
  return imageVolumeName({ image: name, uid, attempt, format: image.spec.format === 'Raw' ? 'raw' : 'qcow2' });
}

/**
 * Whether disks may stand on what is about to be fetched again under the copy's name: a copy that was complete has a path.
 * The checksum makes it the same bytes; what is taken from a volume once more is another content, under another name.
 */
export function mayStandOn({ spec }: VirtualMachineImage, { path }: ImageCopy): boolean {
  return spec.http !== undefined && path !== undefined;
}

/** `now`: wall-clock ms. */
export function applyDecisions(image: VirtualMachineImage, decisions: readonly Decision[], now: number): ImageCopy[] {
  const queuedAt = isoTime(now);
  const copies = new Map((image.status?.copies ?? []).map((copy) => [copy.key, copy]));
  for (const decision of decisions) {
    const { key } = decision;
    const copy = copies.get(key);
    switch (decision.kind) {
      case 'Record': {
        const { wanted, hostName, attempt } = decision;
        const { poolName, poolUID } = wanted;
        const volumeName = volumeNameOf(image, attempt);
        copies.set(key, { key, poolName, poolUID, hostName, volumeName, attempt, phase: 'Planned', queuedAt });
        break;
      }
      case 'Rehost':
        if (copy) copies.set(key, { ...copy, hostName: decision.hostName });
        break;
      case 'MarkFetching':
        if (copy) copies.set(key, { ...copy, phase: 'Fetching' });
        break;
      case 'Retry': {
        if (!copy) break;
        const { retryAt: _retryAt, path, digest: _digest, ...rest } = copy;
        const { attempt } = decision;
        const name = mayStandOn(image, copy) ? { path } : { volumeName: volumeNameOf(image, attempt) };
        copies.set(key, { ...rest, ...name, attempt, phase: 'Planned', queuedAt });
        break;
      }
      case 'Unwant':
      case 'Keep': {
        if (!copy) break;
        const { message: _message, ...rest } = copy;
        copies.set(key, { ...rest, phase: decision.kind === 'Unwant' ? 'Deleting' : 'Fetching' });
        break;
      }
      case 'Forget':
        copies.delete(key);
        break;
      default:
        decision satisfies never;
    }
  }
  return sortCopies([...copies.values()]);
}

export function sortCopies(copies: ImageCopy[]): ImageCopy[] {
  return copies.sort((a, b) => (a.key < b.key ? -1 : 1));
}

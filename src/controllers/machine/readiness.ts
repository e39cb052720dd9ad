/** What must be there before disks are made, and which disks are smaller than wanted. Pure. */
import { bytesToQuantity, quantityToNumber } from '#api/quantity.ts';
import type { VirtualMachine } from '#api/v1alpha1/virtual-machine.ts';
import type { VolumeStatus } from '#api/v1alpha1/virtual-machine-status.ts';
import type { Surroundings } from '../surroundings.ts';
import { copyFor, readyCopy } from './document.ts';
import type { Problem } from './plan.ts';

/** What must be there before the disks are made or the domain is defined. */
export function waitingFor(machine: VirtualMachine, around: Surroundings, volumes: VolumeStatus[]): Problem[] {
  return volumes.flatMap((volume): Problem[] => {
    if (volume.role === 'Volume') return volume.phase === 'Ready' ? [] : [volumeProblem(machine, around, volume)];
    const image = volume.base ? around.images.get(volume.base.imageName) : undefined;
    if (!image || volume.phase !== 'Planned' || readyCopy(image, volume.poolName, machine.status?.host?.name))
      return [];
    if (image.metadata.deletionTimestamp) {
      const message = `disk ${volume.name}: image ${image.metadata.name} is being deleted; delete this machine, or make the image anew when it is gone`;
      return [{ kind: 'Wait', reason: 'ImageNotFound', message }];
    }
    const copy = copyFor(image, volume.poolName, machine.status?.host?.name);
    const what = `disk ${volume.name}: image ${image.metadata.name}`;
    if (copy?.phase === 'Failed')
      return [
        {
          kind: 'Wait',
          reason: 'ImageFailed',
          message: `${what} could not be brought to pool ${volume.poolName}: ${copy.message ?? 'see the image'}`,
        },
      ];
    return [
      {
        kind: 'Wait',
        reason: 'ImageNotReady',
        message: `${what} is being brought to pool ${volume.poolName}${image.status?.progress ? ` (${image.status.progress})` : ''}`,
      },
    ];
  });
}

/** Before a start: what disks stand on has vanished, and is being fetched again under its name. */
export function basesUnderWay(machine: VirtualMachine, around: Surroundings): Problem[] {
  return (machine.status?.volumes ?? []).flatMap(({ name, phase, base, poolName }): Problem[] => {
    const image = base ? around.images.get(base.imageName) : undefined;
    if (phase !== 'Ready' || base?.volumeName === undefined || image?.metadata.uid !== base.imageUID) return [];
    const copy = copyFor(image, poolName, machine.status?.host?.name);
    if (copy?.volumeName !== base.volumeName || copy.phase === 'Ready') return [];
    const what = `disk ${name}: the copy of image ${base.imageName} on which it stands`;
    if (copy.phase === 'Failed') {
      const message = `${what} is not there: ${copy.message ?? 'see the image'}`;
      return [{ kind: 'Wait', reason: 'ImageFailed', message }];
    }
    const message = `${what} (volume ${copy.volumeName}) had vanished from pool ${poolName}, and is being fetched again`;
    return [{ kind: 'Wait', reason: 'ImageNotReady', message }];
  });
}

function volumeProblem(machine: VirtualMachine, around: Surroundings, volume: VolumeStatus): Problem {
  const name = machine.spec.disks?.find((d) => d.name === volume.name)?.volumeName ?? volume.name;
  const ready = around.volumes.get(name)?.status?.conditions?.find((c) => c.type === 'Ready');
  return {
    kind: 'Wait',
    reason: 'VolumeNotReady',
    message: `disk ${volume.name}: StorageVolume ${name} is not ready yet${ready?.message ? `: ${ready.message}` : ''}`,
  };
}

export function tooSmall(machine: VirtualMachine, around: Surroundings): Problem[] {
  return (machine.spec.disks ?? []).flatMap((disk): Problem[] => {
    const { size, imageName } = disk.template ?? {};
    const needed = imageName ? around.images.get(imageName)?.status?.sizeBytes : undefined;
    if (size === undefined || needed === undefined || quantityToNumber(size) >= needed) return [];
    return [
      {
        kind: 'Stall',
        reason: 'DiskTooSmall',
        message: `disk ${disk.name}: ${size} is less than the ${bytesToQuantity(needed)} of image ${imageName}; give template.size at least that, or leave it out`,
      },
    ];
  });
}

/** Template disks at any time; StorageVolumes while the machine runs (else their own controller grows them). */
export function growing(machine: VirtualMachine, around: Surroundings, active: boolean): string[] {
  return (machine.spec.disks ?? []).flatMap((disk) => {
    const recorded = machine.status?.volumes?.find((v) => v.name === disk.name);
    if (recorded?.phase !== 'Ready') return [];
    const volume = disk.volumeName ? around.volumes.get(disk.volumeName) : undefined;
    const wanted = disk.template?.size ?? (active ? volume?.spec.size : undefined);
    const has = Math.max(recorded.sizeBytes ?? 0, volume?.status?.capacityBytes ?? 0);
    return wanted !== undefined && quantityToNumber(wanted) > has ? [disk.name] : [];
  });
}

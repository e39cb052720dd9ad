import { expect, test } from 'vitest';
import type { VolumeStatus } from '#api/v1alpha1/virtual-machine-status.ts';
import { volumesMissing } from './missing-disks.ts';

const volume = (name: string): VolumeStatus => ({
  name,
  role: 'Disk',
  poolName: 'local',
  volumeName: `web-${name}-1.qcow2`,
  phase: 'Ready',
});

test('what is missing, where, why it is not made anew, and what to do; looked at again', () => {
  expect(volumesMissing('h1', [volume('root'), volume('data')], 1_000)).toEqual({
    do: 'Stall',
    reason: 'VolumeMissing',
    message:
      'it cannot start on host h1, where disk root (volume web-root-1.qcow2 of pool local) and disk data (volume web-data-1.qcow2 of pool local) is missing; it is not made anew, since that would hide what was lost: bring the file back under its name, and the machine is started, or delete this machine and make it anew',
    at: 16_000,
  });
});

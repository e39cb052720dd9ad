import { describe, expect, test } from 'vitest';
import type { VolumeStatus } from '#api/v1alpha1/virtual-machine-status.ts';
import { type Base, basesMissing, volumesMissing } from './missing-disks.ts';

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

describe('a base that is missing', () => {
  const base = (over: Partial<Base> = {}): Base => ({
    disk: 'root',
    imageName: 'debian',
    poolName: 'local',
    volumeName: 'debian-u-1.qcow2',
    isFetched: true,
    ...over,
  });

  test('that was fetched is fetched again: nobody has to do anything', () => {
    expect(basesMissing('h1', [base()], 1_000)).toEqual({
      do: 'Wait',
      reason: 'BaseMissing',
      message:
        'it cannot start, for on host h1 the copy of image debian under disk root (volume debian-u-1.qcow2 of pool local) is missing; it is fetched again, and then the machine is started',
      at: 16_000,
    });
  });

  test('that was taken from a volume needs a person', () => {
    const told = basesMissing('h1', [base(), base({ disk: 'data', isFetched: false })], 0);
    expect(told).toMatchObject({ do: 'Stall', reason: 'BaseMissing' });
    expect('message' in told && told.message).toMatch(
      /under disk root .* and .* under disk data .*bring the file back/,
    );
  });
});

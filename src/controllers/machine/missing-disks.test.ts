import { expect, test } from 'vitest';
import type { VolumeStatus } from '#api/v1alpha1/virtual-machine-status.ts';
import { toMessage } from '#platform/errors.ts';
import { volumesMissing } from './missing-disks.ts';

const volume = (name: string): VolumeStatus => ({
  name,
  role: 'Disk',
  poolName: 'local',
  volumeName: `web-${name}-1.qcow2`,
  phase: 'Ready',
});

test('what is missing, where, why it is not made anew, and what to do', () => {
  const error = volumesMissing(
    { host: { name: 'h1' }, object: 'VirtualMachine team/web' },
    [volume('root'), volume('data')],
    new Error('Cannot access storage file'),
  );
  expect(error).toMatchObject({ errorClass: 'Transient', reason: 'VolumeMissing', host: 'h1' });
  expect(toMessage(error)).toBe(
    'VirtualMachine team/web cannot start on host h1: disk root (volume web-root-1.qcow2 of pool local) and disk data (volume web-data-1.qcow2 of pool local) is not there any more; it is not made anew, since that would hide what was lost. Bring the file back under its name, and the machine is started; or delete this machine and make it anew.',
  );
});

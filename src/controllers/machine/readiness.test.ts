import { describe, expect, it } from 'vitest';
import type { ImageCopy } from '#api/v1alpha1/virtual-machine-image.ts';
import { basesUnderWay } from './readiness.ts';
import { aMachine, anImage, around } from './testing.ts';

const copy: ImageCopy = {
  key: 'local/h1',
  poolName: 'local',
  hostName: 'h1',
  volumeName: 'debian-u-1.qcow2',
  phase: 'Ready',
};
const machine = aMachine(
  {},
  {
    host: { name: 'h1', uid: 'u1' },
    volumes: [
      {
        name: 'root',
        role: 'Disk',
        phase: 'Ready',
        poolName: 'local',
        base: { imageName: 'debian', imageUID: 'image-debian', volumeName: copy.volumeName },
      },
    ],
  },
);

describe('what disks stand on, before a start', () => {
  it.each<[string, Partial<ImageCopy>, object[]]>([
    ['is there', {}, []],
    [
      'is fetched again',
      { phase: 'Planned' },
      [{ reason: 'ImageNotReady', message: expect.stringContaining('had vanished') }],
    ],
    [
      'cannot be fetched',
      { phase: 'Failed', message: 'HTTP 404' },
      [{ reason: 'ImageFailed', message: expect.stringMatching(/disk root.*debian.*HTTP 404/) }],
    ],
    ['has another name than the copy that is under way', { phase: 'Planned', volumeName: 'debian-u-2.qcow2' }, []],
  ])('%s', (_name, over, expected) => {
    const images = [anImage('debian', { copies: [{ ...copy, ...over }] })];
    expect(basesUnderWay(machine, around({ images }))).toEqual(expected.map((one) => expect.objectContaining(one)));
  });
});

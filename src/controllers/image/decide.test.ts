import { describe, expect, it } from 'vitest';
import type { ImageCopy, VirtualMachineImage } from '#api/v1alpha1/virtual-machine-image.ts';
import { isLeftover, vanished } from './act.ts';
import { applyDecisions } from './decide.ts';

const KEY = 'local/h1';
const failed: ImageCopy = {
  key: KEY,
  poolName: 'local',
  hostName: 'h1',
  volumeName: 'debian-u-1.qcow2',
  attempt: 1,
  phase: 'Failed',
};
const http = { url: 'http://x/y', checksum: 'sha256:0' };

const image = (spec: Partial<VirtualMachineImage['spec']>, copy: ImageCopy): VirtualMachineImage => ({
  apiVersion: 'v',
  kind: 'VirtualMachineImage',
  metadata: { name: 'debian', namespace: 'a', uid: 'u', resourceVersion: '1' },
  spec: { format: 'QCOW2', ...spec },
  status: { copies: [copy] },
});

describe('another attempt', () => {
  const vanishedCopy = { ...failed, path: '/srv/local/debian-u-1.qcow2' };
  it.each<[string, Partial<VirtualMachineImage['spec']>, ImageCopy, Partial<ImageCopy>]>([
    ['of one that was never complete has a name of its own', { http }, failed, { volumeName: 'debian-u-2.qcow2' }],
    [
      'of one that was complete has the name on which disks stand: the checksum makes it the same bytes',
      { http },
      vanishedCopy,
      { volumeName: 'debian-u-1.qcow2', path: '/srv/local/debian-u-1.qcow2' },
    ],
    [
      'of one that was taken from a volume is another content, under another name',
      { volumeName: 'golden' },
      vanishedCopy,
      { volumeName: 'debian-u-2.qcow2' },
    ],
  ])('%s', (_name, spec, copy, expected) => {
    const [made] = applyDecisions(image(spec, copy), [{ kind: 'Retry', key: KEY, attempt: 2 }], 0);
    const planned = { key: KEY, poolName: 'local', hostName: 'h1', attempt: 2, phase: 'Planned' };
    expect(made).toEqual({ ...planned, queuedAt: '1970-01-01T00:00:00Z', ...expected });
  });
});

describe('a copy that has vanished', () => {
  it('says whether it can be had again', () => {
    expect(vanished(image({ http }, failed), failed)).toBe(
      'Volume debian-u-1.qcow2 has vanished from pool local on host h1; it is fetched again, under the same name.',
    );
    expect(vanished(image({ volumeName: 'golden' }, failed), failed)).toContain('bring the file back');
  });
});

describe('what an attempt that failed leaves under its name', () => {
  const operation = { key: KEY, attempt: 1, outcome: 'Failed' } as const;
  it.each<[string, ImageCopy, object, boolean]>([
    ['is removed when the attempt had begun to make it', failed, { wrote: true }, true],
    ['is not ours when nothing was begun', failed, {}, false],
    ['is not ours when another attempt began it', failed, { wrote: true, attempt: 2 }, false],
    ['may have been brought back where disks stand on it', { ...failed, path: '/srv/x' }, { wrote: true }, false],
  ])('%s', (_, copy, over, wanted) => {
    const one = image({ http }, copy);
    expect(isLeftover({ ...one, status: { ...one.status, operations: [{ ...operation, ...over }] } }, copy)).toBe(
      wanted,
    );
  });
});

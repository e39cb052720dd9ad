/** Images that are not what was asked for are refused, with nothing left in the pool. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { virtualMachineImageKind, virtualMachineKind } from '#api/v1alpha1/index.ts';
import {
  apply,
  clearWorld,
  condition,
  get,
  gone,
  prepareWorld,
  ready,
  rig,
  root,
  small,
  sound,
  until,
} from './support/world.ts';

let checksum = '';
beforeAll(async () => {
  await prepareWorld();
  const image = await get(virtualMachineImageKind, 'tiny');
  checksum = image?.spec.http?.checksum ?? '';
});
afterAll(() => clearWorld());

const from = (path: string, sum = checksum) => ({
  spec: { http: { url: `${rig.imageServer.http}/${path}`, checksum: sum }, format: 'QCOW2', pools: ['local'] },
});

const bad: [what: string, path: string, checksum: string | undefined, reason: RegExp][] = [
  ['another checksum', 'tiny.qcow2', `sha256:${'0'.repeat(64)}`, /^ChecksumMismatch$/],
  ['one byte that is another', 'corrupt/tiny.qcow2', undefined, /^ChecksumMismatch$/],
  ['half of the file', 'short/tiny.qcow2', undefined, /^(ChecksumMismatch|ImageInvalid)$/],
  ['a transfer that breaks off', 'truncated/tiny.qcow2', undefined, /^SourceUnreachable$/],
  ['no such file', 'nothing.qcow2', undefined, /^SourceNotFound$/],
];

test.each(bad)('%s is refused, and leaves nothing', async (_, path, sum, reason) => {
  await apply(virtualMachineImageKind, 'bad', from(path, sum));
  const refused = await until(
    virtualMachineImageKind,
    'bad',
    `be refused as ${reason}`,
    (image) => reason.test(condition(image, 'Ready')?.reason ?? ''),
    60_000,
  );
  expect(condition(refused, 'Ready')?.status).toBe('False');
  const files = await rig.exec('h1', ['sh', '-c', 'ls /srv/virtfleet/local']);
  expect(files.split('\n').filter((file) => file.startsWith('bad-'))).toEqual([]);
  await gone(virtualMachineImageKind, 'bad');
  await sound();
});

test('a machine waits for an image that fails, and goes on when the image is mended', async () => {
  await apply(virtualMachineImageKind, 'bad', from('corrupt/tiny.qcow2'));
  await apply(virtualMachineKind, 'patient', small({ disks: [root({ imageName: 'bad' })], interfaces: [] }));
  const waiting = await until(
    virtualMachineKind,
    'patient',
    'say that its image failed',
    (vm) => condition(vm, 'Ready')?.reason === 'ImageFailed',
  );
  expect(waiting.status?.message).toContain('bad');
  await gone(virtualMachineKind, 'patient');
  await gone(virtualMachineImageKind, 'bad');

  await apply(virtualMachineImageKind, 'bad', from('tiny.qcow2'));
  await apply(virtualMachineKind, 'patient', small({ disks: [root({ imageName: 'bad' })], interfaces: [] }));
  await ready('patient');

  // An image on which a disk stands stays until that disk is gone.
  const deleted = gone(virtualMachineImageKind, 'bad');
  await until(virtualMachineImageKind, 'bad', 'wait for its disk', (image) =>
    condition(image, 'Ready')?.reason.match(/InUse|Deleting/),
  );
  await gone(virtualMachineKind, 'patient');
  await deleted;
  await sound();
});

import { expect, test } from 'vitest';
import type { VirtualMachineImage } from '#api/v1alpha1/virtual-machine-image.ts';
import { copiesOf } from './news.ts';

const copy = { key: 'local/h1', poolName: 'local', attempt: 1, phase: 'Fetching' };
const image = (status: object, metadata: object = {}): VirtualMachineImage =>
  ({
    metadata: { name: 'debian', namespace: 'a', uid: 'i1', ...metadata },
    spec: { format: 'QCOW2' },
    status: { copies: [copy], ...status },
  }) as unknown as VirtualMachineImage;

test.each<[string, object, object, boolean]>([
  ['its copies are further', { progress: '42%', rate: '1Mi/s', operations: [{ key: 'local/h1' }] }, {}, false],
  ['it comes nearer in the queue', { queuePosition: 2, estimatedStartAt: 'x' }, {}, false],
  ['a copy is there', { copies: [{ ...copy, phase: 'Ready', path: '/x' }] }, {}, true],
  ['it has failed', { conditions: [{ type: 'Ready', status: 'False', reason: 'X', message: 'no' }] }, {}, true],
  ['it is another one', {}, { uid: 'i2' }, true],
  ['it is being deleted', {}, { deletionTimestamp: 'x' }, true],
])('news of an image: %s', (_, status, metadata, expected) => {
  expect(copiesOf(image(status, metadata)) !== copiesOf(image({}))).toBe(expected);
});

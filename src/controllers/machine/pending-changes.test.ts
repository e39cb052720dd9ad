import { expect, test } from 'vitest';
import { pendingRestarts } from './pending-changes.ts';

const change = (field: string) => ({
  type: 'RestartRequired' as const,
  field,
  message: `${field} comes at the next start`,
});

test.each([
  ['cpu@mode', 'cpu'],
  ['cpu/model', 'cpu'],
  ['vcpu/max', 'cpu'],
  ['maxMemory', 'memory'],
  ['devices/graphics', 'graphics'],
  ['devices/controller[usb]@model', 'graphics'],
  ['devices/disk[root]/driver@cache', 'disks[root]'],
  ['devices/interface[lan]/model@type', 'interfaces[lan]'],
  ['features/hyperv', 'features/hyperv'],
])('%s is told as %s', (path, field) => {
  expect([...pendingRestarts([change(path)]).keys()]).toEqual([field]);
});

test('a field is told once', () => {
  expect(pendingRestarts([change('devices/graphics'), change('devices/video[video]')]).size).toBe(1);
});

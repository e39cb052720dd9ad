import { expect, test } from 'vitest';
import type { VirtualMachineStatus } from '#api/v1alpha1/virtual-machine-status.ts';
import { type LiveMigratable, liveMigratable } from './live-migratable.ts';
import { aMachine, aPool } from './testing.ts';

type Volume = NonNullable<VirtualMachineStatus['volumes']>[number];
const pools = new Map([aPool('local'), aPool('nas', { access: 'Shared' })].map((pool) => [pool.metadata.name, pool]));
const volume = (name: string, poolName: string, role: Volume['role'] = 'Disk'): Volume => ({
  name,
  role,
  poolName,
  phase: 'Ready',
});
const custom = { mode: 'custom', model: 'Haswell' };

const table: [string, object, VirtualMachineStatus, boolean, LiveMigratable['reason']][] = [
  ['without a disk', {}, {}, true, 'LiveMigratable'],
  ['with disks that all hosts see', {}, { cpu: custom, volumes: [volume('root', 'nas')] }, true, 'LiveMigratable'],
  ['with a disk that only its host has', {}, { volumes: [volume('root', 'local')] }, true, 'StorageCopied'],
  ['with a seed alone on its host', {}, { volumes: [volume('seed', 'local', 'Seed')] }, true, 'LiveMigratable'],
  [
    'with a drive whose image can be fetched there',
    {},
    { volumes: [volume('cd', 'local', 'CDROM')] },
    true,
    'LiveMigratable',
  ],
  ['with a StorageVolume in a shared pool', {}, { volumes: [volume('data', 'nas', 'Volume')] }, true, 'LiveMigratable'],
  ['with a StorageVolume on its host', {}, { volumes: [volume('data', 'local', 'Volume')] }, false, 'VolumeStays'],
  ['with the CPU of its host', {}, { cpu: { mode: 'host-passthrough' } }, false, 'HostCPU'],
  ['with all that an emulator can show', {}, { cpu: { mode: 'maximum' } }, false, 'HostCPU'],
  ['with a model that libvirt chose like its host', {}, { cpu: { mode: 'host-model' } }, true, 'LiveMigratable'],
  ['that is to stay', { migration: { policy: 'Never' } }, {}, false, 'PolicyForbids'],
  ['that may be stopped for it', { migration: { policy: 'Offline' } }, {}, true, 'LiveMigratable'],
  ['of the test driver', {}, { hypervisor: 'Test' }, false, 'HypervisorCannot'],
];

test.each(table)('a machine %s', (_, spec, status, can, reason) => {
  expect(liveMigratable(aMachine(spec), status, pools)).toMatchObject({ can, reason });
});

test('what stands in the way is named with its mend', () => {
  const told = (status: VirtualMachineStatus, spec = {}) => liveMigratable(aMachine(spec), status, pools).message;
  expect(told({ volumes: [volume('root', 'local'), volume('logs', 'local')] })).toBe(
    'it can be moved while it runs; disks root and logs are copied with it',
  );
  expect(told({ volumes: [volume('data', 'local', 'Volume')] })).toContain('disk data (pool local)');
  expect(told({ cpu: { mode: 'host-passthrough' } })).toContain('spec.cpu.mode to Baseline');
  expect(told({}, { migration: { policy: 'Never' } })).toContain('set it to Live');
});

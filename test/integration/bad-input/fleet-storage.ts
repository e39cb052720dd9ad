/** Pools, volumes, images and operations that only the fleet can refuse. */
import { aMachine, anImage, anOperation, aPool, aVolume, type BadInput } from './cases.ts';
import { holder, onFleet } from './fleet.ts';

const poolByHost = onFleet('host pool', (spec, name) =>
  aPool({ hostSelector: { matchLabels: { 'rig.virtfleet.io/kind': 'qemu' } }, ...spec }, name),
);
const poolByController = onFleet('controller', (spec, name) => aPool(spec, name));

export const badPools: BadInput[] = [
  poolByHost('a path that is not there', { targetPath: '/srv/not/there' }, ['h1', '/srv/not/there', 'build']),
  poolByHost('a path that is a file', { targetPath: '/srv/virtfleet/a-file' }, [
    'h1',
    '/srv/virtfleet/a-file',
    'directory',
  ]),
  poolByHost('a path that cannot be made', { targetPath: '/srv/virtfleet/a-file/below', build: 'IfMissing' }, [
    'h1',
    '/srv/virtfleet/a-file/below',
    'targetPath',
  ]),
  poolByHost('a path that loops', { targetPath: '/srv/virtfleet/loop' }, ['h1', '/srv/virtfleet/loop', 'targetPath']),
  poolByHost(
    'a device that is not there',
    { type: 'FS', fs: { device: '/dev/disk/by-id/none', format: 'Ext4' }, targetPath: '/srv/virtfleet/none' },
    ['h1', '/dev/disk/by-id/none', 'spec.fs.device'],
  ),
  poolByHost(
    'a device that is no block device',
    { type: 'FS', fs: { device: '/dev/null', format: 'Ext4' }, targetPath: '/srv/virtfleet/null' },
    ['h1', '/dev/null', 'spec.fs.device'],
  ),
  poolByController('a pool that is on no host', { hostSelector: { matchLabels: { moon: 'full' } } }, [
    'No host is selected',
    'spec.hostSelector',
  ]),
  poolByController(
    'a pool by a name that is taken',
    {
      poolName: 'local',
      targetPath: '/srv/virtfleet/elsewhere',
      hostSelector: { matchLabels: { 'rig.virtfleet.io/kind': 'qemu' } },
    },
    ['Host h', 'a pool named local', 'is not ours', 'poolName'],
  ),
  poolByHost('a pool where another is already', { targetPath: '/srv/virtfleet/local' }, ['h1', 'local', 'targetPath']),
];

const volume = onFleet('controller', (spec, name) => aVolume({ poolName: 'shared', ...spec }, name));
const volumeByHost = onFleet('host pool', (spec, name) => aVolume({ poolName: 'shared', ...spec }, name));

export const badVolumes: BadInput[] = [
  volume('a volume in no pool', { poolName: 'no-pool' }, ['StoragePool no-pool', 'create it']),
  volume('a volume of no image', { imageName: 'no-image' }, ['VirtualMachineImage no-image', 'create it']),
  volume(
    'a volume in a pool of other namespaces',
    { poolName: 'not-for-you' },
    ['StoragePool not-for-you', 'not offered to', 'choose another'],
    {
      with: [
        aPool(
          {
            targetPath: '/srv/virtfleet/not-for-you',
            allowedNamespaces: ['kings'],
            hostSelector: { matchLabels: { none: 'such' } },
          },
          'not-for-you',
        ),
      ],
    },
  ),
  volume('a volume smaller than its image', { imageName: 'tiny', size: '1Mi' }, [
    'size',
    'image',
    'give at least that',
  ]),
  volumeByHost('a raw volume larger than the file system can hold', { format: 'Raw', size: '4Pi' }, [
    'host h',
    'shared',
    'size',
  ]),
  volumeByHost('a volume larger than the format can hold', { size: '4Pi' }, ['host h', 'shared', 'size']),
];

const image = onFleet('controller', (spec, name) => anImage({ http: undefined, ...spec }, name));

export const badImages: BadInput[] = [
  image(
    'an image for no pool',
    { http: { url: 'http://{images}/tiny.qcow2', checksum: '{tiny checksum}' }, pools: ['no-pool'] },
    ['StoragePool no-pool is not there', 'create it'],
  ),
  image('an image of no volume', { volumeName: 'no-volume', pools: ['shared'] }, [
    'StorageVolume no-volume',
    'create it',
  ]),
  image(
    'an image for a pool of other namespaces',
    { http: { url: 'http://{images}/tiny.qcow2', checksum: '{tiny checksum}' }, pools: ['not-for-you'] },
    ['StoragePool not-for-you', 'not offered to'],
    {
      with: [
        aPool(
          {
            targetPath: '/srv/virtfleet/not-for-you',
            allowedNamespaces: ['kings'],
            hostSelector: { matchLabels: { none: 'such' } },
          },
          'not-for-you',
        ),
      ],
    },
  ),
  image(
    'an image of a volume in use',
    { volumeName: 'held', pools: ['shared'] },
    ['StorageVolume held', 'used by machine holder', 'Take it off'],
    { with: [holder] },
  ),
];

const operation = onFleet('controller', (spec, name) => anOperation(spec, name));
const off = aMachine({ runStrategy: 'Halted', memory: { size: '64Mi' } }, 'halted');
const manual = aMachine({ runStrategy: 'Manual', memory: { size: '64Mi' } }, 'manual');

export const badOperations: BadInput[] = [
  operation('an operation on nobody', { machineName: 'nobody', type: 'Start' }, [
    'VirtualMachine nobody',
    'There is no',
    'create',
  ]),
  operation(
    'a start of what is to be off',
    { machineName: 'halted', type: 'Start' },
    ['halted', 'runStrategy Halted', 'Set spec.runStrategy'],
    { with: [off] },
  ),
  operation(
    'a restart of what is to be off',
    { machineName: 'halted', type: 'Restart' },
    ['halted', 'runStrategy Halted', 'Set spec.runStrategy'],
    { with: [off] },
  ),
  operation(
    'a stop of what is to run',
    { machineName: 'holder', type: 'Stop' },
    ['holder', 'runStrategy Always', 'Set spec.runStrategy'],
    { with: [holder] },
  ),
  ...(['Reset', 'Pause', 'Resume', 'Save'] as const).map((type) =>
    operation(`a ${type} of what is off`, { machineName: 'manual', type }, ['off', 'tart it first', 'ask again'], {
      with: [manual],
    }),
  ),
];

/** Machines that no schema can refuse: what they name is missing, taken, too small, or more than the fleet has. */
import { aClass, aDisk, aMachine, aNetwork, anImage, aPool, aQuota, aVolume, type BadInput } from './cases.ts';
import { heldAddress, heldMac, holder, onFleet, secret } from './fleet.ts';

const root = (over: Record<string, unknown> = {}): Record<string, unknown> =>
  aDisk({ template: { poolName: 'local', imageName: 'tiny', ...over } });
/** Small and complete; a case names only what is wrong with it. */
const small = (spec: Record<string, unknown>, name: string) =>
  aMachine({ memory: { size: '64Mi' }, disks: [root()], terminationGracePeriodSeconds: 0, ...spec }, name);
const data = (disk: Record<string, unknown>) => ({ disks: [root(), { name: 'data', ...disk }] });
const nic = (over: Record<string, unknown>) => ({ interfaces: [{ name: 'lan', networkName: 'lab', ...over }] });
const byController = onFleet('controller', small);
const byHost = onFleet('host pool', small);

export const missing: BadInput[] = [
  byController('network absent', nic({ networkName: 'nowhere' }), [
    'interface lan',
    'VirtualNetwork nowhere does not exist',
    'create it, or correct the name',
  ]),
  byController('image absent', { disks: [root({ imageName: 'no-image' })] }, [
    'disk root',
    'VirtualMachineImage no-image does not exist',
    'create it, or correct the name',
  ]),
  byController('CD-ROM image absent', data({ cdrom: { imageName: 'no-iso' } }), [
    'disk data',
    'VirtualMachineImage no-iso does not exist',
    'create it, or correct the name',
  ]),
  byController('volume absent', data({ volumeName: 'no-volume' }), [
    'disk data',
    'StorageVolume no-volume does not exist',
    'create it, or correct the name',
  ]),
  byController('pool absent', data({ template: { poolName: 'no-pool', size: '8Mi' } }), [
    'disk data',
    'StoragePool no-pool does not exist',
    'create it, or correct the name',
  ]),
  byController('Secret absent', { cloudInit: { userDataSecretRef: { name: 'no-secret' } } }, [
    'cloudInit',
    'no Secret',
    'no-secret',
    'create it, or correct the name',
  ]),
  byController('Secret of another namespace', { cloudInit: { userDataSecretRef: { name: 'kube-system.token' } } }, [
    'cloudInit',
    'no Secret',
    'kube-system.token',
    'create it',
  ]),
  byController(
    'Secret without the key',
    { cloudInit: { userDataSecretRef: { name: 'other-key' } } },
    ['cloudInit', 'other-key has no key userdata', 'add it, or name another key'],
    { with: [secret('other-key', { 'user-data': '#cloud-config\n{}\n' })] },
  ),
  byController(
    'network data Secret without the key',
    { cloudInit: { networkDataSecretRef: { name: 'other-key' } } },
    ['cloudInit', 'other-key has no key networkdata', 'add it, or name another key'],
    { with: [secret('other-key', { 'user-data': '#cloud-config\n{}\n' })] },
  ),
];

const aliasBomb = `#cloud-config\na: &a [x, x, x, x, x, x, x, x, x, x]\n${[...'bcdefghij']
  .map((letter, i) => `${letter}: &${letter} [${Array.from({ length: 10 }, () => `*${'abcdefghi'[i]}`).join(', ')}]`)
  .join('\n')}\n`;
const userData = (text: string) => ({ cloudInit: { userData: text } });

export const cloudInits: BadInput[] = [
  byController('cloud-config that is not YAML', userData('#cloud-config\nusers: [\n'), [
    'cloudInit',
    'user data begins with #cloud-config and is not YAML',
    'line',
  ]),
  byController('cloud-config with tabs', userData('#cloud-config\nusers:\n\t- name: a\n'), [
    'cloudInit',
    'user data begins with #cloud-config and is not YAML',
    'line 3',
  ]),
  byController('cloud-config that is a list', userData('#cloud-config\n- a\n'), [
    'cloudInit',
    'not a YAML mapping',
    'write key: value lines',
  ]),
  byController('cloud-config with a key twice', userData('#cloud-config\nhostname: a\nhostname: b\n'), [
    'cloudInit',
    'not YAML',
    'Map keys must be unique',
  ]),
  byController('aliases of aliases of aliases', userData(aliasBomb), ['cloudInit', 'user data', 'alias', 'YAML']),
  byController('user data without its first line', userData('packages: [nginx]\n'), [
    'cloudInit',
    'begins with a line that cloud-init does not know',
    'begin it with #cloud-config or #!',
  ]),
  byController('a blank line before #cloud-config', userData('\n#cloud-config\n{}\n'), [
    'cloudInit',
    'begins with a line that cloud-init does not know',
    'begin it with #cloud-config or #!',
  ]),
  byController('network data that is no mapping', { cloudInit: { networkData: 'dhcp' } }, [
    'cloudInit',
    'network data is not a YAML mapping',
    'write key: value lines',
  ]),
  byController('metadata that is no mapping', { cloudInit: { metaData: '[1, 2]' } }, [
    'cloudInit',
    'metaData is not a YAML mapping',
    'write key: value lines',
  ]),
  byController(
    'a Secret with user data that is not YAML',
    { cloudInit: { userDataSecretRef: { name: 'broken-yaml' } } },
    ['cloudInit', 'user data begins with #cloud-config and is not YAML'],
    { with: [secret('broken-yaml', { userdata: '#cloud-config\n}{\n' })] },
  ),
  byController(
    'a Secret with bytes that are no text',
    { cloudInit: { userDataSecretRef: { name: 'binary' } } },
    ['cloudInit', 'binary', 'is not UTF-8', 'userdata'],
    { with: [secret('binary', { userdata: Buffer.from([0x23, 0x21, 0xff, 0xfe, 0x00, 0x80]) })] },
  ),
  byController(
    'cloud-init without a disk in a pool',
    {
      disks: [
        { name: 'cd', cdrom: {} },
        { name: 'gone', volumeName: 'no-volume' },
      ],
      cloudInit: { userData: '#!/bin/sh\n' },
    },
    ['disk gone', 'no-volume does not exist', 'create it'],
  ),
];

export const impossible: BadInput[] = [
  byController('more vCPUs than any host', { cpu: { cores: 256, sockets: 2 } }, ['hosts', 'lack', 'CPU', 'smaller']),
  byController('more memory than any host', { memory: { size: '15Ti' } }, ['hosts', 'lack', 'of memory', 'smaller']),
  byController('a class that there is none of', { className: 'no-class' }, [
    'no VirtualMachineClass no-class',
    'have it created',
  ]),
  byController('a host selector that none has', { scheduling: { hostSelector: { matchLabels: { moon: 'full' } } } }, [
    'hosts',
    'do not match the host selector',
    'moon',
  ]),
  byController('a hypervisor that none offers', { hypervisor: 'Test' }, ['hosts', 'do not offer Test', 'hypervisor']),
  byController('a disk that is smaller than its image', { disks: [root({ size: '1Mi' })] }, [
    'disk root',
    'less than',
    'image tiny',
    'give template.size at least that, or leave it out',
  ]),
  byController(
    'an image that is not for this pool',
    data({ cdrom: { imageName: 'homeless' } }),
    ['disk data', 'homeless', 'Raw'],
    {
      with: [
        anImage(
          { http: { url: 'http://{images}/tiny.qcow2', checksum: '{tiny checksum}' }, format: 'QCOW2' },
          'homeless',
        ),
      ],
    },
  ),
  byController('a CPU model that nobody makes', { cpu: { mode: 'Custom', model: 'Athlon-9000' } }, [
    'hosts',
    'Athlon-9000',
    'spec.cpu.model',
  ]),
  byHost('a CPU feature that nobody knows', { cpu: { features: [{ name: 'warpdrive' }] } }, [
    'host h',
    'warpdrive',
    'spec.cpu.features',
  ]),
  byController('a machine type from the future', { machineType: 'pc-q35-99.9' }, [
    'hosts',
    'machine type pc-q35-99.9',
    'spec.machineType',
  ]),
  byHost('an IDE disk on a board without IDE', { disks: [aDisk({ ...root(), bus: 'IDE' })] }, [
    'host h',
    'IDE controllers are unsupported',
    'bus of spec.disks',
  ]),
];

export const taken: BadInput[] = [
  byController('an address outside of the network', nic({ ipv4: { address: '10.99.0.5' } }), [
    'interface lan',
    '10.99.0.5 is not a host address of 10.77.0.0/24',
    'give an address of network lab',
  ]),
  byController('the address of the gateway', nic({ ipv4: { address: '10.77.0.1' } }), [
    'interface lan',
    '10.77.0.1 is the gateway',
    'give an address of network lab',
  ]),
  byController('the broadcast address', nic({ ipv4: { address: '10.77.0.255' } }), [
    'interface lan',
    '10.77.0.255 is not a host address',
    'give an address of network lab',
  ]),
  byController(
    'an address that is taken',
    nic({ ipv4: { address: heldAddress } }),
    ['interface lan', `${heldAddress} belongs to another machine`, 'choose another, or leave ipv4.address out'],
    { with: [holder] },
  ),
  byController(
    'a MAC that is taken',
    nic({ mac: heldMac }),
    ['interface lan', `MAC ${heldMac} belongs to another machine`, 'give another'],
    { with: [holder] },
  ),
  byController(
    'a volume that is taken',
    data({ volumeName: 'held' }),
    ['disk data', 'StorageVolume held is used by machine holder', 'free when that machine no longer names it'],
    { with: [holder] },
  ),
  byController(
    'a UUID that is taken',
    { uuid: '{holder uuid}' },
    ['host h', "this machine's UUID {holder uuid}", 'another spec.uuid'],
    { with: [holder] },
  ),
  byController(
    'an address in a network without addresses',
    nic({ networkName: 'bare', ipv4: { address: '10.78.0.5' } }),
    ['interface lan', 'network bare has no ipv4 range', 'leave ipv4.address out'],
    { with: [aNetwork({ mode: 'Isolated', ipv4: undefined }, 'bare')] },
  ),
  byController(
    'a pool of other namespaces',
    data({ template: { poolName: 'not-for-you', size: '8Mi' } }),
    [
      'disk data',
      'StoragePool not-for-you is not offered to namespace',
      'choose another pool, or ask an administrator',
    ],
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
  byController(
    'a class of other namespaces',
    { memory: undefined, className: 'class-of-kings' },
    ['VirtualMachineClass class-of-kings is not offered to namespace', 'name another class, or ask an administrator'],
    { with: [aClass({ allowedNamespaces: ['kings'] }, 'class-of-kings')] },
  ),
  byController(
    'more than the quota of its namespace',
    { memory: { size: '16Ti' } },
    ['quota team of namespace', 'allows 15500Gi of memory', 'make it smaller', 'have the quota raised'],
    { with: [aQuota({ hard: { memory: '15500Gi' } }, 'team')] },
  ),
  byController(
    'a volume that is smaller than its image',
    data({ volumeName: 'too-small' }),
    ['disk data', 'StorageVolume too-small is not ready', 'give at least'],
    { with: [aVolume({ poolName: 'shared', imageName: 'tiny', size: '1Mi' }, 'too-small')] },
  ),
  byHost('a domain of that name by somebody else', {}, ['host h', 'that is not this machine', 'virsh domrename'], {
    with: [],
  }),
  byHost(
    'a network over a range of the host itself',
    nic({ networkName: 'over-the-host' }),
    ['host h', 'range of network', 'over-the-host', 'another range'],
    { with: [aNetwork({ ipv4: { cidr: '{host range}' } }, 'over-the-host')] },
  ),
  byHost(
    'a network over the range of another',
    {
      interfaces: [
        { name: 'lan', networkName: 'lab' },
        { name: 'wan', networkName: 'over-another' },
      ],
    },
    ['host h', 'range of network', 'over-another', 'another range'],
    { with: [aNetwork({ ipv4: { cidr: '10.77.0.0/24' } }, 'over-another')] },
  ),
];

import { aHost, aPool, atApiServer, type BadInput } from './cases.ts';

const badUri = (wrong: string, uri: string, ...says: string[]): Omit<BadInput, 'refusedBy'> => ({
  wrong,
  object: aHost({ uri }),
  says: ['spec.uri', ...says],
});

export const hosts = atApiServer([
  { wrong: 'no URI', object: aHost({ uri: undefined }), says: ['spec.uri', 'Required value'] },
  badUri('a URI that is none', 'h1.example.com', 'uri must begin with qemu or test'),
  badUri('an unknown transport', 'qemu+telnet://h1/system', 'name the transport as ssh, tls, tcp or unix'),
  badUri('another driver', 'esx://h1/?no_verify=1', 'uri must begin with qemu or test'),
  badUri('a command in the URI', 'qemu+ssh://virt@h1/system?command=/tmp/evil', 'command', 'remove them'),
  badUri('netcat in the URI', 'qemu+ssh://virt@h1/system?netcat=/tmp/evil', 'socket and mode only'),
  badUri('checks switched off', 'qemu+ssh://virt@h1/system?socket=/run/x&no_verify=1', 'no_verify', 'remove them'),
  badUri('a password in the URI', 'qemu+ssh://virt:secret@h1/system', 'a password, blanks and other signs are refused'),
  badUri('an option in the place of a host', 'qemu+ssh://-oProxyCommand=evil/system', 'uri must be driver+transport'),
  badUri('a blank in the URI', 'qemu+ssh://virt@h1 /system', 'blanks and other signs are refused'),
  badUri('a host without a transport', 'qemu://h1/system', 'must name the transport of a host'),
  badUri('a port that does not exist', 'qemu+tcp://h1:70000/system', 'driver+transport://user@host:port/path'),
  badUri('a socket with tls', 'qemu+tls://h1/system?socket=/run/x', 'with the transports ssh and unix only'),
  badUri('a file of the test driver', 'test+tcp://h1/etc/passwd', 'test hosts: /default'),
  badUri('a socket that climbs', 'qemu+ssh://h1/system?socket=/run/../x', 'must not have .. in a path'),
  badUri('an IPv4 address in brackets', 'qemu+tls://[10.0.0.1]/system', 'must have an IPv6 address in the brackets'),
  badUri('a name with an empty part', 'qemu+tls://h1..example.com/system', 'driver+transport://user@host:port/path'),
  badUri(
    'a name that is too long',
    `qemu+tls://${'a'.repeat(60)}${`.${'b'.repeat(60)}`.repeat(4)}/system`,
    'at most 253',
  ),
  badUri('a user and a port without a host', 'qemu+ssh://root@:22/system', 'must name the host'),
  badUri('no host for ssh', 'qemu+ssh:///system', 'uri must name the host'),
  badUri('no path', 'qemu+ssh://virt@h1', 'qemu+ssh://virt@host'),
  badUri('another path', 'qemu+ssh://virt@h1/etc/passwd', 'uri must end with the path /system'),
  badUri('a fragment', 'qemu+ssh://virt@h1/system#x', 'uri must end with the path /system'),
  {
    wrong: 'a user with tls',
    object: aHost({ uri: 'qemu+tls://virt@h1/system' }),
    says: ['spec.uri', 'a user with the transport ssh only', 'remove the part before @'],
  },
  {
    wrong: 'ssh without credentials',
    object: aHost({ credentialsRef: undefined }),
    says: ['spec.credentialsRef', 'must name a Secret', 'known_hosts'],
  },
  {
    wrong: 'credentials that have no use',
    object: aHost({ uri: 'qemu+tcp://h1/system' }),
    says: ['spec.credentialsRef', 'remove it, or change uri'],
  },
  {
    wrong: 'a host UUID that is none',
    object: aHost({ expectedHostUUID: 'h1' }),
    says: ['spec.expectedHostUUID', 'must be a UUID in lower case'],
  },
  {
    wrong: 'a pinned host UUID that is changed',
    before: aHost({ expectedHostUUID: '0f3c7ab2-1b5e-4c0d-9d6f-3a2b1c4d5e6f' }),
    object: aHost({ expectedHostUUID: '1f3c7ab2-1b5e-4c0d-9d6f-3a2b1c4d5e6f' }),
    says: ['spec.expectedHostUUID', 'cannot be changed', 'make another Host'],
  },
  {
    wrong: 'a pinned host UUID that is removed',
    before: aHost({ expectedHostUUID: '0f3c7ab2-1b5e-4c0d-9d6f-3a2b1c4d5e6f' }),
    object: aHost(),
    says: ['spec.expectedHostUUID', 'cannot be changed or removed', 'make another Host'],
  },
  {
    wrong: 'an overcommit that is no ratio',
    object: aHost({ overcommit: { cpu: 'lots' } }),
    says: ['spec.overcommit.cpu', 'ratio between 1 and 100'],
  },
  {
    wrong: 'an overcommit below one',
    object: aHost({ overcommit: { memory: '0.5' } }),
    says: ['spec.overcommit.memory', 'ratio between 1 and 100'],
  },
  {
    wrong: 'a reserve that is no quantity',
    object: aHost({ reserved: { memory: '2 GB' } }),
    says: ['spec.reserved.memory', 'must be a quantity with a unit'],
  },
  {
    wrong: 'an unknown taint effect',
    object: aHost({ taints: [{ key: 'a', effect: 'NoExecute' }] }),
    says: ['spec.taints[0].effect', 'Unsupported value', 'PreferNoSchedule'],
  },
  {
    wrong: 'a taint twice',
    object: aHost({
      taints: [
        { key: 'a', effect: 'NoSchedule' },
        { key: 'a', value: 'b', effect: 'NoSchedule' },
      ],
    }),
    says: ['spec.taints[1]', 'Duplicate value'],
  },
  { wrong: 'an unknown field', object: aHost({ url: 'x' }), says: ['unknown field "spec.url"'] },
]);

export const pools = atApiServer([
  { wrong: 'no type', object: aPool({ type: undefined }), says: ['spec.type', 'Required value'] },
  {
    wrong: 'a type of libvirt that is not supported yet',
    object: aPool({ type: 'RBD' }),
    says: ['spec.type', 'type RBD is not supported yet', 'use Dir'],
  },
  { wrong: 'an unknown type', object: aPool({ type: 'Floppy' }), says: ['spec.type', 'Unsupported value', '"Dir"'] },
  { wrong: 'no path', object: aPool({ targetPath: undefined }), says: ['spec.targetPath', 'Required value'] },
  {
    wrong: 'a relative path',
    object: aPool({ targetPath: 'images' }),
    says: ['spec.targetPath', 'must be an absolute path'],
  },
  {
    wrong: 'a path that climbs',
    object: aPool({ targetPath: '/var/lib/../../etc' }),
    says: ['spec.targetPath', 'must not contain . or ..'],
  },
  {
    wrong: 'a directory of the system',
    object: aPool({ targetPath: '/etc' }),
    says: ['spec.targetPath', 'a directory of its own'],
  },
  {
    wrong: 'type FS without a device',
    object: aPool({ type: 'FS' }),
    says: ['spec.fs', 'fs must be given with type FS'],
  },
  {
    wrong: 'a device with type Dir',
    object: aPool({ fs: { device: '/dev/sdb' } }),
    says: ['spec.fs', 'left out with every other type'],
  },
  {
    wrong: 'a new file system of no format',
    object: aPool({ type: 'FS', fs: { device: '/dev/sdb' }, build: 'IfMissing' }),
    says: ['spec.fs.format', 'must be Ext4 or XFS when build is IfMissing'],
  },
  {
    wrong: 'a pool name with a slash',
    object: aPool({ poolName: '../x' }),
    says: ['spec.poolName', 'letters, digits, dots, dashes'],
  },
  {
    wrong: 'another path later',
    before: aPool(),
    object: aPool({ targetPath: '/srv/other' }),
    says: ['spec.targetPath', 'cannot be changed after creation', 'make another StoragePool'],
  },
  {
    wrong: 'another access later',
    before: aPool(),
    object: aPool({ access: 'Shared' }),
    says: ['spec.access', 'cannot be changed after creation', 'make another StoragePool'],
  },
  {
    wrong: 'a pool name that is given later',
    before: aPool(),
    object: aPool({ poolName: 'other' }),
    says: ['spec.poolName', 'cannot be changed after creation', 'make another StoragePool'],
  },
  {
    wrong: 'a selector with values for Exists',
    object: aPool({ hostSelector: { matchExpressions: [{ key: 'rack', operator: 'Exists', values: ['a'] }] } }),
    says: ['spec.hostSelector.matchExpressions[0].values', 'left out with Exists'],
  },
]);

/** Markup, control characters, names that mean something elsewhere, and more of everything than there may be. */
import { aDisk, aHost, aMachine, aNetwork, anImage, anOperation, aPool, atApiServer, aVolume } from './cases.ts';

const markup = '"/></name><devices><disk type="file"/>';
const many = <T>(count: number, make: (n: number) => T): T[] => Array.from({ length: count }, (_, n) => make(n));
const nic = (over: Record<string, unknown>) => aMachine({ interfaces: [{ name: 'lan', networkName: 'lab', ...over }] });

export const markupEverywhere = atApiServer([
  { wrong: 'markup as a machine name', object: aMachine({}, 'a<b>'), says: ['metadata.name', 'RFC 1123'] },
  {
    wrong: 'markup in a disk name',
    object: aMachine({ disks: [aDisk({ name: 'a"/>' })] }),
    says: ['spec.disks[0].name', 'lower-case letters, digits and dashes'],
  },
  {
    wrong: 'markup in a pool of a disk',
    object: aMachine({ disks: [aDisk({ template: { poolName: 'a<b', size: '1Gi' } })] }),
    says: ['spec.disks[0].template.poolName', 'must be the name of an object'],
  },
  {
    wrong: 'markup in an image of a disk',
    object: aMachine({ disks: [aDisk({ template: { poolName: 'a', imageName: "x' or '1" } })] }),
    says: ['spec.disks[0].template.imageName', 'must be the name of an object'],
  },
  {
    wrong: 'markup in a serial number',
    object: aMachine({ disks: [aDisk({ serial: 'a</serial>' })] }),
    says: ['spec.disks[0].serial', 'letters, digits'],
  },
  {
    wrong: 'markup in a machine type',
    object: aMachine({ machineType: "q35'><x/>" }),
    says: ['spec.machineType', 'must be a machine type'],
  },
  {
    wrong: 'markup in a CPU feature',
    object: aMachine({ cpu: { features: [{ name: 'vmx"/>' }] } }),
    says: ['spec.cpu.features[0].name', 'as libvirt names it'],
  },
  {
    wrong: 'markup in a network of an interface',
    object: nic({ networkName: '<x/>' }),
    says: ['spec.interfaces[0].networkName', 'must be the name of an object'],
  },
  { wrong: 'markup in a MAC', object: nic({ mac: '"><a b="aa:bb:cc' }), says: ['spec.interfaces[0].mac', 'six pairs'] },
  {
    wrong: 'markup in a domain',
    object: aNetwork({ domain: `lab${markup}` }),
    says: ['spec.domain', 'must be a DNS name'],
  },
  {
    wrong: 'markup in a range',
    object: aNetwork({ ipv4: { cidr: "10.0.0.0/8'/>" } }),
    says: ['spec.ipv4.cidr', 'must be an IPv4 range'],
  },
  {
    wrong: 'markup in a path',
    object: aPool({ targetPath: '/srv/</path>' }),
    says: ['spec.targetPath', 'must be an absolute path'],
  },
  {
    wrong: 'markup in a device',
    object: aPool({ type: 'FS', fs: { device: '/dev/<sdb>' } }),
    says: ['spec.fs.device', 'must be an absolute path'],
  },
  { wrong: 'markup in a pool name', object: aPool({ poolName: '<x/>' }), says: ['spec.poolName', 'letters, digits'] },
  {
    wrong: 'markup in a URI',
    object: aHost({ uri: "qemu+ssh://h1/system'><x/>" }),
    says: ['spec.uri', 'must end with the path'],
  },
]);

export const controlCharacters = atApiServer([
  {
    wrong: 'a NUL in a serial number',
    object: aMachine({ disks: [aDisk({ serial: 'a\u0000b' })] }),
    says: ['spec.disks[0].serial', 'letters, digits'],
  },
  {
    wrong: 'a line feed in a serial number',
    object: aMachine({ disks: [aDisk({ serial: 'a\nb' })] }),
    says: ['spec.disks[0].serial', 'letters, digits'],
  },
  {
    wrong: 'a line feed at the end of a name',
    object: aMachine({ disks: [aDisk({ name: 'root\n' })] }),
    says: ['spec.disks[0].name', 'lower-case letters, digits and dashes'],
  },
  {
    wrong: 'an escape sequence in a machine type',
    object: aMachine({ machineType: 'q35\u001b[2J' }),
    says: ['spec.machineType', 'must be a machine type'],
  },
  {
    wrong: 'a line feed in a path',
    object: aPool({ targetPath: '/srv/a\nb' }),
    says: ['spec.targetPath', 'must be an absolute path'],
  },
  {
    wrong: 'a line feed in a URI',
    object: aHost({ uri: 'qemu+ssh://h1\n/system' }),
    says: ['spec.uri', 'blanks and other signs are refused'],
  },
  {
    wrong: 'a line feed in the URL of an image',
    object: anImage({ http: { url: 'https://a/x\r\nHost: b', checksum: `sha256:${'0'.repeat(64)}` } }),
    says: ['spec.http.url', 'encode them with %'],
  },
  {
    wrong: 'letters that only look like others',
    object: aMachine({ disks: [aDisk({ name: 'rооt' })] }),
    says: ['spec.disks[0].name', 'lower-case letters, digits and dashes'],
  },
  {
    wrong: 'digits of another script',
    object: nic({ ipv4: { address: '١٠.40.0.6' } }),
    says: ['spec.interfaces[0].ipv4.address', 'must be an IPv4 address'],
  },
  {
    wrong: 'a second public key behind a line feed',
    object: aMachine({ cloudInit: { sshAuthorizedKeys: ['ssh-ed25519 AAAA me\nssh-ed25519 BBBB you'] } }),
    says: ['spec.cloudInit.sshAuthorizedKeys[0]', 'must be public keys'],
  },
]);

export const tooMuch = atApiServer([
  {
    wrong: 'user data of 1.5 MiB',
    object: aMachine({ cloudInit: { userData: `#!/bin/sh\n${'#'.repeat(1.5 * 2 ** 20)}` } }),
    says: ['spec.cloudInit.userData', 'Too long', '65536'],
  },
  {
    wrong: 'annotations of 1.5 MiB',
    object: (() => {
      const object = aMachine();
      return { ...object, metadata: { ...object.metadata, annotations: { note: 'x'.repeat(1.5 * 2 ** 20) } } };
    })(),
    says: ['metadata.annotations', 'Too long', '262144'],
  },
  {
    wrong: 'an object of 4 MiB',
    object: aMachine({ cloudInit: { userData: '#'.repeat(4 * 2 ** 20) } }),
    says: ['Request entity too large', '3145728'],
  },
  {
    wrong: 'more keys than there may be',
    object: aMachine({ cloudInit: { sshAuthorizedKeys: many(33, (n) => `ssh-ed25519 AAAA k${n}`) } }),
    says: ['spec.cloudInit.sshAuthorizedKeys', 'Too many', '32'],
  },
  {
    wrong: 'more interfaces than there may be',
    object: aMachine({ interfaces: many(17, (n) => ({ name: `n${n}`, networkName: 'lab' })) }),
    says: ['spec.interfaces', 'Too many', '16'],
  },
  {
    wrong: 'a volume of 1 EiB',
    object: aVolume({ size: '1Ei' }),
    says: ['spec.size', 'at most 4Pi', 'lower it'],
  },
  {
    wrong: 'a disk of more bytes than a number holds',
    object: aMachine({ disks: [aDisk({ template: { poolName: 'local', size: '9007199254740993' } })] }),
    says: ['spec.disks[0].template.size', 'at most 4Pi', 'lower it'],
  },
  {
    wrong: 'a disk by an exponent',
    object: aMachine({ disks: [aDisk({ template: { poolName: 'local', size: '1e90' } })] }),
    says: ['spec.disks[0].template.size', 'lower it'],
  },
  {
    wrong: 'a throttle beyond what QEMU knows',
    object: aMachine({ disks: [aDisk({ throttle: { totalBytesPerSecond: '2P' } })] }),
    says: ['spec.disks[0].throttle.totalBytesPerSecond', 'at most 1P', 'lower it'],
  },
  {
    wrong: 'a reserve of 1 EiB',
    object: aHost({ reserved: { memory: '1Ei' } }),
    says: ['spec.reserved.memory', 'at most 4Pi', 'lower it'],
  },
  {
    wrong: 'a URI without end',
    object: aHost({ uri: `qemu+ssh://${'a'.repeat(5000)}/system` }),
    says: ['spec.uri', 'Too long'],
  },
  {
    wrong: 'a URL without end',
    object: anImage({ http: { url: `https://a/${'x'.repeat(9000)}`, checksum: `sha256:${'0'.repeat(64)}` } }),
    says: ['spec.http.url', 'Too long'],
  },
  {
    wrong: 'a path without end',
    object: aPool({ targetPath: `/srv/${'x'.repeat(2000)}` }),
    says: ['spec.targetPath', 'Too long'],
  },
]);

export const elsewhere = atApiServer([
  {
    wrong: 'a bandwidth that libvirt has no number for',
    object: nic({ bandwidth: { inbound: { average: '1Mi', burst: '4Pi' } } }),
    says: ['spec.interfaces[0].bandwidth.inbound.burst', 'at most 1Ti', 'lower it'],
  },
  {
    wrong: 'a MAC that libvirt keeps for itself',
    object: nic({ mac: 'fe:54:00:00:00:01' }),
    says: ['spec.interfaces[0].mac', 'fe'],
  },
  {
    wrong: 'a MAC of zeros',
    object: nic({ mac: '00:00:00:00:00:00' }),
    says: ['spec.interfaces[0].mac', '00:00:00:00:00:00'],
  },
  {
    wrong: 'the path of the processes',
    object: aPool({ targetPath: '/proc/virtfleet' }),
    says: ['spec.targetPath', 'a directory of its own'],
  },
  {
    wrong: 'a path under a device',
    object: aPool({ targetPath: '/dev/null/virtfleet' }),
    says: ['spec.targetPath', 'a directory of its own'],
  },
  {
    wrong: 'a host path in the place of a volume',
    object: aMachine({ disks: [{ name: 'root', volumeName: '/etc/shadow' }] }),
    says: ['spec.disks[0].volumeName', 'must be the name of an object'],
  },
  {
    wrong: 'an image by a path',
    object: aVolume({ imageName: '../../etc/shadow' }),
    says: ['spec.imageName', 'must be the name of an object'],
  },
  {
    wrong: 'a machine of another namespace',
    object: anOperation({ machineName: 'other/web' }),
    says: ['spec.machineName', 'must be the name of an object'],
  },
  {
    wrong: 'a pool of another name space of words',
    object: aVolume({ poolName: 'Fast Disks' }),
    says: ['spec.poolName', 'must be the name of an object'],
  },
  {
    wrong: 'an FTP URL',
    object: anImage({ http: { url: 'ftp://a/x', checksum: `sha256:${'0'.repeat(64)}` } }),
    says: ['spec.http.url', 'must begin with http://'],
  },
  {
    wrong: 'a field of libvirt',
    object: aMachine({ devices: { emulator: '/bin/sh' } }),
    says: ['unknown field "spec.devices"'],
  },
  {
    wrong: 'a command line for QEMU',
    object: aMachine({ libvirt: { commandline: ['-monitor', 'stdio'] } }),
    says: ['unknown field "spec.libvirt"'],
  },
]);

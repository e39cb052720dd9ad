import { aNetwork, anImage, anOperation, atApiServer, aVolume, type BadInput } from './cases.ts';

export const volumes = atApiServer([
  { wrong: 'no pool', object: aVolume({ poolName: undefined }), says: ['spec.poolName', 'Required value'] },
  {
    wrong: 'a blank volume without a size',
    object: aVolume({ size: undefined }),
    says: ['spec.size', 'must be given for a blank volume'],
  },
  {
    wrong: 'a size that is none',
    object: aVolume({ size: '20 GB' }),
    says: ['spec.size', 'must be a quantity', '20Gi'],
  },
  {
    wrong: 'a size without its unit',
    object: aVolume({ size: 20 }),
    says: ['spec.size', 'at least 1Mi', 'give it a unit'],
  },
  { wrong: 'a negative size', object: aVolume({ size: '-1Gi' }), says: ['spec.size', 'at least 1Mi'] },
  { wrong: 'an unknown format', object: aVolume({ format: 'VMDK' }), says: ['spec.format', '"QCOW2", "Raw"'] },
  {
    wrong: 'a raw overlay',
    object: aVolume({ format: 'Raw', imageName: 'debian' }),
    says: ['spec.format', 'must be QCOW2 with imageName'],
  },
  {
    wrong: 'a size that shrinks',
    before: aVolume({ size: '10Gi' }),
    object: aVolume({ size: '9999Mi' }),
    says: ['spec.size', 'cannot shrink', 'at least the size that it had'],
  },
  {
    wrong: 'a size that is taken away',
    before: aVolume({ imageName: 'debian' }),
    object: aVolume({ imageName: 'debian', size: undefined }),
    says: ['spec.size', 'cannot shrink or be removed'],
  },
  {
    wrong: 'another pool later',
    before: aVolume(),
    object: aVolume({ poolName: 'other' }),
    says: ['spec.poolName', 'cannot be changed', 'make another StorageVolume'],
  },
  {
    wrong: 'an image that is given later',
    before: aVolume(),
    object: aVolume({ imageName: 'debian' }),
    says: ['spec.imageName', 'cannot be changed', 'make another StorageVolume'],
  },
]);

const range = (ipv4: Record<string, unknown>): BadInput['object'] => aNetwork({ ipv4 });

export const networks = atApiServer([
  {
    wrong: 'NAT without a range',
    object: aNetwork({ ipv4: undefined }),
    says: ['spec.ipv4', 'must be given with mode NAT'],
  },
  { wrong: 'an unknown mode', object: aNetwork({ mode: 'Bridge' }), says: ['spec.mode', '"NAT", "Isolated"'] },
  {
    wrong: 'a range that is none',
    object: range({ cidr: '10.40.0.0' }),
    says: ['spec.ipv4.cidr', 'must be an IPv4 range'],
  },
  { wrong: 'an IPv6 range', object: range({ cidr: 'fd00::/64' }), says: ['spec.ipv4.cidr', 'must be an IPv4 range'] },
  {
    wrong: 'a range that begins with a host',
    object: range({ cidr: '10.40.0.1/24' }),
    says: ['spec.ipv4.cidr', 'must begin with its network address'],
  },
  {
    wrong: 'a range without room',
    object: range({ cidr: '10.40.0.0/30' }),
    says: ['spec.ipv4.cidr', 'between /8 and /29'],
  },
  { wrong: 'a range without end', object: range({ cidr: '10.0.0.0/7' }), says: ['spec.ipv4.cidr', 'must'] },
  {
    wrong: 'a loopback range',
    object: range({ cidr: '127.0.0.0/24' }),
    says: ['spec.ipv4.cidr', 'take one of 10.0.0.0/8'],
  },
  {
    wrong: 'a multicast range',
    object: range({ cidr: '224.0.0.0/24' }),
    says: ['spec.ipv4.cidr', 'take one of 10.0.0.0/8'],
  },
  {
    wrong: 'a start outside of the range',
    object: range({ cidr: '10.40.0.0/24', dhcp: { start: '10.41.0.1', end: '10.41.0.9' } }),
    says: ['spec.ipv4.dhcp.start', '10.41.0.1 must be inside cidr 10.40.0.0/24'],
  },
  {
    wrong: 'an end outside of the range',
    object: range({ cidr: '10.40.0.0/24', dhcp: { start: '10.40.0.9', end: '10.40.1.9' } }),
    says: ['spec.ipv4.dhcp.end', 'must be inside cidr'],
  },
  {
    wrong: 'an end before its start',
    object: range({ cidr: '10.40.0.0/24', dhcp: { start: '10.40.0.100', end: '10.40.0.20' } }),
    says: ['spec.ipv4.dhcp.end', 'must not be lower than dhcp.start', 'exchange them'],
  },
  {
    wrong: 'an address that is none',
    object: range({ cidr: '10.40.0.0/24', dhcp: { start: '10.40.0.300', end: '10.40.0.20' } }),
    says: ['spec.ipv4.dhcp.start', 'must be an IPv4 address'],
  },
  { wrong: 'a domain that is none', object: aNetwork({ domain: 'Lab!' }), says: ['spec.domain', 'must be a DNS name'] },
  {
    wrong: 'an MTU that is too small',
    object: aNetwork({ mtu: 68 }),
    says: ['spec.mtu', 'greater than or equal to 576'],
  },
  {
    wrong: 'forwarders without a name service',
    object: aNetwork({ dns: { mode: 'Disabled', forwarders: ['192.0.2.1'] } }),
    says: ['spec.dns.mode', 'must be Enabled'],
  },
  {
    wrong: 'a forwarder that is no address',
    object: aNetwork({ dns: { forwarders: ['dns.example.com'] } }),
    says: ['spec.dns.forwarders[0]', 'must be an IP address'],
  },
  {
    wrong: 'a range that is taken away',
    before: aNetwork({ mode: 'Isolated' }),
    object: aNetwork({ mode: 'Isolated', ipv4: undefined }),
    says: ['spec.ipv4', 'cannot be added or removed', 'make another VirtualNetwork'],
  },
]);

const http = (over: Record<string, unknown>): BadInput['object'] =>
  anImage({ http: { url: 'https://a.example.com/x', checksum: `sha256:${'0'.repeat(64)}`, ...over } });

export const images = atApiServer([
  { wrong: 'no source', object: anImage({ http: undefined }), says: ['spec', 'exactly one source must be given'] },
  { wrong: 'both sources', object: anImage({ volumeName: 'v' }), says: ['spec', 'exactly one source must be given'] },
  {
    wrong: 'a file URL',
    object: http({ url: 'file:///etc/shadow' }),
    says: ['spec.http.url', 'must begin with http://'],
  },
  {
    wrong: 'a user in the URL',
    object: http({ url: 'https://a:b@c/x' }),
    says: ['spec.http.url', 'remove the part before @'],
  },
  {
    wrong: 'a blank in the URL',
    object: http({ url: 'https://a/x y' }),
    says: ['spec.http.url', 'encode them with %'],
  },
  { wrong: 'no checksum', object: http({ checksum: undefined }), says: ['spec.http.checksum', 'Required value'] },
  {
    wrong: 'a short checksum',
    object: http({ checksum: 'sha256:abc' }),
    says: ['spec.http.checksum', '64 hexadecimal digits'],
  },
  {
    wrong: 'a weak checksum',
    object: http({ checksum: `md5:${'0'.repeat(32)}` }),
    says: ['spec.http.checksum', 'sha256:'],
  },
  { wrong: 'a format that is refused', object: anImage({ format: 'VMDK' }), says: ['spec.format', '"QCOW2", "Raw"'] },
  { wrong: 'a pool twice', object: anImage({ pools: ['a', 'a'] }), says: ['spec.pools[1]', 'Duplicate value'] },
  {
    wrong: 'another source later',
    before: anImage(),
    object: http({ url: 'https://b.example.com/x' }),
    says: ['spec.http', 'cannot be changed', 'make another VirtualMachineImage'],
  },
]);

export const operations = atApiServer([
  {
    wrong: 'no machine',
    object: anOperation({ machineName: undefined }),
    says: ['spec.machineName', 'Required value'],
  },
  { wrong: 'an unknown type', object: anOperation({ type: 'Explode' }), says: ['spec.type', '"Start", "Stop"'] },
  {
    wrong: 'a grace period for a reset',
    object: anOperation({ type: 'Reset', gracePeriodSeconds: 5 }),
    says: ['spec.gracePeriodSeconds', 'left out unless type is Stop or Restart'],
  },
  {
    wrong: 'force for a start',
    object: anOperation({ type: 'Start', force: true }),
    says: ['spec.force', 'left out unless type is Stop or Restart'],
  },
  {
    wrong: 'force that waits',
    object: anOperation({ force: true, gracePeriodSeconds: 60 }),
    says: ['spec.gracePeriodSeconds', 'left out with force: true'],
  },
  {
    wrong: 'a negative grace period',
    object: anOperation({ gracePeriodSeconds: -1 }),
    says: ['spec.gracePeriodSeconds', 'greater than or equal to 0'],
  },
  {
    wrong: 'another type later',
    before: anOperation(),
    object: anOperation({ type: 'Start' }),
    says: ['spec', 'cannot be changed after creation', 'make another VirtualMachineOperation'],
  },
]);

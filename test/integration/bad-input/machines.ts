import { aClass, aDisk, aMachine, aQuota, atApiServer, type BadInput } from './cases.ts';

const disks = (...list: Record<string, unknown>[]): BadInput['object'] => aMachine({ disks: list });
const template = (over: Record<string, unknown>): Record<string, unknown> =>
  aDisk({ template: { poolName: 'local', size: '10Gi', ...over } });
const cdrom = (over: Record<string, unknown> = {}): Record<string, unknown> => ({ name: 'cd', cdrom: {}, ...over });
const nics = (...list: Record<string, unknown>[]): BadInput['object'] =>
  aMachine({ interfaces: list.map((one, i) => ({ name: `nic${i}`, networkName: 'lab', ...one })) });
const cloudInit = (value: Record<string, unknown>): BadInput['object'] => aMachine({ cloudInit: value });

export const machines = atApiServer([
  {
    wrong: 'neither memory nor a class',
    object: aMachine({ memory: undefined }),
    says: ['spec.memory', 'Required value', 'className'],
  },
  {
    wrong: 'a class that leaves a machine without memory',
    before: aMachine({ memory: undefined, className: 'medium' }),
    object: aMachine({ memory: undefined }),
    says: ['spec.memory', 'must be given', 'className'],
  },
  {
    wrong: 'a class by no name',
    object: aMachine({ className: 'Medium size' }),
    says: ['spec.className', 'lower-case letters'],
  },
  {
    wrong: 'memory without its unit',
    object: aMachine({ memory: { size: 4 } }),
    says: ['spec.memory.size', 'at least 8Mi', 'give it a unit'],
  },
  {
    wrong: 'memory in a wrong unit',
    object: aMachine({ memory: { size: '4GB' } }),
    says: ['spec.memory.size', 'must be a quantity'],
  },
  {
    wrong: 'too much memory',
    object: aMachine({ memory: { size: '1Pi' } }),
    says: ['spec.memory.size', 'at most 16Ti'],
  },
  {
    wrong: 'a maximum of memory below its size',
    object: aMachine({ memory: { size: '4Gi', max: '2Gi' } }),
    says: ['spec.memory.max', 'at least memory.size'],
  },
  { wrong: 'no core', object: aMachine({ cpu: { cores: 0 } }), says: ['spec.cpu.cores', 'greater than or equal to 1'] },
  {
    wrong: 'cores in words',
    object: aMachine({ cpu: { cores: 'two' } }),
    says: ['spec.cpu.cores', 'must be of type integer'],
  },
  {
    wrong: 'a maximum of vCPUs below their number',
    object: aMachine({ cpu: { cores: 4, sockets: 2, max: 4 } }),
    says: ['spec.cpu.max', 'at least sockets', 'raise it'],
  },
  {
    wrong: 'too many vCPUs',
    object: aMachine({ cpu: { cores: 256, sockets: 4 } }),
    says: ['spec.cpu.cores', 'at most 512'],
  },
  {
    wrong: 'a CPU mode without its model',
    object: aMachine({ cpu: { mode: 'Custom' } }),
    says: ['spec.cpu.model', 'must be given with mode Custom'],
  },
  {
    wrong: 'a CPU model without its mode',
    object: aMachine({ cpu: { model: 'EPYC' } }),
    says: ['spec.cpu.model', 'left out with every other mode'],
  },
  {
    wrong: 'markup in a CPU model',
    object: aMachine({ cpu: { mode: 'Custom', model: '<x/>' } }),
    says: ['spec.cpu.model', 'as libvirt names it'],
  },
  {
    wrong: 'an unknown run strategy',
    object: aMachine({ runStrategy: 'Sometimes' }),
    says: ['spec.runStrategy', '"Always", "Manual", "Halted"'],
  },
  { wrong: 'an unknown hypervisor', object: aMachine({ hypervisor: 'VMware' }), says: ['spec.hypervisor', '"KVM"'] },
  {
    wrong: 'a firmware that is not supported yet',
    object: aMachine({ firmware: { type: 'UEFI' } }),
    says: ['spec.firmware.type', 'not supported yet', 'use BIOS'],
  },
  {
    wrong: 'a path as machine type',
    object: aMachine({ machineType: '/bin/sh' }),
    says: ['spec.machineType', 'must be a machine type'],
  },
  {
    wrong: 'a UUID that is none',
    object: aMachine({ uuid: 'web' }),
    says: ['spec.uuid', 'must be a UUID in lower case'],
  },
  { wrong: 'a name with dots', object: aMachine({}, 'web.example.com'), says: ['metadata.name', 'without dots'] },
  {
    wrong: 'a name that is too long',
    object: aMachine({}, 'a'.repeat(64)),
    says: ['metadata.name', 'at most 63 characters'],
  },
  { wrong: 'a field of KubeVirt', object: aMachine({ running: true }), says: ['unknown field "spec.running"'] },
  {
    wrong: 'a grace period of a week',
    object: aMachine({ terminationGracePeriodSeconds: 604_800 }),
    says: ['spec.terminationGracePeriodSeconds', 'less than or equal to 86400'],
  },
]);

export const classes = atApiServer([
  { wrong: 'no memory', object: aClass({ memory: undefined }), says: ['spec.memory', 'Required value'] },
  {
    wrong: 'a maximum of vCPUs below their number',
    object: aClass({ cpu: { cores: 4, max: 2 } }),
    says: ['spec.cpu.max', 'at least sockets', 'raise it'],
  },
  {
    wrong: 'other vCPUs under the same name',
    before: aClass(),
    object: aClass({ cpu: { cores: 4 } }),
    says: ['spec.cpu', 'cannot be changed', 'another class'],
  },
  {
    wrong: 'another memory under the same name',
    before: aClass(),
    object: aClass({ memory: { size: '8Gi' } }),
    says: ['spec.memory', 'cannot be changed', 'another class'],
  },
]);

export const quotas = atApiServer([
  { wrong: 'no limit at all', object: aQuota({ hard: {} }), says: ['spec.hard', 'must limit something'] },
  {
    wrong: 'memory in a wrong unit',
    object: aQuota({ hard: { memory: '64GB' } }),
    says: ['spec.hard.memory', 'must be a quantity'],
  },
  {
    wrong: 'fewer machines than none',
    object: aQuota({ hard: { machines: -1 } }),
    says: ['spec.hard.machines', 'greater than or equal to 0'],
  },
]);

export const disksOfMachines = atApiServer([
  {
    wrong: 'a disk without a name',
    object: disks(aDisk({ name: undefined })),
    says: ['spec.disks[0].name', 'Required value'],
  },
  {
    wrong: 'a disk name in capitals',
    object: disks(aDisk({ name: 'Root' })),
    says: ['spec.disks[0].name', 'lower-case letters'],
  },
  { wrong: 'a disk name twice', object: disks(aDisk(), aDisk()), says: ['spec.disks[1]', 'Duplicate value'] },
  {
    wrong: 'a disk of nothing',
    object: disks({ name: 'root' }),
    says: ['spec.disks[0]', 'exactly one of template, volumeName and cdrom'],
  },
  {
    wrong: 'a disk of two things',
    object: disks(aDisk({ volumeName: 'data' })),
    says: ['spec.disks[0]', 'exactly one of template, volumeName and cdrom'],
  },
  {
    wrong: 'a blank disk without a size',
    object: disks(template({ size: undefined })),
    says: ['spec.disks[0].template.size', 'must be given for a blank disk'],
  },
  {
    wrong: 'a host path in the place of a pool',
    object: disks(template({ poolName: '/etc' })),
    says: ['spec.disks[0].template.poolName', 'must be the name of an object'],
  },
  {
    wrong: 'a disk size that is none',
    object: disks(template({ size: 'big' })),
    says: ['spec.disks[0].template.size', 'must be a quantity'],
  },
  {
    wrong: 'a full clone',
    object: disks(template({ imageName: 'a', clone: 'Full' })),
    says: ['spec.disks[0].template.clone', '"Linked"'],
  },
  { wrong: 'an unknown bus', object: disks(aDisk({ bus: 'NVMe' })), says: ['spec.disks[0].bus', '"VirtIO"'] },
  {
    wrong: 'a VirtIO CD-ROM',
    object: disks(aDisk(), cdrom({ bus: 'VirtIO' })),
    says: ['spec.disks[1].bus', 'must be SATA, SCSI, IDE or USB'],
  },
  {
    wrong: 'a reclaim policy for a CD-ROM',
    object: disks(aDisk(), cdrom({ reclaimPolicy: 'Retain' })),
    says: ['spec.disks[1].reclaimPolicy', 'left out unless template is given'],
  },
  {
    wrong: 'native I/O with the page cache',
    object: disks(aDisk({ io: 'Native', cache: 'WriteBack' })),
    says: ['spec.disks[0].io', 'cache None or DirectSync'],
  },
  {
    wrong: 'markup in a serial',
    object: disks(aDisk({ serial: '<a/>' })),
    says: ['spec.disks[0].serial', 'letters, digits'],
  },
  {
    wrong: 'a total beside its parts',
    object: disks(aDisk({ throttle: { totalIOPS: 100, readIOPS: 50 } })),
    says: ['spec.disks[0].throttle.totalIOPS', 'left out when readIOPS'],
  },
  {
    wrong: 'a volume twice',
    object: disks({ name: 'a', volumeName: 'v' }, { name: 'b', volumeName: 'v' }),
    says: ['spec.disks', 'volumeName may be used by one disk only'],
  },
  {
    wrong: 'a boot order of zero',
    object: disks(aDisk({ bootOrder: 0 })),
    says: ['spec.disks[0].bootOrder', 'greater than or equal to 1'],
  },
  {
    wrong: 'a boot order twice',
    object: aMachine({
      disks: [aDisk({ bootOrder: 1 })],
      interfaces: [{ name: 'lan', networkName: 'lab', bootOrder: 1 }],
    }),
    says: ['spec', 'bootOrder must be different'],
  },
  {
    wrong: 'too many disks',
    object: disks(...Array.from({ length: 33 }, (_, i) => aDisk({ name: `d${i}` }))),
    says: ['spec.disks', 'Too many', '32'],
  },
  {
    wrong: 'a disk that shrinks',
    before: disks(aDisk()),
    object: disks(template({ size: '5Gi' })),
    says: ['spec.disks[0].template.size', 'cannot shrink', 'another name'],
  },
  {
    wrong: 'a disk that moves to another pool',
    before: disks(aDisk()),
    object: disks(template({ poolName: 'other' })),
    says: ['spec.disks[0].template.poolName', 'cannot be changed', 'another name'],
  },
  {
    wrong: 'a disk that becomes another image',
    before: disks(template({ imageName: 'a' })),
    object: disks(template({ imageName: 'b' })),
    says: ['spec.disks[0].template.imageName', 'cannot be changed', 'another name'],
  },
  {
    wrong: 'a disk that becomes a volume',
    before: disks(aDisk()),
    object: disks({ name: 'root', volumeName: 'v' }),
    says: ['spec.disks[0]', 'under the same name', 'another name'],
  },
  {
    wrong: 'another volume under the same name',
    before: disks({ name: 'data', volumeName: 'a' }),
    object: disks({ name: 'data', volumeName: 'b' }),
    says: ['spec.disks[0].volumeName', 'cannot be changed', 'another name'],
  },
]);

export const interfacesOfMachines = atApiServer([
  {
    wrong: 'an interface without a network',
    object: nics({ networkName: undefined }),
    says: ['spec.interfaces[0].networkName', 'Required value'],
  },
  {
    wrong: 'a MAC that is none',
    object: nics({ mac: '52:54:00:12:34' }),
    says: ['spec.interfaces[0].mac', 'six pairs'],
  },
  {
    wrong: 'a MAC in capitals',
    object: nics({ mac: '52:54:00:AB:CD:EF' }),
    says: ['spec.interfaces[0].mac', 'in lower case'],
  },
  {
    wrong: 'a multicast MAC',
    object: nics({ mac: '01:00:5e:00:00:01' }),
    says: ['spec.interfaces[0].mac', 'unicast', 'second digit even'],
  },
  {
    wrong: 'a MAC twice',
    object: nics({ mac: '52:54:00:00:00:01' }, { mac: '52:54:00:00:00:01' }),
    says: ['spec.interfaces', 'a mac may be used by one interface only'],
  },
  {
    wrong: 'an interface name twice',
    object: nics({ name: 'a' }, { name: 'a' }),
    says: ['spec.interfaces[1]', 'Duplicate value'],
  },
  {
    wrong: 'an address that is none',
    object: nics({ ipv4: { address: '10.40.0' } }),
    says: ['spec.interfaces[0].ipv4.address', 'must be an IPv4 address'],
  },
  {
    wrong: 'an address with a prefix',
    object: nics({ ipv4: { address: '10.40.0.60/24' } }),
    says: ['spec.interfaces[0].ipv4.address', 'must be an IPv4 address'],
  },
  {
    wrong: 'an address twice',
    object: nics({ ipv4: { address: '10.40.0.60' } }, { ipv4: { address: '10.40.0.60' } }),
    says: ['spec.interfaces', 'used by one interface of a network only'],
  },
  { wrong: 'an unknown card', object: nics({ model: 'NE2000' }), says: ['spec.interfaces[0].model', '"VirtIO"'] },
  {
    wrong: 'a bandwidth that is none',
    object: nics({ bandwidth: { inbound: { average: 'fast' } } }),
    says: ['spec.interfaces[0].bandwidth.inbound.average', 'must be a quantity'],
  },
  {
    wrong: 'a bandwidth without an average',
    object: nics({ bandwidth: { outbound: { peak: '1Mi' } } }),
    says: ['spec.interfaces[0].bandwidth.outbound.average', 'Required value'],
  },
]);

export const restOfMachines = atApiServer([
  {
    wrong: 'user data twice',
    object: cloudInit({ userData: 'a', userDataSecretRef: { name: 'b' } }),
    says: ['spec.cloudInit.userData', 'only one of', 'remove one'],
  },
  {
    wrong: 'network data twice',
    object: cloudInit({ networkData: 'a', networkDataSecretRef: { name: 'b' } }),
    says: ['spec.cloudInit.networkData', 'only one of', 'remove one'],
  },
  {
    wrong: 'a private key for a public one',
    object: cloudInit({ sshAuthorizedKeys: ['-----BEGIN OPENSSH PRIVATE KEY-----'] }),
    says: ['spec.cloudInit.sshAuthorizedKeys[0]', 'must be public keys'],
  },
  {
    wrong: 'cloud-init without a disk',
    object: aMachine({ disks: undefined, cloudInit: { userData: 'a' } }),
    says: ['spec.cloudInit', 'add one to disks'],
  },
  {
    wrong: 'cloud-init with a CD-ROM only',
    object: aMachine({ disks: [cdrom()], cloudInit: { userData: 'a' } }),
    says: ['spec.cloudInit', 'add one to disks'],
  },
  {
    wrong: 'a Secret without a name',
    object: cloudInit({ userDataSecretRef: {} }),
    says: ['spec.cloudInit.userDataSecretRef.name', 'Required value'],
  },
  {
    wrong: 'a toleration without a key',
    object: aMachine({ scheduling: { tolerations: [{ value: 'a' }] } }),
    says: ['spec.scheduling.tolerations[0].key', 'operator must be Exists'],
  },
  {
    wrong: 'a toleration that compares nothing',
    object: aMachine({ scheduling: { tolerations: [{ key: 'a', operator: 'Exists', value: 'b' }] } }),
    says: ['spec.scheduling.tolerations[0].value', 'use operator Equal'],
  },
  {
    wrong: 'a selector without values',
    object: aMachine({ scheduling: { hostSelector: { matchExpressions: [{ key: 'rack', operator: 'In' }] } } }),
    says: ['spec.scheduling.hostSelector.matchExpressions[0].values', 'must be given with operator In'],
  },
  {
    wrong: 'another UUID later',
    before: aMachine({ uuid: '0f3c7ab2-1b5e-4c0d-9d6f-3a2b1c4d5e6f' }),
    object: aMachine({ uuid: '1f3c7ab2-1b5e-4c0d-9d6f-3a2b1c4d5e6f' }),
    says: ['spec.uuid', 'cannot be changed or removed', 'another VirtualMachine'],
  },
  {
    wrong: 'no UUID any more',
    before: aMachine({ uuid: '0f3c7ab2-1b5e-4c0d-9d6f-3a2b1c4d5e6f' }),
    object: aMachine(),
    says: ['spec.uuid', 'cannot be changed or removed', 'another VirtualMachine'],
  },
  {
    wrong: 'another hypervisor later',
    before: aMachine(),
    object: aMachine({ hypervisor: 'QEMU' }),
    says: ['spec.hypervisor', 'cannot be changed', 'another VirtualMachine'],
  },
  {
    wrong: 'another machine type later',
    before: aMachine({ machineType: 'q35' }),
    object: aMachine({ machineType: 'pc' }),
    says: ['spec.machineType', 'cannot be changed', 'another VirtualMachine'],
  },
]);

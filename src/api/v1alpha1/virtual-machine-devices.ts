/** Disks and interfaces of a VirtualMachine's spec. */
import { z } from 'zod';
import { atLeast, cel, immutable, int32, label, namedList, neverShrinks, objectName, text } from '../schema/fields.ts';
import { reclaimPolicy } from './shared.ts';

const bootOrder = int32(1, 64)
  .optional()
  .describe(
    'Place in the boot order, 1 first; each may be given once in a machine. With none given the machine boots from its first disk.',
  );

const template = cel(
  z.object({
    poolName: objectName('template.poolName').describe(
      'The StoragePool in which the disk is made. It cannot be changed.',
    ),
    size: atLeast('template.size', '1Mi')
      .optional()
      .describe(
        'Size that the guest sees. It may grow, also while the machine runs, and never shrinks. With imageName it may be left out: then it is the size of the image.',
      ),
    imageName: objectName('template.imageName')
      .optional()
      .describe(
        'A VirtualMachineImage of this namespace that the disk begins as; left out: it begins blank. It cannot be changed.',
      ),
    clone: z
      .enum(['Linked'])
      .default('Linked')
      .describe(
        'How the image is used. Linked: the disk holds what differs from the image and keeps the image in use.',
      ),
  }),
  {
    rule: 'has(self.size) || has(self.imageName)',
    message: 'template.size must be given for a blank disk (size: 20Gi); with imageName it may be left out',
    fieldPath: '.size',
    reason: 'FieldValueRequired',
  },
  {
    rule: 'self.poolName == oldSelf.poolName',
    message: 'template.poolName cannot be changed: give the new disk another name',
    fieldPath: '.poolName',
  },
  immutable('imageName', 'template.imageName', 'give the new disk another name'),
  neverShrinks('size', 'template.size', 'give at least the size that it had, or give a smaller disk another name'),
);

const perSecond = (field: string, what: string) =>
  atLeast(`throttle.${field}`, '1', '1P').optional().describe(`Most ${what} a second.`);

const throttle = cel(
  z.object({
    totalBytesPerSecond: perSecond('totalBytesPerSecond', 'bytes read and written'),
    readBytesPerSecond: perSecond('readBytesPerSecond', 'bytes read'),
    writeBytesPerSecond: perSecond('writeBytesPerSecond', 'bytes written'),
    totalIOPS: int32(1).optional().describe('Most reads and writes a second.'),
    readIOPS: int32(1).optional().describe('Most reads a second.'),
    writeIOPS: int32(1).optional().describe('Most writes a second.'),
  }),
  {
    rule: '!has(self.totalBytesPerSecond) || (!has(self.readBytesPerSecond) && !has(self.writeBytesPerSecond))',
    message: 'throttle.totalBytesPerSecond must be left out when readBytesPerSecond or writeBytesPerSecond is given',
    fieldPath: '.totalBytesPerSecond',
  },
  {
    rule: '!has(self.totalIOPS) || (!has(self.readIOPS) && !has(self.writeIOPS))',
    message: 'throttle.totalIOPS must be left out when readIOPS or writeIOPS is given',
    fieldPath: '.totalIOPS',
  },
);

export const disk = cel(
  z.object({
    name: label('name').describe(
      'Name of the disk in this machine. What it is (template, volumeName, cdrom) stays with the name.',
    ),
    template: template
      .optional()
      .describe(
        'A disk that belongs to the machine: made with it, and deleted with it as reclaimPolicy says. One of template, volumeName and cdrom must be given.',
      ),
    volumeName: objectName('volumeName')
      .optional()
      .describe(
        'A StorageVolume of this namespace. It stays when the machine is deleted. One of template, volumeName and cdrom must be given.',
      ),
    cdrom: z
      .object({
        imageName: objectName('cdrom.imageName')
          .optional()
          .describe(
            'A VirtualMachineImage of format Raw (an ISO) of this namespace; left out: the drive is empty. It can be changed while the machine runs.',
          ),
      })
      .optional()
      .describe('A CD-ROM drive. One of template, volumeName and cdrom must be given.'),
    bus: z
      .enum(['VirtIO', 'SCSI', 'SATA', 'IDE', 'USB'])
      .optional()
      .describe(
        'How the guest sees it; left out: VirtIO, and SATA for a CD-ROM. VirtIO is the fastest and needs a driver in the guest; IDE needs machine type pc. A change takes effect at the next start.',
      ),
    cache: z
      .enum(['None', 'WriteBack', 'WriteThrough', 'DirectSync', 'Unsafe'])
      .optional()
      .describe(
        "Use of the host's page cache; left out: the hypervisor's default. None goes past it. Unsafe ignores flushes: data is lost when the host fails. A change takes effect at the next start.",
      ),
    io: z
      .enum(['Native', 'Threads', 'IOUring'])
      .optional()
      .describe(
        "How requests are made on the host; left out: the hypervisor's default. Native needs cache None or DirectSync. A change takes effect at the next start.",
      ),
    discard: z
      .enum(['Unmap', 'Ignore'])
      .optional()
      .describe(
        'Unmap: what the guest discards is given back to the pool. Ignore: it is not; left out: as Ignore. A change takes effect at the next start.',
      ),
    serial: text(36, {
      matches: '^[A-Za-z0-9_.+ -]+$',
      message: 'serial must be letters, digits, blanks and . _ + -: DISK-0001',
    })
      .optional()
      .describe(
        'Serial number that the guest sees (with bus VirtIO its first 20 characters, as in /dev/disk/by-id). A change takes effect at the next start.',
      ),
    throttle: throttle.optional().describe('Limits on reading and writing. They change while the machine runs.'),
    bootOrder,
    reclaimPolicy: reclaimPolicy
      .optional()
      .describe(
        'What happens to a template disk when it leaves the spec or the machine is deleted. Delete: it is removed. Retain: its file stays in the pool. Left out: as the pool says. It is recorded when the disk is made.',
      ),
  }),
  {
    rule: '[has(self.template), has(self.volumeName), has(self.cdrom)].filter(given, given).size() == 1',
    message: 'exactly one of template, volumeName and cdrom must be given: what the disk is made of',
  },
  {
    rule: 'has(self.template) || !has(self.reclaimPolicy)',
    message:
      'reclaimPolicy must be left out unless template is given: a StorageVolume has its own, a CD-ROM needs none',
    fieldPath: '.reclaimPolicy',
  },
  {
    rule: "!has(self.cdrom) || !has(self.bus) || self.bus != 'VirtIO'",
    message: 'bus must be SATA, SCSI, IDE or USB for a cdrom: there is no VirtIO CD-ROM',
    fieldPath: '.bus',
  },
  {
    rule: "!has(self.io) || self.io != 'Native' || (has(self.cache) && self.cache in ['None', 'DirectSync'])",
    message: 'io Native must go with cache None or DirectSync: set cache',
    fieldPath: '.io',
  },
  {
    rule: '!has(self.cdrom) || (!has(self.throttle) && !has(self.discard))',
    message: 'throttle and discard must be left out for a cdrom',
  },
  {
    rule: 'has(self.template) == has(oldSelf.template) && has(self.volumeName) == has(oldSelf.volumeName) && has(self.cdrom) == has(oldSelf.cdrom)',
    message:
      'a disk cannot be exchanged for one of another kind (template, volumeName, cdrom) under the same name: give the new one another name',
  },
  {
    rule: '!has(self.volumeName) || !has(oldSelf.volumeName) || self.volumeName == oldSelf.volumeName',
    message: 'volumeName cannot be changed: give the disk with the other volume another name',
    fieldPath: '.volumeName',
  },
);
export type Disk = z.infer<typeof disk>;
export type DiskTemplate = z.infer<typeof template>;
export type Throttle = z.infer<typeof throttle>;

const rate = (direction: string, what: string) =>
  z
    .object({
      average: atLeast(`bandwidth.${direction}.average`, '1Ki', '1Ti').describe('Bytes a second over time: 10Mi.'),
      peak: atLeast(`bandwidth.${direction}.peak`, '1Ki', '1Ti').optional().describe('Bytes a second in a burst.'),
      burst: atLeast(`bandwidth.${direction}.burst`, '1Ki', '1Ti')
        .optional()
        .describe('Bytes that may be sent at peak rate.'),
    })
    .optional()
    .describe(what);

export const macAddress = (field: string) =>
  cel(
    text(17, {
      matches: '^[0-9a-f][02468ace](:[0-9a-f]{2}){5}$',
      message: `${field} must be a unicast MAC address in lower case, six pairs and the second digit even: 52:54:00:12:34:56`,
    }),
    // The host's end of each cable has the machine's MAC with fe in front; and libvirt reads zeros as "none given".
    {
      rule: "!self.startsWith('fe:') && self != '00:00:00:00:00:00'",
      message: `${field} must not begin with fe, which libvirt keeps for itself, nor be 00:00:00:00:00:00: begin it with 52:54:00`,
    },
  );

export const networkInterface = z.object({
  name: label('name').describe('Name of the interface in this machine.'),
  networkName: objectName('networkName').describe('The VirtualNetwork of this namespace.'),
  model: z
    .enum(['VirtIO', 'E1000e', 'E1000', 'RTL8139'])
    .default('VirtIO')
    .describe(
      'Card that the guest sees. VirtIO is the fastest and needs a driver in the guest. A change takes effect at the next start.',
    ),
  mac: macAddress('mac')
    .optional()
    .describe('MAC address, lower case; left out: one is chosen and kept for the life of the machine.'),
  ipv4: z
    .object({
      address: cel(text(15), {
        rule: 'isIP(self) && ip(self).family() == 4',
        message: 'ipv4.address must be an IPv4 address inside the range of the network: 10.40.0.60',
      }).describe(
        'The address, inside the range of the network and outside the use of others. The first machine that asks for it keeps it.',
      ),
    })
    .optional()
    .describe('A fixed address; left out: one is chosen and kept for the life of the machine.'),
  bandwidth: z
    .object({
      inbound: rate('inbound', 'Limit on what the machine receives.'),
      outbound: rate('outbound', 'Limit on what the machine sends.'),
    })
    .optional()
    .describe('Limits on traffic. They change while the machine runs.'),
  bootOrder,
  linkState: z
    .enum(['Up', 'Down'])
    .default('Up')
    .describe('Down: the cable is out. It changes while the machine runs.'),
});
export type Interface = z.infer<typeof networkInterface>;
export type Bandwidth = NonNullable<Interface['bandwidth']>;

export const disks = namedList(disk, 32);
export const interfaces = namedList(networkInterface, 16);

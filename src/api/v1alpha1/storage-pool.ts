/** StoragePool: a place for volumes on hosts. Cluster-scoped, an administrator's. */
import { z } from 'zod';
import { conditions, observedGeneration } from '../schema/conditions.ts';
import { cel, immutable, int64, label, namedList, quantity, setOf, text } from '../schema/fields.ts';
import { age, conditionColumn, type ResourceDefinition } from '../schema/resource.ts';
import { GROUP, type KubeObject, type ResourceKind, VERSION } from './meta.ts';
import { hostSelector, reclaimPolicy } from './shared.ts';
import { storagePoolConditions, storagePoolReasons } from './storage-pool-conditions.ts';

const absolutePath = (field: string, example: string) =>
  cel(
    text(1024, {
      matches: '^(/[A-Za-z0-9._+@-]+)+$',
      message: `${field} must be an absolute path of letters, digits and . _ + @ -, without a slash at its end: ${example}`,
    }),
    {
      rule: "!self.split('/').exists(part, part == '..' || part == '.')",
      message: `${field} must not contain . or .. as a part: ${example}`,
    },
  );

const poolType = cel(
  z.enum([
    'Dir',
    'FS',
    'NetFS',
    'Logical',
    'Disk',
    'ISCSI',
    'ISCSIDirect',
    'SCSI',
    'MPath',
    'RBD',
    'Gluster',
    'ZFS',
    'VStorage',
  ]),
  {
    rule: "self in ['Dir', 'FS']",
    message: 'type is not supported yet: use Dir (a directory) or FS (a file system on a block device)',
    messageExpression:
      "'type ' + self + ' is not supported yet: use Dir (a directory) or FS (a file system on a block device)'",
  },
);

export const storagePoolSpec = cel(
  z.object({
    type: poolType.describe(
      'What the pool is made of. Dir: a directory. FS: a file system on a block device, mounted at targetPath. The other types of libvirt are not supported yet.',
    ),
    fs: z
      .object({
        device: absolutePath('fs.device', '/dev/disk/by-label/vm').describe(
          'The block device, by a name that stays: /dev/disk/by-uuid/…',
        ),
        format: z
          .enum(['Auto', 'Ext4', 'XFS'])
          .default('Auto')
          .describe('File system on the device. Auto: whatever mount finds; building a new one needs Ext4 or XFS.'),
      })
      .optional()
      .describe('The device of a pool of type FS, and of no other.'),
    poolName: text(100, {
      matches: '^[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?$',
      message: 'poolName must be letters, digits, dots, dashes and underscores: vm-images',
    })
      .optional()
      .describe("libvirt's name of the pool on the hosts; left out: the name of this object. It cannot be changed."),
    targetPath: cel(absolutePath('targetPath', '/var/lib/virtfleet/local'), {
      rule: "!self.matches('^/(bin|boot|dev|etc|home|lib|lib32|lib64|media|mnt|opt|proc|root|run|sbin|srv|sys|tmp|usr|var|var/lib|var/log|var/run)$') && !self.matches('^/(boot|dev|etc|proc|sys)/')",
      message: 'targetPath must be a directory of its own, not one of the system: /var/lib/virtfleet/local',
    }).describe(
      'Directory on the hosts where the volumes are (type FS: where the device is mounted). It cannot be changed.',
    ),
    hostSelector: hostSelector()
      .optional()
      .describe('The hosts that have the pool, by labels of the Host objects; left out: all.'),
    access: z
      .enum(['PerHost', 'Shared'])
      .default('PerHost')
      .describe(
        'PerHost: every host has a store of its own under this name. Shared: all hosts see the same store (NFS, a cluster file system), mounted there already; capacity counts once and a volume is reachable from each of them. It cannot be changed.',
      ),
    locking: z
      .enum(['ImageLock', 'None'])
      .default('ImageLock')
      .describe(
        "What stops a second writer. ImageLock: QEMU's lock on the image file; a shared file system must carry locks between hosts. None: nothing does.",
      ),
    autostart: z
      .boolean()
      .default(true)
      .describe('libvirt starts the pool by itself after a reboot of the host. When false the operator starts it.'),
    build: z
      .enum(['Never', 'IfMissing'])
      .default('Never')
      .describe(
        'IfMissing: make what is not there yet, the directory (Dir) or a file system on an empty device (FS); something that is there is never overwritten. Never: it must be there.',
      ),
    allowedNamespaces: setOf(label('allowedNamespaces'), 256)
      .optional()
      .describe('Namespaces whose machines, volumes and images may use the pool; left out: all. An empty list: none.'),
    reclaimPolicy: reclaimPolicy
      .default('Delete')
      .describe(
        'What happens to a volume here when its owner is deleted and does not say itself. Delete: it is removed. Retain: its file stays.',
      ),
    adoptExisting: z
      .boolean()
      .default(false)
      .describe(
        'True: a pool of that name which is on a host already, and was not made by the operator, is used as it is. It is started, never changed and never undefined.',
      ),
  }),
  {
    rule: "(self.type == 'FS') == has(self.fs)",
    message: 'fs must be given with type FS (fs: {device: /dev/disk/by-label/vm}), and left out with every other type',
    fieldPath: '.fs',
  },
  {
    rule: "!(self.type == 'FS' && self.build == 'IfMissing') || !has(self.fs) || self.fs.format != 'Auto'",
    message: 'fs.format must be Ext4 or XFS when build is IfMissing: a new file system needs a format',
    fieldPath: '.fs.format',
  },
  {
    rule: 'self.type == oldSelf.type',
    message: 'type cannot be changed after creation: make another StoragePool',
    fieldPath: '.type',
  },
  {
    rule: 'self.targetPath == oldSelf.targetPath',
    message: 'targetPath cannot be changed after creation: make another StoragePool',
    fieldPath: '.targetPath',
  },
  {
    rule: 'self.access == oldSelf.access',
    message: 'access cannot be changed after creation: make another StoragePool',
    fieldPath: '.access',
  },
  immutable('poolName', 'poolName', 'make another StoragePool'),
  immutable('fs', 'fs', 'make another StoragePool'),
);
export type StoragePoolSpec = z.infer<typeof storagePoolSpec>;

export const storagePoolStatus = z.object({
  observedGeneration: observedGeneration(),
  hosts: namedList(
    z.object({
      name: z.string().describe('The Host.'),
      state: z
        .enum(['Running', 'Inactive', 'Missing', 'Foreign', 'Unknown'])
        .describe(
          'Running: in use. Inactive: defined, not started. Missing: not there. Foreign: a pool of that name is there which is not ours. Unknown: the host is out of sight.',
        ),
      capacityBytes: int64().optional().describe('Size.'),
      allocationBytes: int64().optional().describe('Taken.'),
      availableBytes: int64().optional().describe('Free.'),
      message: z.string().optional().describe('Why it is not running, and the mend.'),
    }),
    1000,
  )
    .optional()
    .describe('The pool on each of its hosts.'),
  capacity: quantity()
    .optional()
    .describe('Size over all hosts; a shared store counts once. Written at most every 10 s.'),
  available: quantity()
    .optional()
    .describe('Free over all hosts; a shared store counts once. Written at most every 10 s.'),
  hostCount: z.int().optional().describe('Hosts on which it is running.'),
  conditions: conditions('Ready; Reconciling and Stalled while they are true.'),
});
export type StoragePoolStatus = z.infer<typeof storagePoolStatus>;

export interface StoragePool extends KubeObject {
  spec: StoragePoolSpec;
  status?: StoragePoolStatus;
}

export const storagePoolKind: ResourceKind<StoragePool> = {
  group: GROUP,
  version: VERSION,
  plural: 'storagepools',
  kind: 'StoragePool',
  namespaced: false,
};

export const storagePoolDefinition: ResourceDefinition = {
  resource: storagePoolKind,
  singular: 'storagepool',
  shortNames: ['vfpool'],
  description:
    'StoragePool is a place for volumes on the hosts that its selector names. The operator defines it in libvirt, starts it and keeps it running. Deleting it undefines the pool and leaves all files; it waits while volumes are in use.',
  spec: storagePoolSpec,
  status: storagePoolStatus,
  columns: [
    { name: 'Type', type: 'string', jsonPath: '.spec.type', description: 'What it is made of.' },
    { name: 'Access', type: 'string', jsonPath: '.spec.access', description: 'PerHost or Shared.' },
    { name: 'Hosts', type: 'integer', jsonPath: '.status.hostCount', description: 'Hosts on which it is running.' },
    { name: 'Capacity', type: 'string', jsonPath: '.status.capacity', description: 'Size over all hosts.' },
    { name: 'Free', type: 'string', jsonPath: '.status.available', description: 'Free over all hosts.' },
    conditionColumn('Ready', 'Running on every host that should have it.'),
    { name: 'Path', type: 'string', jsonPath: '.spec.targetPath', description: 'Directory on the hosts.', wide: true },
    {
      name: 'Locking',
      type: 'string',
      jsonPath: '.spec.locking',
      description: 'What stops a second writer.',
      wide: true,
    },
    {
      name: 'Message',
      type: 'string',
      jsonPath: '.status.conditions[?(@.type=="Ready")].message',
      description: 'Why it is Ready or not.',
      wide: true,
    },
    age,
  ],
  selectableFields: ['.spec.type', '.spec.access'],
  conditions: storagePoolConditions,
  reasons: storagePoolReasons,
};

/** StorageVolume: a disk with a life of its own. */
import { z } from 'zod';
import { conditions, observedGeneration } from '../schema/conditions.ts';
import { atLeast, cel, immutable, int64, neverShrinks, objectName, quantity } from '../schema/fields.ts';
import { age, conditionColumn, type ResourceDefinition } from '../schema/resource.ts';
import { GROUP, type KubeObject, type ResourceKind, VERSION } from './meta.ts';
import { objectRef, reclaimPolicy, volumeFormat } from './shared.ts';
import { storageVolumeConditions, storageVolumeReasons } from './storage-volume-conditions.ts';

export const storageVolumeSpec = cel(
  z.object({
    poolName: objectName('poolName').describe('The StoragePool that the volume is in. It cannot be changed.'),
    size: atLeast('size', '1Mi')
      .optional()
      .describe(
        'Size that the guest sees. It may grow, also while a machine runs, and never shrinks. With imageName it may be left out: then it is the size of the image.',
      ),
    format: volumeFormat
      .default('QCOW2')
      .describe(
        'Format of the file. QCOW2: takes room as it is filled, and can stand on an image. Raw: plain bytes. It cannot be changed.',
      ),
    imageName: objectName('imageName')
      .optional()
      .describe(
        'A VirtualMachineImage of this namespace that the volume begins as; left out: it begins blank. It cannot be changed.',
      ),
    clone: z
      .enum(['Linked'])
      .default('Linked')
      .describe(
        'How the image is used. Linked: the volume holds what differs from the image and keeps the image in use.',
      ),
    reclaimPolicy: reclaimPolicy
      .optional()
      .describe(
        'When this object is deleted: Delete removes the volume, Retain leaves its file on the host. Left out: as the pool says.',
      ),
  }),
  {
    rule: 'has(self.size) || has(self.imageName)',
    message: 'size must be given for a blank volume (size: 20Gi); with imageName it may be left out',
    fieldPath: '.size',
    reason: 'FieldValueRequired',
  },
  {
    rule: "!has(self.imageName) || self.format == 'QCOW2'",
    message: 'format must be QCOW2 with imageName: a linked clone is an overlay',
    fieldPath: '.format',
  },
  {
    rule: 'self.poolName == oldSelf.poolName',
    message: 'poolName cannot be changed after creation: make another StorageVolume',
    fieldPath: '.poolName',
  },
  {
    rule: 'self.format == oldSelf.format',
    message: 'format cannot be changed after creation: make another StorageVolume',
    fieldPath: '.format',
  },
  immutable('imageName', 'imageName', 'make another StorageVolume'),
  neverShrinks('size', 'size', 'give at least the size that it had'),
);
export type StorageVolumeSpec = z.infer<typeof storageVolumeSpec>;

export const storageVolumeStatus = z.object({
  observedGeneration: observedGeneration(),
  phase: z
    .enum(['Pending', 'WaitForConsumer', 'Creating', 'Ready', 'Resizing', 'Deleting', 'Failed'])
    .optional()
    .describe(
      'WaitForConsumer: the pool is on each host by itself, and the volume is made where the first machine that names it is placed.',
    ),
  poolUID: z.string().optional().describe('Uid of the StoragePool.'),
  host: objectRef
    .optional()
    .describe('Where the volume is, in a pool that each host has by itself. Machines that use it run there.'),
  volumeName: z
    .string()
    .optional()
    .describe('Name of the volume in the pool. It stands here before the volume is made.'),
  path: z.string().optional().describe('File on the host.'),
  attempt: z.int().optional().describe('Counts the times that its making was begun.'),
  capacity: quantity().optional().describe('Size that the guest sees.'),
  capacityBytes: int64().optional().describe('Size that the guest sees, in bytes.'),
  allocationBytes: int64().optional().describe('Room that it takes in the pool, in bytes.'),
  format: volumeFormat.optional().describe('Format of the file.'),
  base: z
    .object({
      imageName: z.string().describe('The VirtualMachineImage.'),
      imageUID: z.string().describe('Its uid.'),
      volumeName: z.string().optional().describe('The copy of the image in the pool.'),
      path: z.string().optional().describe('File of that copy.'),
    })
    .optional()
    .describe('What the volume stands on.'),
  attachedTo: z
    .object({
      kind: z.string().describe('VirtualMachine.'),
      name: z.string().describe('Its name.'),
      uid: z.string().describe('Its uid.'),
    })
    .optional()
    .describe('Who uses it. The first machine that names it keeps it until it no longer does.'),
  reclaimPolicy: reclaimPolicy.optional().describe('What will happen to the volume; recorded when it was made.'),
  conditions: conditions('Ready; Reconciling and Stalled while they are true.'),
});
export type StorageVolumeStatus = z.infer<typeof storageVolumeStatus>;

export interface StorageVolume extends KubeObject {
  spec: StorageVolumeSpec;
  status?: StorageVolumeStatus;
}

export const storageVolumeKind: ResourceKind<StorageVolume> = {
  group: GROUP,
  version: VERSION,
  plural: 'storagevolumes',
  kind: 'StorageVolume',
  namespaced: true,
};

export const storageVolumeDefinition: ResourceDefinition = {
  resource: storageVolumeKind,
  singular: 'storagevolume',
  shortNames: ['vfvol'],
  description:
    'StorageVolume is a disk with a life of its own: it is named by a machine in disks[].volumeName, and stays when that machine is deleted. Deleting it waits while a machine uses it.',
  spec: storageVolumeSpec,
  status: storageVolumeStatus,
  columns: [
    { name: 'Pool', type: 'string', jsonPath: '.spec.poolName', description: 'The StoragePool.' },
    { name: 'Size', type: 'string', jsonPath: '.status.capacity', description: 'Size that the guest sees.' },
    { name: 'Format', type: 'string', jsonPath: '.spec.format', description: 'Format of the file.' },
    { name: 'Phase', type: 'string', jsonPath: '.status.phase', description: 'Where it stands.' },
    { name: 'Used by', type: 'string', jsonPath: '.status.attachedTo.name', description: 'The machine that uses it.' },
    conditionColumn('Ready', 'There, and as large as asked for.', true),
    { name: 'Image', type: 'string', jsonPath: '.spec.imageName', description: 'What it began as.', wide: true },
    { name: 'Host', type: 'string', jsonPath: '.status.host.name', description: 'Where it is.', wide: true },
    {
      name: 'Message',
      type: 'string',
      jsonPath: '.status.conditions[?(@.type=="Ready")].message',
      description: 'Why it is Ready or not.',
      wide: true,
    },
    age,
  ],
  selectableFields: ['.spec.poolName', '.status.phase', '.status.host.name'],
  conditions: storageVolumeConditions,
  reasons: storageVolumeReasons,
};

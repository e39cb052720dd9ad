/** VirtualMachineImage: what disks begin as. */
import { z } from 'zod';
import { conditions, observedGeneration } from '../schema/conditions.ts';
import { cel, immutable, int64, namedList, objectName, quantity, setOf, text, time } from '../schema/fields.ts';
import { age, conditionColumn, type ResourceDefinition } from '../schema/resource.ts';
import { GROUP, type KubeObject, type ResourceKind, VERSION } from './meta.ts';
import { jobRecord, volumeFormat } from './shared.ts';
import { virtualMachineImageConditions, virtualMachineImageReasons } from './virtual-machine-image-conditions.ts';

const http = z.object({
  url: cel(
    text(2048),
    {
      rule: "self.matches('^https?://[A-Za-z0-9[]')",
      message: 'url must begin with http:// or https:// and name a host: https://images.example.com/debian-13.qcow2',
    },
    {
      rule: "self.matches('^[!-~]+$') && !self.contains('#')",
      message: 'url must not contain blanks, control characters, other scripts or a # part: encode them with %',
    },
    {
      rule: "!self.matches('^https?://[^/]*@')",
      message: 'url must not contain a user or password: remove the part before @',
    },
  ).describe(
    'Where the image is fetched from, by http or https. The operator fetches it, not the hosts; addresses that the administrator has not allowed are refused.',
  ),
  checksum: text(135, {
    matches: '^(sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128})$',
    message: 'checksum must be sha256: and 64 hexadecimal digits in lower case (sha256sum FILE), or sha512: and 128',
  }).describe('Digest of the file as it is served: sha256:… or sha512:…. What does not match is thrown away.'),
});

export const virtualMachineImageSpec = cel(
  z.object({
    http: http.optional().describe('Fetch the image from a web server. One source must be given: http or volumeName.'),
    volumeName: objectName('volumeName')
      .optional()
      .describe(
        'Take the image from a StorageVolume of this namespace that no machine uses. One source must be given: http or volumeName.',
      ),
    format: volumeFormat
      .default('QCOW2')
      .describe(
        'Format of the source. It is believed and checked, never guessed. Images that name a backing file or an external data file are refused.',
      ),
    pools: setOf(objectName('pools'), 32)
      .optional()
      .describe(
        'StoragePools in which the image is kept ready on all of their hosts. Elsewhere it is fetched when the first machine needs it.',
      ),
  }),
  {
    rule: 'has(self.http) != has(self.volumeName)',
    message: 'exactly one source must be given: http (with url and checksum) or volumeName',
  },
  immutable('http', 'http', 'make another VirtualMachineImage: disks stand on this one'),
  immutable('volumeName', 'volumeName', 'make another VirtualMachineImage: disks stand on this one'),
  {
    rule: 'self.format == oldSelf.format',
    message: 'format cannot be changed after creation: make another VirtualMachineImage',
    fieldPath: '.format',
  },
);
export type VirtualMachineImageSpec = z.infer<typeof virtualMachineImageSpec>;

const copy = z.object({
  key: z.string().describe('pool/host; the host is empty in a shared pool.'),
  poolName: z.string().describe('The StoragePool.'),
  poolUID: z.string().optional().describe('Uid of the StoragePool.'),
  hostName: z.string().optional().describe('The Host; in a shared pool the one through which it is written.'),
  volumeName: z.string().optional().describe('Name of the volume. It stands here before the volume is made.'),
  path: z.string().optional().describe('File on the host.'),
  attempt: z.int().optional().describe('Counts the times that the copy was begun.'),
  phase: z.enum(['Planned', 'Fetching', 'Ready', 'Failed', 'Deleting']).describe('Where the copy stands.'),
  queuedAt: time().optional().describe('When this attempt was put into the queue.'),
  digest: z.string().optional().describe('Digest of what was written.'),
  sizeBytes: int64().optional().describe('Size that a guest sees.'),
  reason: z.string().optional().describe('What went wrong, in one documented word.'),
  retryAt: time().optional().describe('When a copy that failed is begun anew.'),
  message: z.string().optional().describe('What went wrong, and the mend.'),
});

const operation = z.object({
  key: z.string().describe('Which copy.'),
  ...jobRecord,
  phase: z.string().optional().describe('What it is doing: Queued, Downloading, Checking, Uploading, Verifying, Done.'),
  progressBytes: int64().optional().describe('Bytes done in this phase.'),
  totalBytes: int64().optional().describe('Bytes to do in this phase; absent while unknown.'),
  wrote: z
    .boolean()
    .optional()
    .describe('It has begun to make the volume: what lies under its name, and is not the image, is left of that.'),
  digest: z.string().optional().describe('Digest of what was written.'),
  sizeBytes: int64().optional().describe('Size that a guest sees.'),
});

export const virtualMachineImageStatus = z.object({
  observedGeneration: observedGeneration(),
  phase: z
    .enum(['Pending', 'Fetching', 'Ready', 'Failed', 'Deleting'])
    .optional()
    .describe('Pending: no copy is needed yet. Ready: all copies that are needed are there.'),
  source: z.string().optional().describe('The source in a few words.'),
  size: quantity().optional().describe('Size that a guest sees.'),
  sizeBytes: int64().optional().describe('Size that a guest sees, in bytes.'),
  fetchedBytes: int64().optional().describe('Bytes fetched of the copies that are under way.'),
  progress: z.string().optional().describe('How far the copies under way are: 42%.'),
  rate: z.string().optional().describe('Bytes a second of all copies under way: 118.2Mi/s.'),
  remaining: z
    .string()
    .optional()
    .describe('Time left of the copies under way, by what they took until now: 1m20s. Absent while it is not known.'),
  queuePosition: z
    .int()
    .optional()
    .describe(
      'How many copies, of all images, are before the first of this one, and one; while none of its own is under way. From 20 on it is rounded up.',
    ),
  estimatedStartAt: time()
    .optional()
    .describe('When its turn may come, by the time left of the copies under way; absent when that is not known.'),
  digest: z.string().optional().describe('Digest of the image.'),
  format: volumeFormat.optional().describe('Format of the copies.'),
  copies: namedList(copy, 1000, 'key').optional().describe('Where the image is kept.'),
  operations: namedList(operation, 1000, 'key')
    .optional()
    .describe('The fetches under way and the last of each copy; written by those who carry them out.'),
  usedBy: z.int().optional().describe('Disks and volumes that stand on it.'),
  conditions: conditions('Ready; Reconciling and Stalled while they are true.'),
});
export type VirtualMachineImageStatus = z.infer<typeof virtualMachineImageStatus>;
export type ImageCopy = z.infer<typeof copy>;
export type ImageOperation = z.infer<typeof operation>;

export interface VirtualMachineImage extends KubeObject {
  spec: VirtualMachineImageSpec;
  status?: VirtualMachineImageStatus;
}

export const virtualMachineImageKind: ResourceKind<VirtualMachineImage> = {
  group: GROUP,
  version: VERSION,
  plural: 'virtualmachineimages',
  kind: 'VirtualMachineImage',
  namespaced: true,
};

export const virtualMachineImageDefinition: ResourceDefinition = {
  resource: virtualMachineImageKind,
  singular: 'virtualmachineimage',
  shortNames: ['vfimg'],
  description:
    'VirtualMachineImage is what disks begin as. It is fetched once into each pool (and host) that needs it, checked, and kept read-only. Deleting it waits while disks stand on it.',
  spec: virtualMachineImageSpec,
  status: virtualMachineImageStatus,
  columns: [
    { name: 'Source', type: 'string', jsonPath: '.status.source', description: 'Where it comes from.' },
    { name: 'Size', type: 'string', jsonPath: '.status.size', description: 'Size that a guest sees.' },
    { name: 'Phase', type: 'string', jsonPath: '.status.phase', description: 'Where it stands.' },
    { name: 'Progress', type: 'string', jsonPath: '.status.progress', description: 'How far it is.' },
    conditionColumn('Ready', 'All copies that are needed are there.', true),
    { name: 'Rate', type: 'string', jsonPath: '.status.rate', description: 'Bytes a second.', wide: true },
    { name: 'Left', type: 'string', jsonPath: '.status.remaining', description: 'Time left.', wide: true },
    {
      name: 'Queue',
      type: 'integer',
      jsonPath: '.status.queuePosition',
      description: 'How many copies are before it, and one.',
      wide: true,
    },
    { name: 'Format', type: 'string', jsonPath: '.spec.format', description: 'Format of the source.', wide: true },
    { name: 'Used', type: 'integer', jsonPath: '.status.usedBy', description: 'Disks that stand on it.', wide: true },
    { name: 'URL', type: 'string', jsonPath: '.spec.http.url', description: 'Where it is fetched from.', wide: true },
    {
      name: 'Message',
      type: 'string',
      jsonPath: '.status.conditions[?(@.type=="Ready")].message',
      description: 'Why it is Ready or not.',
      wide: true,
    },
    age,
  ],
  selectableFields: ['.status.phase'],
  conditions: virtualMachineImageConditions,
  reasons: virtualMachineImageReasons,
};

/** VirtualMachineMigration: one move of a machine to another host. */
import { z } from 'zod';
import { conditions, observedGeneration } from '../schema/conditions.ts';
import { cel, int32, int64, namedList, objectName, time } from '../schema/fields.ts';
import { age, type ResourceDefinition } from '../schema/resource.ts';
import { GROUP, type KubeObject, type ResourceKind, VERSION } from './meta.ts';
import { migrationLimits } from './migration-policy.ts';
import { hostSelector, jobRecord, objectRef } from './shared.ts';
import {
  virtualMachineMigrationConditions,
  virtualMachineMigrationReasons,
} from './virtual-machine-migration-conditions.ts';

export const virtualMachineMigrationSpec = cel(
  z.object({
    machineName: objectName('machineName').describe('The VirtualMachine of this namespace that is to move.'),
    hostSelector: hostSelector()
      .optional()
      .describe(
        "Hosts to which it may go, by labels of the Host objects, besides what the machine's own scheduling says. Left out: the scheduler chooses among all.",
      ),
    mode: z
      .enum(['Auto', 'Live', 'Offline'])
      .default('Auto')
      .describe(
        'Auto: a running machine is moved live; when that cannot be, and its spec.migration.policy is Offline, it is stopped, moved and started. Live: only while it runs. Offline: only while it is off, or by a stop when its policy is Offline.',
      ),
    copyStorage: z
      .enum(['IfNeeded', 'Never'])
      .default('IfNeeded')
      .describe(
        'IfNeeded: disks in pools that each host has for itself are copied to the target. Never: a machine with such disks is not moved.',
      ),
    limits: migrationLimits.optional().describe("What is to be otherwise than the machine's spec.migration says."),
    cancel: z
      .boolean()
      .optional()
      .describe(
        'Set it to true to end the move: the machine stays where it runs. What has been handed over already is not taken back. Deleting the object does the same.',
      ),
    ttlSecondsAfterFinished: int32(0, 31_536_000)
      .optional()
      .describe('Delete this object so long after it has ended; left out: it is kept.'),
  }),
  {
    rule: 'self.machineName == oldSelf.machineName && self.mode == oldSelf.mode && self.copyStorage == oldSelf.copyStorage && has(self.hostSelector) == has(oldSelf.hostSelector) && (!has(self.hostSelector) || self.hostSelector == oldSelf.hostSelector) && has(self.limits) == has(oldSelf.limits) && (!has(self.limits) || self.limits == oldSelf.limits)',
    message:
      'spec cannot be changed after creation, but for cancel and ttlSecondsAfterFinished: make another VirtualMachineMigration',
  },
  {
    rule: '!has(oldSelf.cancel) || !oldSelf.cancel || (has(self.cancel) && self.cancel)',
    message: 'cancel cannot be taken back: make another VirtualMachineMigration',
    fieldPath: '.cancel',
  },
);
export type VirtualMachineMigrationSpec = z.infer<typeof virtualMachineMigrationSpec>;

/** A file that the move makes on the target, and removes from the host that the machine does not run on in the end. */
const movedVolume = z.object({
  name: z.string().describe("Name of the disk, as in the machine's status.volumes."),
  poolName: z.string().describe('The StoragePool.'),
  volumeName: z.string().describe('Name of the volume, the same on both hosts.'),
  path: z.string().optional().describe('File on the target.'),
});

const operation = z.object({
  ...jobRecord,
  phase: z
    .enum(['Queued', 'CopyingVolumes', 'Moving', 'HandingOver', 'Finishing', 'CleaningUp', 'Done'])
    .optional()
    .describe(
      'Written before it begins. CopyingVolumes: disks are made, seeds and CD-ROMs copied on the target. Moving: memory, and disks that are not shared, are sent. HandingOver: the machine is let go on at the target. Finishing: its definition there is completed. CleaningUp: what is of no use any more is removed.',
    ),
  volumes: namedList(movedVolume, 64)
    .optional()
    .describe('Files that belong to the move: recorded before they are made.'),
  wasPaused: z.boolean().optional().describe('Its user had paused it: it stays paused at the target.'),
  paused: z
    .boolean()
    .optional()
    .describe('It is handed over paused, because no lock keeps two hosts from writing to its disks.'),
  progressBytes: int64().optional().describe('Bytes sent: memory and disks.'),
  totalBytes: int64().optional().describe('Bytes to send, as far as known; grows while the machine writes.'),
  remainingSeconds: z.int().optional().describe('Time left at this rate.'),
  iteration: z.int().optional().describe('Passes over the memory.'),
  totalMilliseconds: z.int().optional().describe("The move itself, by the hypervisor's clock."),
  downtimeMilliseconds: z.int().optional().describe('How long the machine stood still.'),
});

export const virtualMachineMigrationStatus = z.object({
  observedGeneration: observedGeneration(),
  phase: z
    .enum(['Pending', 'Preparing', 'Running', 'Succeeded', 'Failed', 'Cancelled'])
    .optional()
    .describe(
      'Pending: waits for its turn. Preparing: a target is chosen, its network and images are made ready. Running: the machine moves.',
    ),
  mode: z.enum(['Live', 'Offline']).optional().describe('How it is moved.'),
  reason: z.string().optional().describe('Why it ended so, or what it waits for, in one word.'),
  message: z.string().optional().describe('The same in a sentence, with the mend.'),
  source: objectRef.optional().describe('The host that it leaves.'),
  target: objectRef.optional().describe('The host that it goes to. It stands here before anything is done there.'),
  incarnation: z.int().optional().describe("The machine's incarnation at the target."),
  attempt: z.int().optional().describe('Counts the times that the job was begun anew.'),
  cancelling: z
    .string()
    .optional()
    .describe(
      'Why it is being ended, although nobody asked for it in its spec: its machine is deleted, or is to stop. It has the same effect as spec.cancel.',
    ),
  queuePosition: z
    .int()
    .optional()
    .describe('How many moves are before this one, and one. From 20 on it is rounded up.'),
  estimatedStartAt: time()
    .optional()
    .describe('When its turn may come, by the time left of those that go on; absent when that is not known.'),
  progress: z.string().optional().describe('How far it is, of the bytes that are to be sent: 42%.'),
  remaining: z.string().optional().describe('Time left at the present rate: 1m20s.'),
  rate: z.string().optional().describe('Bytes a second: 118.2Mi/s.'),
  startedAt: time().optional().describe('When its turn came.'),
  finishedAt: time().optional().describe('When it ended.'),
  operation: operation.optional().describe('The move itself; written by the process that carries it out.'),
  conditions: conditions('Ready (the machine has moved); Reconciling and Stalled while they are true.'),
});
export type VirtualMachineMigrationStatus = z.infer<typeof virtualMachineMigrationStatus>;
export type MigrationOperation = z.infer<typeof operation>;
export type MovedVolume = z.infer<typeof movedVolume>;
export type MigrationPhase = NonNullable<VirtualMachineMigrationStatus['phase']>;

export interface VirtualMachineMigration extends KubeObject {
  spec: VirtualMachineMigrationSpec;
  status?: VirtualMachineMigrationStatus;
}

/** Whether the machine is to stay where it is: somebody asked for it, or its machine is needed otherwise. */
export function isGivenUp({ metadata, spec, status }: VirtualMachineMigration): boolean {
  return spec.cancel === true || metadata.deletionTimestamp !== undefined || status?.cancelling !== undefined;
}

/** Whether it has ended, however. */
export function hasEnded({ status }: VirtualMachineMigration): boolean {
  return status?.phase === 'Succeeded' || status?.phase === 'Failed' || status?.phase === 'Cancelled';
}

export const virtualMachineMigrationKind: ResourceKind<VirtualMachineMigration> = {
  group: GROUP,
  version: VERSION,
  plural: 'virtualmachinemigrations',
  kind: 'VirtualMachineMigration',
  namespaced: true,
};

export const virtualMachineMigrationDefinition: ResourceDefinition = {
  resource: virtualMachineMigrationKind,
  singular: 'virtualmachinemigration',
  shortNames: ['vmmig', 'vfmig'],
  description:
    'VirtualMachineMigration asks for one move of a machine to another host. It takes effect at most once; the object stays as the record of it. Deleting it, or setting cancel, ends a move that has not handed the machine over yet.',
  spec: virtualMachineMigrationSpec,
  status: virtualMachineMigrationStatus,
  columns: [
    { name: 'Machine', type: 'string', jsonPath: '.spec.machineName', description: 'The machine.' },
    { name: 'Source', type: 'string', jsonPath: '.status.source.name', description: 'The host that it leaves.' },
    { name: 'Target', type: 'string', jsonPath: '.status.target.name', description: 'The host that it goes to.' },
    { name: 'Phase', type: 'string', jsonPath: '.status.phase', description: 'Where it stands.' },
    { name: 'Progress', type: 'string', jsonPath: '.status.progress', description: 'How far it is.' },
    { name: 'Left', type: 'string', jsonPath: '.status.remaining', description: 'Time left.' },
    { name: 'Reason', type: 'string', jsonPath: '.status.reason', description: 'Why.' },
    { name: 'Mode', type: 'string', jsonPath: '.status.mode', description: 'How it is moved.', wide: true },
    {
      name: 'Step',
      type: 'string',
      jsonPath: '.status.operation.phase',
      description: 'What is being done.',
      wide: true,
    },
    { name: 'Rate', type: 'string', jsonPath: '.status.rate', description: 'Bytes a second.', wide: true },
    {
      name: 'Queue',
      type: 'integer',
      jsonPath: '.status.queuePosition',
      description: 'How many moves are before it, and one.',
      wide: true,
    },
    {
      name: 'Stood Still ms',
      type: 'integer',
      jsonPath: '.status.operation.downtimeMilliseconds',
      description: 'How long the machine stood still.',
      wide: true,
    },
    { name: 'Message', type: 'string', jsonPath: '.status.message', description: 'Why, in a sentence.', wide: true },
    age,
  ],
  selectableFields: ['.spec.machineName', '.status.phase'],
  conditions: virtualMachineMigrationConditions,
  reasons: virtualMachineMigrationReasons,
};

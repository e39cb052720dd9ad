/** VirtualMachineOperation: one act on a machine, asked for once and kept for the record. */
import { z } from 'zod';
import { conditions, observedGeneration } from '../schema/conditions.ts';
import { cel, int32, objectName, time } from '../schema/fields.ts';
import { age, type ResourceDefinition } from '../schema/resource.ts';
import { GROUP, type KubeObject, type ResourceKind, VERSION } from './meta.ts';
import {
  virtualMachineOperationConditions,
  virtualMachineOperationReasons,
} from './virtual-machine-operation-conditions.ts';

export const virtualMachineOperationSpec = cel(
  z.object({
    machineName: objectName('machineName').describe('The VirtualMachine of this namespace.'),
    type: z
      .enum(['Start', 'Stop', 'Restart', 'Reset', 'Pause', 'Resume', 'Save'])
      .describe(
        'Start: turn it on. Stop: ask the guest to shut down, then turn it off; refused for runStrategy Always, which would start it again (set Halted instead). Restart: stop and start. Reset: as the reset button, the guest is not asked. Pause: its CPUs stand still, memory is kept. Resume: they go on. Save: its memory is written to the disk of its host, and it is turned off; the next start goes on from there. For runStrategy Manual only.',
      ),
    gracePeriodSeconds: int32(0, 86_400)
      .optional()
      .describe(
        "For Stop and Restart: how long the guest may take to shut down before it is turned off; left out: the machine's terminationGracePeriodSeconds.",
      ),
    force: z
      .boolean()
      .optional()
      .describe(
        'For Stop and Restart: turn it off at once, without asking the guest. What it has not written is lost.',
      ),
    ttlSecondsAfterFinished: int32(0, 31_536_000)
      .optional()
      .describe('Delete this object so long after it has ended; left out: it is kept.'),
  }),
  {
    rule: "self.type in ['Stop', 'Restart'] || !has(self.gracePeriodSeconds)",
    message: 'gracePeriodSeconds must be left out unless type is Stop or Restart',
    fieldPath: '.gracePeriodSeconds',
    reason: 'FieldValueForbidden',
  },
  {
    rule: "self.type in ['Stop', 'Restart'] || !has(self.force)",
    message: 'force must be left out unless type is Stop or Restart',
    fieldPath: '.force',
    reason: 'FieldValueForbidden',
  },
  {
    rule: '!has(self.force) || !self.force || !has(self.gracePeriodSeconds) || self.gracePeriodSeconds == 0',
    message: 'gracePeriodSeconds must be left out with force: true, which does not wait',
    fieldPath: '.gracePeriodSeconds',
  },
  {
    rule: 'self == oldSelf',
    message:
      'spec cannot be changed after creation: an operation is asked for once; make another VirtualMachineOperation',
  },
);
export type VirtualMachineOperationSpec = z.infer<typeof virtualMachineOperationSpec>;

export const virtualMachineOperationStatus = z.object({
  observedGeneration: observedGeneration(),
  phase: z
    .enum(['Pending', 'Running', 'Succeeded', 'Failed'])
    .optional()
    .describe('Pending: waits for its turn; one operation a machine, the oldest first.'),
  startedAt: time().optional().describe('When it was handed to the machine.'),
  finishedAt: time().optional().describe('When it ended.'),
  reason: z.string().optional().describe('Why it ended so, or what it waits for, in one word.'),
  message: z.string().optional().describe('The same in a sentence, with the mend.'),
  conditions: conditions('Ready (it has ended well); Reconciling and Stalled while they are true.'),
});
export type VirtualMachineOperationStatus = z.infer<typeof virtualMachineOperationStatus>;

export interface VirtualMachineOperation extends KubeObject {
  spec: VirtualMachineOperationSpec;
  status?: VirtualMachineOperationStatus;
}

export const virtualMachineOperationKind: ResourceKind<VirtualMachineOperation> = {
  group: GROUP,
  version: VERSION,
  plural: 'virtualmachineoperations',
  kind: 'VirtualMachineOperation',
  namespaced: true,
};

export const virtualMachineOperationDefinition: ResourceDefinition = {
  resource: virtualMachineOperationKind,
  singular: 'virtualmachineoperation',
  shortNames: ['vfop'],
  description:
    'VirtualMachineOperation asks for one act on a machine: start, stop, restart, reset, pause, resume, save. It takes effect at most once; the object stays as the record of it. Deleting it before it has begun takes it back.',
  spec: virtualMachineOperationSpec,
  status: virtualMachineOperationStatus,
  columns: [
    { name: 'Machine', type: 'string', jsonPath: '.spec.machineName', description: 'The machine.' },
    { name: 'Type', type: 'string', jsonPath: '.spec.type', description: 'What is asked for.' },
    { name: 'Phase', type: 'string', jsonPath: '.status.phase', description: 'Where it stands.' },
    { name: 'Reason', type: 'string', jsonPath: '.status.reason', description: 'Why.' },
    { name: 'Finished', type: 'date', jsonPath: '.status.finishedAt', description: 'Time since it ended.', wide: true },
    { name: 'Message', type: 'string', jsonPath: '.status.message', description: 'Why, in a sentence.', wide: true },
    age,
  ],
  selectableFields: ['.spec.machineName', '.spec.type', '.status.phase'],
  conditions: virtualMachineOperationConditions,
  reasons: virtualMachineOperationReasons,
};

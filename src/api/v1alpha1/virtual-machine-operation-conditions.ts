/** What a VirtualMachineOperation's conditions judge, and the reasons they give. */
import type { ConditionTable, ReasonTable } from '../schema/conditions.ts';

export const virtualMachineOperationConditions = {
  Ready: 'True: it was done. False: not yet, or it failed; status.phase says which.',
  Reconciling: 'Present while it waits or is being done.',
  Stalled: 'Present when it failed.',
} as const satisfies ConditionTable;
export type VirtualMachineOperationConditionType = keyof typeof virtualMachineOperationConditions;

const waiting = ['Ready', 'Reconciling'] as const;
const failed = ['Ready', 'Stalled'] as const;

export const virtualMachineOperationReasons = {
  Done: { on: ['Ready'], means: 'It was done.' },
  Queued: { on: waiting, means: 'An earlier operation on the same machine comes first.' },
  Admitted: { on: waiting, means: 'It was handed to the machine.' },
  Accepted: { on: waiting, means: 'It is being carried out.' },
  HostUnreachable: {
    on: waiting,
    means: 'The host of the machine does not answer.',
    mend: 'Look at the Host; delete this object to give the operation up.',
  },
  MachineNotFound: {
    on: failed,
    means: 'There is no machine of that name in the namespace.',
    mend: 'Correct spec.machineName in a new operation.',
  },
  MachineDeleting: { on: failed, means: 'The machine is being deleted.' },
  MachineReplaced: { on: failed, means: 'The machine was deleted and made anew after the operation was asked for.' },
  MachineNotRunning: { on: failed, means: 'The machine is off.', mend: 'Start it first.' },
  RunStrategyRefuses: {
    on: failed,
    means: 'spec.runStrategy of the machine would undo it at once.',
    mend: 'Set it to Manual; or to Halted to stop the machine, to Always to start it.',
  },
  RunStrategyAlways: {
    on: failed,
    means: 'The machine has runStrategy Always and would be started again.',
    mend: 'Set it to Halted, or to Manual.',
  },
  RunStrategyHalted: {
    on: failed,
    means: 'The machine has runStrategy Halted and stays off.',
    mend: 'Set it to Always, or to Manual.',
  },
  NotRunning: { on: failed, means: 'The machine is off.', mend: 'Start it first.' },
  SaveFailed: {
    on: failed,
    means: 'The host could not write the memory of the machine, which goes on as it was.',
    mend: 'Read the message; often there is no room where libvirt keeps saved machines, /var/lib/libvirt/qemu/save.',
  },
  NotPaused: { on: failed, means: 'The machine is not paused.' },
  OutcomeUnknown: {
    on: failed,
    means: 'The operator died between beginning and end; it is not repeated.',
    mend: 'Look at the machine; ask again if it is needed.',
  },
  Failed: { on: failed, means: 'It could not be done.', mend: 'Read the message.' },
} as const satisfies ReasonTable;
export type VirtualMachineOperationReason = keyof typeof virtualMachineOperationReasons;

/** What a VirtualMachineMigration's conditions judge, and the reasons they give. */
import type { ConditionTable, ReasonTable } from '../schema/conditions.ts';

export const virtualMachineMigrationConditions = {
  Ready: 'True: the machine has moved. False: not yet, or it stayed; status.phase says which.',
  Reconciling: 'Present while it waits or goes on.',
  Stalled: 'Present when it failed.',
} as const satisfies ConditionTable;
export type VirtualMachineMigrationConditionType = keyof typeof virtualMachineMigrationConditions;

const waiting = ['Ready', 'Reconciling'] as const;
const failed = ['Ready', 'Stalled'] as const;

export const virtualMachineMigrationReasons = {
  Moved: { on: ['Ready'], means: 'The machine is at the target.' },
  Queued: { on: waiting, means: 'Others come first: on the same machine, from or to the same hosts, or in the fleet.' },
  Admitted: { on: waiting, means: 'Its turn has come: a target is being chosen.' },
  Preparing: { on: waiting, means: 'The target is being made ready: network, reservation, images.' },
  Moving: { on: waiting, means: 'The machine is being moved; status.operation has the numbers.' },
  Unschedulable: {
    on: waiting,
    means: 'No other host fits now; the message has the nearest miss.',
    mend: 'Make room, or widen the selectors; cancel it to give it up.',
  },
  HostUnreachable: {
    on: waiting,
    means: 'Source or target does not answer: where the machine runs is not known, and nothing is done.',
    mend: 'Look at the Host.',
  },
  QueueUnavailable: { on: waiting, means: 'Redis does not answer; it goes on when it does.', mend: 'Look at Redis.' },
  Cancelling: { on: waiting, means: 'It was cancelled; what the move has made is being taken back.' },
  OperationRunning: { on: waiting, means: 'A VirtualMachineOperation of the same machine is carried out first.' },
  Cancelled: { on: failed, means: 'It was cancelled before the machine was handed over.' },
  MachineNotFound: {
    on: failed,
    means: 'There is no machine of that name in the namespace.',
    mend: 'Correct spec.machineName in a new migration.',
  },
  MachineDeleting: { on: failed, means: 'The machine is being deleted.' },
  MachineStopping: { on: failed, means: 'The machine was asked to stop before it was handed over.' },
  MachineReplaced: { on: failed, means: 'The machine was deleted and made anew after the move was asked for.' },
  MachineNotPlaced: { on: failed, means: 'The machine is on no host yet.', mend: 'It is placed at its first start.' },
  MachineNotRunning: { on: failed, means: 'mode Live asks for a running machine, and it is off.', mend: 'Use Auto.' },
  MachineRunning: {
    on: failed,
    means: 'mode Offline asks for a machine that is off, and its policy does not allow to stop it.',
    mend: 'Stop it, or set its spec.migration.policy to Offline.',
  },
  PolicyForbids: {
    on: failed,
    means: "The machine's spec.migration.policy is Never.",
    mend: 'Set it to Live or Offline.',
  },
  NotLiveMigratable: {
    on: failed,
    means: 'Something of the machine cannot be moved while it runs; the message says what.',
    mend: 'Read the message.',
  },
  StorageNotShared: {
    on: failed,
    means: 'It has disks that only its host has, and copyStorage is Never.',
    mend: 'Set copyStorage to IfNeeded in a new migration.',
  },
  IncompatibleCPU: { on: failed, means: 'The target cannot show the CPU that the machine runs with.' },
  TimedOut: {
    on: failed,
    means: 'The machine wrote memory faster than it could be sent, until the time was over. It goes on where it was.',
    mend: 'Allow more downtime, more bandwidth, or post-copy.',
  },
  MoveFailed: {
    on: failed,
    means: 'The hypervisors gave up. The machine goes on where it was.',
    mend: 'Read the message.',
  },
  MachineEnded: { on: failed, means: 'The machine was turned off while it moved.' },
  PoolFull: { on: failed, means: 'The pool of the target has no room for a disk.', mend: 'Make room there.' },
  SplitBrain: {
    on: failed,
    means: 'It runs on both hosts. Nothing is done to either.',
    mend: 'Stop the wrong copy by hand (virsh destroy), and undefine it there.',
  },
} as const satisfies ReasonTable;
export type VirtualMachineMigrationReason = keyof typeof virtualMachineMigrationReasons;

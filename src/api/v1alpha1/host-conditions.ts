/** What a Host's conditions judge, and the reasons they give. */
import type { ConditionTable, ReasonTable } from '../schema/conditions.ts';
import { connectionReasons, libvirtReasons, onConditions } from './libvirt-reasons.ts';

export const hostConditions = {
  Connected: 'libvirtd answers under the URI. Unknown: it does not at the moment, or it is being dialled.',
  Claimed: 'The host belongs to this fleet: our claim is on it, and it is the machine that it was at first contact.',
  Ready: 'The host is connected, ours, and what is on it is known.',
  Schedulable: 'New machines may be placed here.',
  Drained:
    'Present while spec.maintenance.mode is Drain. True: no machine of the fleet is left here. Unknown: the host does not answer.',
  Reconciling: 'Present while something is being done.',
  Stalled: 'Present while a person must help.',
} as const satisfies ConditionTable;
export type HostConditionType = keyof typeof hostConditions;

export const hostReasons = {
  ...onConditions(connectionReasons, 'Connected', 'Ready', 'Schedulable', 'Stalled'),
  ...onConditions(libvirtReasons, 'Connected', 'Ready', 'Stalled'),
  Drained: { on: ['Drained'], means: 'No machine of the fleet is left on the host.' },
  Draining: { on: ['Drained'], means: 'Machines are being moved away; status.drain has them.' },
  DrainBlocked: {
    on: ['Drained'],
    means: 'Machines that are left cannot be moved as things are; status.drain names them.',
    mend: 'Read their messages: make room elsewhere, stop or delete them, or change their spec.migration.policy.',
  },
  DrainWaits: {
    on: ['Drained'],
    means: 'The host does not answer: where its machines run is not known, and none is moved.',
    mend: 'Bring it back; the drain goes on by itself.',
  },
  Maintenance: {
    on: ['Schedulable'],
    means: 'spec.maintenance.mode is Drain.',
    mend: 'Set it to None when the work is done.',
  },
  Ready: { on: ['Ready', 'Reconciling'], means: 'The host is connected, claimed and listed.' },
  Connected: { on: ['Connected'], means: 'libvirtd answers.' },
  Connecting: { on: ['Connected', 'Ready', 'Reconciling'], means: 'The host is being dialled.' },
  Degraded: {
    on: ['Connected', 'Ready', 'Reconciling'],
    means: 'The host does not answer at the moment; what is on it is unknown.',
  },
  Lost: { on: ['Reconciling'], means: 'The host is out of reach; it is dialled again every few seconds.' },
  Listing: { on: ['Ready', 'Schedulable'], means: 'What is on the host is being listed.' },
  Claimed: { on: ['Claimed'], means: "The host carries this fleet's claim." },
  Claiming: { on: ['Claimed', 'Ready'], means: 'The host is about to be claimed.' },
  NotSeen: { on: ['Claimed', 'Ready'], means: 'Whose host it is will be known when it is reached.' },
  OwnedByOtherFleet: {
    on: ['Connected', 'Claimed', 'Ready', 'Schedulable', 'Stalled'],
    means: 'Another fleet has claimed the host; nothing on it is touched.',
    mend: 'Remove it there. If that fleet is gone, undefine the network virtfleet-claim on the host.',
  },
  HostUUIDChanged: {
    on: ['Connected', 'Claimed', 'Ready', 'Schedulable', 'Stalled'],
    means: 'The URI reaches another machine than before; nothing on it is touched.',
    mend: 'Correct spec.uri; for a new machine make another Host.',
  },
  DuplicateHost: {
    on: ['Connected', 'Claimed', 'Ready', 'Schedulable', 'Stalled'],
    means: 'Another Host reaches the same machine; this one is not used.',
    mend: 'Delete one of the two; two machines need a host_uuid of their own in libvirtd.conf.',
  },
  SecretIncomplete: {
    on: ['Connected', 'Ready', 'Schedulable', 'Stalled'],
    means: 'The Secret lacks what the transport needs.',
    mend: 'Add the keys that the message names.',
  },
  BootMarkVanished: { on: ['Ready', 'Reconciling'], means: 'The host was restarted; its new boot is being marked.' },
  Schedulable: { on: ['Schedulable'], means: 'New machines may be placed here.' },
  Unschedulable: {
    on: ['Schedulable'],
    means: 'spec.unschedulable is set.',
    mend: 'Set it to false to let machines come again.',
  },
  Sweeping: {
    on: ['Schedulable', 'Reconciling'],
    means: 'Machines that were abandoned while it was away are being removed first.',
  },
  DeletionBlocked: {
    on: ['Reconciling'],
    means: 'The object is deleted, and machines are still placed here.',
    mend: 'Delete them; deletion goes on by itself.',
  },
  Terminating: { on: ['Ready', 'Schedulable', 'Reconciling'], means: 'The Host is being deleted.' },
} as const satisfies ReasonTable;
export type HostReason = keyof typeof hostReasons;

/** What a VirtualNetwork's conditions judge, and the reasons they give. */
import type { ConditionTable, ReasonTable } from '../schema/conditions.ts';

export const virtualNetworkConditions = {
  Ready: 'The network is as asked for on every host that has machines of it. Unknown: one of them is out of sight.',
  PerHostSegments:
    'True: machines of the network are on several hosts, and those on different hosts do not see each other.',
  RestartRequired: 'A change waits on a host until no machine uses the network there.',
  RangeInUse:
    'The range was changed while machines have addresses in the old one; they keep them, and the network stays as it was for them.',
  Interrupted:
    'Present while machines run that are not connected to the network, because somebody stopped it under them.',
  Reconciling: 'Present while something is being done.',
  Stalled: 'Present while a person must help.',
} as const satisfies ConditionTable;
export type VirtualNetworkConditionType = keyof typeof virtualNetworkConditions;

export const virtualNetworkReasons = {
  Running: { on: ['Ready'], means: 'The network is running on every host that has machines of it.' },
  NotInUse: {
    on: ['Ready', 'PerHostSegments'],
    means: 'No machine uses the network; it is made on a host with the first.',
  },
  Starting: { on: ['Ready', 'Reconciling'], means: 'The network is being started on a host.' },
  Working: { on: ['Reconciling'], means: 'The network is being brought to the spec.' },
  HostFailed: {
    on: ['Ready', 'Reconciling'],
    means: 'libvirt on a host refuses to make or start the network.',
    mend: 'Read the message; often another network there has the same range.',
  },
  HostsOutOfSight: {
    on: ['Ready'],
    means: 'How the network is on a host is unknown: the host is out of sight.',
    mend: 'Look at that Host.',
  },
  OneHost: { on: ['PerHostSegments'], means: 'All machines of the network are on one host.' },
  SeveralHosts: {
    on: ['PerHostSegments'],
    means: 'Machines of the network are on several hosts; those on different hosts do not see each other.',
  },
  PerHostSegments: {
    on: ['PerHostSegments'],
    means: 'Machines on different hosts do not see each other in this network.',
  },
  UpToDate: { on: ['RestartRequired', 'RangeInUse'], means: 'Nothing waits.' },
  MachinesRunning: {
    on: ['RestartRequired'],
    means: 'A change can only be made where no machine uses the network.',
    mend: 'Stop the machines that the message names, or leave it: it is made when they are gone.',
  },
  RestartRequired: {
    on: ['Ready', 'RestartRequired'],
    means: 'A change can only be made where no machine uses the network.',
    mend: 'Stop the machines that the message names.',
  },
  RangeInUse: {
    on: ['Ready', 'RangeInUse', 'Stalled'],
    means: 'Machines have addresses outside of the range that the spec has now.',
    mend: 'Set the old range again, or delete the machines that the message names.',
  },
  MachinesCutOff: {
    on: ['Interrupted'],
    means:
      'The network was stopped on a host under machines that run (virsh net-destroy, say). It runs again, and libvirt does not connect their interfaces to it by itself.',
    mend: 'Restart libvirtd on that host, which stops no machine, or restart the machines that status.hosts[].cutOff names.',
  },
  DeletionBlocked: {
    on: ['Reconciling'],
    means: 'The object is deleted, and machines use the network, or a host cannot be cleared now.',
    mend: 'Delete what the message names; deletion goes on by itself.',
  },
  Terminating: { on: ['Ready', 'Reconciling'], means: 'The network is being deleted.' },
} as const satisfies ReasonTable;
export type VirtualNetworkReason = keyof typeof virtualNetworkReasons;

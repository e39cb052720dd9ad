/** Why a machine of a host that is drained is not moving: `status.drain.machines[].reason`. */
export const hostDrainReasons = {
  Queued: 'others move first.',
  RunningFirst: 'it is off, and machines that run are moved before it.',
  DisruptionLimit: 'as many machines of its group as its spec.disruption allows are not available.',
  Retrying: 'a move failed and is tried again at retryAt.',
  MachineDeleting: 'it is being deleted and leaves by that.',
  NotKnown: 'whether it runs is not known, and nothing is done with it.',
  PolicyForbids: 'its spec.migration.policy is Never.',
  NotLiveMigratable: 'it runs, cannot be moved live, and its policy does not allow to stop it.',
  Unschedulable: 'no other host fits as things are.',
  MoveFailed: 'three moves or more have failed; it is tried again at retryAt all the same.',
} as const;
export type HostDrainReason = keyof typeof hostDrainReasons;
/** Of a machine in this state a person must help, or the fleet must change. */
export const blockingDrainReasons: readonly HostDrainReason[] = [
  'PolicyForbids',
  'NotLiveMigratable',
  'Unschedulable',
  'MoveFailed',
];
/** On each VirtualMachineMigration that a drain asks for: the name of the Host. */
export const DRAIN_LABEL = 'virtfleet.io/drain';

/** Work on a Host: how its machines leave it, and what is told of that. */
import { z } from 'zod';
import { atLeast, int32, namedList, text, time } from '../schema/fields.ts';

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

/** `spec.maintenance`. */
export const maintenance = z.object({
  mode: z
    .enum(['None', 'Drain'])
    .default('None')
    .describe(
      'Drain: no new machine comes here, and those that are here are moved to other hosts, as status.drain tells; what cannot be moved is named there with what to do. None: machines may come again; those that have left do not return by themselves.',
    ),
  reason: text(256, {
    matches: '^[^\\p{Cc}]*$',
    message: 'maintenance.reason must be one line of text',
  })
    .optional()
    .describe('Why, for those who look.'),
});

/** `spec.migration`. */
export const hostMigration = z.object({
  address: text(253, {
    matches: '^([A-Za-z0-9]([-A-Za-z0-9.]*[A-Za-z0-9])?|[0-9A-Fa-f:.]+)$',
    message: 'migration.address must be an address or host name that the other hosts reach: 10.0.9.11',
  })
    .optional()
    .describe(
      'Where other hosts send the memory and disks of machines that come here; left out: what the host calls itself, which the others must be able to resolve.',
    ),
  encryption: z
    .enum(['None', 'TLS'])
    .default('None')
    .describe(
      "None: memory and disks are sent in clear; a network of its own (address) keeps them apart. TLS: they are encrypted with the hosts' certificates (migrate_tls_x509_cert_dir in qemu.conf), which both hosts must have; asked for by either host, it holds for both.",
    ),
  maxOutgoing: int32(1, 64).default(2).describe('Machines that may leave at once.'),
  maxIncoming: int32(1, 64).default(2).describe('Machines that may come at once.'),
  bandwidth: atLeast('migration.bandwidth', '1Mi', '1Ti')
    .optional()
    .describe('Most bytes a second that one move from here may send; left out: what the network gives.'),
});

/** `status.drain`. */
export const hostDrain = z.object({
  startedAt: time().optional().describe('When the drain was asked for.'),
  finishedAt: time().optional().describe('When the last machine had left.'),
  total: z.int().optional().describe('Machines that were here.'),
  left: z.int().optional().describe('Machines that are still here.'),
  moving: z.int().optional().describe('Machines that are being moved.'),
  blocked: z.int().optional().describe('Machines that cannot be moved as things are.'),
  remainingSeconds: z.int().optional().describe('Time left at the measured rate; absent while nothing was measured.'),
  message: z.string().optional().describe('How far it is, in a sentence.'),
  machines: namedList(
    z.object({
      machine: z.string().describe('The machine, as namespace/name.'),
      order: z.int().optional().describe('When its turn comes; machines of the same number move together.'),
      target: z.string().optional().describe('Where it goes, or would go as things are.'),
      state: z
        .enum(['Waiting', 'Moving', 'Blocked', 'Off'])
        .describe('Off: it is off and needs no move to keep running; it is moved last.'),
      migration: z.string().optional().describe('The VirtualMachineMigration that moves it, or did so last.'),
      attempt: z.int().optional().describe('Counts the moves that were asked for. A failed one is tried again.'),
      retryAt: time().optional().describe('When it is tried again after a failure.'),
      reason: z
        .enum(Object.keys(hostDrainReasons) as [HostDrainReason, ...HostDrainReason[]])
        .optional()
        .describe(
          `Why it is blocked or waits. ${Object.entries(hostDrainReasons)
            .map(([reason, means]) => `${reason}: ${means}`)
            .join(' ')}`,
        ),
      message: z.string().optional().describe('Why, and the ways out.'),
    }),
    1000,
    'machine',
  )
    .optional()
    .describe('Machines that are still here, in the order of their moves.'),
});
export type HostDrain = z.infer<typeof hostDrain>;
export type DrainedMachine = NonNullable<HostDrain['machines']>[number];

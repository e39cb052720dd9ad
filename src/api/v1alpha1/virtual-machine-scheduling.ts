/** Where a VirtualMachine may run and where it would rather run, in the words that Kubernetes has for pods. */
import { z } from 'zod';
import { atomicList, int32, namedList, objectName, setOf } from '../schema/fields.ts';
import { hostSelector, labelKey, machineSelector, toleration } from './shared.ts';

const topologyKey = labelKey.describe(
  'Label of Hosts that says what is near: hosts with the same value are one place. kubernetes.io/hostname: every host is a place of its own.',
);

const machineTerm = z.object({
  topologyKey,
  labelSelector: machineSelector()
    .optional()
    .describe('The machines that are meant, by their labels. Left out: none. Empty: all.'),
  namespaces: setOf(objectName('namespaces'), 16)
    .optional()
    .describe('Namespaces of those machines; left out: that of this machine.'),
});

const weightedTerm = z.object({
  weight: int32(1, 100).describe('How much it says against the other preferences of this machine.'),
  machineAffinityTerm: machineTerm.describe('Which machines, and what is near.'),
});

const affinity = (required: string, preferred: string) =>
  z.object({
    required: atomicList(machineTerm, 8).optional().describe(required),
    preferred: atomicList(weightedTerm, 8).optional().describe(preferred),
  });

const spreadConstraint = z.object({
  topologyKey,
  maxSkew: int32(1, 1000)
    .default(1)
    .describe('How many more of those machines may be in one place than in the place with the fewest.'),
  whenUnsatisfiable: z
    .enum(['DoNotSchedule', 'ScheduleAnyway'])
    .describe(
      'DoNotSchedule: the machine waits until it can be placed so. ScheduleAnyway: the most even place that is left is taken.',
    ),
  labelSelector: machineSelector()
    .optional()
    .describe('The machines of this namespace that are to be spread. Left out: none.'),
});

export const scheduling = z.object({
  hostSelector: hostSelector()
    .optional()
    .describe('Hosts on which the machine may run, by labels of the Host objects.'),
  tolerations: atomicList(toleration, 32).optional().describe('Taints of hosts that do not keep this machine away.'),
  affinity: affinity(
    'Only beside machines like these. The first of a group that asks for its own kind may go anywhere.',
    'Rather beside machines like these.',
  )
    .optional()
    .describe('Machines near which this one is placed.'),
  antiAffinity: affinity(
    'Never beside machines like these. It holds in both directions: a machine that comes later and is like these keeps away from this one.',
    'Rather not beside machines like these.',
  )
    .optional()
    .describe('Machines away from which this one is placed.'),
  topologySpreadConstraints: namedList(spreadConstraint, 8, 'topologyKey', 'whenUnsatisfiable')
    .optional()
    .describe('How evenly machines are spread over hosts, racks or zones.'),
  strategy: z
    .enum(['Spread', 'Pack'])
    .optional()
    .describe(
      "Among the hosts that fit. Spread: the emptiest. Pack: the fullest, so that other hosts stay empty. Left out: the fleet's own (--placement-strategy).",
    ),
  priorityClassName: objectName('priorityClassName')
    .optional()
    .describe(
      'A PriorityClass of the cluster: when room is scarce, machines of higher priority are placed first. Nothing that runs is ended for it. Left out: priority 0.',
    ),
});
export type Scheduling = z.infer<typeof scheduling>;
export type MachineTerm = z.infer<typeof machineTerm>;

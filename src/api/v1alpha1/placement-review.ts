/** PlacementReview: a question to the scheduler. */
import { z } from 'zod';
import { conditions, observedGeneration } from '../schema/conditions.ts';
import { atomicList, cel, int32, label, labels, namedList, objectName, setOf, text, time } from '../schema/fields.ts';
import { age, type ResourceDefinition } from '../schema/resource.ts';
import { cpu, memory } from './machine-size.ts';
import { GROUP, type KubeObject, type ResourceKind, VERSION } from './meta.ts';
import { placementReviewConditions, placementReviewReasons } from './placement-review-conditions.ts';
import { scheduling } from './virtual-machine-scheduling.ts';

const place = cel(
  z.object({
    count: int32(1, 1000).default(1).describe('How many machines.'),
    namespace: label('place.namespace')
      .default('default')
      .describe('Their namespace: rules between machines look at those of their own.'),
    labels: labels().optional().describe('Their labels: rules between machines go by them.'),
    className: objectName('place.className')
      .optional()
      .describe('Their VirtualMachineClass; cpu and memory go before it.'),
    cpu: cpu.optional().describe('As in a VirtualMachine.'),
    memory: memory.optional().describe('As in a VirtualMachine.'),
    hypervisor: z.enum(['Auto', 'KVM', 'QEMU', 'Test']).default('Auto').describe('As in a VirtualMachine.'),
    architecture: z.enum(['x86_64', 'i686']).optional().describe('As in a VirtualMachine.'),
    machineType: text(64, {
      matches: '^[a-z0-9][a-z0-9._-]*$',
      message: 'place.machineType must be a machine type as the hypervisor names it: q35, pc, pc-q35-7.2',
    })
      .optional()
      .describe('As in a VirtualMachine.'),
    poolNames: setOf(objectName('place.poolNames'), 16)
      .optional()
      .describe('StoragePools in which each of them has a disk from a template.'),
    scheduling: scheduling.prefault({}).describe('As in a VirtualMachine.'),
  }),
  {
    rule: 'has(self.className) || has(self.memory)',
    message: 'place.memory must be given, or place.className',
    fieldPath: '.memory',
    reason: 'FieldValueRequired',
  },
);

export const placementReviewSpec = cel(
  z.object({
    drainHost: objectName('drainHost')
      .optional()
      .describe('What if this Host were drained: where its machines would go, and which could not move.'),
    loseHost: objectName('loseHost')
      .optional()
      .describe(
        'What if this Host were gone with all its own disks: which of its machines would fit elsewhere. (Machines of a lost host are restarted elsewhere on proof alone.)',
      ),
    place: place.optional().describe('What if so many machines like this were made.'),
    ttlSecondsAfterFinished: int32(0, 31_536_000)
      .optional()
      .describe('Delete this object so long after it was answered; left out: it is kept.'),
  }),
  {
    rule: '[has(self.drainHost), has(self.loseHost), has(self.place)].filter(x, x).size() == 1',
    message: 'spec must ask one question: give one of drainHost, loseHost and place',
  },
  {
    rule: 'self == oldSelf',
    message: 'spec cannot be changed after creation: a question is answered once; make another PlacementReview',
  },
);
export type PlacementReviewSpec = z.infer<typeof placementReviewSpec>;
export type PlaceQuestion = z.infer<typeof place>;

const reviewedMachine = z.object({
  machine: z.string().describe('The machine, as namespace/name; of machines that were asked for, their number.'),
  host: z.string().optional().describe('Where it would go; absent: nowhere.'),
  order: z.int().optional().describe('Of a drain: when its turn would come.'),
  reason: z.string().optional().describe('Why nowhere, in one word, as in the drain of a Host.'),
  message: z.string().optional().describe('Why there, or why nowhere.'),
});

export const placementReviewStatus = z.object({
  observedGeneration: observedGeneration(),
  question: z.string().optional().describe('What was asked.'),
  answer: z.string().optional().describe('The answer in a sentence.'),
  answeredAt: time()
    .optional()
    .describe('Of what time it is true. The fleet goes on changing; ask again by another object.'),
  total: z.int().optional().describe('Machines that it is about.'),
  fit: z.int().optional().describe('Machines that would go to a host.'),
  unfit: z.int().optional().describe('Machines that would not.'),
  hosts: namedList(
    z.object({
      name: z.string().describe('The Host.'),
      machines: z.int().describe('Machines that would come here.'),
    }),
    1000,
  )
    .optional()
    .describe('Where they would go, those with the most machines first.'),
  machines: atomicList(reviewedMachine, 1000)
    .optional()
    .describe('Each machine: in the order of their moves, or of their placement.'),
  conditions: conditions('Ready (it is answered); Reconciling and Stalled while they are true.'),
});
export type PlacementReviewStatus = z.infer<typeof placementReviewStatus>;
export type ReviewedMachine = z.infer<typeof reviewedMachine>;

export interface PlacementReview extends KubeObject {
  spec: PlacementReviewSpec;
  status?: PlacementReviewStatus;
}

export const placementReviewKind: ResourceKind<PlacementReview> = {
  group: GROUP,
  version: VERSION,
  plural: 'placementreviews',
  kind: 'PlacementReview',
  namespaced: false,
};

export const placementReviewDefinition: ResourceDefinition = {
  resource: placementReviewKind,
  singular: 'placementreview',
  shortNames: ['vfreview'],
  description:
    'PlacementReview asks what would be: if a host were drained, if it were lost, if so many machines were made. The scheduler answers once, in status, by the fleet as it is at that moment. Nothing is changed, and no room is kept.',
  spec: placementReviewSpec,
  status: placementReviewStatus,
  columns: [
    { name: 'Question', type: 'string', jsonPath: '.status.question', description: 'What was asked.' },
    { name: 'Fit', type: 'integer', jsonPath: '.status.fit', description: 'Machines that would go to a host.' },
    { name: 'Unfit', type: 'integer', jsonPath: '.status.unfit', description: 'Machines that would not.' },
    { name: 'Answer', type: 'string', jsonPath: '.status.answer', description: 'The answer.' },
    age,
  ],
  conditions: placementReviewConditions,
  reasons: placementReviewReasons,
};

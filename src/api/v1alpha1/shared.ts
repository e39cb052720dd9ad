/** Pieces of schema that more than one kind has. */
import { z } from 'zod';
import { atomicList, cel, int64, labels, objectName, text, time } from '../schema/fields.ts';

export const reclaimPolicy = z.enum(['Delete', 'Retain']);
export type ReclaimPolicy = z.infer<typeof reclaimPolicy>;

export const volumeFormat = z.enum(['QCOW2', 'Raw']);
export type VolumeFormat = z.infer<typeof volumeFormat>;

export const objectRef = z.object({
  name: z.string().describe('Name of the object.'),
  uid: z.string().describe('Its uid: a namesake that was made later is another object.'),
});
export type ObjectRef = z.infer<typeof objectRef>;

export const labelKey = text(317, {
  matches: '^([a-z0-9]([-a-z0-9.]*[a-z0-9])?/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$',
  message: 'key must be a label key, optionally with a DNS prefix: rack or example.com/rack',
});

const requirement = (whose: string) =>
  cel(
    z.object({
      key: labelKey.describe(`Label of the ${whose}.`),
      operator: z
        .enum(['In', 'NotIn', 'Exists', 'DoesNotExist'])
        .describe('How the label is compared: In and NotIn with values, Exists and DoesNotExist without.'),
      values: atomicList(z.string().max(63), 32)
        .optional()
        .describe('What the label is compared with; for In and NotIn.'),
    }),
    {
      rule: "self.operator in ['In', 'NotIn'] ? has(self.values) && size(self.values) > 0 : !has(self.values) || size(self.values) == 0",
      message: 'values must be given with operator In and NotIn, and left out with Exists and DoesNotExist',
      fieldPath: '.values',
    },
  );

const selectorOf = (whose: string) =>
  z.object({
    matchLabels: labels().optional().describe(`Labels that the ${whose} must have, each with this value.`),
    matchExpressions: atomicList(requirement(whose), 16)
      .optional()
      .describe(`Requirements on labels of the ${whose}; all must hold.`),
  });

/** Which hosts: all requirements together. */
export const hostSelector = () => selectorOf('Host object');
/** Which machines: all requirements together. */
export const machineSelector = () => selectorOf('VirtualMachine');
export type HostSelector = z.infer<ReturnType<typeof hostSelector>>;

export const taint = z.object({
  key: labelKey.describe('Name of the taint.'),
  value: z.string().max(63).optional().describe('Value of the taint; a toleration with operator Equal must name it.'),
  effect: z
    .enum(['NoSchedule', 'PreferNoSchedule'])
    .describe(
      'NoSchedule: no new machine comes here that does not tolerate the taint. PreferNoSchedule: it comes here only when no other host fits.',
    ),
});
export type Taint = z.infer<typeof taint>;

export const toleration = cel(
  z.object({
    key: labelKey.optional().describe('The taint that is tolerated; left out (with operator Exists): every taint.'),
    operator: z
      .enum(['Equal', 'Exists'])
      .default('Equal')
      .describe('Equal: key and value must be those of the taint. Exists: the key is enough.'),
    value: z.string().max(63).optional().describe('The value that the taint must have; with operator Equal only.'),
    effect: z
      .enum(['NoSchedule', 'PreferNoSchedule'])
      .optional()
      .describe('The effect that is tolerated; left out: all effects.'),
  }),
  {
    rule: "has(self.key) || self.operator == 'Exists'",
    message: 'key must be given, or operator must be Exists to tolerate every taint',
    fieldPath: '.key',
    reason: 'FieldValueRequired',
  },
  {
    rule: "self.operator != 'Exists' || !has(self.value) || self.value == ''",
    message: 'value must be left out with operator Exists; use operator Equal to compare it',
    fieldPath: '.value',
  },
);
export type Toleration = z.infer<typeof toleration>;

/** A Secret of the same namespace and the key in it. */
export const secretKeyRef = (defaultKey: string) =>
  z.object({
    name: objectName('name').describe('Name of the Secret; it is in the namespace of the machine.'),
    key: text(253, {
      matches: '^[-._a-zA-Z0-9]+$',
      message: 'key must be letters, digits, dashes, underscores and dots',
    })
      .default(defaultKey)
      .describe('Key of the Secret that holds the document.'),
  });
export type SecretKeyRef = z.infer<ReturnType<typeof secretKeyRef>>;

/** How a job stands in its object's status, written by the process that works on it. */
export const jobRecord = {
  id: z.string().optional().describe('Id of the job.'),
  attempt: z.int().optional().describe('Attempt that it is about.'),
  claim: z.string().optional().describe('The process that works on it.'),
  ratePerSecond: int64().optional().describe('Bytes a second.'),
  startedAt: time().optional().describe('When it began.'),
  updatedAt: time().optional().describe('When this was written.'),
  finishedAt: time().optional().describe('When it ended.'),
  outcome: z.enum(['Succeeded', 'Failed', 'Cancelled']).optional().describe('How it ended; absent while it goes on.'),
  reason: z.string().optional().describe('Why it failed, in one word.'),
  message: z.string().optional().describe('Why it failed, and the mend.'),
};

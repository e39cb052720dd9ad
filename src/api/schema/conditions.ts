/** Conditions: their shape in status, and the tables that document them. */
import { z } from 'zod';
import { namedList, time } from './fields.ts';

export const condition = z.object({
  type: z.string().max(63).describe('What is judged: Ready, Connected, …; each kind documents its own.'),
  status: z
    .enum(['True', 'False', 'Unknown'])
    .describe('Unknown: it could not be seen, which is not the same as False.'),
  reason: z.string().min(1).max(128).describe('Why, in one documented word; see the list of reasons in the reference.'),
  message: z
    .string()
    .max(4096)
    .describe('Why, in a sentence for people: which object and host, the cause, and what to do about it.'),
  observedGeneration: z
    .int()
    .min(0)
    .meta({ format: 'int64' })
    .optional()
    .describe(
      'The metadata.generation that this was judged from. When it is lower than the object has now, the condition is not up to date.',
    ),
  lastTransitionTime: time().describe('When status last changed from one value to another.'),
});
export type Condition = z.infer<typeof condition>;

export const conditions = (text: string) => namedList(condition, 16, 'type').optional().describe(text);

export const observedGeneration = () =>
  z
    .int()
    .min(0)
    .meta({ format: 'int64' })
    .optional()
    .describe('The metadata.generation that this status was made from.');

/** Condition type to a sentence that says what it judges. */
export type ConditionTable = Readonly<Record<string, string>>;

export interface ReasonDoc {
  /** Conditions that carry this reason. */
  on: readonly string[];
  /** What it means, a sentence. */
  means: string;
  /** What a person does about it; absent when there is nothing to do. */
  mend?: string;
}
/** Reason to its documentation. The keys are the constants that controllers write. */
export type ReasonTable = Readonly<Record<string, ReasonDoc>>;

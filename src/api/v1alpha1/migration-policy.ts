/** How a running machine is moved: of a machine, and of one migration that is to differ from it. */
import { z } from 'zod';
import { atLeast, int32 } from '../schema/fields.ts';

const fields = {
  bandwidth: atLeast('bandwidth', '1Mi', '1Ti')
    .optional()
    .describe(
      "Most bytes a second that the move may send, memory and disks together; left out: the host's spec.migration.bandwidth.",
    ),
  maxDowntimeMilliseconds: int32(1, 60_000)
    .optional()
    .describe(
      'How long the machine may stand still at the end of a live move. A longer time lets a machine that writes much memory move at all. Left out: 300.',
    ),
  autoConverge: z
    .enum(['Allowed', 'Forbidden'])
    .optional()
    .describe(
      'Allowed: a machine that writes memory faster than it can be sent is slowed down until it can be moved. Left out: Allowed.',
    ),
  postCopy: z
    .enum(['Allowed', 'Forbidden'])
    .optional()
    .describe(
      'Allowed: a move that does not converge in time lets the machine go on at the target and sends the rest of its memory behind it. A network that fails then costs the machine its run. Left out: Forbidden.',
    ),
  parallelConnections: int32(1, 16)
    .optional()
    .describe('Connections over which memory is sent; left out: one. Not together with disks that are copied.'),
  timeoutSeconds: int32(10, 86_400)
    .optional()
    .describe(
      'How long a live move may take before timeoutAction; left out: 150 s and one more second for each 64 MiB of memory and disks that are sent.',
    ),
  timeoutAction: z
    .enum(['Abort', 'ForceComplete'])
    .optional()
    .describe(
      'When the time is over. Abort: the machine stays where it is, and the migration has failed. ForceComplete: post-copy when it is allowed, else the machine is paused until the rest is sent. Left out: Abort.',
    ),
};

/** What a migration may have otherwise than its machine. */
export const migrationLimits = z.object(fields);
export type MigrationLimits = z.infer<typeof migrationLimits>;

export const migrationPolicy = z.object({
  policy: z
    .enum(['Live', 'Offline', 'Never'])
    .default('Live')
    .describe(
      'Live: it is moved while it runs, and without being stopped. Offline: when it cannot be moved live, it may be stopped, moved and started again. Never: it stays on its host; a drain of the host is blocked by it. A machine that is off is moved with Live and with Offline.',
    ),
  ...fields,
});
export type MigrationPolicy = z.infer<typeof migrationPolicy>;

import type { Logger } from '#platform/log.ts';
import type { Right } from '#platform/right.ts';
import type { JobContext, JobSpec, Processor } from '../port.ts';
import { carryOut } from './executor.ts';
import { type Claimed, claimMove } from './journal.ts';
import { readMove } from './move.ts';
import type { MigrationDeps, Work } from './work.ts';

export { isHandedOverPaused } from './disks.ts';
export type { MigrationDeps } from './work.ts';

/** The processor of MachineMigration. */
export function createMigration(deps: MigrationDeps): { process: Processor } {
  return {
    process: async (job: JobSpec, { signal, right, log }: JobContext) => {
      const claimed = await claimMove(deps, job, right, log);
      if (claimed === null) return;
      try {
        await carryOut(await begin(deps, claimed, { signal, right, log }));
      } finally {
        claimed.journal.stop();
      }
    },
  };
}

async function begin(
  deps: MigrationDeps,
  { migration, machine, journal }: Claimed,
  context: { signal: AbortSignal; right: Right; log: Logger },
): Promise<Work> {
  return {
    deps,
    ...context,
    move: await readMove(deps.client, machine, migration),
    journal,
    disks: null,
    isClean: false,
    tries: 0,
    failure: null,
    handedOverAtMs: null,
    stoodStillMs: 0,
  };
}

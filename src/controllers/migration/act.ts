/** One outward step for a migration: all but these are the status write that follows. */
import { FINALIZER } from '#api/v1alpha1/meta.ts';
import { type VirtualMachineMigration, virtualMachineMigrationKind } from '#api/v1alpha1/virtual-machine-migration.ts';
import { type JobSpec, jobId } from '#jobs/port.ts';
import { removeFinalizer } from '#kube/finalizers.ts';
import { errorClassOf, reasonOf, toMessage } from '#platform/errors.ts';
import type { Right } from '#platform/right.ts';
import type { ControllerDeps } from '../deps.ts';
import { JOB_KEY } from './observe.ts';
import type { MigrationStep } from './plan.ts';

export interface Acted {
  /** Nothing is left to be written. */
  isDone: boolean;
  /** Why the job could not be queued. */
  queueProblem: string | null;
}

const went: Acted = { isDone: false, queueProblem: null };
const done: Acted = { isDone: true, queueProblem: null };

export async function actOnMigration(
  { client, queue, informers }: ControllerDeps,
  right: Right,
  object: VirtualMachineMigration,
  step: MigrationStep,
): Promise<Acted> {
  const { namespace, name, uid, resourceVersion } = object.metadata;
  switch (step.kind) {
    case 'Enqueue':
      try {
        await queue.add(right, jobOf(object));
        return went;
      } catch (error) {
        if (reasonOf(error) !== 'QueueUnavailable') throw error;
        return { isDone: false, queueProblem: toMessage(error) };
      }
    case 'RemoveFinalizer': {
      try {
        const written = await removeFinalizer(client, right, virtualMachineMigrationKind, object, FINALIZER);
        informers.migrations.learn(written, resourceVersion);
      } catch (error) {
        // It had been let go of, and the cache has not heard yet that it is gone.
        if (errorClassOf(error) !== 'NotFound') throw error;
      }
      return done;
    }
    case 'Delete':
      await client.delete(right, virtualMachineMigrationKind, { namespace, name, uid });
      return done;
    case 'Nothing':
    case 'Keep':
    case 'Wait':
    case 'Admit':
    case 'Begin':
    case 'GiveUp':
    case 'Finish':
      return went;
    default:
      return step satisfies never;
  }
}

export function jobOf({ metadata, status }: VirtualMachineMigration): JobSpec {
  const { namespace, name, uid } = metadata;
  const attempt = status?.attempt ?? 1;
  return {
    id: jobId(uid, 'MachineMigration', JOB_KEY, attempt),
    operation: 'MachineMigration',
    object: { kind: 'VirtualMachineMigration', namespace, name, uid },
    key: JOB_KEY,
    attempt,
  };
}

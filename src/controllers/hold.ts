/** Our finalizer on an object, before anything outward is done for it. */
import { FINALIZER } from '#api/v1alpha1/meta.ts';
import type { KubeClient } from '#kube/client.ts';
import { addFinalizer, hasFinalizer } from '#kube/finalizers.ts';
import type { Informer } from '#kube/informer.ts';
import type { KubeObject } from '#kube/types.ts';
import type { Right } from '#platform/right.ts';

/**
 * Held: it carries our finalizer, go on. Taken: it was just put there, look again at once. LetGo: the object is being
 * deleted without it; others hold it up, and we have let go of it already or never did anything for it.
 */
export type Hold = 'Held' | 'Taken' | 'LetGo';

export async function hold<T extends KubeObject>(
  client: Pick<KubeClient, 'patchFenced'>,
  informer: Pick<Informer<T>, 'kind' | 'learn'>,
  right: Right,
  object: T,
): Promise<Hold> {
  if (hasFinalizer(object, FINALIZER)) return 'Held';
  if (object.metadata.deletionTimestamp !== undefined) return 'LetGo';
  const written = await addFinalizer(client, right, informer.kind, object, FINALIZER);
  informer.learn(written, object.metadata.resourceVersion);
  return 'Taken';
}

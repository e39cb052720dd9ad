import type { Right } from '#platform/right.ts';
import type { KubeClient } from './client.ts';
import type { KubeObject, ResourceKind } from './types.ts';

export function hasFinalizer(object: KubeObject, name: string): boolean {
  return object.metadata.finalizers?.includes(name) ?? false;
}

/** Adds our finalizer, fenced by the version that was read. To be done before the first outward effect. */
export async function addFinalizer<T extends KubeObject>(
  client: Pick<KubeClient, 'patchFenced'>,
  right: Right,
  kind: ResourceKind<T>,
  object: T,
  name: string,
): Promise<T> {
  if (hasFinalizer(object, name)) return object;
  const finalizers = [...(object.metadata.finalizers ?? []), name];
  return client.patchFenced(right, kind, object, { metadata: { finalizers } });
}

/** Removes our finalizer, fenced: a list of finalizers is replaced as a whole, so nobody else's may be lost. */
export async function removeFinalizer<T extends KubeObject>(
  client: KubeClient,
  right: Right,
  kind: ResourceKind<T>,
  object: T,
  name: string,
): Promise<T> {
  if (!hasFinalizer(object, name)) return object;
  const finalizers = (object.metadata.finalizers ?? []).filter((other) => other !== name);
  return client.patchFenced(right, kind, object, { metadata: { finalizers } });
}

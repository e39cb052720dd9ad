import type { KubeObject, ResourceKind } from '#api/v1alpha1/meta.ts';

export type { KubeObject, ObjectMeta, OwnerReference, ResourceKind } from '#api/v1alpha1/meta.ts';

/** "namespace/name", or "name" for what has no namespace. */
export type ObjectKey = string;

export interface Ref {
  namespace?: string | undefined;
  name: string;
}

export function keyOf(object: KubeObject): ObjectKey {
  return keyOfRef(object.metadata);
}

export function keyOfRef(ref: Ref): ObjectKey {
  return ref.namespace ? `${ref.namespace}/${ref.name}` : ref.name;
}

export function refOfKey(key: ObjectKey): Ref {
  const slash = key.indexOf('/');
  return slash < 0 ? { name: key } : { namespace: key.slice(0, slash), name: key.slice(slash + 1) };
}

/** For messages: "VirtualMachine team-a/web-1". */
export function nameForMessage(kind: { kind: string }, ref?: Ref): string {
  return ref === undefined ? kind.kind : `${kind.kind} ${keyOfRef(ref)}`;
}

/** The path of a kind's collection, or of one object in it. */
export function pathOf<T extends KubeObject>(
  kind: ResourceKind<T>,
  ref: { namespace?: string | undefined; name?: string },
): string {
  const parts = kind.group === '' ? ['api', kind.version] : ['apis', kind.group, kind.version];
  if (kind.namespaced && ref.namespace) parts.push('namespaces', ref.namespace);
  parts.push(kind.plural);
  if (ref.name !== undefined) parts.push(ref.name);
  return `/${parts.map(encodeURIComponent).join('/')}`;
}

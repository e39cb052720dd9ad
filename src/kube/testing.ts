import type { KubeObject, ResourceKind } from './types.ts';

/** For tests: an object whose content does not matter, but for what is named. */
export function anObject(name: string, given: { uid?: string; version?: string; namespace?: string } = {}): KubeObject {
  const { uid = `uid-${name}`, version = '1', namespace = 'default' } = given;
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace, uid, resourceVersion: version } };
}

export interface ConfigMap extends KubeObject {
  data?: Record<string, string>;
}

/** A built-in kind that any API server has: what the kube room is tested with. */
export const configMapKind: ResourceKind<ConfigMap> = {
  group: '',
  version: 'v1',
  plural: 'configmaps',
  kind: 'ConfigMap',
  namespaced: true,
};

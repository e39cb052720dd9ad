/** Secrets are read by name when they are used; there is no watch on them. */
import type { KubeObject, ResourceKind } from '#kube/types.ts';

export interface Secret extends KubeObject {
  data?: Record<string, string>;
}

export const secretKind: ResourceKind<Secret> = {
  group: '',
  version: 'v1',
  plural: 'secrets',
  kind: 'Secret',
  namespaced: true,
};

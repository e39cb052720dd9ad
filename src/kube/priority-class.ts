/** PriorityClass, a kind of Kubernetes' own: who goes first when there is not enough for all. */
import type { KubeObject, ResourceKind } from './types.ts';

export interface PriorityClass extends KubeObject {
  /** Higher goes first. */
  value: number;
}

export const priorityClassKind: ResourceKind<PriorityClass> = {
  group: 'scheduling.k8s.io',
  version: 'v1',
  plural: 'priorityclasses',
  kind: 'PriorityClass',
  namespaced: false,
};

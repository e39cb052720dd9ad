/**
 * What every object of the Kubernetes API has, as raw JSON: dates are strings, unknown fields are kept.
 */

/** One kind of resource: enough to build its URLs. `T` is the object's type and exists for the compiler only. */
export interface ResourceKind<T extends KubeObject> {
  /** Empty for Kubernetes' core group. */
  readonly group: string;
  readonly version: string;
  readonly plural: string;
  readonly kind: string;
  readonly namespaced: boolean;
  /** Never set: carries the type. */
  readonly object?: T;
}

export interface KubeObject {
  apiVersion: string;
  kind: string;
  metadata: ObjectMeta;
}

export interface ObjectMeta {
  name: string;
  /** Absent on cluster-scoped objects. */
  namespace?: string;
  uid: string;
  /** Opaque: compare for equality only. */
  resourceVersion: string;
  /** Raised by the API server with every change of the spec. */
  generation?: number;
  creationTimestamp?: string;
  deletionTimestamp?: string;
  deletionGracePeriodSeconds?: number;
  finalizers?: string[];
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  ownerReferences?: OwnerReference[];
}

export interface OwnerReference {
  apiVersion: string;
  kind: string;
  name: string;
  uid: string;
  controller?: boolean;
  blockOwnerDeletion?: boolean;
}

/** An object that somebody else may create: what the API server fills in is absent. */
export type NewObject<T extends KubeObject> = Omit<T, 'metadata' | 'status'> & {
  metadata: Pick<ObjectMeta, 'name' | 'namespace' | 'labels' | 'annotations' | 'finalizers' | 'ownerReferences'>;
};

export const GROUP = 'virtfleet.io';
export const VERSION = 'v1alpha1';
export const API_VERSION = `${GROUP}/${VERSION}`;
/** On all kinds; goes when nothing of the object is left on a host. */
export const FINALIZER = 'virtfleet.io/finalizer';
/**
 * On a VirtualMachine that is being deleted while its host is out of reach: the incarnation, in digits. The machine is
 * let go; the host is swept of it when it returns.
 */
export const ABANDON_ANNOTATION = 'virtfleet.io/abandon';
/**
 * On a Host that is being deleted and will never be back: its own name. What was to be swept there (tombstones) is
 * forgotten with it.
 */
export const FORGET_ANNOTATION = 'virtfleet.io/forget';

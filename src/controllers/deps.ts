/** What a controller is built from. main.ts makes these once; every controller's factory takes them. */
import type { Host } from '#api/v1alpha1/host.ts';
import type { PlacementReview } from '#api/v1alpha1/placement-review.ts';
import type { StoragePool } from '#api/v1alpha1/storage-pool.ts';
import type { StorageVolume } from '#api/v1alpha1/storage-volume.ts';
import type { VirtualMachine } from '#api/v1alpha1/virtual-machine.ts';
import type { VirtualMachineClass } from '#api/v1alpha1/virtual-machine-class.ts';
import type { VirtualMachineImage } from '#api/v1alpha1/virtual-machine-image.ts';
import type { VirtualMachineMigration } from '#api/v1alpha1/virtual-machine-migration.ts';
import type { VirtualMachineOperation } from '#api/v1alpha1/virtual-machine-operation.ts';
import type { VirtualMachineQuota } from '#api/v1alpha1/virtual-machine-quota.ts';
import type { VirtualNetwork } from '#api/v1alpha1/virtual-network.ts';
import type { HostPool } from '#hostpool/pool.ts';
import type { JobQueue } from '#jobs/port.ts';
import type { KubeClient } from '#kube/client.ts';
import type { Controller } from '#kube/controller.ts';
import type { EventRecorder } from '#kube/events.ts';
import type { Informer } from '#kube/informer.ts';
import type { PriorityClass } from '#kube/priority-class.ts';
import type { Clock } from '#platform/clock.ts';
import type { Config } from '#platform/config.ts';

/** One informer a kind, shared by all controllers. All have synced before the first reconcile. */
export interface Informers {
  hosts: Informer<Host>;
  pools: Informer<StoragePool>;
  volumes: Informer<StorageVolume>;
  images: Informer<VirtualMachineImage>;
  networks: Informer<VirtualNetwork>;
  machines: Informer<VirtualMachine>;
  classes: Informer<VirtualMachineClass>;
  quotas: Informer<VirtualMachineQuota>;
  operations: Informer<VirtualMachineOperation>;
  migrations: Informer<VirtualMachineMigration>;
  reviews: Informer<PlacementReview>;
  /** The cluster's own. */
  priorityClasses: Informer<PriorityClass>;
}

export interface ControllerDeps {
  client: KubeClient;
  informers: Informers;
  hosts: HostPool;
  /** Long operations; without Redis it refuses, and what needs it waits and says so. */
  queue: JobQueue;
  recorder: EventRecorder;
  clock: Clock;
  /** The uid of the kube-system namespace: whose machines these are. */
  fleetId: string;
  config: Pick<Config, 'namespace' | 'reconcileConcurrency'> &
    Partial<Pick<Config, 'placement' | 'migrationsAtOnce' | 'workerCount'>>;
}

/** A controller and the wires that wake it are one thing: the factory connects both. */
export type ControllerFactory = (deps: ControllerDeps) => Controller;

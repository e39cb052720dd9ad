/** The caches that all controllers share, with their indexes. */
import { hostKind } from '#api/v1alpha1/host.ts';
import { placementReviewKind } from '#api/v1alpha1/placement-review.ts';
import { storagePoolKind } from '#api/v1alpha1/storage-pool.ts';
import { storageVolumeKind } from '#api/v1alpha1/storage-volume.ts';
import { virtualMachineKind } from '#api/v1alpha1/virtual-machine.ts';
import { virtualMachineClassKind } from '#api/v1alpha1/virtual-machine-class.ts';
import { virtualMachineImageKind } from '#api/v1alpha1/virtual-machine-image.ts';
import { virtualMachineMigrationKind } from '#api/v1alpha1/virtual-machine-migration.ts';
import { virtualMachineOperationKind } from '#api/v1alpha1/virtual-machine-operation.ts';
import { virtualMachineQuotaKind } from '#api/v1alpha1/virtual-machine-quota.ts';
import { virtualNetworkKind } from '#api/v1alpha1/virtual-network.ts';
import type { Manager } from '#kube/manager.ts';
import { priorityClassKind } from '#kube/priority-class.ts';
import type { Informers } from './deps.ts';
import { addIndexes } from './indexes.ts';

/** To be called once, before the manager runs. */
export function openInformers(manager: Manager): Informers {
  const informers: Informers = {
    hosts: manager.informer(hostKind),
    pools: manager.informer(storagePoolKind),
    volumes: manager.informer(storageVolumeKind),
    images: manager.informer(virtualMachineImageKind),
    networks: manager.informer(virtualNetworkKind),
    machines: manager.informer(virtualMachineKind),
    classes: manager.informer(virtualMachineClassKind),
    quotas: manager.informer(virtualMachineQuotaKind),
    operations: manager.informer(virtualMachineOperationKind),
    migrations: manager.informer(virtualMachineMigrationKind),
    reviews: manager.informer(placementReviewKind),
    priorityClasses: manager.informer(priorityClassKind),
  };
  addIndexes(informers);
  return informers;
}

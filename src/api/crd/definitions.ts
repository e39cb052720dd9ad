/** All kinds, in the order in which a reader meets them. */
import type { ResourceDefinition } from '../schema/resource.ts';
import { hostDefinition } from '../v1alpha1/host.ts';
import { placementReviewDefinition } from '../v1alpha1/placement-review.ts';
import { storagePoolDefinition } from '../v1alpha1/storage-pool.ts';
import { storageVolumeDefinition } from '../v1alpha1/storage-volume.ts';
import { virtualMachineDefinition } from '../v1alpha1/virtual-machine.ts';
import { virtualMachineClassDefinition } from '../v1alpha1/virtual-machine-class.ts';
import { virtualMachineImageDefinition } from '../v1alpha1/virtual-machine-image.ts';
import { virtualMachineMigrationDefinition } from '../v1alpha1/virtual-machine-migration.ts';
import { virtualMachineOperationDefinition } from '../v1alpha1/virtual-machine-operation.ts';
import { virtualMachineQuotaDefinition } from '../v1alpha1/virtual-machine-quota.ts';
import { virtualNetworkDefinition } from '../v1alpha1/virtual-network.ts';

export const definitions: readonly ResourceDefinition[] = [
  hostDefinition,
  storagePoolDefinition,
  storageVolumeDefinition,
  virtualNetworkDefinition,
  virtualMachineImageDefinition,
  virtualMachineClassDefinition,
  virtualMachineDefinition,
  virtualMachineOperationDefinition,
  virtualMachineMigrationDefinition,
  placementReviewDefinition,
  virtualMachineQuotaDefinition,
];

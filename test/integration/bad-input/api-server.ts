/** Every case that the API server refuses, by kind. */
import type { BadInput } from './cases.ts';
import { hosts, pools } from './hosts-and-pools.ts';
import { classes, disksOfMachines, interfacesOfMachines, machines, quotas, restOfMachines } from './machines.ts';
import { reviews } from './reviews.ts';
import { controlCharacters, elsewhere, markupEverywhere, tooMuch } from './text-and-size.ts';
import { images, networks, operations, volumes } from './volumes-networks-images.ts';

export const byApiServer: Readonly<Record<string, readonly BadInput[]>> = {
  Host: hosts,
  StoragePool: pools,
  StorageVolume: volumes,
  VirtualNetwork: networks,
  VirtualMachineImage: images,
  VirtualMachineOperation: operations,
  VirtualMachineClass: classes,
  VirtualMachineQuota: quotas,
  PlacementReview: reviews,
  VirtualMachine: machines,
  'VirtualMachine, disks': disksOfMachines,
  'VirtualMachine, interfaces': interfacesOfMachines,
  'VirtualMachine, the rest': restOfMachines,
  markup: markupEverywhere,
  'control characters': controlCharacters,
  'too much': tooMuch,
  'what is elsewhere': elsewhere,
};

/** VirtualMachineClass: a size by name. */
import { z } from 'zod';
import { atomicList, cel, label, setOf } from '../schema/fields.ts';
import { age, type ResourceDefinition } from '../schema/resource.ts';
import { cpu, memory } from './machine-size.ts';
import { GROUP, type KubeObject, type ResourceKind, VERSION } from './meta.ts';
import { hostSelector, toleration } from './shared.ts';

const CLASS_STAYS = 'make another class, medium-2 say, and name it in the machines that are to have it';

export const virtualMachineClassSpec = cel(
  z.object({
    cpu: cpu.prefault({}).describe('vCPUs, and the CPU that the guest sees. It cannot be changed.'),
    memory: memory.describe('Memory. It cannot be changed.'),
    scheduling: z
      .object({
        hostSelector: hostSelector()
          .optional()
          .describe('Hosts on which machines of the class may run. What a machine selects itself must hold, too.'),
        tolerations: atomicList(toleration, 32)
          .optional()
          .describe('Taints that do not keep machines of the class away, beside those that they tolerate themselves.'),
      })
      .optional()
      .describe('Where machines of the class may run. It is looked at when a machine is placed.'),
    allowedNamespaces: setOf(label('allowedNamespaces'), 256)
      .optional()
      .describe(
        'Namespaces whose machines may name the class; left out: all. An empty list: none. Machines that have their size of it already keep it.',
      ),
  }),
  { rule: 'self.cpu == oldSelf.cpu', message: `cpu cannot be changed: ${CLASS_STAYS}`, fieldPath: '.cpu' },
  { rule: 'self.memory == oldSelf.memory', message: `memory cannot be changed: ${CLASS_STAYS}`, fieldPath: '.memory' },
);
export type VirtualMachineClassSpec = z.infer<typeof virtualMachineClassSpec>;

/** Nothing is done for a class, so there is nothing to tell; who has its size of it says so itself (status.class). */
export const virtualMachineClassStatus = z.object({});

export interface VirtualMachineClass extends KubeObject {
  spec: VirtualMachineClassSpec;
}

export const virtualMachineClassKind: ResourceKind<VirtualMachineClass> = {
  group: GROUP,
  version: VERSION,
  plural: 'virtualmachineclasses',
  kind: 'VirtualMachineClass',
  namespaced: false,
};

export const virtualMachineClassDefinition: ResourceDefinition = {
  resource: virtualMachineClassKind,
  singular: 'virtualmachineclass',
  shortNames: ['vmclass'],
  description:
    'VirtualMachineClass is a size that machines name in className. It is never changed: a machine records what it has of its class when it is placed, and keeps it when the class is deleted.',
  spec: virtualMachineClassSpec,
  status: virtualMachineClassStatus,
  columns: [
    { name: 'Cores', type: 'integer', jsonPath: '.spec.cpu.cores', description: 'Cores in each socket.' },
    { name: 'Memory', type: 'string', jsonPath: '.spec.memory.size', description: 'Memory.' },
    { name: 'Sockets', type: 'integer', jsonPath: '.spec.cpu.sockets', description: 'Sockets.', wide: true },
    {
      name: 'Threads',
      type: 'integer',
      jsonPath: '.spec.cpu.threads',
      description: 'Threads in each core.',
      wide: true,
    },
    { name: 'Mode', type: 'string', jsonPath: '.spec.cpu.mode', description: 'CPU that the guest sees.', wide: true },
    { name: 'Max Memory', type: 'string', jsonPath: '.spec.memory.max', description: 'Most memory.', wide: true },
    age,
  ],
  conditions: {},
  reasons: {},
};

/** VirtualMachineQuota: how much the machines of a namespace may have together. */
import { z } from 'zod';
import { conditions, observedGeneration } from '../schema/conditions.ts';
import { atLeast, cel, int32, quantity } from '../schema/fields.ts';
import { age, conditionColumn, type ResourceDefinition } from '../schema/resource.ts';
import { GROUP, type KubeObject, type ResourceKind, VERSION } from './meta.ts';
import { virtualMachineQuotaConditions, virtualMachineQuotaReasons } from './virtual-machine-quota-conditions.ts';

export const virtualMachineQuotaSpec = z.object({
  hard: cel(
    z.object({
      cpu: atLeast('hard.cpu', '0')
        .optional()
        .describe('Most vCPUs of all machines that have a host, running or not; left out: no limit.'),
      memory: atLeast('hard.memory', '0')
        .optional()
        .describe('Most memory of all machines that have a host, running or not; left out: no limit.'),
      machines: int32(0).optional().describe('Most machines that have a host, running or not; left out: no limit.'),
    }),
    {
      rule: 'has(self.cpu) || has(self.memory) || has(self.machines)',
      message: 'hard must limit something: give cpu, memory or machines',
    },
  ).describe(
    'The limits. When they are lowered nothing is stopped; no machine is placed and none grows until all is below.',
  ),
});
export type VirtualMachineQuotaSpec = z.infer<typeof virtualMachineQuotaSpec>;

export const virtualMachineQuotaStatus = z.object({
  observedGeneration: observedGeneration(),
  used: z
    .object({
      cpu: quantity().describe('vCPUs.'),
      memory: quantity().describe('Memory.'),
      machines: z.int().describe('Machines.'),
    })
    .optional()
    .describe('What the machines of the namespace that have a host have together. Written at most every ten seconds.'),
  conditions: conditions('Ready.'),
});
export type VirtualMachineQuotaStatus = z.infer<typeof virtualMachineQuotaStatus>;

export interface VirtualMachineQuota extends KubeObject {
  spec: VirtualMachineQuotaSpec;
  status?: VirtualMachineQuotaStatus;
}

export const virtualMachineQuotaKind: ResourceKind<VirtualMachineQuota> = {
  group: GROUP,
  version: VERSION,
  plural: 'virtualmachinequotas',
  kind: 'VirtualMachineQuota',
  namespaced: true,
};

const column = (name: string, path: string, description: string) => ({
  name,
  type: 'string' as const,
  jsonPath: `.${path}`,
  description,
});

export const virtualMachineQuotaDefinition: ResourceDefinition = {
  resource: virtualMachineQuotaKind,
  singular: 'virtualmachinequota',
  shortNames: ['vmquota'],
  description:
    'VirtualMachineQuota limits what the machines of its namespace have together. A machine that would pass a limit is not placed, and one that would pass it by growing stays as it is, until there is room. Of several quotas all hold.',
  spec: virtualMachineQuotaSpec,
  status: virtualMachineQuotaStatus,
  columns: [
    column('CPU', 'status.used.cpu', 'vCPUs used.'),
    column('CPU Limit', 'spec.hard.cpu', 'Most vCPUs.'),
    column('Memory', 'status.used.memory', 'Memory used.'),
    column('Memory Limit', 'spec.hard.memory', 'Most memory.'),
    { ...column('VMs', 'status.used.machines', 'Machines.'), type: 'integer' },
    { ...column('VM Limit', 'spec.hard.machines', 'Most machines.'), type: 'integer' },
    conditionColumn('Ready', 'It is counted.', true),
    age,
  ],
  conditions: virtualMachineQuotaConditions,
  reasons: virtualMachineQuotaReasons,
};

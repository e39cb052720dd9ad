/** The status of a quota: what its namespace uses. Pure. */
import { bytesToQuantity, milliToQuantity } from '#api/quantity.ts';
import type { VirtualMachineQuota, VirtualMachineQuotaStatus } from '#api/v1alpha1/virtual-machine-quota.ts';
import { mergeConditions } from '../conditions.ts';
import { grantedOf, limitsOf, type Used } from '../quota-input.ts';
import type { SizedMachine } from '../size.ts';

/** Machines that have a host, running or not. */
export function usedBy(machines: readonly SizedMachine[]): Used {
  const used = { cpuMilli: 0, memoryBytes: 0, machines: 0 };
  for (const machine of machines) {
    if (!machine.status?.host) continue;
    const { cpuMilli, memoryBytes } = grantedOf(machine);
    used.cpuMilli += cpuMilli;
    used.memoryBytes += memoryBytes;
    used.machines += 1;
  }
  return used;
}

export function quotaStatus(quota: VirtualMachineQuota, used: Used, now: number): VirtualMachineQuotaStatus {
  const limits = limitsOf(quota);
  const above = (['cpuMilli', 'memoryBytes', 'machines'] as const).filter((key) => used[key] > limits[key]);
  const names = { cpuMilli: 'cpu', memoryBytes: 'memory', machines: 'machines' };
  const { generation } = quota.metadata;
  const condition =
    above.length === 0
      ? { type: 'Ready', status: 'True' as const, reason: 'WithinQuota', message: 'no more is used than it allows' }
      : {
          type: 'Ready',
          status: 'False' as const,
          reason: 'AboveQuota',
          message: `more ${above.map((key) => names[key]).join(' and ')} is used than it allows; no machine is placed until less is, and none is stopped: delete machines, or raise spec.hard`,
        };
  return {
    ...(generation === undefined ? {} : { observedGeneration: generation }),
    used: {
      cpu: milliToQuantity(used.cpuMilli),
      memory: bytesToQuantity(used.memoryBytes),
      machines: used.machines,
    },
    conditions: mergeConditions(quota.status?.conditions, [condition], generation, now),
  };
}

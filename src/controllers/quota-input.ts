/** Quotas of namespaces: what counts, and what would be too much. Pure. */
import { bytesToQuantity, milliToQuantity, quantityToMilli, quantityToNumber } from '#api/quantity.ts';
import type { VirtualMachineQuota } from '#api/v1alpha1/virtual-machine-quota.ts';
import type { VirtualMachineStatus } from '#api/v1alpha1/virtual-machine-status.ts';
import { type Room, roomOf } from './room.ts';
import type { SizedMachine } from './size.ts';

export interface Used extends Room {
  machines: number;
}

/** What it was let have: a wish to grow counts when status says that it was granted, a wish to shrink at once. */
export function grantedOf(machine: SizedMachine, status: VirtualMachineStatus | undefined = machine.status): Room {
  const { cpuMilli, memoryBytes } = roomOf(machine);
  const vcpus = status?.cpu?.vcpus;
  return {
    cpuMilli: vcpus === undefined ? cpuMilli : Math.min(cpuMilli, vcpus * 1000),
    memoryBytes: Math.min(memoryBytes, status?.memory?.bytes ?? memoryBytes),
  };
}

export function limitsOf({ spec: { hard } }: VirtualMachineQuota): Used {
  const { cpu, memory, machines } = hard;
  return {
    cpuMilli: cpu === undefined ? Number.POSITIVE_INFINITY : quantityToMilli(cpu),
    memoryBytes: memory === undefined ? Number.POSITIVE_INFINITY : quantityToNumber(memory),
    machines: machines ?? Number.POSITIVE_INFINITY,
  };
}

const WORDS: readonly [keyof Used, (value: number) => string][] = [
  ['machines', (count) => `${count} ${count === 1 ? 'machine' : 'machines'}`],
  ['cpuMilli', (milli) => `${milliToQuantity(milli)} ${milli === 1000 ? 'vCPU' : 'vCPUs'}`],
  ['memoryBytes', (bytes) => `${bytesToQuantity(bytes)} of memory`],
];

/** Why so much more may not be had, or null. What is not asked for is not held against the machine. */
export function excessOf(quotas: readonly VirtualMachineQuota[], used: Used, wanted: Used): string | null {
  for (const quota of [...quotas].sort((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1))) {
    const limits = limitsOf(quota);
    for (const [key, say] of WORDS) {
      if (wanted[key] <= 0 || used[key] + wanted[key] <= limits[key]) continue;
      const { name, namespace } = quota.metadata;
      return `quota ${name} of namespace ${namespace} allows ${say(limits[key])}: it uses ${say(used[key])} already, and this machine wants ${say(wanted[key])} more; make it smaller, delete other machines, or have the quota raised`;
    }
  }
  return null;
}

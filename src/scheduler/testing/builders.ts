import type { HostView, PlacementRequest } from '../types.ts';

export const GiB = 1024 ** 3;

/** A host on which everything fits; a test names what matters to it. */
export function aHost(over: Partial<HostView> & { name: string }): HostView {
  return {
    uid: `uid-${over.name}`,
    labels: {},
    taints: [],
    ready: true,
    schedulable: true,
    inSight: true,
    arch: 'x86_64',
    domainTypes: ['qemu'],
    allocatable: { cpuMilli: 8000, memoryBytes: 16 * GiB },
    allocated: { cpuMilli: 0, memoryBytes: 0 },
    pools: { local: { freeBytes: 100 * GiB } },
    ...over,
  };
}

export function aRequest(over: Partial<PlacementRequest> & { name: string }): PlacementRequest {
  return {
    uid: `uid-${over.name}`,
    namespace: 'default',
    cpuMilli: 1000,
    memoryBytes: GiB,
    hypervisor: 'Auto',
    tolerations: [],
    requiredPools: [],
    requiredNetworks: [],
    priority: 0,
    createdAt: 0,
    ...over,
  };
}

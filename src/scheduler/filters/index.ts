import type { Filter } from './filter.ts';
import { architecture, hypervisor } from './hypervisor.ts';
import { cpu, memory, pools } from './resources.ts';
import { inSight, ready, schedulable } from './state.ts';
import { taints } from './taints.ts';
import { network, pinned, selector } from './where.ts';

export type { Filter, Rejection, Shortfall } from './filter.ts';

/**
 * In this order a host is asked, and the first refusal is the one that is reported. What a person cannot change by
 * making room comes first, room comes last: a host that lacks only memory is nearer than one of another architecture.
 */
export const filters: readonly Filter[] = [
  ready,
  inSight,
  schedulable,
  pinned,
  architecture,
  hypervisor,
  selector,
  taints,
  network,
  pools,
  cpu,
  memory,
];

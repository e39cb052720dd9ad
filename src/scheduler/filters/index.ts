import type { Query } from '../query.ts';
import type { HostState } from '../state/host-state.ts';
import type { HostView, PlacementRequest } from '../types.ts';
import { cells, devices, recorded, unique } from './exclusive.ts';
import type { Filter, FixedFilter, Rejection } from './filter.ts';
import { cpuModel, deviceKind, firmware, machineType } from './hardware.ts';
import { architecture, hypervisor } from './hypervisor.ts';
import { affinity, antiAffinity, type NeighbourFilter, type Sees, spread } from './neighbours.ts';
import { cpu, memory, pools } from './resources.ts';
import { inSight, ready, schedulable } from './state.ts';
import { taints } from './taints.ts';
import { incoming, leaving, network, pinned, selector } from './where.ts';

export type { Rejection, Shortfall } from './filter.ts';

/**
 * In this order a host is asked, and the first refusal is the one that is reported. What a person cannot change by
 * making room comes first, room comes last: a host that lacks only memory is nearer than one of another architecture.
 */
const fixedFilters: readonly FixedFilter[] = [
  leaving,
  ready,
  inSight,
  schedulable,
  pinned,
  architecture,
  hypervisor,
  machineType,
  firmware,
  cpuModel,
  selector,
  taints,
  network,
  deviceKind,
  incoming,
];
const neighbourFilters: readonly NeighbourFilter[] = [affinity, antiAffinity, spread];
const roomFilters: readonly Filter[] = [pools, recorded, devices, cells, cpu, memory];

export const filterNames: readonly string[] = [...fixedFilters, unique, ...neighbourFilters, ...roomFilters].map(
  ({ name }) => name,
);

export interface FirstRejection {
  filter: string;
  rejection: Rejection;
}

/** By what the host is. */
export function fixedRejection(request: PlacementRequest, host: HostView): FirstRejection | null {
  for (const { name, check } of fixedFilters) {
    const rejection = check(request, host);
    if (rejection !== null) return { filter: name, rejection };
  }
  return null;
}

/** By who else is there; `sees` leaves out keys that are not to be looked at. */
export function neighbourRejection(query: Query, host: HostState, sees?: Sees): FirstRejection | null {
  return first(neighbourFilters, query, host, sees);
}

/** By all that changes as machines come and go. */
export function changingRejection(query: Query, host: HostState): FirstRejection | null {
  return first([unique], query, host) ?? neighbourRejection(query, host) ?? first(roomFilters, query, host);
}

/** The first filter that the host fails; null when the machine may be placed there. */
export function firstRejection(query: Query, host: HostState): FirstRejection | null {
  return fixedRejection(query.request, host.view) ?? changingRejection(query, host);
}

function first(filters: readonly NeighbourFilter[], query: Query, host: HostState, sees?: Sees): FirstRejection | null {
  for (const { name, check } of filters) {
    const rejection = check(query, host, sees);
    if (rejection !== null) return { filter: name, rejection };
  }
  return null;
}

/** What would fit elsewhere if a host were gone. Pure: nothing is restarted by it. */
import { compareText } from '../candidate.ts';
import { FleetIndex, type SchedulerOptions } from '../fleet-index.ts';
import { compareRequests } from '../index.ts';
import type { Fleet, PlacementRequest } from '../types.ts';
import type { Leaver } from './drain.ts';

export interface PlannedRestart {
  uid: string;
  /** Absent: it fits nowhere. */
  to?: string | undefined;
  message: string;
}

/** In the order of placement: higher priority first, then the older. All are gone at once: none of them is a neighbour any more. */
export function planLoss(
  fleet: Fleet,
  host: string,
  leavers: readonly (Leaver & { priority: number })[],
  options: SchedulerOptions = {},
): PlannedRestart[] {
  const here = new Map((fleet.machines ?? []).flatMap((one) => (one.host === host ? [[one.uid, one]] : [])));
  const index = new FleetIndex(
    {
      hosts: fleet.hosts.filter(({ name }) => name !== host),
      machines: (fleet.machines ?? []).filter((one) => one.host !== host),
    },
    options,
  );
  const requests = leavers.flatMap(({ uid, priority, requiredPools, pinnedHosts, kept }): PlacementRequest[] => {
    const machine = here.get(uid);
    if (machine === undefined) return [];
    const { host: _lost, holds: _held, pinnedHosts: _pinned, ...own } = machine;
    return [{ ...own, ...kept, priority, requiredPools, ...(pinnedHosts ? { pinnedHosts } : {}) }];
  });
  return requests.sort(compareRequests).map((request) => {
    const { uid, host: to, message } = index.place(request);
    return { uid, ...(to === undefined ? {} : { to }), message };
  });
}

export interface PlannedPlacement {
  /** 1 for the first. */
  number: number;
  to?: string | undefined;
  message: string;
}

/** So many machines like this, one after the other. What keeps one out keeps out all that come behind it. */
export function planReplicas(
  fleet: Fleet,
  request: PlacementRequest,
  count: number,
  options: SchedulerOptions = {},
): PlannedPlacement[] {
  const index = new FleetIndex(fleet, options);
  const placements: PlannedPlacement[] = [];
  let refusal: string | null = null;
  for (let number = 1; number <= count; number++) {
    if (refusal !== null) {
      placements.push({ number, message: refusal });
      continue;
    }
    const { host: to, message } = index.place({ ...request, uid: `${request.uid} ${number}` });
    if (to === undefined) refusal = message;
    placements.push({ number, ...(to === undefined ? {} : { to }), message });
  }
  return placements;
}

/** How many go to which host, the most first. */
export function countHosts(placed: readonly { to?: string | undefined }[]): { name: string; machines: number }[] {
  const counts = new Map<string, number>();
  for (const { to } of placed) if (to !== undefined) counts.set(to, (counts.get(to) ?? 0) + 1);
  return [...counts]
    .map(([name, machines]) => ({ name, machines }))
    .sort((a, b) => b.machines - a.machines || compareText(a.name, b.name));
}

/** What one machine has alone: counted piece by piece, and given out with the decision. */
import { cellNeedOf, fitCells } from '../state/cells.ts';
import { type Filter, lacks, rejected } from './filter.ts';

/** What exists once in the fleet, and somebody else has it: then no host will do. */
export const unique: Filter = {
  name: 'Exclusive',
  check({ request, fleet }) {
    for (const key of request.exclusive ?? []) {
      const holder = fleet.holderOf(key, request.uid);
      if (holder === undefined) continue;
      const who = `${holder.namespace}/${holder.name}`;
      return rejected('cannot', 'cannot', `give it the ${key}, which ${who} has`);
    }
    return null;
  },
};

export const recorded: Filter = {
  name: 'Recorded',
  check({ request }, host) {
    if (host.unrecorded === 0) return null;
    const wantsSome = cellNeedOf(request) !== null || Object.values(request.devices ?? {}).some((count) => count > 0);
    return wantsSome ? rejected('has', 'have', 'a machine whose devices or CPUs are not recorded') : null;
  },
};

export const devices: Filter = {
  name: 'Devices',
  check({ request }, host) {
    if (request.devices === undefined) return null;
    for (const [resource, count] of Object.entries(request.devices)) {
      const free = host.devices.free(host.view, resource)?.length ?? 0;
      if (free < count) return lacks({ amount: count - free, unit: 'pieces', where: resource });
    }
    return null;
  },
};

export const cells: Filter = {
  name: 'Cells',
  check({ request }, host) {
    const need = cellNeedOf(request);
    if (need === null) return null;
    const free = host.cells.free(host.view.cells ?? [], need.pageBytes);
    if (fitCells(need, free) !== null) return null;
    const freeCpus = free.reduce((sum, cell) => sum + cell.cpus.length, 0);
    if (freeCpus < need.cpus) return lacks({ amount: need.cpus - freeCpus, unit: 'pieces', where: 'dedicated CPUs' });
    const freePages = free.reduce((sum, cell) => sum + Math.max(0, cell.pages), 0);
    if (freePages < need.pages)
      return lacks({ amount: (need.pages - freePages) * need.pageBytes, unit: 'bytes', where: 'of hugepages' });
    return rejected('has', 'have', 'no NUMA cell with all of its CPUs and hugepages free');
  },
};

import { unmetRequirements } from '../selector.ts';
import { type FixedFilter, rejected } from './filter.ts';

export const selector: FixedFilter = {
  name: 'HostSelector',
  check(request, host) {
    const unmet = unmetRequirements(request.selector, host.labels);
    return unmet.length === 0 ? null : rejected('does', 'do', `not match the host selector (${unmet.join(', ')})`);
  },
};

/** A volume that lives on one host ties its machine to that host. */
export const pinned: FixedFilter = {
  name: 'PinnedHost',
  check(request, host) {
    if (request.pinnedHosts === undefined || request.pinnedHosts.includes(host.name)) return null;
    const where = request.pinnedHosts.length === 0 ? 'no host has them all' : request.pinnedHosts.join(', ');
    return rejected('does', 'do', `not have its volumes (${where})`);
  },
};

export const network: FixedFilter = {
  name: 'Network',
  check(request, host) {
    const missing = request.requiredNetworks.find(
      ({ hostSelector }) => unmetRequirements(hostSelector, host.labels).length > 0,
    );
    return missing === undefined ? null : rejected('does', 'do', `not carry the network ${missing.name}`);
  },
};

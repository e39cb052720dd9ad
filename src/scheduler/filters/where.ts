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

/** Of a machine that is to leave its host: that one is no answer. */
export const leaving: FixedFilter = {
  name: 'Leaving',
  check: (request, host) =>
    request.avoidedHosts?.leaving === host.name ? rejected('is', 'are', 'where it is now') : null,
};

/** A host takes so many moving machines at once. */
export const incoming: FixedFilter = {
  name: 'Incoming',
  check: (request, host) =>
    request.avoidedHosts?.busy?.includes(host.name)
      ? rejected('has', 'have', 'as many machines coming as may come at once')
      : null,
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

import { type FixedFilter, rejected } from './filter.ts';

export const ready: FixedFilter = {
  name: 'Ready',
  check: (_request, host) => (host.ready ? null : rejected('is', 'are', 'not ready')),
};

/** Unknown is not absent: what runs on a host out of sight is not known, so its room is not known either. */
export const inSight: FixedFilter = {
  name: 'InSight',
  check: (_request, host) => (host.inSight ? null : rejected('is', 'are', 'out of sight')),
};

export const schedulable: FixedFilter = {
  name: 'Schedulable',
  check: (_request, host) => (host.schedulable ? null : rejected('is', 'are', 'closed to new machines')),
};

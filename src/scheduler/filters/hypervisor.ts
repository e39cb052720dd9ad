import { chooseDomainType } from '../hypervisor.ts';
import { type FixedFilter, rejected } from './filter.ts';

export const architecture: FixedFilter = {
  name: 'Architecture',
  check(request, host) {
    if (request.arch === undefined || request.arch === host.arch) return null;
    return rejected('is', 'are', `not of architecture ${request.arch}`);
  },
};

export const hypervisor: FixedFilter = {
  name: 'Hypervisor',
  check(request, host) {
    if (chooseDomainType(request.hypervisor, host.domainTypes) !== null) return null;
    const wanted = request.hypervisor === 'Auto' ? 'KVM or QEMU' : request.hypervisor;
    return rejected('does', 'do', `not offer ${wanted}`);
  },
};

import { type Filter, lacks, rejected } from './filter.ts';

export const cpu: Filter = {
  name: 'CPU',
  check(request, host, ledger) {
    const amount = ledger.allocated(host).cpuMilli + request.cpuMilli - host.allocatable.cpuMilli;
    return amount <= 0 ? null : lacks({ amount, unit: 'cpuMilli', where: 'of CPU' });
  },
};

export const memory: Filter = {
  name: 'Memory',
  check(request, host, ledger) {
    const amount = ledger.allocated(host).memoryBytes + request.memoryBytes - host.allocatable.memoryBytes;
    return amount <= 0 ? null : lacks({ amount, unit: 'bytes', where: 'of memory' });
  },
};

/** Every pool that it needs runs on the host, with room for all that it wants there together. */
export const pools: Filter = {
  name: 'StoragePool',
  check(request, host, ledger) {
    const wanted = new Map<string, number>();
    for (const { name, bytes } of request.requiredPools) wanted.set(name, (wanted.get(name) ?? 0) + bytes);
    for (const [name, bytes] of wanted) {
      const free = ledger.poolFreeBytes(host, name);
      if (free === undefined) return rejected('does', 'do', `not have the pool ${name} running`);
      if (bytes > 0 && bytes > free)
        return lacks({ amount: bytes - free, unit: 'bytes', where: `in the pool ${name}` });
    }
    return null;
  },
};

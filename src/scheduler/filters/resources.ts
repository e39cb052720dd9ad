import { type Filter, lacks, rejected } from './filter.ts';

export const cpu: Filter = {
  name: 'CPU',
  check({ request }, host) {
    const amount = host.cpuUsed + host.cpuOf(request) - host.view.allocatable.cpuMilli;
    return amount <= 0 ? null : lacks({ amount, unit: 'cpuMilli', where: 'of CPU' });
  },
};

export const memory: Filter = {
  name: 'Memory',
  check({ request }, host) {
    const amount = request.memoryBytes - host.memoryFree;
    return amount <= 0 ? null : lacks({ amount, unit: 'bytes', where: 'of memory' });
  },
};

/**
 * Every pool that it needs runs on the host, with room for all that it wants there together. What is written at once
 * must be free; what a thin volume may grow to must still be promisable.
 */
export const pools: Filter = {
  name: 'StoragePool',
  check({ request, fleet }, host) {
    const { requiredPools } = request;
    for (let i = 0; i < requiredPools.length; i++) {
      const name = requiredPools[i]?.name ?? '';
      if (requiredPools.findIndex((pool) => pool.name === name) < i) continue;
      const free = fleet.poolFree(host, name);
      if (free === undefined) return rejected('does', 'do', `not have the pool ${name} running`);
      let bytes = 0;
      let thinBytes = 0;
      for (const pool of requiredPools) {
        if (pool.name !== name) continue;
        bytes += pool.bytes;
        thinBytes += pool.bytes + (pool.thinBytes ?? 0);
      }
      if (bytes > 0 && bytes > free.bytes)
        return lacks({ amount: bytes - free.bytes, unit: 'bytes', where: `in the pool ${name}` });
      if (thinBytes > 0 && thinBytes > free.thinBytes)
        return lacks({ amount: thinBytes - free.thinBytes, unit: 'bytes', where: `to promise in the pool ${name}` });
    }
    return null;
  },
};

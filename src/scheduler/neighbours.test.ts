import { describe, expect, it } from 'vitest';
import { schedule } from './index.ts';
import { aHost, aRequest, GiB } from './testing/builders.ts';
import type { Decision, PlacedMachine, PlacementRequest, SpreadConstraint } from './types.ts';

const hosts = ['a', 'a', 'b'].map((zone, i) => aHost({ name: `h${i + 1}`, labels: { zone } }));
const web = { matchLabels: { app: 'web' } };
const beside = { topologyKey: 'zone', selector: web };
const placed = (name: string, host: string, over: Partial<PlacementRequest> = {}): PlacedMachine => ({
  ...aRequest({ name, labels: { app: 'web' }, ...over }),
  host,
});

function one(request: Partial<PlacementRequest>, machines: PlacedMachine[], on = hosts): Decision {
  const [decision] = schedule([aRequest({ name: 'vm', ...request })], { hosts: on, machines });
  if (decision === undefined) throw new Error('no decision');
  return decision;
}

describe('affinity', () => {
  it('keeps a machine near those that it needs', () => {
    expect(one({ affinity: { required: [beside] } }, [placed('m', 'h3')]).host).toBe('h3');
    const on = hosts.slice(0, 2);
    expect(one({ affinity: { required: [beside] } }, [], on).message).toBe(
      '2 hosts: 2 have no machine beside which it must be (by zone). Label the hosts, start the machine beside which it must be, or make the affinity preferred.',
    );
  });

  it('lets the first of a group go anywhere that has the label', () => {
    const group = { labels: { app: 'web' }, affinity: { required: [beside] } };
    expect(one(group, []).host).toBe('h1');
    expect(one(group, [], [aHost({ name: 'bare' })]).message).toContain('1 has no label zone');
  });

  it('does not look into other namespaces unless they are named', () => {
    const other = placed('m', 'h3', { namespace: 'other' });
    expect(one({ affinity: { required: [beside] } }, [other]).host).toBeUndefined();
    const named = { ...beside, namespaces: ['other'] };
    expect(one({ affinity: { required: [named] } }, [other]).host).toBe('h3');
  });

  it('only draws when it is preferred', () => {
    const preferred = [{ weight: 1, term: beside }];
    expect(one({ affinity: { preferred } }, [placed('m', 'h3')]).host).toBe('h3');
    expect(one({ affinity: { preferred } }, [placed('m', 'h3')], hosts.slice(0, 2)).host).toBe('h1');
  });
});

describe('anti-affinity', () => {
  it('keeps away, by the topology key', () => {
    expect(one({ antiAffinity: { required: [beside] } }, [placed('m', 'h1')]).host).toBe('h3');
    const byHost = { ...beside, topologyKey: 'kubernetes.io/hostname' };
    expect(one({ antiAffinity: { required: [byHost] } }, [placed('m', 'h1')]).host).toBe('h2');
  });

  it('holds for a newcomer that says nothing, too', () => {
    const hermit = placed('m', 'h1', { antiAffinity: { required: [{ topologyKey: 'zone', selector: {} }] } });
    expect(one({}, [hermit]).host).toBe('h3');
    expect(one({}, [hermit], hosts.slice(0, 2)).message).toContain(
      '2 have a machine that wants none of its kind beside it (by zone)',
    );
  });

  it('holds within a batch', () => {
    const byHost = { topologyKey: 'kubernetes.io/hostname', selector: web };
    const batch = [1, 2, 3, 4].map((n) =>
      aRequest({ name: `m${n}`, labels: { app: 'web' }, antiAffinity: { required: [byHost] } }),
    );
    expect(schedule(batch, { hosts }).map(({ host }) => host)).toEqual(['h1', 'h2', 'h3', undefined]);
  });
});

describe('spread', () => {
  const rule = (over: Partial<SpreadConstraint> = {}): SpreadConstraint => ({
    topologyKey: 'zone',
    selector: web,
    maxSkew: 1,
    whenUnsatisfiable: 'DoNotSchedule',
    ...over,
  });
  const batch = (n: number, spread: SpreadConstraint[]): PlacementRequest[] =>
    Array.from({ length: n }, (_, i) => aRequest({ name: `m${i}`, labels: { app: 'web' }, spread }));

  it('of a batch is even over zones, whatever the number of hosts in each', () => {
    const zones = schedule(batch(6, [rule()]), { hosts }).map(({ host }) => (host === 'h3' ? 'b' : 'a'));
    expect(zones.filter((zone) => zone === 'b')).toHaveLength(3);
  });

  it('counts a zone that is full, as Kubernetes does', () => {
    const full = { ...aHost({ name: 'h3', labels: { zone: 'b' } }), allocated: { cpuMilli: 8000, memoryBytes: 0 } };
    const decision = one(
      { labels: { app: 'web' }, spread: [rule()] },
      [placed('m', 'h1')],
      [...hosts.slice(0, 2), full],
    );
    expect(decision.message).toBe(
      '3 hosts: 2 would have more than 1 above the fewest of its group (by zone), 1 lacks 1 CPU. Make the machine smaller, make room, or add a host.',
    );
  });

  it('does not count a zone where the machine may not go', () => {
    const cordoned = aHost({ name: 'h3', labels: { zone: 'b' }, schedulable: false });
    const on = [...hosts.slice(0, 2), cordoned];
    expect(one({ labels: { app: 'web' }, spread: [rule()] }, [placed('m', 'h1')], on).host).toBe('h2');
  });

  it('takes the most even place that is left when it is soft', () => {
    const soft = rule({ whenUnsatisfiable: 'ScheduleAnyway' });
    expect(one({ spread: [soft] }, [placed('m', 'h1'), placed('n', 'h2')]).host).toBe('h3');
    expect(one({ spread: [soft] }, [placed('m', 'h1')], hosts.slice(0, 2)).host).toBe('h2');
  });
});

describe('what one machine has alone', () => {
  const cells = [
    { id: 0, cpus: [0, 1, 2, 3], hugepages: { [2 ** 21]: 512 } },
    { id: 1, cpus: [4, 5], hugepages: { [2 ** 21]: 512 } },
  ];
  const on = [aHost({ name: 'h1', cells, devices: { gpu: ['b', 'a'] }, cpuOvercommit: 4 })];

  it('is given by name, the cell that is left with least first', () => {
    const large = on.map((host) => ({ ...host, allocatable: { cpuMilli: 32_000, memoryBytes: 16 * GiB } }));
    const asked = {
      dedicatedCpus: 2,
      cpuMilli: 2000,
      hugepages: { pageBytes: 2 ** 21, count: 256 },
      devices: { gpu: 1 },
    };
    const first = one(asked, [], large);
    expect(first.holds).toEqual({ devices: { gpu: ['a'] }, cells: [{ id: 1, cpus: [4, 5], hugepages: 256 }] });
    const second = one(asked, [{ ...aRequest({ name: 'm', ...asked }), host: 'h1', holds: first.holds }], large);
    expect(second.holds).toEqual({ devices: { gpu: ['b'] }, cells: [{ id: 0, cpus: [0, 1], hugepages: 256 }] });
  });

  it.each<[string, Partial<PlacementRequest>, string]>([
    ['a device that nobody has', { devices: { fpga: 1 } }, '1 does not offer fpga'],
    ['more devices than are free', { devices: { gpu: 3 } }, '1 lacks 1 gpu'],
    ['more CPUs than are free', { dedicatedCpus: 7, cpuMilli: 7000 }, '1 lacks 1 dedicated CPUs'],
    ['more pages', { hugepages: { pageBytes: 2 ** 21, count: 1536 } }, '1 lacks 1 GiB of hugepages'],
    [
      'more than one cell has',
      { dedicatedCpus: 5, cpuMilli: 5000, singleCell: true },
      '1 has no NUMA cell with all of its CPUs and hugepages free',
    ],
    ['another machine type', { machineType: 'virt' }, '1 does not have the machine type virt'],
    ['a CPU that it cannot show', { cpuModel: 'EPYC' }, '1 cannot run the CPU model EPYC'],
    ['other firmware', { firmware: 'UEFI' }, '1 does not have the firmware UEFI'],
    ['a CPU feature', { cpuFeatures: { required: ['avx'] } }, '1 does not have the CPU feature avx'],
    [
      'room to grow',
      { requiredPools: [{ name: 'local', bytes: 0, thinBytes: 3 * GiB }] },
      '1 lacks 1 GiB to promise in the pool local',
    ],
  ])('%s', (_, asked, says) => {
    const host = aHost({
      ...(on[0] ?? { name: 'h1' }),
      machineTypes: ['q35'],
      cpuModels: ['qemu64'],
      cpuFeatures: ['sse2'],
      firmwares: ['BIOS'],
      pools: { local: { freeBytes: 100 * GiB, thinFreeBytes: 2 * GiB } },
      allocatable: { cpuMilli: 64_000, memoryBytes: 16 * GiB },
    });
    expect(one(asked, [], [host]).message).toMatch(
      new RegExp(`^1 host: ${says.replaceAll(/[()]/g, '\\$&')}\\. [A-Z].+\\.$`),
    );
  });

  it('takes as much from the others as they would have shared', () => {
    const decisions = schedule(
      [
        aRequest({ name: 'a', dedicatedCpus: 1, cpuMilli: 1000 }),
        aRequest({ name: 'b', cpuMilli: 5000, createdAt: 1 }),
      ],
      { hosts: on },
    );
    expect(decisions.map(({ host }) => host)).toEqual(['h1', undefined]);
    expect(decisions[1]?.message).toContain('1 lacks 1 CPU');
  });

  it('is not guessed where it was not recorded', () => {
    const forgotten = { ...aRequest({ name: 'm', devices: { gpu: 1 } }), host: 'h1' };
    expect(one({ devices: { gpu: 1 } }, [forgotten], on).message).toContain(
      '1 has a machine whose devices or CPUs are not recorded',
    );
    expect(one({}, [forgotten], on).host).toBe('h1');
  });

  it('exists once in the fleet, also while its host is away', () => {
    const exclusive = ['address lab/lan 10.0.0.5'];
    const holder = { ...aRequest({ name: 'm', exclusive }), host: 'gone' };
    expect(one({ exclusive }, [holder], on).message).toBe(
      '1 host: 1 cannot give it the address lab/lan 10.0.0.5, which default/m has. Ask for another one, or delete the machine that has it.',
    );
  });
});

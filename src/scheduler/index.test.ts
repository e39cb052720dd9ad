import { describe, expect, it } from 'vitest';
import { type SchedulerOptions, schedule, weightsOf } from './index.ts';
import { aHost, aRequest, GiB } from './testing/builders.ts';
import type { Decision, HostView, PlacementRequest } from './types.ts';

function one(request: Partial<PlacementRequest>, hosts: HostView[]): Decision {
  const [decision] = schedule([aRequest({ name: 'vm', ...request })], { hosts });
  if (decision === undefined) throw new Error('no decision');
  return decision;
}

describe('what keeps a machine from a host', () => {
  const cases: { name: string; request?: Partial<PlacementRequest>; host?: Partial<HostView>; says: string | null }[] =
    [
      { name: 'fits', says: null },
      { name: 'not ready', host: { ready: false }, says: '1 is not ready' },
      { name: 'out of sight', host: { inSight: false }, says: '1 is out of sight' },
      { name: 'cordoned', host: { schedulable: false }, says: '1 is closed to new machines' },
      {
        name: 'taint',
        host: { taints: [{ key: 'gpu', value: 'true', effect: 'NoSchedule' }] },
        says: '1 has the taint gpu=true',
      },
      {
        name: 'taint that evicts keeps out, too',
        host: { taints: [{ key: 'old', effect: 'NoExecute' }] },
        says: '1 has the taint old',
      },
      { name: 'soft taint', host: { taints: [{ key: 'gpu', effect: 'PreferNoSchedule' }] }, says: null },
      {
        name: 'tolerated taint',
        host: { taints: [{ key: 'gpu', value: 'true', effect: 'NoSchedule' }] },
        request: { tolerations: [{ key: 'gpu', operator: 'Equal', value: 'true', effect: 'NoSchedule' }] },
        says: null,
      },
      {
        name: 'tolerated for another effect',
        host: { taints: [{ key: 'gpu', value: 'true', effect: 'NoSchedule' }] },
        request: { tolerations: [{ key: 'gpu', operator: 'Exists', effect: 'NoExecute' }] },
        says: '1 has the taint gpu=true',
      },
      {
        name: 'tolerates everything',
        host: { taints: [{ key: 'gpu', value: 'true', effect: 'NoSchedule' }] },
        request: { tolerations: [{ operator: 'Exists' }] },
        says: null,
      },
      {
        name: 'selector',
        request: { selector: { matchLabels: { zone: 'a' } } },
        host: { labels: { zone: 'b' } },
        says: '1 does not match the host selector (zone=a)',
      },
      {
        name: 'selector by expression',
        request: {
          selector: {
            matchExpressions: [
              { key: 'zone', operator: 'In', values: ['a', 'b'] },
              { key: 'old', operator: 'DoesNotExist' },
              { key: 'ssd', operator: 'Exists' },
              { key: 'tier', operator: 'NotIn', values: ['x'] },
            ],
          },
        },
        host: { labels: { zone: 'b', ssd: '', tier: 'y' } },
        says: null,
      },
      { name: 'architecture', request: { arch: 'aarch64' }, says: '1 is not of architecture aarch64' },
      { name: 'KVM', request: { hypervisor: 'KVM' }, says: '1 does not offer KVM' },
      { name: 'Auto never simulates', host: { domainTypes: ['test'] }, says: '1 does not offer KVM or QEMU' },
      { name: 'Test when asked', request: { hypervisor: 'Test' }, host: { domainTypes: ['test'] }, says: null },
      { name: 'CPU', request: { cpuMilli: 9500 }, says: '1 lacks 1.5 CPU' },
      { name: 'memory', request: { memoryBytes: 18 * GiB }, says: '1 lacks 2 GiB of memory' },
      {
        name: 'no pool',
        request: { requiredPools: [{ name: 'fast', bytes: 0 }] },
        says: '1 does not have the pool fast running',
      },
      {
        name: 'full pool, all its disks together',
        request: {
          requiredPools: [
            { name: 'local', bytes: 60 * GiB },
            { name: 'local', bytes: 50 * GiB },
          ],
        },
        says: '1 lacks 10 GiB in the pool local',
      },
      {
        name: 'overfull pool, volume exists already',
        request: { requiredPools: [{ name: 'local', bytes: 0 }] },
        host: { pools: { local: { freeBytes: -1 } } },
        says: null,
      },
      { name: 'pinned elsewhere', request: { pinnedHosts: ['h9'] }, says: '1 does not have its volumes (h9)' },
      { name: 'pinned here', request: { pinnedHosts: ['h1'] }, says: null },
      {
        name: 'pinned to two hosts at once',
        request: { pinnedHosts: [] },
        says: '1 does not have its volumes (no host has them all)',
      },
      {
        name: 'network bound to other hosts',
        request: { requiredNetworks: [{ name: 'dmz', hostSelector: { matchLabels: { dmz: 'yes' } } }] },
        says: '1 does not carry the network dmz',
      },
      { name: 'NAT network', request: { requiredNetworks: [{ name: 'lab' }] }, says: null },
      {
        name: 'a pool of an inherited name is no pool',
        request: { requiredPools: [{ name: 'constructor', bytes: 1 }] },
        says: '1 does not have the pool constructor running',
      },
    ];
  it.each(cases)('$name', ({ request, host, says }) => {
    const decision = one(request ?? {}, [aHost({ name: 'h1', ...host })]);
    if (says === null) expect(decision).toMatchObject({ host: 'h1', hostUid: 'uid-h1', rejected: [] });
    else {
      expect(decision.host).toBeUndefined();
      expect(decision.message).toMatch(/\. [A-Z].+\.$/);
      expect(decision.message.startsWith(`1 host: ${says}. `)).toBe(true);
    }
  });
});

describe('the message when nothing fits', () => {
  it('counts hosts by reason and names the nearest miss', () => {
    const full = { allocated: { cpuMilli: 0, memoryBytes: 14 * GiB } };
    const decision = one({ memoryBytes: 4 * GiB }, [
      aHost({ name: 'h1', ...full }),
      aHost({ name: 'h2', ...full }),
      aHost({ name: 'h3', ...full }),
      aHost({ name: 'h4', taints: [{ key: 'gpu', value: 'true', effect: 'NoSchedule' }] }),
    ]);
    expect(decision.message).toBe(
      '4 hosts: 3 lack 2 GiB of memory, 1 has the taint gpu=true. Make the machine smaller, make room, or add a host.',
    );
    expect(decision.rejected[0]).toMatchObject({ filter: 'Memory', count: 3, nearest: ['h1', 'h2', 'h3'] });
  });

  it('says who came nearest when the misses differ', () => {
    const decision = one({ memoryBytes: 4 * GiB }, [
      aHost({ name: 'h1', allocated: { cpuMilli: 0, memoryBytes: 16 * GiB } }),
      aHost({ name: 'h2', allocated: { cpuMilli: 0, memoryBytes: 13 * GiB } }),
    ]);
    expect(decision.message).toBe(
      '2 hosts: 2 lack 1 GiB of memory or more (nearest: h2). Make the machine smaller, make room, or add a host.',
    );
  });

  it('an empty fleet', () => expect(one({}, []).message).toBe('There is no host in the fleet; add a Host.'));
});

describe('which host is best', () => {
  it('spreads a batch over equal hosts, in order of name', () => {
    const hosts = ['h3', 'h1', 'h2'].map((name) => aHost({ name }));
    const requests = ['a', 'b', 'c', 'd'].map((name) => aRequest({ name }));
    expect(schedule(requests, { hosts }).map(({ host }) => host)).toEqual(['h1', 'h2', 'h3', 'h1']);
  });

  it('looks at the scarcer resource', () => {
    const hosts = [
      aHost({ name: 'h1', allocated: { cpuMilli: 6000, memoryBytes: 0 } }),
      aHost({ name: 'h2', allocated: { cpuMilli: 3000, memoryBytes: 6 * GiB } }),
    ];
    expect(one({}, hosts).host).toBe('h2');
  });

  it('prefers a host that holds the image, until it is a fourth fuller', () => {
    const at = (share: number): HostView =>
      aHost({ name: 'h2', allocated: { cpuMilli: 8000 * share, memoryBytes: 16 * GiB * share } });
    const small = { cpuMilli: 80, memoryBytes: 0.16 * GiB, preferredImagesOn: ['h2'] };
    expect(one(small, [aHost({ name: 'h1' }), at(0.2)]).host).toBe('h2');
    expect(one(small, [aHost({ name: 'h1' }), at(0.3)]).host).toBe('h1');
  });

  it('avoids a soft taint', () => {
    const hosts = [aHost({ name: 'h1', taints: [{ key: 'gpu', effect: 'PreferNoSchedule' }] }), aHost({ name: 'h2' })];
    expect(one({}, hosts).host).toBe('h2');
  });

  it('takes KVM where it is there', () => {
    expect(one({}, [aHost({ name: 'h1', domainTypes: ['qemu', 'kvm'] })]).domainType).toBe('kvm');
  });
});

describe('weights and strategy', () => {
  const hosts = [
    aHost({ name: 'h1', allocated: { cpuMilli: 2000, memoryBytes: 4 * GiB } }),
    aHost({ name: 'h2', allocated: { cpuMilli: 5000, memoryBytes: 10 * GiB } }),
  ];
  const placed = (request: Partial<PlacementRequest>, options: SchedulerOptions = {}): Decision | undefined =>
    schedule([aRequest({ name: 'vm', ...request })], { hosts }, options)[0];

  it('fills hosts up when the fleet or the machine packs', () => {
    expect(placed({})?.host).toBe('h1');
    expect(placed({}, { strategy: 'Pack' })?.host).toBe('h2');
    expect(placed({ strategy: 'Pack' })?.host).toBe('h2');
    expect(placed({ strategy: 'Spread' }, { strategy: 'Pack' })?.host).toBe('h1');
  });

  it('lets a weight decide otherwise, or say nothing', () => {
    const preferredImagesOn = ['h2'];
    expect(placed({ preferredImagesOn })?.host).toBe('h1');
    expect(placed({ preferredImagesOn }, { weights: { ImageThere: 50 } })?.host).toBe('h2');
    expect(placed({ preferredImagesOn }, { weights: { ImageThere: 0 } })?.byScorer).not.toHaveProperty('ImageThere');
  });

  it('knows its scorers by name', () => {
    expect(weightsOf({ Moving: 0 })).toEqual({ Moving: 0 });
    expect(() => weightsOf({ Movin: 1 })).toThrow(/there is no scorer Movin; there are DominantShare, Balance/);
    expect(() => weightsOf({ Moving: 1001 })).toThrow('the weight of Moving must be between 0 and 1000');
  });

  it('stays where it is when nothing else differs', () => {
    const twins = ['h1', 'h2'].map((name) => aHost({ name }));
    expect(schedule([aRequest({ name: 'vm', currentHost: 'h2' })], { hosts: twins })[0]?.host).toBe('h2');
  });

  it('leaves its host when it is to move, and passes over those that take no more moves', () => {
    const hosts = ['h1', 'h2', 'h3', 'h4'].map((name) => aHost({ name }));
    const moving = (busy: string[]) =>
      schedule([aRequest({ name: 'vm', currentHost: 'h1', avoidedHosts: { leaving: 'h1', busy } })], { hosts })[0];
    expect(moving([])?.host).toBe('h2');
    expect(moving(['h2', 'h3'])?.host).toBe('h4');
    expect(moving(['h2', 'h3', 'h4'])?.message).toBe(
      '4 hosts: 3 have as many machines coming as may come at once, 1 is where it is now. It goes on when one of them has arrived; spec.migration.maxIncoming of a Host says how many.',
    );
  });

  it('says what each scorer gave', () => {
    expect(placed({})?.message).toMatch(
      /^Placed on h1 with score [0-9.]+ of 100 \(DominantShare [0-9.]+, Balance [0-9.]+, TaintPreference [0-9.]+\)\.$/,
    );
  });
});

describe('a batch', () => {
  it('serves priority first, then who waits longer', () => {
    const hosts = [aHost({ name: 'h1', allocatable: { cpuMilli: 1000, memoryBytes: GiB } })];
    const decisions = schedule(
      [
        aRequest({ name: 'late', createdAt: 2 }),
        aRequest({ name: 'early', createdAt: 1 }),
        aRequest({ name: 'urgent', createdAt: 3, priority: 10 }),
      ],
      { hosts },
    );
    expect(decisions.map(({ uid, host }) => [uid, host])).toEqual([
      ['uid-urgent', 'h1'],
      ['uid-early', undefined],
      ['uid-late', undefined],
    ]);
  });

  it('takes room of a shared pool once for all hosts', () => {
    const pools = { nas: { freeBytes: 10 * GiB, shared: true } };
    const decisions = schedule(
      ['a', 'b'].map((name) => aRequest({ name, requiredPools: [{ name: 'nas', bytes: 6 * GiB }] })),
      { hosts: [aHost({ name: 'h1', pools }), aHost({ name: 'h2', pools })] },
    );
    expect(decisions.map(({ host }) => host)).toEqual(['h1', undefined]);
    expect(decisions[1]?.message).toBe(
      '2 hosts: 2 lack 2 GiB in the pool nas. Choose another pool, make room in it, or start it there.',
    );
  });

  it('takes room of a local pool on its host alone', () => {
    const pools = { local: { freeBytes: 10 * GiB } };
    const decisions = schedule(
      ['a', 'b'].map((name) => aRequest({ name, requiredPools: [{ name: 'local', bytes: 6 * GiB }] })),
      { hosts: [aHost({ name: 'h1', pools }), aHost({ name: 'h2', pools })] },
    );
    expect(decisions.map(({ host }) => host)).toEqual(['h1', 'h2']);
  });
});

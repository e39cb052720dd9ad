import { describe, expect, test } from 'vitest';
import { type PlacementReview, placementReviewSpec } from '#api/v1alpha1/placement-review.ts';
import { placementReviewReasons } from '#api/v1alpha1/placement-review-conditions.ts';
import type { VirtualMachine } from '#api/v1alpha1/virtual-machine.ts';
import type { ControllerDeps } from '../deps.ts';
import { World, worldMachine } from '../machine/testing/world.ts';
import { answerOf } from './answer.ts';
import { reviewStatus } from './status.ts';

const NOW = Date.parse('2026-01-01T01:00:00Z');
type Asked = Parameters<typeof placementReviewSpec.parse>[0];

const aReview = (spec: Asked): PlacementReview => ({
  apiVersion: 'virtfleet.io/v1alpha1',
  kind: 'PlacementReview',
  metadata: { name: 'q', uid: 'q1', resourceVersion: '1', generation: 1, creationTimestamp: '2026-01-01T00:00:00Z' },
  spec: placementReviewSpec.parse(spec),
});

/** Two hosts of eight CPUs with overcommit worked in, and these machines. */
function asked(spec: Asked, machines: VirtualMachine[] = []) {
  const world = new World();
  world.host('h1', 'u1');
  world.host('h2', 'u2');
  const informers = {
    ...world.deps.informers,
    machines: {
      list: () => machines,
      byIndex: (_: string, uid: string) => machines.filter(({ status }) => status?.host?.uid === uid),
    },
  } as unknown as ControllerDeps['informers'];
  const review = aReview(spec);
  return reviewStatus(review, answerOf({ ...world.deps, informers }, review), NOW);
}

const on = (name: string, cores: number, over: { policy?: string; pool?: string } = {}): VirtualMachine => {
  const machine = worldMachine(name, cores, { name: 'h1', uid: 'u1' });
  const volumes = over.pool
    ? [{ name: 'root', role: 'Disk' as const, poolName: over.pool, phase: 'Ready' as const }]
    : [];
  return {
    ...machine,
    spec: { ...machine.spec, migration: { policy: (over.policy ?? 'Live') as 'Live' } },
    status: { ...machine.status, volumes },
  };
};

describe('what if a host were drained', () => {
  test('all fit', () => {
    const status = asked({ drainHost: 'h1' }, [on('a', 2), on('b', 4)]);
    expect(status).toMatchObject({
      question: 'drain h1',
      answer: 'h1 can be drained: all 2 machines fit elsewhere.',
      answeredAt: '2026-01-01T01:00:00Z',
      total: 2,
      fit: 2,
      unfit: 0,
      hosts: [{ name: 'h2', machines: 2 }],
    });
    expect(status.conditions).toMatchObject([{ type: 'Ready', status: 'True', reason: 'Answered' }]);
  });

  test('some do not, and it says which and why', () => {
    const status = asked({ drainHost: 'h1' }, [on('a', 6), on('b', 6), on('c', 1, { policy: 'Never' })]);
    expect(status.answer).toBe(
      'h1 cannot be drained as things are: 2 of 3 machines cannot move (lab/b: Unschedulable, lab/c: PolicyForbids).',
    );
    expect(status.machines?.find(({ machine }) => machine === 'lab/b')?.message).toContain('lacks 4 CPU');
    expect(status).toMatchObject({ fit: 1, unfit: 2 });
  });

  test('none is there', () => {
    expect(asked({ drainHost: 'h1' }).answer).toBe('h1 has no machines: there is nothing to move.');
  });
});

describe('what if a host were lost', () => {
  test('a disk that it alone had is gone', () => {
    const status = asked({ loseHost: 'h1' }, [on('a', 2), on('b', 2, { pool: 'local' })]);
    expect(status.answer).toBe(
      'Without h1, 1 of its 2 machines fits on other hosts, and 1 would stay away (lab/b: DiskLost).',
    );
    expect(status.hosts).toEqual([{ name: 'h2', machines: 1 }]);
  });

  test('what may not be moved is restarted all the same', () => {
    expect(asked({ loseHost: 'h1' }, [on('a', 2, { policy: 'Never' })]).answer).toBe(
      'Without h1, its machine fits on other hosts.',
    );
  });
});

describe('what if machines were made', () => {
  const place = (count: number, cores: number, more: object = {}) => ({
    place: { count, cpu: { cores }, memory: { size: '1Gi' }, ...more },
  });

  test('all fit', () => {
    expect(asked(place(4, 4)).answer).toBe('All 4 machines fit, on 2 hosts.');
    expect(asked(place(1, 4)).answer).toBe('The machine fits on h1.');
  });

  test('some fit, and it says what keeps out the next', () => {
    const { answer, machines, fit } = asked(place(3, 8));
    expect(answer).toContain('2 of 3 machines fit, on 2 hosts. The next does not: 2 hosts: 2 lack 8 CPU.');
    expect(fit).toBe(2);
    expect(machines?.map(({ machine, host }) => [machine, host])).toEqual([
      ['1', 'h1'],
      ['2', 'h2'],
      ['3', undefined],
    ]);
  });

  test('by rules between machines', () => {
    const antiAffinity = {
      required: [{ topologyKey: 'kubernetes.io/hostname', labelSelector: { matchLabels: { app: 'x' } } }],
    };
    const asks = place(3, 1, { labels: { app: 'x' }, scheduling: { antiAffinity } });
    expect(asked(asks)).toMatchObject({ fit: 2, unfit: 1 });
  });

  test('in pools that must be there', () => {
    expect(asked(place(1, 1, { poolNames: ['local'] })).fit).toBe(1);
    expect(asked(place(1, 1, { poolNames: ['gone'] })).answer).toContain('None fits.');
  });
});

describe('what cannot be answered', () => {
  test.each([
    ['HostNotFound', { drainHost: 'h9' }],
    ['HostNotFound', { loseHost: 'h9' }],
    ['ClassNotFound', { place: { className: 'none' } }],
  ] as [keyof typeof placementReviewReasons, Asked][])('%s', (reason, spec) => {
    const status = asked(spec);
    expect(status.conditions).toMatchObject([
      { type: 'Ready', status: 'False', reason },
      { type: 'Stalled', status: 'True', reason },
    ]);
    expect(placementReviewReasons[reason].on).toEqual(['Ready', 'Stalled']);
    expect(status.answeredAt).toBeDefined();
  });
});

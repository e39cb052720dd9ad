import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { FINALIZER } from '#api/v1alpha1/meta.ts';
import type { VirtualMachine } from '#api/v1alpha1/virtual-machine.ts';
import { applyMergePatch } from '#kube/merge-patch.ts';
import { unrestricted } from '#platform/right.ts';
import type { ControllerDeps } from '../deps.ts';
import { machineController } from './controller.ts';
import { World, worldMachine } from './testing/world.ts';
import { aClass, aQuota, asAsked } from './testing.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** The world with an API that takes every status that is written, and nothing on any host. */
function depsOf(world: World): ControllerDeps {
  const { informers, hosts, ...rest } = world.deps;
  const silent = {
    onChange: () => {},
    byIndex: () => [],
    byUid: () => undefined,
    get: () => undefined,
    list: () => [],
  };
  let version = 1;
  return {
    ...rest,
    clock: { now: () => Date.now(), monotonicMs: () => Date.now(), boottimeMs: () => Date.now() },
    config: { reconcileConcurrency: 1 },
    recorder: { event: () => {} },
    client: {
      patchFenced: async (_right: unknown, _kind: unknown, object: VirtualMachine, patch: object) => {
        const now = applyMergePatch(object, patch) as VirtualMachine;
        return { ...now, metadata: { ...now.metadata, resourceVersion: String(++version) } };
      },
    },
    informers: {
      ...informers,
      networks: silent,
      images: silent,
      volumes: silent,
      operations: silent,
      machines: { ...informers.machines, learn: (now: VirtualMachine) => world.machine(now) },
    },
    hosts: { ...hosts, hosts: () => [], findDomain: () => [], findByStamp: () => [] },
  } as unknown as ControllerDeps;
}

/** Runs the controller over a world; `state` tells of the machine of that uid. */
async function running(
  world: World,
  story: (state: (uid: string) => VirtualMachine['status'], wait: () => Promise<unknown>) => Promise<void>,
): Promise<void> {
  for (const { metadata } of world.machines) metadata.finalizers = [FINALIZER];
  const controller = machineController(depsOf(world));
  const wait = () => vi.advanceTimersByTimeAsync(1_000);
  for (const machine of [...world.machines]) world.machine(machine);
  controller.start(unrestricted);
  try {
    await wait();
    await story((uid) => world.machines.find(({ metadata }) => metadata.uid === uid)?.status, wait);
  } finally {
    const stopped = controller.stop();
    await vi.advanceTimersByTimeAsync(60_000);
    await stopped;
  }
}

// It was given a host, of which nothing more is known.
const PLACED = 'has no machine type q35';

test('a machine that fits nowhere is tried again when a neighbour has other labels', async () => {
  const world = new World();
  world.host('h1', 'u1');
  const apart = { required: [{ topologyKey: 'kubernetes.io/hostname', labelSelector: { matchLabels: { app: 'a' } } }] };
  const neighbour = worldMachine('neighbour', 1, { name: 'h1', uid: 'u1' });
  neighbour.metadata.labels = { app: 'a' };
  world.machine(neighbour);
  world.machine(worldMachine('lonely', 1, undefined, { antiAffinity: apart }));
  await running(world, async (state, wait) => {
    expect(state('lonely')).toMatchObject({
      printableStatus: 'Unschedulable',
      message: expect.stringContaining('1 host'),
    });
    world.machine({ ...neighbour, metadata: { ...neighbour.metadata, labels: {} } });
    await wait();
    expect(state('lonely')?.message).toContain(PLACED);
  });
});

test('a machine that its quota keeps away is placed when the quota is raised', async () => {
  const world = new World();
  world.host('h1', 'u1');
  world.quota(aQuota('team', { cpu: 2 }));
  world.machine(worldMachine('large', 3));
  await running(world, async (state, wait) => {
    const told = (condition: string) => state('large')?.conditions?.find(({ type }) => type === condition);
    expect(told('Ready')).toMatchObject({ status: 'False', reason: 'QuotaExceeded' });
    expect(state('large')?.message).toContain('quota team of namespace lab allows 2 vCPUs');
    world.quota(aQuota('team', { cpu: 3 }));
    await wait();
    expect(state('large')?.message).toContain(PLACED);
  });
});

test('a machine without a size waits for its class', async () => {
  const world = new World();
  world.host('h1', 'u1');
  const asked = asAsked({ className: 'medium' });
  world.machine({ ...asked, metadata: { ...asked.metadata, uid: 'sizeless', name: 'sizeless' } });
  await running(world, async (state, wait) => {
    expect(state('sizeless')?.conditions).toContainEqual(
      expect.objectContaining({ type: 'Ready', status: 'False', reason: 'ClassNotFound' }),
    );
    world.class(aClass('medium'));
    await wait();
    expect(state('sizeless')?.message).toContain(PLACED);
  });
});

test('of those that were there before the start, who waits longer is looked at first', async () => {
  const world = new World();
  world.host('h1', 'u1');
  for (const [name, day] of Object.entries({ a: 2, b: 4, c: 1, d: 3 })) {
    const machine = worldMachine(name, 1);
    machine.metadata.creationTimestamp = `2026-01-0${day}T00:00:00Z`;
    world.machine(machine);
  }
  const told: string[] = [];
  world.deps.informers.machines.onChange((_, { metadata, status }) => {
    if (status?.message && !told.includes(metadata.name)) told.push(metadata.name);
  });
  await running(world, async () => {
    expect(told).toEqual(['c', 'a', 'd', 'b']);
  });
});

import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { FINALIZER } from '#api/v1alpha1/meta.ts';
import type { VirtualMachine } from '#api/v1alpha1/virtual-machine.ts';
import { applyMergePatch } from '#kube/merge-patch.ts';
import { unrestricted } from '#platform/right.ts';
import type { ControllerDeps } from '../deps.ts';
import { machineController } from './controller.ts';
import { World, worldMachine } from './testing/world.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** The world with an API that takes every status that is written, and nothing on any host. */
function depsOf(world: World): ControllerDeps {
  const { informers, hosts, ...rest } = world.deps;
  const silent = { onChange: () => {}, byIndex: () => [], byUid: () => undefined, get: () => undefined };
  const stored = (key: string): VirtualMachine | undefined =>
    world.machines.find(({ metadata }) => `${metadata.namespace}/${metadata.name}` === key);
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
      machines: { ...informers.machines, get: stored, learn: (now: VirtualMachine) => world.machine(now) },
    },
    hosts: { ...hosts, hosts: () => [], findDomain: () => [], findByStamp: () => [] },
  } as unknown as ControllerDeps;
}

test('a machine that fits nowhere is tried again when a neighbour has other labels', async () => {
  const world = new World();
  world.host('h1', 'u1');
  const controller = machineController(depsOf(world));
  const apart = { required: [{ topologyKey: 'kubernetes.io/hostname', labelSelector: { matchLabels: { app: 'a' } } }] };
  const neighbour = worldMachine('neighbour', 1, { name: 'h1', uid: 'u1' });
  neighbour.metadata.labels = { app: 'a' };
  const lonely = worldMachine('lonely', 1, undefined, { antiAffinity: apart });
  for (const { metadata } of [neighbour, lonely]) metadata.finalizers = [FINALIZER];
  const state = () => world.machines.find(({ metadata }) => metadata.uid === 'lonely')?.status;
  world.machine(neighbour);
  world.machine(lonely);
  controller.start(unrestricted);
  try {
    await vi.advanceTimersByTimeAsync(1_000);
    expect(state()).toMatchObject({ printableStatus: 'Unschedulable', message: expect.stringContaining('1 host') });
    world.machine({ ...neighbour, metadata: { ...neighbour.metadata, labels: {} } });
    await vi.advanceTimersByTimeAsync(1_000);
    // It was given a host, of which nothing more is known.
    expect(state()?.message).toContain('has no machine type q35');
  } finally {
    const stopped = controller.stop();
    await vi.advanceTimersByTimeAsync(60_000);
    await stopped;
  }
});

/** StoragePool: the same pool on every host that its selector names. */
import { FINALIZER } from '#api/v1alpha1/meta.ts';
import { type StoragePool, storagePoolKind } from '#api/v1alpha1/storage-pool.ts';
import { Controller, type ReconcileResult } from '#kube/controller.ts';
import { removeFinalizer } from '#kube/finalizers.ts';
import { keyOf } from '#kube/types.ts';
import type { Right } from '#platform/right.ts';
import type { ControllerDeps } from '../deps.ts';
import { hold } from '../hold.ts';
import { poolsOf } from '../indexes.ts';
import { StartGrace } from '../start-grace.ts';
import { StatusWriter } from '../write-status.ts';
import { actOnPool } from './act.ts';
import { PoolMemories } from './memory.ts';
import { observePool, type PoolObservation } from './observe.ts';
import { planPool, REFRESH_EVERY_MS } from './plan.ts';
import { poolStatus, withoutCounters } from './status.ts';

/** News of hosts come in crowds when the operator starts. */
const CROWD_MS = 250;

export function poolController(deps: ControllerDeps): Controller {
  const { client, informers, clock } = deps;
  const memories = new PoolMemories();
  const grace = new StartGrace(clock);
  const writer = new StatusWriter({ client, kind: storagePoolKind, informer: informers.pools, clock, withoutCounters });
  const controller = new Controller({
    name: 'pool',
    concurrency: deps.config.reconcileConcurrency,
    reconcile: (key, right) => reconcile(deps, memories, grace, writer, key, right),
  });
  wire(deps, controller);
  return controller;
}

function wire({ informers, hosts }: ControllerDeps, controller: Controller): void {
  const all = (): void => {
    for (const pool of informers.pools.list()) controller.enqueue(keyOf(pool), CROWD_MS);
  };
  controller.watch(informers.pools);
  informers.hosts.onChange((type, host, old) => {
    const labels = (object: typeof host): string => JSON.stringify(object.metadata.labels ?? {});
    const isClaimed = (object: typeof host): string | undefined =>
      object.status?.conditions?.find((condition) => condition.type === 'Claimed')?.status;
    const isLeaving = host.metadata.deletionTimestamp !== undefined;
    const matters =
      !old || type === 'deleted' || isLeaving || labels(host) !== labels(old) || isClaimed(host) !== isClaimed(old);
    if (matters) all();
  });
  hosts.onChange(({ kind }) => {
    if (kind === 'state' || kind === 'inventory' || kind === 'pool') all();
  });
  // Only a deletion waits for those who use the pool.
  const ifDeleting = (names: readonly string[]): void => {
    for (const name of names) if (informers.pools.get(name)?.metadata.deletionTimestamp) controller.enqueue(name);
  };
  informers.machines.onChange((type, machine, old) => {
    ifDeleting([...poolsOf(machine), ...(old ? poolsOf(old) : [])]);
    const host = machine.status?.host?.name;
    if (type === 'deleted' && host && informers.hosts.get(host)?.metadata.deletionTimestamp) all();
  });
  informers.volumes.onChange((_, volume) => ifDeleting([volume.spec.poolName]));
  informers.images.onChange(() => ifDeleting(informers.pools.list().map(keyOf)));
}

async function reconcile(
  deps: ControllerDeps,
  memories: PoolMemories,
  grace: StartGrace,
  writer: StatusWriter<StoragePool>,
  key: string,
  right: Right,
): Promise<ReconcileResult | undefined> {
  const { client, informers, clock } = deps;
  const object = informers.pools.get(key);
  if (!object) return undefined;
  const held = await hold(client, informers.pools, right, object);
  if (held !== 'Held') return held === 'Taken' ? { requeueAfterMs: 1 } : undefined;
  const before = observePool(deps, memories, object);
  const plan = planPool(before.input);
  if (plan.kind === 'Act') await actOnPool(deps, memories, right, before, plan.steps);
  if (plan.kind === 'RemoveFinalizer') {
    await removeFinalizer(client, right, storagePoolKind, object, FINALIZER);
    memories.forget(object.metadata.uid);
    writer.forget(object.metadata.uid);
    return undefined;
  }
  const after = observePool(deps, memories, object);
  const outlook = plan.kind === 'Act' ? planPool(after.input) : plan;
  const graceMs = Math.max(0, ...informers.hosts.list().map((host) => grace.of(host, deps.hosts)));
  if (graceMs > 0 && !object.metadata.deletionTimestamp) return { requeueAfterMs: graceMs };
  const { againInMs } = await writer.write(right, object, poolStatus(object, after.hosts, outlook, clock.now()));
  if (outlook.kind === 'Act') return { requeueAfterMs: 1 };
  const lookAgainMs = outlook.kind === 'Settled' ? outlook.lookAgainMs : REFRESH_EVERY_MS;
  return { requeueAfterMs: Math.min(lookAgainMs, againInMs ?? lookAgainMs, nextRetryMs(after, clock.now())) };
}

function nextRetryMs({ hosts }: PoolObservation, now: number): number {
  const times = hosts.flatMap(({ memory }) => (memory.failure ? [Math.max(1, memory.failure.retryAt - now)] : []));
  return Math.min(...times, REFRESH_EVERY_MS);
}

/** StorageVolume: makes it where its machine is, keeps track of who has it, grows it, and removes it by its policy. */
import { FINALIZER } from '#api/v1alpha1/meta.ts';
import { type StorageVolume, type StorageVolumeStatus, storageVolumeKind } from '#api/v1alpha1/storage-volume.ts';
import { Controller, type ReconcileResult } from '#kube/controller.ts';
import { removeFinalizer } from '#kube/finalizers.ts';
import { keyOf } from '#kube/types.ts';
import type { VolumeFacts } from '#libvirt/volume.ts';
import { reasonOf, toMessage } from '#platform/errors.ts';
import type { Right } from '#platform/right.ts';
import { conditionStatus } from '../conditions.ts';
import type { ControllerDeps } from '../deps.ts';
import { hold } from '../hold.ts';
import { poolIndex, volumesOf } from '../indexes.ts';
import { StatusWriter } from '../write-status.ts';
import { actOnVolume } from './act.ts';
import { observeVolume, type Seen } from './observe.ts';
import { planVolume, type VolumePlan } from './plan.ts';
import { volumeStatus, withoutCounters } from './status.ts';

/** What libvirt says of a volume is read again this often. */
const LOOK_EVERY_MS = 10 * 60_000;
/** While a machine grows it: how soon we see that it did. */
const ONLINE_RESIZE_MS = 5_000;
const MISSING_AGAIN_MS = 60_000;
const CROWD_MS = 500;

export function volumeController(deps: ControllerDeps): Controller {
  const reconciler = new VolumeReconciler(deps);
  const controller = new Controller({
    name: 'volume',
    concurrency: deps.config.reconcileConcurrency,
    reconcile: (key, right) => reconciler.reconcile(key, right),
  });
  wire(deps, controller);
  return controller;
}

function wire({ informers, hosts }: ControllerDeps, controller: Controller): void {
  controller.watch(informers.volumes);
  controller.watch(informers.machines, (machine, old) => [
    ...new Set([...volumesOf(machine), ...(old === undefined ? [] : volumesOf(old))]),
  ]);
  controller.watch(informers.pools, (pool) => informers.volumes.byIndex(poolIndex, pool.metadata.name).map(keyOf));
  controller.watch(informers.images, (image) =>
    informers.volumes
      .list()
      .filter(
        ({ metadata, spec }) =>
          metadata.namespace === image.metadata.namespace && spec.imageName === image.metadata.name,
      )
      .map(keyOf),
  );
  hosts.onChange(({ host, kind }) => {
    if (kind !== 'state' && kind !== 'inventory' && kind !== 'pool') return;
    for (const volume of informers.volumes.list()) {
      const name = volume.status?.host?.name;
      const isWaiting = volume.status?.phase !== 'Ready' || volume.metadata.deletionTimestamp !== undefined;
      if ((name === undefined || name === host) && isWaiting) controller.enqueue(keyOf(volume), CROWD_MS);
    }
  });
}

class VolumeReconciler {
  readonly #deps: ControllerDeps;
  readonly #writer: StatusWriter<StorageVolume>;
  /** Monotonic ms of the last look, by uid. */
  readonly #looks = new Map<string, number>();

  constructor(deps: ControllerDeps) {
    const { client, informers, clock } = deps;
    this.#deps = deps;
    this.#writer = new StatusWriter({
      client,
      kind: storageVolumeKind,
      informer: informers.volumes,
      clock,
      withoutCounters,
    });
  }

  async reconcile(key: string, right: Right): Promise<ReconcileResult | undefined> {
    const { client, informers } = this.#deps;
    const volume = informers.volumes.get(key);
    if (volume === undefined) return undefined;
    const held = await hold(client, informers.volumes, right, volume);
    if (held !== 'Held') return held === 'Taken' ? { requeueAfterMs: 1 } : undefined;
    const seen = observeVolume(this.#deps, volume, this.#isLookDue(volume));
    return this.#carryOut(volume, right, seen, planVolume(seen.input));
  }

  #isLookDue({ metadata, status }: StorageVolume): boolean {
    const { clock } = this.#deps;
    // A loss is told until the file is seen again.
    if (status?.conditions?.some(({ type, reason }) => type === 'Ready' && reason === 'VolumeMissing')) return true;
    const lookedAt = this.#looks.get(metadata.uid);
    const waits = status?.phase === 'Resizing' ? ONLINE_RESIZE_MS : LOOK_EVERY_MS;
    return lookedAt === undefined || clock.monotonicMs() - lookedAt >= waits;
  }

  async #carryOut(
    volume: StorageVolume,
    right: Right,
    seen: Seen,
    plan: VolumePlan,
  ): Promise<ReconcileResult | undefined> {
    const { client, clock } = this.#deps;
    switch (plan.kind) {
      case 'RemoveFinalizer':
        await removeFinalizer(client, right, storageVolumeKind, volume, FINALIZER);
        this.#looks.delete(volume.metadata.uid);
        this.#writer.forget(volume.metadata.uid);
        return undefined;
      case 'Create':
      case 'Look':
      case 'Resize':
      case 'Delete': {
        let facts: VolumeFacts | null | undefined;
        let failure: unknown;
        try {
          facts = await actOnVolume(this.#deps, right, volume, seen, plan);
          this.#looks.set(volume.metadata.uid, clock.monotonicMs());
        } catch (error) {
          failure = error;
        }
        if (plan.kind === 'Delete' && failure === undefined) {
          return this.#carryOut(volume, right, seen, { kind: 'RemoveFinalizer' });
        }
        const againInMs = await this.#write(volume, right, plan, facts, failure);
        if (failure !== undefined) throw failure;
        if (againInMs !== null) {
          // What was read is told by the look after that.
          this.#looks.delete(volume.metadata.uid);
          return { requeueAfterMs: againInMs };
        }
        return { requeueAfterMs: plan.kind === 'Look' && facts === null ? MISSING_AGAIN_MS : 1 };
      }
      case 'Decide':
        await this.#write(volume, right, plan, undefined, undefined);
        return { requeueAfterMs: 1 };
      case 'Wait':
      case 'Stall':
      case 'Settled': {
        const againInMs = await this.#write(volume, right, plan, undefined, undefined);
        const isGrowing = plan.kind === 'Wait' && plan.reason === 'AwaitingOnlineResize';
        return { requeueAfterMs: Math.min(againInMs ?? LOOK_EVERY_MS, isGrowing ? ONLINE_RESIZE_MS : LOOK_EVERY_MS) };
      }
      default:
        return plan satisfies never;
    }
  }

  async #write(
    volume: StorageVolume,
    right: Right,
    plan: VolumePlan,
    facts: VolumeFacts | null | undefined,
    failure: unknown,
  ): Promise<number | null> {
    const status = volumeStatus({ now: this.#deps.clock.now(), volume, plan, facts, failure });
    const { object, againInMs } = await this.#writer.write(right, volume, status);
    if (object !== volume) this.#tell(volume, status, failure);
    return againInMs;
  }

  #tell(volume: StorageVolume, status: StorageVolumeStatus, failure: unknown): void {
    const { recorder } = this.#deps;
    const was = conditionStatus(volume.status?.conditions, 'Ready');
    const isReady = conditionStatus(status.conditions, 'Ready') === 'True';
    if (was !== 'True' && isReady) {
      const note = `Volume ${status.volumeName} is there with ${status.capacity ?? 'its size'}.`;
      recorder.event(volume, { type: 'Normal', reason: 'Ready', action: 'Reconcile', note });
    } else if (failure !== undefined) {
      recorder.event(volume, {
        type: 'Warning',
        reason: reasonOf(failure),
        action: 'Reconcile',
        note: toMessage(failure),
      });
    }
  }
}

/** VirtualMachineImage: keeps its copies where pools, machines and volumes need them, by jobs that fetch each once. */
import { FINALIZER } from '#api/v1alpha1/meta.ts';
import {
  type ImageCopy,
  type VirtualMachineImage,
  type VirtualMachineImageStatus,
  virtualMachineImageKind,
} from '#api/v1alpha1/virtual-machine-image.ts';
import { Controller, type ReconcileResult } from '#kube/controller.ts';
import type { EventInput } from '#kube/events.ts';
import { removeFinalizer } from '#kube/finalizers.ts';
import { keyOf } from '#kube/types.ts';
import type { Right } from '#platform/right.ts';
import { conditionStatus } from '../conditions.ts';
import { Executors } from '../executors.ts';
import { hold } from '../hold.ts';
import { imagesOf, volumesOf } from '../indexes.ts';
import { operationEnded } from '../operation-measures.ts';
import { StatusWriter } from '../write-status.ts';
import { type Acted, actOnImage, type ImageDeps, jobOf } from './act.ts';
import { applyDecisions } from './decide.ts';
import { beganToMiss, doubtCopies } from './doubts.ts';
import { LOOK_EVERY_MS, type Looks, lookKey, observeImage, placeInQueue, type Seen } from './observe.ts';
import { type ImagePlan, planImage, type Wait } from './plan.ts';
import { imageStatus, withoutCounters } from './status.ts';

/** A job is queued anew this often while nobody works on it: a queue may lose what it has. */
const ENQUEUE_AGAIN_MS = 15_000;
const EXECUTOR_AGAIN_MS = 5_000;
const CROWD_MS = 500;

export type { ImageDeps } from './act.ts';

export function imageController(deps: ImageDeps): Controller {
  const looks: Looks = new Map();
  const reconciler = new ImageReconciler(deps, looks);
  const controller = new Controller({
    name: 'image',
    concurrency: deps.config.reconcileConcurrency,
    reconcile: (key, right) => reconciler.reconcile(key, right),
  });
  wire(deps, controller, looks);
  return controller;
}

function wire({ informers, hosts, queue }: ImageDeps, controller: Controller, looks: Looks): void {
  controller.watch(informers.images);
  const doubt = (keys: readonly string[]): void => {
    for (const image of keys.map((key) => informers.images.get(key))) if (image) doubtCopies(looks, image);
  };
  // Who stands on an image, or is about to, says so in status.
  controller.watch(informers.machines, (machine, old) => {
    const named = [...imagesOf(machine), ...(old === undefined ? [] : imagesOf(old))];
    if (!beganToMiss(machine, old)) return [...new Set(named)];
    const bases = volumesOf(machine).map((key) => informers.volumes.get(key)?.status?.base?.imageName);
    const under = bases.filter((name) => name !== undefined).map((name) => `${machine.metadata.namespace}/${name}`);
    const keys = [...new Set([...named, ...under])];
    doubt(keys);
    return keys;
  });
  controller.watch(informers.volumes, (volume, old) => {
    const { namespace } = volume.metadata;
    const base = [volume.spec.imageName, volume.status?.base?.imageName].filter((name) => name !== undefined);
    const taken = informers.images
      .list()
      .filter((image) => image.metadata.namespace === namespace && image.spec.volumeName === volume.metadata.name);
    const keys = base.map((name) => `${namespace}/${name}`);
    if (beganToMiss(volume, old)) doubt(keys);
    return [...new Set([...keys, ...taken.map(keyOf)])];
  });
  const all = (afterMs: number): void => {
    for (const image of informers.images.list()) controller.enqueue(keyOf(image), afterMs);
  };
  controller.watch(informers.pools, (pool) =>
    informers.images
      .list()
      .filter(
        (image) =>
          image.spec.pools?.includes(pool.metadata.name) ||
          holds(image, ({ poolName }) => poolName === pool.metadata.name),
      )
      .map(keyOf),
  );
  informers.hosts.onChange((type) => {
    if (type === 'deleted') all(CROWD_MS);
  });
  hosts.onChange(({ host, kind }) => {
    if (kind !== 'state' && kind !== 'inventory' && kind !== 'pool') return;
    for (const image of informers.images.list()) {
      if (kind !== 'pool' || holds(image, ({ hostName, phase }) => hostName === host && phase !== 'Ready')) {
        controller.enqueue(keyOf(image), CROWD_MS);
      }
    }
  });
  queue.onAvailability((available) => {
    if (available) all(0);
  });
}

function holds(image: VirtualMachineImage, test: (copy: ImageCopy) => boolean): boolean {
  return image.status?.copies?.some(test) ?? false;
}

class ImageReconciler {
  readonly #deps: ImageDeps;
  readonly #writer: StatusWriter<VirtualMachineImage>;
  readonly #executors: Executors;
  readonly #looks: Looks;

  constructor(deps: ImageDeps, looks: Looks) {
    const { client, informers, clock } = deps;
    this.#deps = deps;
    this.#looks = looks;
    this.#executors = new Executors(clock);
    this.#writer = new StatusWriter({
      client,
      kind: virtualMachineImageKind,
      informer: informers.images,
      clock,
      withoutCounters,
    });
  }

  async reconcile(key: string, right: Right): Promise<ReconcileResult | undefined> {
    const { client, informers } = this.#deps;
    const image = informers.images.get(key);
    if (image === undefined) return undefined;
    const held = await hold(client, informers.images, right, image);
    if (held !== 'Held') return held === 'Taken' ? { requeueAfterMs: 1 } : undefined;
    const seen = observeImage(this.#deps, image, this.#executors, this.#looks);
    return this.#carryOut(image, right, seen, planImage(seen.input));
  }

  async #carryOut(
    image: VirtualMachineImage,
    right: Right,
    seen: Seen,
    plan: ImagePlan,
  ): Promise<ReconcileResult | undefined> {
    const copies = image.status?.copies ?? [];
    switch (plan.kind) {
      case 'Decide': {
        // Nothing but the decision is done: the next round acts on what status says.
        await this.#cancelUnwanted(image, right, plan);
        await this.#write(image, right, seen, {
          copies: applyDecisions(image, plan.decisions, this.#deps.clock.now()),
        });
        return { requeueAfterMs: 1 };
      }
      case 'Act': {
        const acted = await actOnImage(this.#deps, right, image, plan.acts);
        for (const key of acted.looked) this.#lookedAt(image, key);
        const againInMs = await this.#write(image, right, seen, { ...acted, waits: plan.waits });
        const [failure] = acted.failures;
        if (failure !== undefined) throw failure.error;
        const progressed =
          acted.copies.some((copy, index) => copy !== copies[index]) || acted.copies.length < copies.length;
        return { requeueAfterMs: progressed ? 1 : Math.min(againInMs ?? ENQUEUE_AGAIN_MS, ENQUEUE_AGAIN_MS) };
      }
      case 'Blocked':
        await this.#write(image, right, seen, { copies, blockedBy: plan.users });
        return undefined;
      case 'RemoveFinalizer':
        await removeFinalizer(this.#deps.client, right, virtualMachineImageKind, image, FINALIZER);
        this.#executors.forget(image.metadata.uid);
        this.#writer.forget(image.metadata.uid);
        for (const key of this.#looks.keys()) if (key.startsWith(`${image.metadata.uid}/`)) this.#looks.delete(key);
        return undefined;
      case 'Settled': {
        const againInMs = await this.#write(image, right, seen, { copies, waits: plan.waits });
        return { requeueAfterMs: Math.min(againInMs ?? LOOK_EVERY_MS, this.#nextLookMs(plan.waits)) };
      }
      default:
        return plan satisfies never;
    }
  }

  #lookedAt(image: VirtualMachineImage, key: string): void {
    const copy = image.status?.copies?.find((one) => one.key === key);
    if (copy) this.#looks.set(lookKey(image, copy), this.#deps.clock.monotonicMs());
  }

  #nextLookMs(waits: readonly Wait[]): number {
    const times = waits.map(({ for: what, untilMs }) => {
      if (untilMs !== undefined) return Math.max(1, untilMs - this.#deps.clock.now());
      return what === 'Executor' ? EXECUTOR_AGAIN_MS : LOOK_EVERY_MS;
    });
    return Math.min(LOOK_EVERY_MS, ...times);
  }

  /** A job that waits is taken out; one that runs sees in the object that it is not wanted any more. */
  async #cancelUnwanted(
    image: VirtualMachineImage,
    right: Right,
    plan: Extract<ImagePlan, { kind: 'Decide' }>,
  ): Promise<void> {
    const unwanted = plan.decisions.filter(({ kind }) => kind === 'Unwant' || kind === 'Forget').map(({ key }) => key);
    const copies = (image.status?.copies ?? []).filter(
      ({ key, phase }) => unwanted.includes(key) && phase === 'Planned',
    );
    // The queue may be away: then the job finds nothing to do when it comes to it.
    await Promise.allSettled(copies.map((copy) => this.#deps.queue.cancel(right, jobOf(image, copy))));
  }

  async #write(
    image: VirtualMachineImage,
    right: Right,
    seen: Seen,
    after: Pick<Acted, 'copies'> & {
      queueProblem?: string | null;
      waits?: readonly Wait[];
      blockedBy?: readonly string[];
    },
  ): Promise<number | null> {
    const wanted = new Set(seen.input.copies.filter((view) => view.wanted !== null).map(({ key }) => key));
    const status = imageStatus({
      now: this.#deps.clock.now(),
      image,
      copies: after.copies,
      wanted,
      waits: after.waits ?? [],
      problems: seen.problems,
      queueProblem: after.queueProblem ?? null,
      userCount: seen.userCount,
      queue: placeInQueue(this.#deps, this.#executors, image, after.copies),
      isAlive: (operation) => this.#executors.isAlive(image.metadata.uid, operation.key, operation),
      blockedBy: after.blockedBy ?? null,
    });
    const { object, againInMs } = await this.#writer.write(right, image, status);
    if (object !== image) this.#tell(image, status);
    return againInMs;
  }

  #tell(image: VirtualMachineImage, status: VirtualMachineImageStatus): void {
    for (const event of imageEvents(image.status, status)) {
      this.#deps.recorder.event(image, event);
      if (event.action === 'Fetch') {
        operationEnded('ImageFetch', event.type === 'Normal' ? 'Succeeded' : 'Failed', event.reason);
      }
    }
  }
}

/** The story of a fetch, for kubectl describe. */
export function imageEvents(
  before: VirtualMachineImageStatus | undefined,
  after: VirtualMachineImageStatus,
): EventInput[] {
  const events: EventInput[] = [];
  for (const copy of after.copies ?? []) {
    const old = before?.copies?.find(({ key }) => key === copy.key);
    if (old?.phase === copy.phase && old.attempt === copy.attempt) continue;
    const operation = after.operations?.find(({ key, attempt }) => key === copy.key && attempt === copy.attempt);
    if (copy.phase === 'Ready') {
      events.push({
        type: 'Normal',
        reason: 'CopyReady',
        action: 'Fetch',
        note: `Copy ${copy.key} is complete and verified.`,
      });
    } else if (copy.phase === 'Failed') {
      const note = `Copy ${copy.key}: ${copy.message ?? 'it failed.'}`;
      events.push({ type: 'Warning', reason: operation?.reason ?? 'FetchFailed', action: 'Fetch', note });
    }
  }
  if (
    conditionStatus(before?.conditions, 'Ready') !== 'True' &&
    conditionStatus(after.conditions, 'Ready') === 'True'
  ) {
    const ready = after.conditions?.find(({ type }) => type === 'Ready');
    events.push({ type: 'Normal', reason: 'Ready', action: 'Reconcile', note: ready?.message ?? 'It is ready.' });
  }
  return events;
}

/**
 * VirtualMachineMigration: validated and admitted here, its target chosen and prepared by the machine's controller, which
 * answers in the machine's `status.migration`, and carried out by a job, which answers in `status.operation`. It carries
 * our finalizer until it has ended, so that deleting it ends the move first.
 */
import {
  hasEnded,
  type VirtualMachineMigration,
  type VirtualMachineMigrationStatus,
  virtualMachineMigrationKind,
} from '#api/v1alpha1/virtual-machine-migration.ts';
import { Controller, type ReconcileResult } from '#kube/controller.ts';
import { keyOf } from '#kube/types.ts';
import type { Right } from '#platform/right.ts';
import type { ControllerDeps } from '../deps.ts';
import { Executors } from '../executors.ts';
import { hold } from '../hold.ts';
import { machineIndex } from '../indexes.ts';
import { measureOperations, operationAdmitted, operationEnded } from '../operation-measures.ts';
import { StatusWriter } from '../write-status.ts';
import { actOnMigration } from './act.ts';
import { Admission } from './admission.ts';
import { migrationEvents } from './events.ts';
import { createdAt, machineKey, observeMigration } from './observe.ts';
import { type MigrationStep, planMigration } from './plan.ts';
import { migrationStatus, withoutCounters } from './status.ts';
import type { Turn } from './turn.ts';

/** A job is queued anew this often while nobody works on it: a queue may lose what it has. */
const ENQUEUE_AGAIN_MS = 15_000;
/** An executor that falls silent tells nobody. */
const EXECUTOR_AGAIN_MS = 5_000;
/** Its place in the queue is told this often at most. */
const POSITION_AGAIN_MS = 10_000;

export function migrationController(deps: ControllerDeps): Controller {
  measureOperations({ migrations: deps.informers.migrations });
  const admission = new Admission(deps);
  const reconciler = new MigrationReconciler(deps, admission);
  const controller = new Controller({
    name: 'migration',
    concurrency: deps.config.reconcileConcurrency,
    reconcile: (key, right) => reconciler.reconcile(key, right),
  });
  wire(deps, controller, admission);
  return controller;
}

function wire({ informers, queue }: ControllerDeps, controller: Controller, admission: Admission): void {
  const { migrations, machines, operations, hosts } = informers;
  /** The end of one is the turn of another. */
  const woken = (): string[] => {
    admission.invalidate();
    return admission.free();
  };
  const ofMachine = (key: string): string[] => {
    const keys = migrations.byIndex(machineIndex, key).map(keyOf);
    return keys.length === 0 ? [] : [...new Set([...keys, ...woken()])];
  };
  controller.watch(migrations, (migration) => [...new Set([keyOf(migration), ...ofMachine(machineKey(migration))])]);
  controller.watch(machines, (machine) => ofMachine(keyOf(machine)));
  controller.watch(operations, ({ metadata, spec }) => ofMachine(`${metadata.namespace}/${spec.machineName}`));
  controller.watch(hosts, (host, old) =>
    host.spec.migration.maxOutgoing === old?.spec.migration.maxOutgoing ? [] : woken(),
  );
  queue.onAvailability((available) => {
    if (!available) return;
    for (const migration of migrations.list()) {
      if (migration.status?.phase === 'Running') controller.enqueue(keyOf(migration));
    }
  });
}

class MigrationReconciler {
  readonly #deps: ControllerDeps;
  readonly #admission: Admission;
  readonly #executors: Executors;
  readonly #writer: StatusWriter<VirtualMachineMigration>;

  constructor(deps: ControllerDeps, admission: Admission) {
    const { client, informers, clock } = deps;
    this.#deps = deps;
    this.#admission = admission;
    this.#executors = new Executors(clock);
    this.#writer = new StatusWriter({
      client,
      kind: virtualMachineMigrationKind,
      informer: informers.migrations,
      clock,
      withoutCounters,
    });
  }

  async reconcile(key: string, right: Right): Promise<ReconcileResult | undefined> {
    const { client, informers } = this.#deps;
    const object = informers.migrations.get(key);
    if (!object) return undefined;
    if (!hasEnded(object)) {
      const held = await hold(client, informers.migrations, right, object);
      if (held !== 'Held') return held === 'Taken' ? { requeueAfterMs: 1 } : undefined;
    }
    const turn = this.#admission.turnOf(object);
    const input = await observeMigration(this.#deps, object, this.#executors, turn);
    const step = planMigration(input);
    const { isDone, queueProblem } = await actOnMigration(this.#deps, right, object, step);
    if (hasEnded(object)) {
      this.#executors.forget(object.metadata.uid);
      this.#writer.forget(object.metadata.uid);
    }
    // Its time to live may begin now.
    if (isDone) return object.metadata.deletionTimestamp === undefined ? { requeueAfterMs: 1 } : undefined;
    const laterMs = await this.#write(right, object, step, turn, queueProblem);
    return sooner(again(step, turn, input.now, object), laterMs);
  }

  async #write(
    right: Right,
    object: VirtualMachineMigration,
    step: MigrationStep,
    turn: Turn,
    queueProblem: string | null,
  ): Promise<number | null> {
    const { informers, clock } = this.#deps;
    const move = informers.machines.get(machineKey(object))?.status?.migration;
    const answer = move?.uid === object.metadata.uid ? move : null;
    const status = migrationStatus({ now: clock.now(), object, step, turn, answer, queueProblem });
    const { object: written, againInMs } = await this.#writer.write(right, object, status);
    if (written !== object) this.#tell(object, step, status);
    return againInMs;
  }

  #tell(object: VirtualMachineMigration, step: MigrationStep, after: VirtualMachineMigrationStatus): void {
    const { recorder, informers, clock } = this.#deps;
    const events = migrationEvents(object, step, after);
    for (const event of events.migration) recorder.event(object, event);
    const machine = informers.machines.get(machineKey(object));
    if (machine) for (const event of events.machine) recorder.event(machine, event);
    if (step.kind === 'Admit') operationAdmitted('Migration', clock.now() - createdAt(object));
    if (step.kind === 'Finish') operationEnded('Migration', step.phase, after.reason ?? step.reason);
  }
}

function sooner(result: ReconcileResult | undefined, ms: number | null): ReconcileResult | undefined {
  return ms === null ? result : { requeueAfterMs: Math.min(ms, result?.requeueAfterMs ?? ms) };
}

function again(
  step: MigrationStep,
  turn: Turn,
  now: number,
  { status }: VirtualMachineMigration,
): ReconcileResult | undefined {
  switch (step.kind) {
    case 'Keep':
      return { requeueAfterMs: Math.max(1, step.untilMs - now) };
    case 'Enqueue':
      return { requeueAfterMs: ENQUEUE_AGAIN_MS };
    case 'Wait':
      if (status?.phase === 'Running') return { requeueAfterMs: EXECUTOR_AGAIN_MS };
      return turn.isFree ? undefined : { requeueAfterMs: POSITION_AGAIN_MS };
    case 'Finish':
    case 'Admit':
    case 'Begin':
    case 'GiveUp':
      return { requeueAfterMs: 1 };
    case 'Nothing':
    case 'Delete':
    case 'RemoveFinalizer':
      return undefined;
    default:
      return step satisfies never;
  }
}

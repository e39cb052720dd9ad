/**
 * The drain of a Host: asks for the moves of its machines, a few at a time, and tells in `status.drain` what is left and
 * what blocks it. That field of the Host is its own; the conditions Schedulable and Drained follow from it in the Host's
 * controller.
 */
import { type Host, hostKind } from '#api/v1alpha1/host.ts';
import type { VirtualMachine } from '#api/v1alpha1/virtual-machine.ts';
import { Controller, type ReconcileResult } from '#kube/controller.ts';
import type { Right } from '#platform/right.ts';
import type { ControllerDeps } from '../deps.ts';
import { StartGrace } from '../start-grace.ts';
import { StatusWriter } from '../write-status.ts';
import { actOnDrain, type Refused } from './act.ts';
import { observeDrain } from './observe.ts';
import { Plans } from './places.ts';
import { type DrainStep, planDrainStep } from './plan.ts';
import { FIRST_RETRY_MS, type Row } from './rows.ts';
import { drainStatus, withoutCounters } from './status.ts';

/** Changes come in crowds, and each plan looks at the whole fleet. */
const CROWD_MS = 300;
/** The fleet changes without a word to us: room is made, a host comes. */
const FLEET_MS = 2_000;
const LOOK_AGAIN_MS = 10_000;
const COUNTERS_MS = 2_000;

export function drainController(deps: ControllerDeps): Controller {
  const { client, informers, clock } = deps;
  const writer = new StatusWriter({
    client,
    kind: hostKind,
    informer: informers.hosts,
    clock,
    withoutCounters,
    countersEveryMs: COUNTERS_MS,
  });
  const reconciler = new DrainReconciler(deps, writer);
  const controller = new Controller({
    name: 'drain',
    concurrency: 1,
    reconcile: (key, right) => reconciler.reconcile(key, right),
  });
  wire(deps, controller);
  return controller;
}

const isConcerned = ({ spec, status }: Host): boolean =>
  spec.maintenance.mode === 'Drain' || status?.drain !== undefined;

function wire({ informers, hosts }: ControllerDeps, controller: Controller): void {
  const wake = (name: string | undefined, afterMs: number): void => {
    const host = name === undefined ? undefined : informers.hosts.get(name);
    if (host && isConcerned(host)) controller.enqueue(host.metadata.name, afterMs);
  };
  const wakeAll = (): void => {
    for (const host of informers.hosts.list()) wake(host.metadata.name, FLEET_MS);
  };
  informers.hosts.onChange((_, host, old) => {
    if (isConcerned(host)) {
      const isNews = !old || old.spec !== host.spec;
      controller.enqueue(
        host.metadata.name,
        isNews && JSON.stringify(old?.spec) !== JSON.stringify(host.spec) ? 0 : CROWD_MS,
      );
    } else if (old && isConcerned(old)) controller.enqueue(host.metadata.name);
    if (old && JSON.stringify(old.spec) === JSON.stringify(host.spec)) return;
    wakeAll();
  });
  const where = ({ status }: VirtualMachine): (string | undefined)[] => [
    status?.host?.name,
    status?.migration?.target?.name,
  ];
  informers.machines.onChange((_, machine, old) => {
    for (const name of new Set([...where(machine), ...(old ? where(old) : [])])) wake(name, CROWD_MS);
  });
  informers.migrations.onChange((_, { metadata, spec, status }) => {
    const machine = informers.machines.get(`${metadata.namespace}/${spec.machineName}`);
    const owners = (metadata.ownerReferences ?? [])
      .filter(({ kind }) => kind === hostKind.kind)
      .map(({ name }) => name);
    for (const name of new Set([machine?.status?.host?.name, status?.source?.name, ...owners])) wake(name, CROWD_MS);
  });
  hosts.onChange(({ host, kind }) => {
    if (kind === 'state' || kind === 'inventory') wake(host, CROWD_MS);
  });
}

class DrainReconciler {
  readonly #deps: ControllerDeps;
  readonly #writer: StatusWriter<Host>;
  readonly #grace: StartGrace;
  readonly #plans: Plans;

  constructor(deps: ControllerDeps, writer: StatusWriter<Host>) {
    this.#deps = deps;
    this.#writer = writer;
    this.#grace = new StartGrace(deps.clock);
    this.#plans = new Plans(deps.clock);
  }

  #forget(uid: string): void {
    this.#writer.forget(uid);
    this.#plans.forget(uid);
  }

  async reconcile(key: string, right: Right): Promise<ReconcileResult | undefined> {
    const object = this.#deps.informers.hosts.get(key);
    if (!object || !isConcerned(object)) {
      if (object) this.#forget(object.metadata.uid);
      return undefined;
    }
    // Hosts are dialled when we start: that one is not in sight yet is no news of it.
    const graceMs = this.#grace.of(object, this.#deps.hosts);
    if (graceMs > 0) return { requeueAfterMs: graceMs };
    const { input, movedBytes } = observeDrain(this.#deps, this.#plans, object);
    const step = planDrainStep(input);
    if (step.kind === 'Nothing') return undefined;
    const refused = await actOnDrain(this.#deps, right, object, step);
    const status = drainStatus({
      object,
      step: withRefused(step, refused, input.now),
      now: input.now,
      count: input.count,
      incoming: input.incoming.length,
      movedBytes,
    });
    const { againInMs } = await this.#writer.write(right, object, status);
    if (step.kind === 'Begin') return { requeueAfterMs: 1 };
    if (step.kind === 'Done' || (step.kind === 'End' && status.drain === undefined)) {
      return againInMs === null ? undefined : { requeueAfterMs: againInMs };
    }
    const retries = step.kind === 'Go' ? step.rows.flatMap(({ retryAt }) => retryAt ?? []) : [];
    const soonest = Math.min(...retries.map((at) => at - input.now), againInMs ?? LOOK_AGAIN_MS, LOOK_AGAIN_MS);
    return { requeueAfterMs: Math.max(1, soonest) };
  }
}

/** Who could not even be asked for waits, as after a failed attempt. */
function withRefused(step: DrainStep, refused: Refused, now: number): DrainStep {
  if (step.kind !== 'Go' || refused.size === 0) return step;
  return {
    ...step,
    rows: step.rows.map((row): Row => {
      const why = refused.get(row.machine.uid);
      if (why === undefined) return row;
      const retryAt = now + FIRST_RETRY_MS;
      return {
        ...row,
        state: 'Waiting',
        reason: 'Retrying',
        message: `The move could not be asked for: ${why}`,
        retryAt,
      };
    }),
  };
}

/** VirtualNetwork: kept as the spec says on the hosts where machines brought it, and cleared away where none is left. */
import { FINALIZER } from '#api/v1alpha1/meta.ts';
import { type VirtualNetwork, type VirtualNetworkStatus, virtualNetworkKind } from '#api/v1alpha1/virtual-network.ts';
import { Controller, type ReconcileResult } from '#kube/controller.ts';
import { removeFinalizer } from '#kube/finalizers.ts';
import { keyOf } from '#kube/types.ts';
import { VirtfleetError } from '#platform/errors.ts';
import type { Right } from '#platform/right.ts';
import { nameSome } from '../conditions.ts';
import type { ControllerDeps } from '../deps.ts';
import { hold } from '../hold.ts';
import { networksOf } from '../indexes.ts';
import { StartGrace } from '../start-grace.ts';
import { StatusWriter } from '../write-status.ts';
import { actOnNetwork } from './act.ts';
import { FirstLooks } from './as-left.ts';
import { interruption, newlyCutOff } from './cut-off.ts';
import { DownSince, glanceAtNetwork, graceOf, type NetworkObservation, observeNetwork } from './observe.ts';
import { planNetwork } from './plan.ts';
import { networkStatus, withoutCounters } from './status.ts';

/** Machines come and go in crowds; and a machine that is just being made shall find its network where it left it. */
const CROWD_MS = 2_000;
/** They go in crowds, too; but the last one is waited for. */
const LEAVING_MS = 250;
const RESYNC_MS = 10 * 60_000;

export function networkController(deps: ControllerDeps): Controller {
  const { client, informers, clock } = deps;
  const writer = new StatusWriter({
    client,
    kind: virtualNetworkKind,
    informer: informers.networks,
    clock,
    withoutCounters,
  });
  const own: Own = {
    writer,
    downSince: new DownSince(),
    grace: new StartGrace(clock),
    firstLooks: new FirstLooks(() => clock.monotonicMs()),
  };
  const controller = new Controller({
    name: 'network',
    concurrency: deps.config.reconcileConcurrency,
    reconcile: (key, right) => reconcile(deps, own, key, right),
  });
  wire(deps, controller);
  return controller;
}

function wire({ informers, hosts }: ControllerDeps, controller: Controller): void {
  controller.watch(informers.networks);
  informers.machines.onChange((type, machine, old) => {
    for (const key of new Set([...networksOf(machine), ...(old ? networksOf(old) : [])])) {
      controller.enqueue(key, type === 'deleted' ? LEAVING_MS : CROWD_MS);
    }
  });
  hosts.onChange(({ kind, uuid }) => {
    if (kind === 'network' && uuid !== undefined) {
      const network = informers.networks.byUid(uuid);
      if (network) controller.enqueue(keyOf(network));
    } else if (kind === 'state' || kind === 'inventory') {
      for (const network of informers.networks.list()) controller.enqueue(keyOf(network), CROWD_MS);
    }
  });
}

/** What the controller keeps between two reconciles. */
interface Own {
  writer: StatusWriter<VirtualNetwork>;
  downSince: DownSince;
  grace: StartGrace;
  firstLooks: FirstLooks;
}

async function reconcile(
  deps: ControllerDeps,
  { writer, downSince, grace, firstLooks }: Own,
  key: string,
  right: Right,
): Promise<ReconcileResult | undefined> {
  const { client, informers, clock } = deps;
  const object = informers.networks.get(key);
  if (!object) return undefined;
  const held = await hold(client, informers.networks, right, object);
  if (held !== 'Held') return held === 'Taken' ? { requeueAfterMs: 1 } : undefined;
  const isDeleting = object.metadata.deletionTimestamp !== undefined;
  const graceMsOf = (name: string): number => {
    const host = informers.hosts.get(name);
    return host ? grace.of(host, deps.hosts) : 0;
  };
  // At our own start hosts are out of sight for a moment: that is no news, and would be taken back for each of them. Nor
  // are all the others read again whenever one of them comes.
  const comingMs = Math.max(0, ...(object.status?.hosts ?? []).map(({ name }) => graceMsOf(name)));
  if (comingMs > 0 && !isDeleting) return { requeueAfterMs: comingMs };
  const glance = glanceAtNetwork(deps, downSince, object);
  const waitMs = graceOf(glance.hosts, graceMsOf) || firstLooks.laterMs(glance);
  if (waitMs > 0 && !isDeleting) return { requeueAfterMs: waitMs };
  const before = await observeNetwork(deps, glance);
  const plan = planNetwork(before.input);
  if (plan.kind === 'RemoveFinalizer') {
    await removeFinalizer(client, right, virtualNetworkKind, object, FINALIZER);
    writer.forget(object.metadata.uid);
    firstLooks.forget(object.metadata.uid);
    return undefined;
  }
  const acts = plan.kind === 'Act';
  const failures = acts ? await actOnNetwork(deps, right, before, plan.steps) : new Map<string, string>();
  const seen = acts ? await observeNetwork(deps, glanceAtNetwork(deps, downSince, object)) : before;
  const outlook = acts ? planNetwork(seen.input) : plan;
  const status = networkStatus({ seen, plan: outlook, failures, now: clock.now() });
  const { object: written, againInMs } = await writer.write(right, object, status);
  if (written !== object) tellCutOff(deps, seen, status);
  const [failed] = failures;
  if (failed) throw new VirtfleetError('Transient', 'HostFailed', `network ${key} on host ${failed[0]}: ${failed[1]}`);
  if (plan.kind === 'Act' && outlook.kind === 'Act' && JSON.stringify(plan.steps) === JSON.stringify(outlook.steps)) {
    const hosts = nameSome(plan.steps.map((step) => `${step.kind} on host ${step.host}`));
    throw new VirtfleetError('Transient', 'HostFailed', `network ${key}: ${hosts} was done, and does not show`);
  }
  if (outlook.kind === 'Act' || outlook.kind === 'RemoveFinalizer') return { requeueAfterMs: 1 };
  const lookAgainMs = outlook.kind === 'Settled' ? (outlook.lookAgainMs ?? RESYNC_MS) : RESYNC_MS;
  return { requeueAfterMs: Math.min(againInMs ?? RESYNC_MS, lookAgainMs) };
}

function tellCutOff(
  { recorder }: ControllerDeps,
  { object, machines }: NetworkObservation,
  status: VirtualNetworkStatus,
): void {
  for (const { machine: name, host } of newlyCutOff(object.status, status)) {
    const machine = machines.find(({ metadata }) => metadata.name === name);
    if (machine === undefined) continue;
    const note = interruption(object.metadata.name, host);
    recorder.event(machine, { type: 'Warning', reason: 'NetworkInterrupted', action: 'Reconcile', note });
  }
}

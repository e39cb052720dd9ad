/** The answers to the three questions, worked out by the pure scheduler over the fleet as the caches show it. */
import type { Host } from '#api/v1alpha1/host.ts';
import type { PlacementReview, PlaceQuestion, ReviewedMachine } from '#api/v1alpha1/placement-review.ts';
import type { VirtualMachine } from '#api/v1alpha1/virtual-machine.ts';
import { virtualMachineSpec } from '#api/v1alpha1/virtual-machine-spec.ts';
import { keyOf } from '#kube/types.ts';
import { planDrain } from '#scheduler/planners/drain.ts';
import { planLoss, planReplicas } from '#scheduler/planners/loss.ts';
import { nameSome } from '../conditions.ts';
import type { ControllerDeps } from '../deps.ts';
import { fleetSnapshot, schedulerOptions } from '../fleet-snapshot.ts';
import { machineIndexes } from '../indexes.ts';
import { leaverOf, localDisks, obstacleOf, powerOf } from '../leaving.ts';
import { sizeOf } from '../size.ts';
import { priorityOf, surroundingsOf } from '../surroundings.ts';
import { requestOf } from '../to-snapshot.ts';

export type Answer =
  | { kind: 'Unanswerable'; reason: 'HostNotFound' | 'ClassNotFound'; message: string }
  | { kind: 'Answered'; machines: ReviewedMachine[]; answer: string };

export const questionOf = ({ spec: { drainHost, loseHost, place } }: PlacementReview): string => {
  if (drainHost !== undefined) return `drain ${drainHost}`;
  if (loseHost !== undefined) return `lose ${loseHost}`;
  return `place ${place?.count ?? 0}`;
};

/** Nothing is placed by a question. */
const wouldGo = (message: string): string => message.replace(/^Placed on/, 'Would be placed on');

export function answerOf(deps: ControllerDeps, review: PlacementReview): Answer {
  const { drainHost, loseHost, place } = review.spec;
  if (place) return answerPlace(deps, review, place);
  const name = drainHost ?? loseHost ?? '';
  const host = deps.informers.hosts.get(name);
  if (!host) {
    const message = `There is no Host ${name}. Name one in a new PlacementReview (kubectl get hosts).`;
    return { kind: 'Unanswerable', reason: 'HostNotFound', message };
  }
  return drainHost === undefined ? answerLoss(deps, host) : answerDrain(deps, host);
}

const machinesOn = ({ informers }: ControllerDeps, { metadata }: Host): VirtualMachine[] =>
  informers.machines.byIndex(machineIndexes.host, metadata.uid).filter((one) => !one.metadata.deletionTimestamp);

function answerDrain(deps: ControllerDeps, host: Host): Answer {
  const { name } = host.metadata;
  const all = machinesOn(deps, host);
  const names = new Map(all.map((machine) => [machine.metadata.uid, keyOf(machine)]));
  const kept = all.flatMap((machine): ReviewedMachine[] => {
    const obstacle = obstacleOf(machine);
    return obstacle ? [{ machine: keyOf(machine), reason: obstacle.reason, message: obstacle.message }] : [];
  });
  const leavers = all
    .filter((machine) => obstacleOf(machine) === null)
    .map((machine) => leaverOf(deps.informers, machine, powerOf(machine) === 'Off'));
  const lanes = host.spec.migration.maxOutgoing;
  const moves = planDrain(fleetSnapshot(deps), leavers, { lanes }, schedulerOptions(deps.config));
  const planned = moves.map(({ uid, to, order, message }): ReviewedMachine => {
    const machine = names.get(uid) ?? uid;
    return to === undefined
      ? { machine, order, reason: 'Unschedulable', message }
      : { machine, host: to, order, message: wouldGo(message) };
  });
  const machines = [...planned, ...kept];
  const unfit = machines.filter((one) => one.host === undefined);
  return { kind: 'Answered', machines, answer: drainSentence(name, machines.length, unfit) };
}

function drainSentence(name: string, total: number, unfit: readonly ReviewedMachine[]): string {
  if (total === 0) return `${name} has no machines: there is nothing to move.`;
  if (unfit.length === 0)
    return `${name} can be drained: ${total === 1 ? 'its machine fits' : `all ${total} machines fit`} elsewhere.`;
  return `${name} cannot be drained as things are: ${unfit.length} of ${total} ${total === 1 ? 'machine' : 'machines'} cannot move (${reasons(unfit)}).`;
}

const reasons = (machines: readonly ReviewedMachine[]): string =>
  nameSome(machines.map(({ machine, reason }) => `${machine}: ${reason}`));

function answerLoss(deps: ControllerDeps, host: Host): Answer {
  const { name } = host.metadata;
  const all = machinesOn(deps, host);
  const names = new Map(all.map((machine) => [machine.metadata.uid, keyOf(machine)]));
  const tied = all.flatMap((machine): ReviewedMachine[] => {
    const disks = localDisks(deps.informers, machine);
    if (disks.length === 0) return [];
    const message = `Disk ${disks.join(', ')} is on ${name} alone, and would be gone with it.`;
    return [{ machine: keyOf(machine), reason: 'DiskLost', message }];
  });
  const free = all.filter((machine) => localDisks(deps.informers, machine).length === 0);
  const leavers = free.map((machine) => ({
    ...leaverOf(deps.informers, machine, true),
    priority: priorityOf(machine, deps.informers),
  }));
  const planned = planLoss(fleetSnapshot(deps), name, leavers, schedulerOptions(deps.config));
  const machines = [
    ...planned.map(({ uid, to, message }): ReviewedMachine => {
      const machine = names.get(uid) ?? uid;
      return to === undefined
        ? { machine, reason: 'Unschedulable', message }
        : { machine, host: to, message: wouldGo(message) };
    }),
    ...tied,
  ];
  const unfit = machines.filter((one) => one.host === undefined);
  return { kind: 'Answered', machines, answer: lossSentence(name, machines.length, unfit) };
}

function lossSentence(name: string, total: number, unfit: readonly ReviewedMachine[]): string {
  if (total === 0) return `${name} has no machines: its loss would end none.`;
  const fit = total - unfit.length;
  if (unfit.length === 0)
    return `Without ${name}, ${total === 1 ? 'its machine fits' : `all of its ${total} machines fit`} on other hosts.`;
  return `Without ${name}, ${fit} of its ${total} machines ${fit === 1 ? 'fits' : 'fit'} on other hosts, and ${unfit.length} would stay away (${reasons(unfit)}).`;
}

function answerPlace(deps: ControllerDeps, review: PlacementReview, place: PlaceQuestion): Answer {
  const { informers } = deps;
  const like = machineLike(review, place);
  const { className } = place;
  const { machine, problem } = sizeOf(like, className === undefined ? undefined : informers.classes.get(className));
  if (problem) return { kind: 'Unanswerable', reason: 'ClassNotFound', message: `${problem.message}.` };
  const request = requestOf({
    machine,
    around: surroundingsOf(machine, informers),
    volumes: (place.poolNames ?? []).map((poolName) => ({ poolName, role: 'Disk' as const })),
    priority: priorityOf(machine, informers),
  });
  const placed = planReplicas(fleetSnapshot(deps), request, place.count, schedulerOptions(deps.config));
  const machines = placed.map(({ number, to, message }): ReviewedMachine => {
    const named = String(number);
    return to === undefined
      ? { machine: named, reason: 'Unschedulable', message }
      : { machine: named, host: to, message: wouldGo(message) };
  });
  return { kind: 'Answered', machines, answer: placeSentence(machines) };
}

function placeSentence(machines: readonly ReviewedMachine[]): string {
  const hosts = new Set(machines.flatMap(({ host }) => host ?? [])).size;
  const on = `on ${hosts} ${hosts === 1 ? 'host' : 'hosts'}`;
  const unfit = machines.filter(({ host }) => host === undefined);
  const total = machines.length;
  const [first] = unfit;
  if (first === undefined)
    return total === 1 ? `The machine fits on ${[...machines][0]?.host}.` : `All ${total} machines fit, ${on}.`;
  const fit = total - unfit.length;
  return fit === 0
    ? `None fits. ${first.message}`
    : `${fit} of ${total} machines ${fit === 1 ? 'fits' : 'fit'}, ${on}. The next does not: ${first.message}`;
}

/** A machine as it would be, which is never made. */
function machineLike({ metadata, apiVersion }: PlacementReview, place: PlaceQuestion): VirtualMachine {
  const { namespace, labels, className, cpu, memory, hypervisor, architecture, machineType, scheduling } = place;
  return {
    apiVersion,
    kind: 'VirtualMachine',
    metadata: {
      name: metadata.name,
      namespace,
      uid: metadata.uid,
      resourceVersion: metadata.resourceVersion,
      ...(metadata.creationTimestamp === undefined ? {} : { creationTimestamp: metadata.creationTimestamp }),
      ...(labels ? { labels } : {}),
    },
    spec: virtualMachineSpec.parse({ className, cpu, memory, hypervisor, architecture, machineType, scheduling }),
  };
}

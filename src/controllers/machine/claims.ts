/** Decisions that claim something in the fleet: a host, addresses, MACs. Taken in memory first, then written, fenced. */
import type { VirtualMachineStatus } from '#api/v1alpha1/virtual-machine-status.ts';
import { errorClassOf } from '#platform/errors.ts';
import type { Right } from '#platform/right.ts';
import { isoTime } from '../conditions.ts';
import { roomOf } from '../room.ts';
import { sizeFrom } from '../size.ts';
import type { MachineServices, Seen } from './observe.ts';
import { orphanAddresses } from './orphan-addresses.ts';
import { claimOf, decide, nowhere, pinned } from './place.ts';
import { type Step, stepFor } from './plan.ts';
import { placementExcess } from './quota.ts';
import type { RecordInput, RecordPlan } from './record.ts';
import { planRecord } from './record.ts';
import { statusOf } from './status.ts';
import type { Actor, ActResult } from './writing.ts';
import { event, write } from './writing.ts';

/** The whole decision in one fenced write; the claim counts in this process from before the write on. */
export async function place(actor: Actor, right: Right, seen: Seen): Promise<ActResult> {
  const { services } = actor;
  const { deps } = services;
  const { machine, around } = seen;
  const plan = freshRecord(services, seen, await orphanAddresses(services, seen));
  const [problem] = plan.problems;
  if (problem) return { rest: stepFor(problem, seen.observation.now) };
  const { now } = seen.observation;
  const excess = placementExcess(deps, services.ledger, machine);
  if (excess) return { rest: { do: 'Wait', reason: 'QuotaExceeded', message: excess } };
  const decision = decide({ services, machine, around, volumes: plan.volumes });
  const host = decision.host ? deps.hosts.get(decision.host) : undefined;
  const chosen = host ? pinned(machine, decision, host, deps.hosts.hosts()) : null;
  if (!host || !decision.hostUid || !chosen) {
    const message = host
      ? `host ${host.name} has no machine type ${machine.spec.machineType ?? 'q35'}; leave spec.machineType out in a new machine, or give one that virsh capabilities lists there`
      : decision.message;
    const placement = nowhere({ ...decision, message }, machine.status?.placement, now);
    return { rest: { do: 'Wait', reason: 'Unschedulable', message, placement } };
  }
  const status: VirtualMachineStatus = {
    ...machine.status,
    ...chosen,
    uuid: machine.spec.uuid ?? machine.metadata.uid,
    host: { name: host.name, uid: decision.hostUid },
    incarnation: (machine.status?.incarnation ?? 0) + 1,
    interfaces: plan.interfaces,
    volumes: plan.volumes,
    run: {
      generation: (machine.status?.run?.generation ?? 0) + 1,
      startedAt: new Date(now).toISOString(),
      desired: 'On',
      confirmed: false,
      ended: false,
    },
    placement: {
      host: host.name,
      message: decision.message,
      decidedAt: isoTime(now),
      ...(decision.score === undefined ? {} : { score: String(decision.score) }),
    },
  };
  services.ledger.grow(machine.metadata.uid, roomOf(machine));
  for (const nic of plan.interfaces) if (nic.networkUID) services.ledger.advance(nic.networkUID);
  await claimAndWrite(actor, right, { ...seen, recordPlan: plan }, status);
  event(actor, seen, 'Normal', 'Scheduled', 'Place', decision.message);
  return {};
}

export async function extend(actor: Actor, right: Right, seen: Seen): Promise<void> {
  const plan = freshRecord(actor.services, seen, await orphanAddresses(actor.services, seen));
  const { dropped } = seen.memory;
  const status: VirtualMachineStatus = {
    ...seen.machine.status,
    interfaces: plan.interfaces.filter((nic) => !dropped.has(nic.name)),
    volumes: plan.volumes.filter((volume) => !dropped.has(volume.name)),
  };
  for (const nic of status.interfaces ?? []) if (nic.networkUID) actor.services.ledger.advance(nic.networkUID);
  await claimAndWrite(actor, right, { ...seen, recordPlan: plan }, status);
  dropped.clear();
}

/** Planned again in the same turn of the loop as the claim is taken, so that nobody else takes it in between. */
function freshRecord({ ledger }: MachineServices, seen: Seen, orphans: RecordInput['orphans']): RecordPlan {
  const seed = seen.seed.kind === 'Ready' ? { digest: seen.seed.digest } : null;
  const uuid = seen.chosen?.uuid ?? seen.machine.spec.uuid ?? seen.machine.metadata.uid;
  return planRecord({
    machine: seen.machine,
    uuid,
    around: seen.around,
    ledger,
    lost: seen.lost,
    ...(orphans ? { orphans } : {}),
    seed,
    keepSeed: seed === null,
  });
}

/** Counts in this process from before the write on; a write without an answer counts until it is known what came of it. */
export async function claimAndWrite(
  actor: Actor,
  right: Right,
  seen: Seen,
  decided: VirtualMachineStatus,
  step: Step = { do: 'Place' },
): Promise<void> {
  const { ledger, deps } = actor.services;
  const { uid, namespace, name } = seen.machine.metadata;
  ledger.take(claimOf(seen.machine, decided));
  const settle = (): void => {
    const now = deps.informers.machines.get(`${namespace}/${name}`);
    ledger.settle(uid, now?.metadata.uid === uid ? claimOf(sizeFrom(deps.informers, now).machine) : null);
  };
  try {
    const machine = { ...seen.machine, status: decided };
    await write(actor, right, seen, statusOf({ ...seen, machine }, { kind: 'Step', step }));
  } catch (error) {
    if (errorClassOf(error) === 'OutcomeUnknown') ledger.doubt(uid);
    else settle();
    throw error;
  }
  settle();
}

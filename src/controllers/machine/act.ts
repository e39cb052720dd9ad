/** Does one step of the plan. Every outward call in here goes through the door of its room. */

import { FINALIZER } from '#api/v1alpha1/meta.ts';
import { type VirtualMachine, virtualMachineKind } from '#api/v1alpha1/virtual-machine.ts';
import type { VirtualMachineStatus } from '#api/v1alpha1/virtual-machine-status.ts';
import {
  destroyDomain,
  domainXml,
  networkXml,
  resetDomain,
  resumeDomain,
  shutdownDomain,
  startDomain,
  suspendDomain,
} from '#hostpool/ensure.ts';
import type { Host } from '#hostpool/types.ts';
import { addFinalizer, removeFinalizer } from '#kube/finalizers.ts';
import { readDomain } from '#libvirt/domain.ts';
import { readNetwork } from '#libvirt/network.ts';
import { errorClassOf, reasonOf, toMessage, VirtfleetError } from '#platform/errors.ts';
import type { Right } from '#platform/right.ts';
import { isoTime } from '../conditions.ts';
import type { StatusWriter } from '../write-status.ts';
import { applyLive, grow, release } from './change.ts';
import { bury, erase, orphan } from './erase.ts';
import type { MachineServices, Seen } from './observe.ts';
import { claimOf, decide, pinned } from './place.ts';
import { type Decisions, type Step, stepFor } from './plan.ts';
import { type ActContext, ensureNetworks, provision } from './provision.ts';
import { planRecord, type RecordPlan } from './record.ts';
import { recoverRecord } from './recover.ts';
import { statusOf } from './status.ts';
import type { Surroundings } from './surroundings.ts';

export interface Actor {
  services: MachineServices;
  writer: StatusWriter<VirtualMachine>;
}

/** What a step leaves to be told: another step follows unless `rest` says why there is nothing to do now. */
export interface ActResult {
  rest?: Extract<Step, { do: 'Wait' | 'Stall' }>;
  /** The object has been let go of. */
  gone?: boolean;
}

export async function act(actor: Actor, right: Right, seen: Seen, step: Step): Promise<ActResult> {
  switch (step.do) {
    case 'Wait':
    case 'Stall':
      return { rest: step };
    case 'Settle':
      return {};
    case 'AddFinalizer': {
      const { client, informers } = actor.services.deps;
      const stored = storedOf(actor, seen);
      const written = await addFinalizer(client, right, virtualMachineKind, stored, FINALIZER);
      informers.machines.learn(written, stored.metadata.resourceVersion);
      return {};
    }
    case 'RemoveFinalizer':
      return letGo(actor, right, seen);
    case 'Record':
      await record(actor, right, seen, step.decisions);
      return {};
    case 'Believe':
      await believe(actor, right, seen);
      return {};
    case 'Place':
      return place(actor, right, seen);
    case 'Reclaim':
    case 'ExtendRecord':
      await extend(actor, right, seen);
      return {};
    case 'Bury':
      await bury(actor.services, right, seen);
      event(
        actor,
        seen,
        'Warning',
        'Abandoned',
        'Abandon',
        `let go of while host ${seen.machine.status?.host?.name} is out of reach; it is swept when the host is back`,
      );
      return letGo(actor, right, seen);
    default:
      return actOnHost(actor, right, seen, step);
  }
}

type HostStep = Exclude<
  Step,
  {
    do:
      | 'Wait'
      | 'Stall'
      | 'Settle'
      | 'AddFinalizer'
      | 'RemoveFinalizer'
      | 'Record'
      | 'Believe'
      | 'Place'
      | 'Reclaim'
      | 'ExtendRecord'
      | 'Bury';
  }
>;

async function actOnHost(actor: Actor, right: Right, seen: Seen, step: HostStep): Promise<ActResult> {
  const ctx = contextOf(actor, right, seen);
  const { host } = ctx;
  const uuid = seen.record?.uuid ?? seen.chosen?.uuid ?? '';
  switch (step.do) {
    case 'Provision':
      await provision(ctx);
      return {};
    case 'ApplyLive':
      await applyLive(ctx);
      return {};
    case 'Grow':
      await grow(ctx);
      return {};
    case 'Release': {
      const busy = await release(ctx);
      await extend(actor, right, seen);
      return busy.length > 0
        ? {
            rest: {
              do: 'Wait',
              reason: 'DetachPending',
              message: `the guest has not let go of ${busy.join(', ')} yet`,
              at: seen.observation.now + 5_000,
            },
          }
        : {};
    }
    case 'Start':
      await ensureNetworks(ctx);
      await startDomain(host, right, uuid);
      Object.assign(seen.memory, {
        startedGeneration: seen.machine.status?.run?.generation ?? null,
        guest: null,
        guestPolls: 0,
        guestPolledAt: null,
        agentConnected: false,
      });
      seen.memory.liveRefused.clear();
      event(actor, seen, 'Normal', 'Started', 'Start', `started on host ${host.name}`);
      return {};
    case 'Shutdown':
      if (seen.memory.shutdownSentAt === null)
        event(
          actor,
          seen,
          'Normal',
          'ShuttingDown',
          'Shutdown',
          `asked the guest to shut down by ${seen.machine.status?.stop?.deadline}`,
        );
      seen.memory.shutdownSentAt = seen.observation.now;
      await shutdownDomain(host, right, uuid, { mode: 'Acpi' });
      return {};
    case 'Destroy':
      await destroyDomain(host, right, uuid);
      event(actor, seen, 'Normal', 'PoweredOff', 'Destroy', `turned off on host ${host.name}: ${step.why}`);
      return {};
    case 'Suspend':
      await suspendDomain(host, right, uuid);
      event(actor, seen, 'Normal', 'Paused', 'Suspend', `paused on host ${host.name}`);
      return {};
    case 'Resume':
      await resumeDomain(host, right, uuid);
      event(actor, seen, 'Normal', 'Resumed', 'Resume', `goes on, on host ${host.name}`);
      return {};
    case 'Reset':
      await reset(ctx, uuid, step.request);
      return {};
    case 'Erase':
      await erase(ctx);
      return letGo(actor, right, seen);
    case 'Orphan':
      await orphan(ctx);
      event(
        actor,
        seen,
        'Normal',
        'Orphaned',
        'Delete',
        `left on host ${host.name} with its disks, as deletionPolicy says`,
      );
      return letGo(actor, right, seen);
  }
}

function contextOf({ services }: Actor, right: Right, seen: Seen): ActContext {
  const { host, machine } = seen;
  const object = `VirtualMachine ${machine.metadata.namespace}/${machine.metadata.name}`;
  if (host) return { services, right, seen, host, object };
  throw new VirtfleetError(
    'Transient',
    'HostUnreachable',
    `${object}: host ${machine.status?.host?.name} is not connected`,
    { object },
  );
}

/** A reset takes effect at most once: that it was begun is remembered before it is sent. */
async function reset({ host, right, seen }: ActContext, uuid: string, request: string): Promise<void> {
  seen.memory.reset = {
    uid: request,
    failure: {
      reason: 'OutcomeUnknown',
      message: 'the host did not answer; look at the machine, and ask again if it was not reset',
    },
  };
  try {
    await resetDomain(host, right, uuid);
    seen.memory.reset = { uid: request, failure: null };
  } catch (error) {
    if (errorClassOf(error) === 'LeaseLost') throw error;
    if (errorClassOf(error) !== 'OutcomeUnknown')
      seen.memory.reset = { uid: request, failure: { reason: reasonOf(error), message: toMessage(error) } };
  }
}

async function record(actor: Actor, right: Right, seen: Seen, decisions: Decisions): Promise<void> {
  const step: Step = { do: 'Record', decisions, why: '' };
  if (decisions.request?.phase === 'Accepted') seen.memory.claimedHere = decisions.request.uid;
  if (decisions.stop === null || decisions.run) seen.memory.shutdownSentAt = null;
  if (decisions.crash)
    event(
      actor,
      seen,
      'Warning',
      'Ended',
      'Restart',
      `its run ended, ${decisions.crash.count} in a row; the next start is at ${decisions.crash.nextStartAt}`,
    );
  await write(actor, right, seen, statusOf(seen, { kind: 'Step', step }, decisions));
}

/** The host's stamp knows better than status: host, incarnation, UUID, disks, MACs and addresses are taken from there. */
async function believe(actor: Actor, right: Right, seen: Seen): Promise<void> {
  const { located, machine, around } = seen;
  if (located.kind !== 'Believe') return;
  const { sighting, incarnation, why } = located;
  const { deps } = actor.services;
  const host = deps.hosts.get(sighting.host);
  const xml = host?.inSight ? await domainXml(host, sighting.domainUuid, { inactive: true }) : null;
  if (!host || !xml) {
    throw new VirtfleetError(
      'Transient',
      'HostUnreachable',
      `host ${sighting.host} has this machine and cannot be asked what it is made of`,
      { host: sighting.host },
    );
  }
  const reserved = await reservedAddresses(host, around);
  const record = recoverRecord({
    machine,
    facts: readDomain(xml),
    around,
    pools: deps.informers.pools.list(),
    reserved,
  });
  const startedAt = new Date(seen.observation.now).toISOString();
  const generation = (machine.status?.run?.generation ?? 0) + 1;
  await write(actor, right, seen, {
    ...machine.status,
    ...record,
    uuid: sighting.domainUuid,
    host: { name: sighting.host, uid: sighting.hostUid },
    incarnation: why === 'TakeOver' ? incarnation + 1 : incarnation,
    ...(sighting.active ? { run: { generation, startedAt, desired: 'On' as const, confirmed: true } } : {}),
  });
  const note = `found on host ${sighting.host} with incarnation ${incarnation}; status follows it`;
  event(actor, seen, 'Warning', why === 'TakeOver' ? 'TakenOver' : 'StatusRecovered', 'Believe', note);
}

async function reservedAddresses(host: Host, around: Surroundings): Promise<Map<string, string>> {
  const reserved = new Map<string, string>();
  for (const network of around.networks.values()) {
    const xml = await networkXml(host, network.metadata.uid, { inactive: true });
    for (const { mac, ip } of xml ? readNetwork(xml).reservations : []) reserved.set(mac.toLowerCase(), ip);
  }
  return reserved;
}

/** The whole decision in one fenced write; the claim counts in this process from before the write on. */
async function place(actor: Actor, right: Right, seen: Seen): Promise<ActResult> {
  const { services } = actor;
  const { deps, ledger } = services;
  const { machine, around } = seen;
  const plan = freshRecord(services, seen);
  const [problem] = plan.problems;
  if (problem) return { rest: stepFor(problem, seen.observation.now) };
  const decision = decide({ deps, ledger, machine, around, volumes: plan.volumes });
  const host = decision.host ? deps.hosts.get(decision.host) : undefined;
  const chosen = host ? pinned(machine, decision, host, deps.hosts.hosts()) : null;
  if (!host || !decision.hostUid || !chosen) {
    const message = host
      ? `host ${host.name} has no machine type ${machine.spec.machineType ?? 'q35'}; see Host.status.machineTypes`
      : decision.message;
    return { rest: { do: 'Wait', reason: 'Unschedulable', message } };
  }
  const now = seen.observation.now;
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
  await claimAndWrite(actor, right, { ...seen, recordPlan: plan }, status);
  event(actor, seen, 'Normal', 'Scheduled', 'Place', decision.message);
  return {};
}

async function extend(actor: Actor, right: Right, seen: Seen): Promise<void> {
  const plan = freshRecord(actor.services, seen);
  const { dropped } = seen.memory;
  const status: VirtualMachineStatus = {
    ...seen.machine.status,
    interfaces: plan.interfaces.filter((nic) => !dropped.has(nic.name)),
    volumes: plan.volumes.filter((volume) => !dropped.has(volume.name)),
  };
  await claimAndWrite(actor, right, { ...seen, recordPlan: plan }, status);
  dropped.clear();
}

/** Planned again in the same turn of the loop as the claim is taken, so that nobody else takes it in between. */
function freshRecord({ ledger }: MachineServices, seen: Seen): RecordPlan {
  const seed = seen.seed.kind === 'Ready' ? { digest: seen.seed.digest } : null;
  const uuid = seen.chosen?.uuid ?? seen.machine.spec.uuid ?? seen.machine.metadata.uid;
  return planRecord({
    machine: seen.machine,
    uuid,
    around: seen.around,
    ledger,
    lost: seen.lost,
    seed,
    keepSeed: seed === null,
  });
}

async function claimAndWrite(actor: Actor, right: Right, seen: Seen, decided: VirtualMachineStatus): Promise<void> {
  const { ledger, deps } = actor.services;
  const { uid, namespace, name } = seen.machine.metadata;
  ledger.take(claimOf(seen.machine, decided));
  for (const nic of decided.interfaces ?? []) if (nic.networkUID) ledger.advance(nic.networkUID);
  try {
    const machine = { ...seen.machine, status: decided };
    await write(actor, right, seen, statusOf({ ...seen, machine }, { kind: 'Step', step: { do: 'Place' } }));
  } finally {
    const now = deps.informers.machines.get(`${namespace}/${name}`);
    ledger.settle(uid, now?.metadata.uid === uid ? claimOf(now) : null);
  }
}

/** Writes the difference to what is stored; what was learned is in status with it. */
export async function write(actor: Actor, right: Right, seen: Seen, status: VirtualMachineStatus): Promise<void> {
  const stored = storedOf(actor, seen);
  await actor.writer.write(right, stored, status);
}

/** The version that was observed: a later one in the cache means a conflict, and another look. */
function storedOf({ services }: Actor, seen: Seen): VirtualMachine {
  const { namespace, name, uid, resourceVersion } = seen.machine.metadata;
  const stored = services.deps.informers.machines.get(`${namespace}/${name}`);
  if (stored?.metadata.uid === uid && stored.metadata.resourceVersion === resourceVersion) return stored;
  throw new VirtfleetError('Conflict', 'Conflict', `VirtualMachine ${namespace}/${name} has changed since it was read`);
}

async function letGo(actor: Actor, right: Right, seen: Seen): Promise<ActResult> {
  const { client } = actor.services.deps;
  await removeFinalizer(client, right, virtualMachineKind, storedOf(actor, seen), FINALIZER);
  return { gone: true };
}

function event(
  { services }: Actor,
  { machine }: Seen,
  type: 'Normal' | 'Warning',
  reason: string,
  action: string,
  note: string,
): void {
  services.deps.recorder.event(machine, { type, reason, action, note });
}

/** Does one step of the plan. Every outward call in here goes through the door of its room. */

import { FINALIZER } from '#api/v1alpha1/meta.ts';
import { virtualMachineKind } from '#api/v1alpha1/virtual-machine.ts';
import {
  destroyDomain,
  resetDomain,
  resumeDomain,
  shutdownDomain,
  startDomain,
  suspendDomain,
} from '#hostpool/ensure.ts';
import { addFinalizer, removeFinalizer } from '#kube/finalizers.ts';
import { errorClassOf, reasonOf, toMessage, VirtfleetError } from '#platform/errors.ts';
import type { Right } from '#platform/right.ts';
import type { ActContext } from './act-context.ts';
import { believe } from './believe.ts';
import { applyLive, grow, release } from './change.ts';
import { extend, place } from './claims.ts';
import { keptSeed } from './cloud-init.ts';
import { bury, erase, orphan } from './erase.ts';
import { actOnMove } from './migrate.ts';
import { explainStart } from './missing-disks.ts';
import type { Seen } from './observe.ts';
import { planMove } from './place-migration.ts';
import type { Decisions, Step } from './plan.ts';
import { wantedPower } from './power.ts';
import { ensureNetworksForStart, provision } from './provision.ts';
import { beginSave, explainRestore } from './save.ts';
import { statusOf } from './status.ts';
import { type Actor, type ActResult, event, storedOf, write } from './writing.ts';

export async function act(actor: Actor, right: Right, seen: Seen, step: Step): Promise<ActResult> {
  switch (step.do) {
    case 'Wait':
    case 'Stall':
      return { rest: step };
    case 'AwaitMove':
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
    case 'PlanMove':
      return planMove(actor, right, seen, step);
    case 'PrepareMove':
    case 'CommitMove':
    case 'ClearMove':
      return actOnMove(actor, right, seen, step);
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
      | 'Bury'
      | 'PlanMove'
      | 'PrepareMove'
      | 'CommitMove'
      | 'ClearMove'
      | 'AwaitMove';
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
    case 'Start': {
      await ensureNetworksForStart(ctx);
      const isSaved = seen.machine.status?.run?.saved === true;
      const started = await startDomain(host, right, uuid, { isSaved }).catch((error: unknown) =>
        explainStart(ctx, isSaved ? explainRestore(host.name, uuid, error) : error),
      );
      if (typeof started === 'object') return { rest: started };
      Object.assign(seen.memory, {
        startedGeneration: seen.machine.status?.run?.generation ?? null,
        guest: null,
        guestPolls: 0,
        guestPolledAt: null,
        agentConnected: false,
      });
      seen.memory.liveRefused.clear();
      if (started === 'changed') {
        event(actor, seen, 'Normal', 'Started', 'Start', `started on host ${host.name}`);
        const kept = keptSeed(seen.seed);
        if (kept !== null) event(actor, seen, 'Warning', 'SeedKept', 'Start', kept);
      }
      return {};
    }
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
    case 'Save':
      beginSave(ctx, uuid, step.request);
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
  await write(actor, right, seen, statusOf(decided(seen, decisions), { kind: 'Step', step }, decisions));
  if (decisions.crash)
    event(
      actor,
      seen,
      'Warning',
      'Ended',
      'Restart',
      `its run ended, ${decisions.crash.count} in a row; the next start is at ${decisions.crash.nextStartAt}`,
    );
}

/** A guest that powers itself off under Manual is off as wanted from this write on, and status says so in the same write. */
function decided(seen: Seen, { run = seen.observation.run }: Decisions): Seen {
  const power = wantedPower(seen.observation.runStrategy, run);
  return { ...seen, observation: { ...seen.observation, wantedPower: power } };
}

async function letGo(actor: Actor, right: Right, seen: Seen): Promise<ActResult> {
  const { client } = actor.services.deps;
  await removeFinalizer(client, right, virtualMachineKind, storedOf(actor, seen), FINALIZER);
  return { gone: true };
}

/** One outward step for a Host. */
import { hostKind } from '#api/v1alpha1/host.ts';
import { FINALIZER } from '#api/v1alpha1/meta.ts';
import { ensureBootMark, ensureClaim, releaseClaim } from '#hostpool/ensure.ts';
import type { Host as HostEntry } from '#hostpool/types.ts';
import { removeFinalizer } from '#kube/finalizers.ts';
import type { Right } from '#platform/right.ts';
import type { ControllerDeps } from '../deps.ts';
import type { Connections } from './connection.ts';
import type { HostObservation } from './observe.ts';
import type { HostStep } from './plan.ts';
import { sweep } from './sweep.ts';

export interface HostOutcome {
  /** Tombstones whose machines are gone now. */
  swept: ReadonlySet<string>;
  /** The object is gone: there is no status to write. */
  forgotten: boolean;
  /** Look again at once: there may be a next step. */
  again: boolean;
}

const DONE: HostOutcome = { swept: new Set(), forgotten: false, again: false };
const AGAIN: HostOutcome = { ...DONE, again: true };

export async function actOnHost(
  deps: ControllerDeps,
  connections: Connections,
  right: Right,
  { object, entry }: HostObservation,
  step: HostStep,
): Promise<HostOutcome> {
  const { name, uid } = object.metadata;
  switch (step.kind) {
    case 'Settled':
    case 'Blocked':
    case 'HandsOff':
    case 'Connect': // The reconcile has told the pool already; its first word about the host wakes us.
      return DONE;
    case 'Pin': // It is the status write that follows.
      return AGAIN;
    case 'Disconnect':
      if (entry) await deps.hosts.remove(name);
      connections.forget(uid);
      return DONE;
    case 'Claim':
      await ensureClaim(there(entry), right, deps.fleetId);
      await there(entry).refreshFacts();
      return AGAIN;
    case 'MarkBoot':
      await ensureBootMark(there(entry), right);
      await there(entry).refreshFacts();
      return AGAIN;
    case 'Sweep': {
      const tombstone = object.status?.tombstones?.find(({ uuid }) => uuid === step.tombstone.uuid);
      if (!tombstone) return DONE;
      const result = await sweep(deps, right, there(entry), tombstone);
      deps.recorder.event(object, {
        type: result === 'Swept' ? 'Normal' : 'Warning',
        reason: result === 'Swept' ? 'Swept' : 'TombstoneObsolete',
        action: 'Sweep',
        note:
          result === 'Swept'
            ? `Removed what was left of the abandoned machine ${tombstone.namespace}/${tombstone.name}.`
            : `The domain ${tombstone.uuid} is no longer the machine that was abandoned; it was left alone.`,
      });
      return { ...AGAIN, swept: new Set([tombstone.uuid]) };
    }
    case 'Release':
      await releaseClaim(there(entry), right, deps.fleetId);
      return forget(deps, connections, right, object);
    case 'Forget':
      return forget(deps, connections, right, object);
    default:
      return step satisfies never;
  }
}

async function forget(
  deps: ControllerDeps,
  connections: Connections,
  right: Right,
  object: HostObservation['object'],
): Promise<HostOutcome> {
  await removeFinalizer(deps.client, right, hostKind, object, FINALIZER);
  await deps.hosts.remove(object.metadata.name);
  connections.forget(object.metadata.uid);
  return { ...DONE, forgotten: true };
}

function there(entry: HostEntry | undefined): HostEntry {
  if (!entry) throw new Error('a step that needs the host was planned without one');
  return entry;
}

/** The end of a machine on a host, in an order that leaves the stamp, the last evidence of whose it is, for the end. */
import { type Host as HostObject, hostKind, type Tombstone } from '#api/v1alpha1/host.ts';
import { removeReservation, removeStamp, undefineDomain } from '#hostpool/ensure.ts';
import type { Right } from '#platform/right.ts';
import { isoTime } from '../conditions.ts';
import type { ControllerDeps } from '../deps.ts';
import type { ActContext } from './act-context.ts';
import { removeOwnVolume } from './change.ts';
import type { MachineServices, Seen } from './observe.ts';

/** Volumes and seed, reservations, definition. A step that was done before is found done. */
export async function erase(ctx: ActContext): Promise<void> {
  const { seen, host, right } = ctx;
  for (const volume of seen.machine.status?.volumes ?? []) await removeOwnVolume(ctx, volume);
  for (const nic of seen.machine.status?.interfaces ?? []) {
    if (nic.networkUID) await removeReservation(host, right, nic.networkUID, { mac: nic.mac });
  }
  if (!seen.record) return;
  await undefineDomain(host, right, seen.record.uuid);
  await host.refreshDomain(seen.record.uuid);
}

/** Domain and disks stay as they are, and belong to nobody. */
export async function orphan({ seen, host, right }: ActContext): Promise<void> {
  if (!seen.record) return;
  await removeStamp(host, right, seen.record.uuid);
  await host.refreshDomain(seen.record.uuid);
}

/**
 * Writes to the host what has to be swept when it is back: the machine's object is let go after that. Of a machine that was
 * being moved both hosts may have it.
 */
export async function bury({ deps }: MachineServices, right: Right, seen: Seen): Promise<void> {
  const { status } = seen.machine;
  const target = status?.migration?.target;
  await buryOn(deps, right, seen, status?.host, status?.incarnation ?? 1);
  if (target) await buryOn(deps, right, seen, target, status?.migration?.incarnation ?? (status?.incarnation ?? 1) + 1);
}

async function buryOn(
  deps: ControllerDeps,
  right: Right,
  seen: Seen,
  at: { name: string; uid: string } | undefined,
  incarnation: number,
): Promise<void> {
  const { status, metadata } = seen.machine;
  const host = at ? deps.informers.hosts.get(at.name) : undefined;
  // The Host object is gone or another one: there is nothing to write it on, and nobody left to sweep.
  if (!status?.uuid || !host || host.metadata.uid !== at?.uid) {
    const left = (status?.volumes ?? []).flatMap((v) => (v.volumeName ? [`${v.poolName}/${v.volumeName}`] : []));
    const note = `Host ${at?.name} is no longer known; what may be left there: domain ${status?.uuid}, volumes ${left.join(', ')}`;
    deps.recorder.event(seen.machine, { type: 'Warning', reason: 'LeftBehind', action: 'Abandon', note });
    return;
  }
  const tombstone: Tombstone = {
    uuid: status.uuid,
    incarnation,
    namespace: metadata.namespace ?? '',
    name: metadata.name,
    volumes: (status.volumes ?? []).flatMap((v) =>
      (v.role === 'Disk' || v.role === 'Seed') && v.reclaimPolicy === 'Delete' && v.poolName && v.volumeName
        ? [{ poolName: v.poolName, volumeName: v.volumeName }]
        : [],
    ),
    macs: (status.interfaces ?? []).map((nic) => nic.mac),
    addresses: (status.interfaces ?? []).flatMap((nic) =>
      (nic.addresses ?? []).flatMap((a) => (a.source === 'Reserved' ? [a.address] : [])),
    ),
    since: isoTime(deps.clock.now()),
  };
  const others = (host.status?.tombstones ?? []).filter((t) => t.uuid !== tombstone.uuid);
  const patch = { status: { tombstones: [...others, tombstone] } };
  const written = await deps.client.patchFenced<HostObject>(right, hostKind, host, patch, { subresource: 'status' });
  deps.informers.hosts.learn(written, host.metadata.resourceVersion);
}

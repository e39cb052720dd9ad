/** The end of a machine on a host, in an order that leaves the stamp, the last evidence of whose it is, for the end. */
import { type Host as HostObject, hostKind, type Tombstone } from '#api/v1alpha1/host.ts';
import { removeReservation, removeStamp, undefineDomain } from '#hostpool/ensure.ts';
import type { Right } from '#platform/right.ts';
import { isoTime } from '../conditions.ts';
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

/** Writes to the host what has to be swept when it is back: the machine's object is let go after that. */
export async function bury({ deps }: MachineServices, right: Right, seen: Seen): Promise<void> {
  const { status, metadata } = seen.machine;
  const host = status?.host ? deps.informers.hosts.get(status.host.name) : undefined;
  // The Host object is gone or another one: there is nothing to write it on, and nobody left to sweep.
  if (!status?.uuid || !host || host.metadata.uid !== status.host?.uid) {
    const left = (status?.volumes ?? []).flatMap((v) => (v.volumeName ? [`${v.poolName}/${v.volumeName}`] : []));
    const note = `Host ${status?.host?.name} is no longer known; what may be left there: domain ${status?.uuid}, volumes ${left.join(', ')}`;
    deps.recorder.event(seen.machine, { type: 'Warning', reason: 'LeftBehind', action: 'Abandon', note });
    return;
  }
  const tombstone: Tombstone = {
    uuid: status.uuid,
    incarnation: status.incarnation ?? 1,
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

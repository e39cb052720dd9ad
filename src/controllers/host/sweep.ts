/**
 * Removes an abandoned machine from a host that is back: domain, volumes, reservations, definition, in this order. The
 * stamp goes last: it is the last evidence of whose the volumes are. Every part is looked up first, so that a crash
 * anywhere is made good by doing it again.
 */
import type { Tombstone } from '#api/v1alpha1/host.ts';
import { deleteVolume, destroyDomain, removeReservation, undefineDomain } from '#hostpool/ensure.ts';
import type { DomainRecord, Host as HostEntry } from '#hostpool/types.ts';
import { VirtfleetError } from '#platform/errors.ts';
import type { Right } from '#platform/right.ts';
import type { ControllerDeps } from '../deps.ts';
import { findPoolOnHost } from '../pool-input.ts';

export type SweepResult = 'Swept' | 'Obsolete';

/** Whether the domain is the one that was abandoned: same fleet, name and UUID, and not placed anew since. Pure. */
export function isAbandoned(domain: Pick<DomainRecord, 'stamp'>, tombstone: Tombstone, fleet: string): boolean {
  const { stamp } = domain;
  return (
    stamp !== null &&
    stamp.fleet === fleet &&
    stamp.namespace === tombstone.namespace &&
    stamp.name === tombstone.name &&
    stamp.incarnation <= tombstone.incarnation
  );
}

export async function sweep(
  deps: ControllerDeps,
  right: Right,
  host: HostEntry,
  tombstone: Tombstone,
): Promise<SweepResult> {
  const domain = await host.refreshDomain(tombstone.uuid);
  // The machine was taken over by a new object, or the UUID is somebody else's: nothing of it is ours to remove.
  if (domain && !isAbandoned(domain, tombstone, deps.fleetId)) return 'Obsolete';
  if (domain) await destroyDomain(host, right, tombstone.uuid);
  for (const { poolName, volumeName } of tombstone.volumes ?? []) {
    const pool = findPoolOnHost(deps, host, poolName);
    if (!pool?.active) {
      throw new VirtfleetError(
        'Transient',
        'PoolNotRunning',
        `volume ${volumeName} of the abandoned machine ${tombstone.namespace}/${tombstone.name} cannot be removed: pool ${poolName} is not running on host ${host.name}`,
        { host: host.name, mend: `Start the pool, or remove the tombstone from the status of Host ${host.name}` },
      );
    }
    await deleteVolume(host, right, pool.uuid, volumeName);
  }
  for (const uuid of networksOf(deps, host, tombstone.namespace)) {
    for (const mac of tombstone.macs ?? []) await removeReservation(host, right, uuid, { mac });
  }
  if (domain) {
    await undefineDomain(host, right, tombstone.uuid);
    await host.refreshDomain(tombstone.uuid);
  }
  return 'Swept';
}

/** Our networks of that namespace which are on the host. */
function networksOf(deps: ControllerDeps, host: HostEntry, namespace: string): string[] {
  return [...(host.inventory?.networks.keys() ?? [])].filter(
    (uuid) => deps.informers.networks.byUid(uuid)?.metadata.namespace === namespace,
  );
}

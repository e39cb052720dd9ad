/** Which changes of other objects are news to machines that wait, or that need something of them. Pure. */
import { quantityToMilli, quantityToNumber } from '#api/quantity.ts';
import type { Host as HostObject } from '#api/v1alpha1/host.ts';
import type { StoragePool } from '#api/v1alpha1/storage-pool.ts';
import type { VirtualMachineImage } from '#api/v1alpha1/virtual-machine-image.ts';
import type { Claim } from './ledger.ts';

export const buriedAddresses = (host: HostObject): string[] =>
  (host.status?.tombstones ?? []).flatMap((t) => t.addresses ?? []);

/** The host's own count lags behind our claims, and holds foreign domains: room that it has again is for those who wait. */
export function hasGainedRoom({ status }: HostObject, old: HostObject | undefined): boolean {
  const [now, before] = [status?.allocated, old?.status?.allocated];
  if (!now || !before) return false;
  return (
    quantityToMilli(now.cpu) < quantityToMilli(before.cpu) ||
    quantityToNumber(now.memory) < quantityToNumber(before.memory)
  );
}

/** Quotas count less of it than before: others may have that. */
export function isLess(now: Claim | null, before: Claim): boolean {
  if (before.hostUid === null) return false;
  if (!now || now.hostUid === null) return true;
  return now.granted.cpuMilli < before.granted.cpuMilli || now.granted.memoryBytes < before.granted.memoryBytes;
}

/** Where a pool can be used; its counters wake nobody. */
export const usable = ({ spec, status }: StoragePool): string =>
  JSON.stringify([spec, (status?.hosts ?? []).map(({ name, state }) => [name, state])]);

/** What of a host decides whether machines fit there; its other counters change all the time and wake nobody. */
export function placementRelevant({ spec, metadata, status }: HostObject): string {
  const conditions = (status?.conditions ?? []).map((c) => `${c.type}=${c.status}`);
  return JSON.stringify([
    spec,
    metadata.labels,
    status?.state,
    status?.allocatable,
    conditions,
    status?.domainTypes,
    status?.tombstones?.length,
  ]);
}

/** What of an image matters to machines that stand on it or wait for it; how far its copies are is for its messages alone. */
export function copiesOf({ metadata, spec, status }: VirtualMachineImage): string {
  const copies = (status?.copies ?? []).map(({ queuedAt: _queuedAt, ...copy }) => copy);
  const conditions = (status?.conditions ?? []).map(({ type, status, reason, message }) => [
    type,
    status,
    reason,
    message,
  ]);
  return JSON.stringify([metadata.uid, metadata.deletionTimestamp, spec, copies, conditions]);
}

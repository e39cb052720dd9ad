/** All that is read for one volume, from caches alone. */
import { quantityToNumber } from '#api/quantity.ts';
import type { StoragePool } from '#api/v1alpha1/storage-pool.ts';
import type { StorageVolume } from '#api/v1alpha1/storage-volume.ts';
import type { VirtualMachine } from '#api/v1alpha1/virtual-machine.ts';
import type { Host as HostEntry, PoolRecord } from '#hostpool/types.ts';
import { keyOf } from '#kube/types.ts';
import { storageVolumeName } from '#libvirt/names.ts';
import type { ControllerDeps } from '../deps.ts';
import { machineIndexes } from '../indexes.ts';
import { findPoolOnHost } from '../pool-input.ts';
import type { Attachment, Decided, VolumeInput } from './plan.ts';

/** VIR_DOMAIN_SHUTOFF: nothing has the file open. */
const SHUT_OFF = 5;
const CRASHED = 6;

export interface Seen {
  input: VolumeInput;
  place: { host: HostEntry; pool: PoolRecord } | null;
}

export function observeVolume(deps: ControllerDeps, volume: StorageVolume, isLookDue: boolean): Seen {
  const { informers, clock } = deps;
  const { metadata, spec, status } = volume;
  const machines = informers.machines.byIndex(machineIndexes.volume, keyOf(volume));
  const pool = informers.pools.get(spec.poolName);
  const decided = decidedOf(volume);
  const holder = holderOf(volume, machines);
  const holding = machines.find((machine) => machine.metadata.uid === holder?.uid);
  const place = placeOf(deps, volume, pool, decided);
  const sizeBytes = spec.size === undefined ? null : quantityToNumber(spec.size);
  const input: VolumeInput = {
    now: clock.now(),
    isDeleting: metadata.deletionTimestamp !== undefined,
    decided,
    phase: status?.phase,
    attachedTo: status?.attachedTo ?? null,
    holder,
    poolName: spec.poolName,
    pool: poolView(volume, pool),
    spec: { format: spec.format, sizeBytes, reclaimPolicy: spec.reclaimPolicy ?? null },
    holderHost: holding?.status?.host ?? null,
    image: imageView(deps, volume, pool, decided),
    place: typeof place === 'string' ? place : 'Ready',
    capacityBytes: status?.capacityBytes ?? null,
    isOpen: holding !== undefined && isOpen(deps, holding),
    isLookDue,
    nameOf: (attempt) =>
      storageVolumeName({
        volume: metadata.name,
        uid: metadata.uid,
        attempt,
        format: spec.format === 'Raw' ? 'raw' : 'qcow2',
      }),
  };
  return { input, place: typeof place === 'string' ? null : place };
}

function decidedOf({ spec, status }: StorageVolume): Decided | null {
  if (status?.volumeName === undefined) return null;
  const { poolUID = '', volumeName, attempt = 1, format = spec.format, reclaimPolicy = 'Retain', host, base } = status;
  const where = host === undefined ? {} : { host };
  return { poolUID, volumeName, attempt, format, reclaimPolicy, ...where, ...(base === undefined ? {} : { base }) };
}

/** Who has it keeps it while it names it, or still has it in its domain; else the oldest that names it. */
export function holderOf(volume: StorageVolume, machines: readonly VirtualMachine[]): Attachment | null {
  const { name } = volume.metadata;
  const names = (machine: VirtualMachine): boolean =>
    machine.spec.disks?.some((disk) => disk.volumeName === name) ?? false;
  const has = (machine: VirtualMachine): boolean =>
    volume.status?.volumeName !== undefined &&
    (machine.status?.volumes?.some((one) => one.role === 'Volume' && one.volumeName === volume.status?.volumeName) ??
      false);
  const current = machines.find((machine) => machine.metadata.uid === volume.status?.attachedTo?.uid);
  const next = machines
    .filter((machine) => names(machine) && machine.metadata.deletionTimestamp === undefined)
    .sort(
      (a, b) =>
        compare(a.metadata.creationTimestamp, b.metadata.creationTimestamp) ||
        compare(a.metadata.name, b.metadata.name),
    )[0];
  const holder = current !== undefined && (names(current) || has(current)) ? current : next;
  return holder === undefined ? null : { kind: 'VirtualMachine', name: holder.metadata.name, uid: holder.metadata.uid };
}

const compare = (a = '', b = ''): number => (a < b ? -1 : a > b ? 1 : 0);

function poolView({ metadata }: StorageVolume, pool: StoragePool | undefined): VolumeInput['pool'] {
  if (pool === undefined) return { state: 'Missing' };
  const { allowedNamespaces, access, reclaimPolicy } = pool.spec;
  if (allowedNamespaces !== undefined && !allowedNamespaces.includes(metadata.namespace ?? ''))
    return { state: 'NotAllowed' };
  return { state: 'Found', uid: pool.metadata.uid, access, reclaimPolicy };
}

function imageView(
  { informers }: ControllerDeps,
  { metadata, spec }: StorageVolume,
  pool: StoragePool | undefined,
  decided: Decided | null,
): VolumeInput['image'] {
  if (spec.imageName === undefined) return null;
  const image = informers.images.get(`${metadata.namespace}/${spec.imageName}`);
  const isGoing = image?.metadata.deletionTimestamp !== undefined && decided === null;
  if (image === undefined || isGoing) return { state: 'Missing', name: spec.imageName };
  const key = pool?.spec.access === 'Shared' ? `${spec.poolName}/` : `${spec.poolName}/${decided?.host?.name ?? ''}`;
  const copy = image.status?.copies?.find((one) => one.key === key && one.phase === 'Ready');
  const { volumeName, path } = copy ?? {};
  return {
    state: 'Found',
    name: image.metadata.name,
    uid: image.metadata.uid,
    sizeBytes: copy?.sizeBytes ?? image.status?.sizeBytes ?? null,
    copy: volumeName === undefined || path === undefined ? null : { volumeName, path },
  };
}

function placeOf(
  deps: ControllerDeps,
  { spec }: StorageVolume,
  pool: StoragePool | undefined,
  decided: Decided | null,
): { host: HostEntry; pool: PoolRecord } | Exclude<VolumeInput['place'], 'Ready'> {
  if (decided === null) return 'Unplaced';
  if (pool === undefined || pool.metadata.uid !== decided.poolUID) return 'Forgotten';
  if (decided.host === undefined) {
    for (const host of deps.hosts.hosts().sort((a, b) => compare(a.name, b.name))) {
      const record = host.inSight ? findPoolOnHost(deps, host, spec.poolName) : null;
      if (record?.active) return { host, pool: record };
    }
    return 'OutOfSight';
  }
  const object = deps.informers.hosts.get(decided.host.name);
  if (object?.metadata.uid !== decided.host.uid) return 'Forgotten';
  const host = deps.hosts.get(decided.host.name);
  if (!host?.inSight) return 'OutOfSight';
  const record = findPoolOnHost(deps, host, spec.poolName);
  return record?.active ? { host, pool: record } : 'PoolDown';
}

/** Unknown is not closed: a machine that cannot be seen may have it open. */
function isOpen({ hosts }: ControllerDeps, { status }: VirtualMachine): boolean {
  if (status?.host === undefined || status.uuid === undefined) return false;
  const host = hosts.get(status.host.name);
  if (!host?.inSight) return true;
  const record = host.inventory?.domains.get(status.uuid);
  return record !== undefined && record.state !== SHUT_OFF && record.state !== CRASHED;
}

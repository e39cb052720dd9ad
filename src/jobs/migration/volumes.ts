/** Files of a machine that only its host has: made at the target, removed from where it does not run in the end. */
import type { MovedVolume } from '#api/v1alpha1/virtual-machine-migration.ts';
import {
  copyVolume,
  createVolume,
  deleteVolume,
  findVolume,
  lookupVolume,
  refreshPoolContents,
  volumeFileBytes,
} from '#hostpool/ensure.ts';
import type { Host, PoolRecord } from '#hostpool/types.ts';
import { renderVolume } from '#libvirt/volume.ts';
import { VirtfleetError } from '#platform/errors.ts';
import { poolOnHost } from '../pool-on-host.ts';
import type { MoveDisk } from './disks.ts';
import { rebased } from './rebase.ts';
import { sourceOf, targetOf, type Work } from './work.ts';

export type OwnDisk = Extract<MoveDisk, { how: 'Copy' | 'Seed' }>;

/**
 * The pool on the host, which keeps a store of its own there.
 *
 * @throws Transient WaitingForPool
 */
function poolAt({ deps, move }: Work, host: Host, poolName: string): PoolRecord {
  const object = move.sources.pools.get(poolName);
  const pool = object === undefined ? null : poolOnHost(host, object, deps.fleetId);
  if (pool?.active && object?.spec.access === 'PerHost') return pool;
  throw new VirtfleetError(
    'Transient',
    'WaitingForPool',
    `StoragePool ${poolName} does not run on host ${host.name}, or is not its own there`,
    { host: host.name, object: move.object, mend: `See kubectl describe storagepool ${poolName}` },
  );
}

/**
 * Makes at the target what only the source has. Each file is recorded before it is made; one that was recorded before is
 * left of an attempt that did not end, and is made anew. What nobody recorded is not touched.
 */
export async function makeVolumes(work: Work, disks: readonly MoveDisk[]): Promise<MoveDisk[]> {
  const own = disks.filter(isOwn);
  const target = targetOf(work);
  for (const poolName of new Set(own.map((disk) => disk.poolName))) {
    // libvirt makes room only for what it knows, and may not have looked since somebody else's file came.
    await refreshPoolContents(target, work.right, poolAt(work, target, poolName).uuid);
  }
  await clearNames(work, target, own);
  if (own.length === 0) return [...disks];
  await work.journal.record({ phase: 'CopyingVolumes', volumes: own.map(movedVolume) });
  const made: MoveDisk[] = disks.filter((disk) => !isOwn(disk));
  let sentBytes = 0;
  for (const disk of own) {
    const isBytes = disk.how === 'Seed' || work.move.mode === 'Offline';
    const path = isBytes
      ? await sendFile(work, disk, sentBytes, (bytes) => {
          sentBytes += bytes;
        })
      : await makeEmpty(work, disk);
    made.push({ ...disk, path });
  }
  // Where they lie is known now; who goes on from the record finds them there.
  work.journal.note({ volumes: made.filter(isOwn).map(movedVolume) });
  return made;
}

const isOwn = (disk: MoveDisk): disk is OwnDisk => disk.how === 'Copy' || disk.how === 'Seed';
const movedVolume = ({ name, poolName, volumeName, path }: OwnDisk): MovedVolume => ({
  name,
  poolName,
  volumeName,
  path,
});

async function clearNames(work: Work, target: Host, own: readonly OwnDisk[]): Promise<void> {
  const recorded = work.journal.entry.volumes ?? [];
  for (const { name, poolName, volumeName } of own) {
    const pool = poolAt(work, target, poolName);
    if ((await findVolume(target, work.right, pool.uuid, volumeName)) === null) continue;
    const isOurs = recorded.some((one) => one.poolName === poolName && one.volumeName === volumeName);
    if (!isOurs) throw inTheWay(work, name, poolName, volumeName);
    await refuseUnderMachine(work, target);
    await deleteVolume(target, work.right, pool.uuid, volumeName);
  }
}

function inTheWay({ move }: Work, disk: string, poolName: string, volumeName: string): VirtfleetError {
  return new VirtfleetError(
    'InvalidSpec',
    'MoveFailed',
    `A file ${volumeName} that the move has not made is in StoragePool ${poolName} on host ${move.target.name}; it was left alone, and disk ${disk} cannot be copied there`,
    {
      host: move.target.name,
      object: move.object,
      mend: 'If both hosts see the same store, the pool is to be one with access Shared; else look whether the file is of use, and remove it there',
    },
  );
}

/** Nothing is removed from under a machine, whatever was thought to be seen a moment ago. */
async function refuseUnderMachine({ move }: Work, host: Host): Promise<void> {
  if ((await host.refreshDomain(move.uuid)) === null && host.inSight) return;
  throw new VirtfleetError('Conflict', 'DomainExists', `${move.object} is on host ${host.name}: its files stay there`, {
    host: host.name,
    object: move.object,
  });
}

/** An overlay as large as the disk is now; what was written to it is sent by the hypervisor. */
async function makeEmpty(work: Work, disk: OwnDisk): Promise<string> {
  const { right, move } = work;
  const [source, target] = [sourceOf(work), targetOf(work)];
  const facts = await lookupVolume(source, poolAt(work, source, disk.poolName).uuid, disk.volumeName);
  if (facts === null) throw missing(work, disk);
  const pool = poolAt(work, target, disk.poolName);
  refuseFull(work, pool, disk.poolName, facts.allocationBytes);
  const { base, format } = disk.how === 'Copy' ? disk : { base: null, format: 'raw' as const };
  const xml = renderVolume({
    name: disk.volumeName,
    capacityBytes: facts.capacityBytes,
    format,
    ...(base ? { backing: base } : {}),
  });
  const made = await createVolume(target, right, pool.uuid, xml, { mustBeNew: true });
  if (made.capacityBytes === facts.capacityBytes && (made.backing?.path ?? null) === (base?.path ?? null)) {
    return made.path ?? disk.path;
  }
  throw new VirtfleetError(
    'Transient',
    'MoveFailed',
    `Volume ${disk.volumeName} on host ${target.name} has ${made.capacityBytes} bytes on ${made.backing?.path ?? 'nothing'}, not ${facts.capacityBytes} on ${base?.path ?? 'nothing'}`,
    { host: target.name, object: move.object },
  );
}

/** The bytes of a file that nobody writes to. */
async function sendFile(work: Work, disk: OwnDisk, before: number, sent: (bytes: number) => void): Promise<string> {
  const { right, signal, journal } = work;
  const [source, target] = [sourceOf(work), targetOf(work)];
  const from = { host: source, poolUuid: poolAt(work, source, disk.poolName).uuid, name: disk.volumeName };
  const pool = poolAt(work, target, disk.poolName);
  const facts = await lookupVolume(source, from.poolUuid, disk.volumeName);
  if (facts === null) throw missing(work, disk);
  const length = await volumeFileBytes(from);
  refuseFull(work, pool, disk.poolName, facts.allocationBytes);
  // Plain room for the bytes of the file: what is made as qcow2 would begin with a header of its own.
  const xml = renderVolume({ name: disk.volumeName, capacityBytes: length, format: 'raw' });
  const made = await createVolume(target, right, pool.uuid, xml, { mustBeNew: true });
  const to = { host: target, poolUuid: pool.uuid, name: disk.volumeName };
  const base = disk.how === 'Copy' ? disk.base : null;
  const isMovedBase = base !== null && facts.backing !== null && facts.backing.path !== base.path;
  await copyVolume(from, to, right, {
    length,
    signal: AbortSignal.any([signal, journal.unwanted]),
    onProgress: (bytes) => journal.note({ progressBytes: before + bytes }),
    ...(isMovedBase ? { edit: (pieces) => rebased(pieces, base.path) } : {}),
  });
  sent(length);
  await verifyFile(work, disk, to, facts, base?.path ?? null, length);
  return made.path ?? disk.path;
}

async function verifyFile(
  work: Work,
  disk: OwnDisk,
  to: { host: Host; poolUuid: string; name: string },
  facts: { capacityBytes: number },
  basePath: string | null,
  length: number,
): Promise<void> {
  await refreshPoolContents(to.host, work.right, to.poolUuid);
  const found = await lookupVolume(to.host, to.poolUuid, to.name);
  const bytes = found === null ? 0 : await volumeFileBytes(to);
  const isWhole = found?.capacityBytes === facts.capacityBytes && (found.backing?.path ?? null) === basePath;
  if (isWhole && bytes === length) return;
  throw new VirtfleetError(
    'Transient',
    'MoveFailed',
    `Disk ${disk.name} did not come whole to host ${to.host.name}: ${bytes} of ${length} bytes, ${found?.capacityBytes ?? 0} of ${facts.capacityBytes} for the guest, on ${found?.backing?.path ?? 'nothing'}`,
    { host: to.host.name, object: work.move.object },
  );
}

function missing({ move }: Work, { name, poolName, volumeName }: OwnDisk): VirtfleetError {
  const message = `Volume ${volumeName} of disk ${name} is not in StoragePool ${poolName} on host ${move.source.name}`;
  return new VirtfleetError('InvalidSpec', 'NotLiveMigratable', message, {
    host: move.source.name,
    object: move.object,
    mend: 'Bring the file back under its name',
  });
}

/** libvirt would find out when the disk is nearly copied. */
function refuseFull({ move }: Work, pool: PoolRecord, poolName: string, bytes: number): void {
  if (pool.availableBytes >= BigInt(bytes)) return;
  const { name } = move.target;
  throw new VirtfleetError(
    'Capacity',
    'PoolFull',
    `StoragePool ${poolName} on host ${name} has ${pool.availableBytes} bytes free, ${bytes} are needed`,
    { host: name, object: move.object, mend: 'Make room there' },
  );
}

/** Removes the recorded files from a host that does not have the machine. */
export async function removeVolumes(work: Work, host: Host): Promise<void> {
  for (const { poolName, volumeName } of work.journal.entry.volumes ?? []) {
    await refuseUnderMachine(work, host);
    await deleteVolume(host, work.right, poolAt(work, host, poolName).uuid, volumeName);
  }
}

import { createReadStream } from 'node:fs';
import {
  createVolume,
  deleteVolume,
  downloadVolume,
  findVolume,
  lookupVolume,
  refreshPoolContents,
  uploadVolume,
} from '#hostpool/ensure.ts';
import { renderVolume, type VolumeFacts } from '#libvirt/volume.ts';
import type { VirtfleetError } from '#platform/errors.ts';
import type { Right } from '#platform/right.ts';
import { ChecksumStream } from './checksum.ts';
import { fetchError } from './errors.ts';
import type { ImageFormat } from './image-header.ts';
import type { Place } from './place.ts';

/** Nobody writes to what others stand on, by accident either: QEMU and libvirt open it read-only anyway. */
const READ_ONLY = '0444';
/** A clone inside a host goes through the host's qemu-img and sends nothing meanwhile. */
const CLONE_TIMEOUT_MS = 4 * 60 * 60_000;

export interface Wanted {
  name: string;
  format: ImageFormat;
}

export interface Claim {
  /** A volume of that name has been begun by us. */
  wrote: boolean;
  /** Disks may stand on what has that name: it is ours to replace only if it is not the image itself. */
  checksum?: string;
}

/**
 * Makes sure that the name is free, or finds the image there already. What was begun under it and is not complete is ours.
 * What nobody recorded is not touched: after a restored etcd it may be what machines stand on, and a file that had vanished
 * may have been brought back.
 */
export async function clearName(
  place: Place,
  right: Right,
  name: string,
  { wrote, checksum }: Claim,
  signal: AbortSignal,
): Promise<'Free' | VolumeFacts> {
  const { host, pool } = place;
  const facts = await findVolume(host, right, pool.uuid, name);
  if (facts === null) return 'Free';
  if (checksum !== undefined && (await hasChecksum(place, right, name, checksum, signal))) return facts;
  if (!wrote) throw volumeExists(place, name);
  await deleteVolume(host, right, pool.uuid, name);
  return 'Free';
}

function volumeExists({ host, pool }: Place, name: string): VirtfleetError {
  return fetchError(
    'VolumeExists',
    `A volume ${name} that nobody recorded is in pool ${pool.name} on host ${host.name}; it was left alone`,
    "Another name is taken, unless disks stand on this one: they need the file with the image's checksum; bring it back, or remove this one by hand.",
  );
}

async function hasChecksum(
  { host, pool }: Place,
  right: Right,
  name: string,
  checksum: string,
  signal: AbortSignal,
): Promise<boolean> {
  const digest = new ChecksumStream(checksum);
  await downloadVolume(host, right, pool.uuid, name, async (piece) => digest.add(piece), { signal });
  return digest.matches();
}

export interface Upload {
  signal: AbortSignal;
  onProgress: (doneBytes: number) => void;
}

/** Makes the volume and fills it with a file's bytes. */
export async function uploadFile(
  place: Place,
  right: Right,
  wanted: Wanted,
  file: { path: string; bytes: number },
  { signal, onProgress }: Upload,
): Promise<void> {
  const { host, pool } = place;
  // The download took its time.
  if ((await findVolume(host, right, pool.uuid, wanted.name)) !== null) throw volumeExists(place, wanted.name);
  await createVolume(host, right, pool.uuid, uploadTarget(wanted.name, file.bytes), { mustBeNew: true });
  const data = createReadStream(file.path, { highWaterMark: 1024 * 1024, signal });
  // A plain disk is mostly zeros, which need not take room.
  const sparse = wanted.format === 'raw';
  await uploadVolume(host, right, pool.uuid, wanted.name, data, { length: file.bytes, signal, onProgress, sparse });
}

/**
 * The document of a volume that is about to be filled: plain room for the bytes of the file. (A volume made as qcow2 would
 * begin with a header of its own, which a smaller file would not cover.) libvirt sees the format when it looks again.
 */
export function uploadTarget(name: string, bytes: number): string {
  return renderVolume({ name, capacityBytes: bytes, format: 'raw', mode: READ_ONLY });
}

/** Copies a volume inside one host into a new one that stands alone, whatever it stood on. */
export async function cloneVolume(
  source: Place & { name: string },
  target: Place,
  right: Right,
  wanted: Wanted & { capacityBytes: number },
  signal: AbortSignal,
): Promise<void> {
  const { name, capacityBytes, format } = wanted;
  const xml = renderVolume({ name, capacityBytes, format, mode: READ_ONLY });
  await target.host.dedicated(
    'volume.clone',
    right,
    async (connect, options) => {
      const from = await connect.storagePoolLookupByUUIDString(source.pool.uuid, options);
      const volume = await from.volLookupByName(source.name, options);
      const to = await connect.storagePoolLookupByUUIDString(target.pool.uuid, options);
      await to.volCreateXMLFrom(xml, volume, 0, { ...options, timeoutMs: CLONE_TIMEOUT_MS });
    },
    { changes: true, signal },
  );
}

/**
 * Looks at what was written. libvirt looks again at the pool after an upload, so a qcow2 has the size that its header
 * says, a raw one that of the file.
 *
 * @throws Transient FetchFailed
 */
export async function verifyVolume(
  place: Place,
  right: Right,
  wanted: Wanted & { capacityBytes: number },
  notRight: (message: string) => VirtfleetError,
): Promise<VolumeFacts> {
  const { host, pool } = place;
  const where = `volume ${wanted.name} in pool ${pool.name} on host ${host.name}`;
  let facts = await lookupVolume(host, pool.uuid, wanted.name);
  if (facts !== null && !isOfFormat(facts, wanted.format)) {
    // An older libvirt looks again only when it is told to.
    await refreshPoolContents(host, right, pool.uuid);
    facts = await lookupVolume(host, pool.uuid, wanted.name);
  }
  if (facts === null) throw notRight(`The ${where} is not there after it was written`);
  if (!isOfFormat(facts, wanted.format)) throw notRight(`The ${where} is ${facts.format}, not ${wanted.format}`);
  if (facts.capacityBytes !== wanted.capacityBytes) {
    throw notRight(`The ${where} has ${facts.capacityBytes} bytes, not ${wanted.capacityBytes}`);
  }
  if (facts.backing !== null) throw notRight(`The ${where} stands on ${facts.backing.path}`);
  return facts;
}

/** libvirt looks into raw files, and tells an ISO image from other plain bytes. */
function isOfFormat(facts: VolumeFacts, format: ImageFormat): boolean {
  return facts.format === format || (format === 'raw' && facts.format === 'iso');
}

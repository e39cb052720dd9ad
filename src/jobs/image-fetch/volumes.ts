import { createReadStream } from 'node:fs';
import { createVolume, deleteVolume, lookupVolume, uploadVolume } from '#hostpool/ensure.ts';
import { renderVolume, type VolumeFacts } from '#libvirt/volume.ts';
import type { VirtfleetError } from '#platform/errors.ts';
import type { Right } from '#platform/right.ts';
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

/**
 * Makes sure that the name is free. What is there from an earlier run of this very attempt is ours, and incomplete. What
 * nobody recorded is not touched: after a restored etcd it may be what machines stand on.
 */
export async function clearName(place: Place, right: Right, name: string, resumed: boolean): Promise<void> {
  const { host, pool } = place;
  if ((await lookupVolume(host, pool.uuid, name)) === null) return;
  if (!resumed) {
    throw fetchError(
      'VolumeExists',
      `A volume ${name} that nobody recorded is in pool ${pool.name} on host ${host.name}; it was left alone`,
      'Another name is taken; remove that volume by hand when nothing stands on it.',
    );
  }
  await deleteVolume(host, right, pool.uuid, name);
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
  await createVolume(host, right, pool.uuid, uploadTarget(wanted.name, file.bytes));
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
    await host.change('pool.refresh', right, async (connect, options) => {
      const record = await connect.storagePoolLookupByUUIDString(pool.uuid, options);
      await record.refresh(0, options);
    });
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

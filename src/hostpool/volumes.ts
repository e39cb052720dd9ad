import type { CallOptions, Connect, StorageVol } from '@virtfleet/libvirt';
import { readVolume, type VolumeFacts } from '#libvirt/volume.ts';
import { VirtfleetError } from '#platform/errors.ts';
import type { Right } from '#platform/right.ts';
import type { Done } from './domains.ts';
import { onPool, refreshPoolContents } from './ensure-pool.ts';
import { hasCode, libvirtCode, orElse } from './errors.ts';
import { withHandle } from './handles.ts';
import type { Host } from './types.ts';

const VOLUME_EXISTS = 90;
const { NO_STORAGE_VOL } = libvirtCode;
/** Preallocation and removal of large files. */
const SLOW = { timeoutMs: 120_000 } as const;

export const onVolume = <T>(
  poolUuid: string,
  name: string,
  fn: (volume: StorageVol, o: CallOptions) => Promise<T>,
): ((c: Connect, o: CallOptions) => Promise<T>) =>
  onPool(poolUuid, async (pool, o) => {
    const volume = await pool.volLookupByName(name, o);
    return withHandle(volume, (handle) => fn(handle, o));
  });

/**
 * Null: the pool is there and runs, and has no such volume. A pool that is missing (NotFound) or stopped (Conflict) says
 * nothing about its volumes, so that is an error.
 */
export function lookupVolume(host: Host, poolUuid: string, name: string): Promise<VolumeFacts | null> {
  const read = onVolume(poolUuid, name, async (volume, o) => readVolume(await volume.getXMLDesc(0, o)));
  return orElse(host.read('volume.lookup', read), null, NO_STORAGE_VOL);
}

/** The same, and what libvirt does not know of is looked for in the store itself: in a shared pool another host may have made it. */
export async function findVolume(
  host: Host,
  right: Right,
  poolUuid: string,
  name: string,
): Promise<VolumeFacts | null> {
  const known = await lookupVolume(host, poolUuid, name);
  if (known !== null) return known;
  await refreshPoolContents(host, right, poolUuid);
  return lookupVolume(host, poolUuid, name);
}

/** Names of the pool's volumes that stand on the file, whoever made them. The store is read anew first. */
export async function overlaysOf(host: Host, right: Right, poolUuid: string, path: string): Promise<string[]> {
  await refreshPoolContents(host, right, poolUuid);
  const list = onPool(poolUuid, async (pool, o) => {
    const names: string[] = [];
    for (const volume of await pool.listAllVolumes(0, o)) {
      const xml = await withHandle(volume, (handle) => orElse(handle.getXMLDesc(0, o), null, NO_STORAGE_VOL));
      const facts = xml === null ? null : readVolume(xml);
      if (facts?.backing?.path === path) names.push(facts.name);
    }
    return names.sort();
  });
  return host.read('volume.overlays', list, SLOW);
}

/**
 * Makes a volume whose name was recorded before; one of that name that is there already is returned as it is: compare.
 * With `mustBeNew` it is the Conflict VolumeExists.
 * libvirt looks for the name itself before it does anything, and refuses one that it knows.
 */
export async function createVolume(
  host: Host,
  right: Right,
  poolUuid: string,
  xml: string,
  { mustBeNew = false }: { mustBeNew?: boolean } = {},
): Promise<VolumeFacts> {
  const { name } = readVolume(xml);
  // No VALIDATE: libvirt 9.0 offers the flag and then refuses it as unsupported, whatever the document.
  const create = onPool(poolUuid, async (pool, o) =>
    withHandle(await pool.volCreateXML(xml, 0, o), async (volume) => readVolume(await volume.getXMLDesc(0, o))),
  );
  const making = host.change('volume.create', right, create, SLOW);
  const made = await (mustBeNew ? making : orElse(making, null, VOLUME_EXISTS));
  const created = made ?? (await lookupVolume(host, poolUuid, name));
  if (created !== null) return created;
  throw new VirtfleetError(
    'Conflict',
    'VolumeVanished',
    `Volume ${name} was created on host ${host.name} and is gone again`,
    {
      host: host.name,
      object: name,
    },
  );
}

/**
 * Not there: success, and what libvirt does not know of is looked for in the store first: a file that somebody took away
 * and brought back would be left. A pool that is missing or stopped is an error: nobody knows what is in it.
 */
export async function deleteVolume(host: Host, right: Right, poolUuid: string, name: string): Promise<Done> {
  if ((await findVolume(host, right, poolUuid, name)) === null) return 'unchanged';
  const remove = onVolume(poolUuid, name, (volume, o) => volume.delete(0, o));
  await orElse(host.change('volume.delete', right, remove, SLOW), null, NO_STORAGE_VOL);
  return 'changed';
}

/** Grows a volume that no running machine has open. Never shrinks. */
export async function resizeVolume(
  host: Host,
  right: Right,
  poolUuid: string,
  name: string,
  capacityBytes: number,
): Promise<Done> {
  const present = await lookupVolume(host, poolUuid, name);
  if (present !== null && present.capacityBytes >= capacityBytes) return 'unchanged';
  const resize = onVolume(poolUuid, name, (volume, o) => volume.resize(BigInt(capacityBytes), 0, o));
  await host.change('volume.resize', right, resize, SLOW);
  return 'changed';
}

/** Whether the error says that the volume, and not its pool, is missing. */
export function isVolumeMissing(error: unknown): boolean {
  return hasCode(error, NO_STORAGE_VOL);
}

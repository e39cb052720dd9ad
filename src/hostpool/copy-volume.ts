import { download, VIR_STORAGE_VOL_GET_PHYSICAL } from '@virtfleet/libvirt';
import type { Right } from '#platform/right.ts';
import type { Host } from './types.ts';
import { FAREWELL_MS, transferOf, type UploadOptions, uploadVolume } from './upload.ts';
import { onVolume } from './volumes.ts';

/** A volume on a host. */
export interface VolumePlace {
  host: Host;
  poolUuid: string;
  name: string;
}

/** Length of the volume's file, which for qcow2 is neither what the guest sees nor the room that it takes. */
export async function volumeFileBytes({ host, poolUuid, name }: VolumePlace): Promise<number> {
  const read = onVolume(poolUuid, name, (volume, o) => volume.getInfoFlags(VIR_STORAGE_VOL_GET_PHYSICAL, o));
  return Number((await host.read('volume.size', read)).allocation);
}

export interface CopyOptions extends Omit<UploadOptions, 'sparse'> {
  /** What is written in place of what was read; as many bytes. */
  edit?: (pieces: AsyncIterable<Uint8Array>) => AsyncIterable<Uint8Array>;
}

/**
 * Sends the bytes of a volume's file from one host to another, through this process and over a connection of its own to
 * each; nobody may write to it meanwhile. Holes stay holes. Resolves when the target has confirmed all of it; after
 * anything else what is in the target's volume is not known, and it is to be made anew.
 */
export async function copyVolume(from: VolumePlace, to: VolumePlace, right: Right, opts: CopyOptions): Promise<void> {
  const { edit = (pieces: AsyncIterable<Uint8Array>) => pieces, ...upload } = opts;
  await from.host.dedicated(
    'volume.download',
    right,
    async (c, o, signal) => {
      const send = onVolume(from.poolUuid, from.name, (volume) => {
        const pieces = download(volume, { ...transferOf(signal), sparse: true });
        return uploadVolume(to.host, right, to.poolUuid, to.name, edit(pieces), { ...upload, signal, sparse: true });
      });
      await send(c, o);
    },
    { changes: false, graceMs: FAREWELL_MS, ...(opts.signal ? { signal: opts.signal } : {}) },
  );
}

/** Why a machine does not start: a disk of it that somebody took away is told as such, and never made anew. */
import type { VolumeStatus } from '#api/v1alpha1/virtual-machine-status.ts';
import { lookupVolume, refreshPoolContents } from '#hostpool/ensure.ts';
import { errorClassOf, VirtfleetError } from '#platform/errors.ts';
import { list } from './plan.ts';
import { type ActContext, poolOnHost } from './provision.ts';

/**
 * To be thrown in place of `cause`, the refusal of a start, when volumes of the machine are not in their pools any more;
 * else `cause` itself. libvirt only says that it cannot open a path, if it says that.
 */
export async function explainStart(ctx: ActContext, cause: unknown): Promise<unknown> {
  const kind = errorClassOf(cause);
  if (kind === 'LeaseLost' || kind === 'OutcomeUnknown') return cause;
  try {
    const missing = await missingVolumes(ctx);
    return missing.length > 0 ? volumesMissing(ctx, missing, cause) : cause;
  } catch {
    return cause; // what cannot be looked up now explains nothing
  }
}

async function missingVolumes(ctx: ActContext): Promise<VolumeStatus[]> {
  const { host, right, seen } = ctx;
  const refreshed = new Set<string>();
  const missing: VolumeStatus[] = [];
  for (const volume of seen.machine.status?.volumes ?? []) {
    if (!volume.volumeName || !volume.poolName || volume.phase !== 'Ready' || volume.role === 'CDROM') continue;
    const pool = poolOnHost(ctx, volume.poolName);
    // A file that was removed beside libvirt stays in its list until the directory is read again.
    if (!refreshed.has(pool.uuid)) await refreshPoolContents(host, right, pool.uuid);
    refreshed.add(pool.uuid);
    if ((await lookupVolume(host, pool.uuid, volume.volumeName)) === null) missing.push(volume);
  }
  return missing;
}

/** Exported for its words. Pure. */
export function volumesMissing(
  { host, object }: Pick<ActContext, 'object'> & { host: { name: string } },
  missing: readonly VolumeStatus[],
  cause: unknown,
): VirtfleetError {
  const what = list(missing.map((v) => `disk ${v.name} (volume ${v.volumeName} of pool ${v.poolName})`));
  return new VirtfleetError(
    'Transient',
    'VolumeMissing',
    `${object} cannot start on host ${host.name}: ${what} is not there any more; it is not made anew, since that would hide what was lost`,
    {
      host: host.name,
      object,
      mend: 'Bring the file back under its name, and the machine is started; or delete this machine and make it anew',
      cause,
    },
  );
}

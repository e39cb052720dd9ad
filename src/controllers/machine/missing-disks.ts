/** Why a machine does not start: a disk of it that somebody took away is told as such, and never made anew. */
import type { VolumeStatus } from '#api/v1alpha1/virtual-machine-status.ts';
import { lookupVolume, refreshPoolContents } from '#hostpool/ensure.ts';
import { errorClassOf } from '#platform/errors.ts';
import { list, type Step } from './plan.ts';
import { type ActContext, poolOnHost } from './provision.ts';

/** Nobody tells when a file is back: looked at again after this. */
const AGAIN_MS = 15_000;

type Stall = Extract<Step, { do: 'Stall' }>;

/**
 * What to tell of a start that was refused with `cause`: that volumes of the machine are not in their pools any more.
 * Throws `cause` when they are all there; libvirt only says that it cannot open a path, if it says that.
 */
export async function explainStart(ctx: ActContext, cause: unknown): Promise<Stall> {
  const kind = errorClassOf(cause);
  if (kind === 'LeaseLost' || kind === 'OutcomeUnknown') throw cause;
  // What cannot be looked up now explains nothing.
  const missing = await missingVolumes(ctx).catch(() => []);
  if (missing.length === 0) throw cause;
  return volumesMissing(ctx.host.name, missing, ctx.seen.observation.now);
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
export function volumesMissing(host: string, missing: readonly VolumeStatus[], now: number): Stall {
  const what = list(missing.map((v) => `disk ${v.name} (volume ${v.volumeName} of pool ${v.poolName})`));
  return {
    do: 'Stall',
    reason: 'VolumeMissing',
    message: `it cannot start on host ${host}, where ${what} is missing; it is not made anew, since that would hide what was lost: bring the file back under its name, and the machine is started, or delete this machine and make it anew`,
    at: now + AGAIN_MS,
  };
}

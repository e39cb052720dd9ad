/**
 * Why a machine does not start: a disk of it, or what a disk stands on, was taken away by somebody. A disk is never made
 * anew, which would hide what was lost; the copy of an image that was fetched is fetched again.
 */
import type { VolumeStatus } from '#api/v1alpha1/virtual-machine-status.ts';
import { lookupVolume, refreshPoolContents } from '#hostpool/ensure.ts';
import { errorClassOf, VirtfleetError } from '#platform/errors.ts';
import { type ActContext, poolOnHost } from './act-context.ts';
import { readyCopy } from './document.ts';
import { list, type Step } from './plan.ts';

/** Nobody tells when a file is back: looked at again after this. */
const AGAIN_MS = 15_000;

type Rest = Extract<Step, { do: 'Stall' | 'Wait' }>;

/** What a disk stands on, or a drive shows. */
export interface Base {
  disk: string;
  imageName: string;
  poolName: string;
  volumeName: string;
  /** It came from a web server, so that the same bytes can be had again. */
  isFetched: boolean;
}

interface Missing {
  disks: VolumeStatus[];
  bases: Base[];
}

/**
 * What to tell of a start that was refused with `cause`: that volumes of the machine are not in their pools any more.
 * Throws `cause` when they are all there; libvirt only says that it cannot open a path, if it says that.
 */
export async function explainStart(ctx: ActContext, cause: unknown): Promise<Rest> {
  const kind = errorClassOf(cause);
  if (kind === 'LeaseLost' || kind === 'OutcomeUnknown') throw cause;
  // What cannot be looked up now explains nothing.
  const { disks, bases } = await missingVolumes(ctx).catch((): Missing => ({ disks: [], bases: [] }));
  const { now } = ctx.seen.observation;
  if (disks.length > 0) return volumesMissing(ctx.host.name, disks, now);
  if (bases.length > 0) return basesMissing(ctx.host.name, bases, now);
  throw cause;
}

/** The same of a disk that could not be made on its base. Always throws. */
export async function explainDisk(
  ctx: ActContext,
  volume: VolumeStatus,
  baseName: string | undefined,
  cause: unknown,
): Promise<never> {
  const kind = errorClassOf(cause);
  if (baseName === undefined || !volume.base || kind === 'LeaseLost' || kind === 'OutcomeUnknown') throw cause;
  const base = asBase(ctx, volume.name, volume.poolName, { ...volume.base, volumeName: baseName });
  const isThere = base === null || (await new Finder(ctx).has(base).catch(() => true));
  if (isThere) throw cause;
  throw new VirtfleetError(
    'Transient',
    'BaseMissing',
    `it cannot be made, for ${whatIsMissing(ctx.host.name, [base])}`,
    {
      host: ctx.host.name,
      object: ctx.object,
      cause,
    },
  );
}

async function missingVolumes(ctx: ActContext): Promise<Missing> {
  const finder = new Finder(ctx);
  const missing: Missing = { disks: [], bases: [] };
  for (const volume of ctx.seen.machine.status?.volumes ?? []) {
    if (volume.phase !== 'Ready') continue;
    const { volumeName, poolName } = volume;
    const isOwn = volumeName !== undefined && poolName !== undefined && volume.role !== 'CDROM';
    if (isOwn && !(await finder.has({ poolName, volumeName }))) missing.disks.push(volume);
    const base = baseUnder(ctx, volume);
    if (base !== null && !(await finder.has(base))) missing.bases.push(base);
  }
  return missing;
}

/** Of a StorageVolume its own object knows. */
function baseUnder(ctx: ActContext, volume: VolumeStatus): Base | null {
  const { machine, around } = ctx.seen;
  const held = machine.spec.disks?.find(({ name }) => name === volume.name)?.volumeName;
  const base = held === undefined ? volume.base : around.volumes.get(held)?.status?.base;
  return base ? asBase(ctx, volume.name, volume.poolName, base) : null;
}

function asBase(
  { services, seen, host }: ActContext,
  disk: string,
  poolName: string | undefined,
  { imageName, volumeName }: NonNullable<VolumeStatus['base']>,
): Base | null {
  const image = services.deps.informers.images.get(`${seen.machine.metadata.namespace}/${imageName}`);
  const name = volumeName ?? (image ? readyCopy(image, poolName, host.name)?.volumeName : undefined);
  if (poolName === undefined || name === undefined) return null;
  return { disk, imageName, poolName, volumeName: name, isFetched: image?.spec.http !== undefined };
}

/** A file that was removed beside libvirt stays in its list until the directory is read again: once a pool. */
class Finder {
  readonly #ctx: ActContext;
  readonly #refreshed = new Set<string>();

  constructor(ctx: ActContext) {
    this.#ctx = ctx;
  }

  async has({ poolName, volumeName }: Pick<Base, 'poolName' | 'volumeName'>): Promise<boolean> {
    const { host, right } = this.#ctx;
    const pool = poolOnHost(this.#ctx, poolName);
    if (!this.#refreshed.has(pool.uuid)) await refreshPoolContents(host, right, pool.uuid);
    this.#refreshed.add(pool.uuid);
    return (await lookupVolume(host, pool.uuid, volumeName)) !== null;
  }
}

/** Exported for its words. Pure. */
export function volumesMissing(host: string, missing: readonly VolumeStatus[], now: number): Rest {
  const what = list(missing.map((v) => `disk ${v.name} (volume ${v.volumeName} of pool ${v.poolName})`));
  return {
    do: 'Stall',
    reason: 'VolumeMissing',
    message: `it cannot start on host ${host}, where ${what} is missing; it is not made anew, since that would hide what was lost: bring the file back under its name, and the machine is started, or delete this machine and make it anew`,
    at: now + AGAIN_MS,
  };
}

/** Exported for its words. Pure. */
export function basesMissing(host: string, missing: readonly Base[], now: number): Rest {
  return {
    do: missing.every(({ isFetched }) => isFetched) ? 'Wait' : 'Stall',
    reason: 'BaseMissing',
    message: `it cannot start, for ${whatIsMissing(host, missing)}`,
    at: now + AGAIN_MS,
  };
}

function whatIsMissing(host: string, missing: readonly Base[]): string {
  const what = list(missing.map(asWords));
  const next = missing.every(({ isFetched }) => isFetched)
    ? 'it is fetched again, and then the machine is started'
    : 'what was taken from a volume cannot be had again as it was: bring the file back under its name, and the machine is started, or delete this machine and make it anew';
  return `on host ${host} ${what} is missing; ${next}`;
}

const asWords = ({ disk, imageName, volumeName, poolName }: Base): string =>
  `the copy of image ${imageName} under disk ${disk} (volume ${volumeName} of pool ${poolName})`;

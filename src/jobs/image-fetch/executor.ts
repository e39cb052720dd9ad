import { type StorageVolume, storageVolumeKind } from '#api/v1alpha1/storage-volume.ts';
import type { ImageCopy, VirtualMachineImage } from '#api/v1alpha1/virtual-machine-image.ts';
import { lookupVolume } from '#hostpool/ensure.ts';
import { errorClassOf, reasonOf, toMessage, VirtfleetError } from '#platform/errors.ts';
import type { Right } from '#platform/right.ts';
import type { JobContext, JobSpec, Processor } from '../port.ts';
import { fetchError } from './errors.ts';
import type { ImageFormat } from './image-header.ts';
import { FetchJournal, type JournalDeps } from './journal.ts';
import { checkRoom, copyPlace, findPlace, type Place, type PlaceDeps } from './place.ts';
import type { SharedDownloads } from './shared-downloads.ts';
import { clearName, cloneVolume, uploadFile, verifyVolume } from './volumes.ts';

export interface FetchDeps extends JournalDeps, PlaceDeps {
  downloads: SharedDownloads;
}

interface Work {
  image: VirtualMachineImage;
  copy: ImageCopy;
  journal: FetchJournal;
  right: Right;
  signal: AbortSignal;
  wrote: boolean;
  volumeName: string;
  format: ImageFormat;
}

interface Written {
  digest?: string;
  sizeBytes: number;
}

/** libvirt's word for a format of ours. */
export function formatOf(image: VirtualMachineImage): ImageFormat {
  return image.spec.format === 'Raw' ? 'raw' : 'qcow2';
}

const failed = (message: string): VirtfleetError =>
  new VirtfleetError('Transient', 'FetchFailed', message, { mend: 'It is tried again.' });

/**
 * Carries out ImageFetch: makes one copy of an image, as the image's status says under the job's key and attempt. What it
 * wrote is complete and verified when the outcome is Succeeded; else the image's controller removes it, or the next attempt.
 */
export function imageFetch(deps: FetchDeps): Processor {
  return async (job: JobSpec, { signal, right, log }: JobContext) => {
    const claimed = await FetchJournal.claim(deps, job, right, log);
    if (claimed === null) return;
    const { image, copy, journal, wrote } = claimed;
    const volumeName = copy.volumeName ?? '';
    const both = AbortSignal.any([signal, journal.unwanted]);
    const work: Work = { image, copy, journal, right, signal: both, wrote, volumeName, format: formatOf(image) };
    try {
      const written = await fetchCopy(deps, work);
      both.throwIfAborted();
      await journal.finish({ outcome: 'Succeeded', ...written });
      log.info({ image: job.object.name, copy: job.key, volume: volumeName }, 'the copy is complete');
    } catch (error) {
      await afterFailure(work, error, signal);
    } finally {
      journal.stop();
    }
  };
}

/** Records the outcome, unless somebody else has the job now, or will have it. */
async function afterFailure({ journal }: Work, error: unknown, signal: AbortSignal): Promise<void> {
  if (journal.endReason === 'Superseded') return;
  const isUnwanted = journal.endReason === 'Cancelled';
  // The lock is lost or the process stops: who takes the job up finds the claim, and what lies there, and begins anew.
  if ((signal.aborted && !isUnwanted) || errorClassOf(error) === 'LeaseLost') throw error;
  if (isUnwanted) await journal.finish({ outcome: 'Cancelled', reason: 'Cancelled' });
  else await journal.finish({ outcome: 'Failed', reason: named(error), message: toMessage(error) });
}

/** A failure in a person's words; what we did not foresee is a failed fetch to them. */
function named(error: unknown): string {
  return errorClassOf(error) === 'Bug' ? 'FetchFailed' : reasonOf(error);
}

async function fetchCopy(deps: FetchDeps, work: Work): Promise<Written> {
  const { image } = work;
  const { http, volumeName } = image.spec;
  if (work.volumeName === '') throw new Error(`copy ${work.copy.key} of ${image.metadata.name} has no volume name`);
  if (http !== undefined) return fetchFromWeb(deps, work, http);
  if (volumeName !== undefined) return fetchFromVolume(deps, work, volumeName);
  throw fetchError('ImageInvalid', 'The image names no source', 'Give http or volumeName.');
}

async function fetchFromWeb(deps: FetchDeps, work: Work, http: { url: string; checksum: string }): Promise<Written> {
  const { copy, journal, right, signal, volumeName: name, format, wrote } = work;
  // Seen first, so that nothing is downloaded for a host that cannot take it.
  const found = await clearName(
    await copyPlace(deps, copy, signal),
    right,
    name,
    copy.path === undefined ? { wrote } : { wrote, checksum: http.checksum },
    signal,
  );
  // It was brought back meanwhile: every byte of it is the image's.
  if (found !== 'Free') return { digest: http.checksum, sizeBytes: found.capacityBytes };
  return deps.downloads.with(
    { ...http, format },
    signal,
    (phase, done, total) => journal.progress(phase, done, total),
    async ({ path, facts }) => {
      const place = await copyPlace(deps, copy, signal);
      checkRoom(place, copy.poolName, facts.fileBytes);
      journal.progress('Uploading', 0, facts.fileBytes);
      await journal.writes();
      const onProgress = (done: number): void => journal.progress('Uploading', done, facts.fileBytes);
      await uploadFile(place, right, { name, format }, { path, bytes: facts.fileBytes }, { signal, onProgress });
      journal.progress('Verifying', facts.fileBytes, facts.fileBytes);
      const capacityBytes = format === 'raw' ? facts.fileBytes : facts.virtualBytes;
      await verifyVolume(place, right, { name, format, capacityBytes }, failed);
      return { digest: http.checksum, sizeBytes: facts.virtualBytes };
    },
  );
}

/** The volume as it is now, made to stand alone. Its copy lies on the same host: bytes never leave it. */
async function fetchFromVolume(deps: FetchDeps, work: Work, sourceName: string): Promise<Written> {
  const { image, copy, journal, right, signal, volumeName: name, format, wrote } = work;
  const target = await copyPlace(deps, copy, signal);
  await clearName(target, right, name, { wrote }, signal);
  const { namespace } = image.metadata;
  const volume = await deps.client.get(storageVolumeKind, { namespace, name: sourceName });
  const source = await sourcePlace(deps, volume, sourceName, target, signal);
  const facts = await lookupVolume(source.host, source.pool.uuid, source.name);
  if (facts === null)
    throw fetchError('SourceNotFound', `The file of StorageVolume ${sourceName} is gone`, 'Restore it.');
  checkRoom(target, copy.poolName, facts.allocationBytes);
  journal.progress('Uploading');
  await journal.writes();
  const wanted = { name, format, capacityBytes: facts.capacityBytes };
  await cloneVolume(source, target, right, wanted, signal);
  journal.progress('Verifying');
  await verifyVolume(target, right, wanted, failed);
  return { sizeBytes: facts.capacityBytes };
}

async function sourcePlace(
  deps: FetchDeps,
  volume: StorageVolume | null,
  name: string,
  target: Place,
  signal: AbortSignal,
): Promise<Place & { name: string }> {
  if (volume === null || volume.metadata.deletionTimestamp !== undefined) {
    throw fetchError('SourceNotFound', `StorageVolume ${name} is not there`, 'Create it, or name another.');
  }
  const { status } = volume;
  if (status?.phase !== 'Ready' || status.volumeName === undefined) {
    throw fetchError(
      'SourceInUse',
      `StorageVolume ${name} is ${status?.phase ?? 'Pending'}`,
      'It goes on when it is Ready.',
    );
  }
  if (status.attachedTo !== undefined) {
    const { attachedTo } = status;
    throw fetchError(
      'SourceInUse',
      `StorageVolume ${name} is used by machine ${attachedTo.name}`,
      'Take it off there.',
    );
  }
  // In a shared pool the volume is reachable from every host.
  const hostName = status.host?.name ?? target.host.name;
  if (hostName !== target.host.name) {
    throw fetchError('SourceNotFound', `StorageVolume ${name} is on host ${hostName}`, 'Keep the image where it is.');
  }
  return { ...(await findPlace(deps, volume.spec.poolName, hostName, signal)), name: status.volumeName };
}

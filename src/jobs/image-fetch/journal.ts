import {
  type ImageCopy,
  type ImageOperation,
  type VirtualMachineImage,
  virtualMachineImageKind,
} from '#api/v1alpha1/virtual-machine-image.ts';
import type { KubeClient } from '#kube/client.ts';
import type { Clock } from '#platform/clock.ts';
import type { Logger } from '#platform/log.ts';
import type { Right } from '#platform/right.ts';
import { type Book, claimPage, isoSeconds, Journal } from '../journal.ts';
import type { JobSpec } from '../port.ts';

export interface JournalDeps {
  client: KubeClient;
  clock: Clock;
  /** Names this process. */
  identity: string;
}

export interface Claimed {
  image: VirtualMachineImage;
  copy: ImageCopy;
  /** A volume of that name has been begun before: what lies there and is not the image is ours, and incomplete. */
  wrote: boolean;
  journal: FetchJournal;
}

type Outcome = Pick<ImageOperation, 'outcome' | 'reason' | 'message' | 'digest' | 'sizeBytes'>;

/** The record of one copy: the entry of `status.operations` with its key. */
export class FetchJournal extends Journal<VirtualMachineImage, ImageOperation> {
  /** Claims the attempt in status, before anything is done. Null: there is nothing (more) to do for this job. */
  static async claim(deps: JournalDeps, job: JobSpec, right: Right, log: Logger): Promise<Claimed | null> {
    const claim = `${deps.identity}/${crypto.randomUUID()}`;
    const book = new CopyBook(deps.client, job, right);
    const found = await claimPage(book, ({ object, entry: before, isWanted }) => {
      const copy = copyOf(object, job);
      const isSame = before?.attempt === job.attempt;
      if (!isWanted || copy === undefined || (isSame && before.outcome !== undefined)) return null;
      const now = isoSeconds(deps.clock.now());
      // The next attempt of a copy on which disks stand has the same name.
      const wrote = before?.wrote === true && (isSame || copy.path !== undefined);
      return {
        key: job.key,
        id: job.id,
        attempt: job.attempt,
        claim,
        phase: 'Queued',
        ...(wrote ? { wrote } : {}),
        startedAt: (isSame ? before.startedAt : undefined) ?? now,
        updatedAt: now,
      };
    });
    const copy = found && copyOf(found.page.object, job);
    if (!found || !copy) return null;
    const journal = new FetchJournal(book, found.entry, { clock: deps.clock, log });
    return { image: found.page.object, copy, wrote: found.entry.wrote === true, journal };
  }

  progress(phase: string, doneBytes?: number, totalBytes?: number): void {
    this.note({ phase, progressBytes: doneBytes, totalBytes });
  }

  /** Recorded before the volume is made. Throws when it could not be, or the work is not wanted any more. */
  async writes(): Promise<void> {
    await this.record({ wrote: true });
    this.unwanted.throwIfAborted();
  }

  override async finish(outcome: Outcome): Promise<void> {
    // Complete, or somebody else's: libvirt makes a volume only where there is none.
    const isLeft = this.entry.wrote && outcome.outcome !== 'Succeeded' && outcome.reason !== 'VolumeExists';
    await super.finish({ ...outcome, ...(isLeft ? {} : { wrote: undefined }) });
  }
}

/** The copy in this attempt; another attempt is another job's. */
function copyOf(image: VirtualMachineImage, { key, attempt }: JobSpec): ImageCopy | undefined {
  const copy = image.status?.copies?.find((one) => one.key === key);
  return copy?.attempt === attempt ? copy : undefined;
}

/** A merge patch replaces whole lists, so entries of other copies are written along. */
class CopyBook implements Book<VirtualMachineImage, ImageOperation> {
  readonly #client: KubeClient;
  readonly #job: JobSpec;
  readonly #right: Right;

  constructor(client: KubeClient, job: JobSpec, right: Right) {
    this.#client = client;
    this.#job = job;
    this.#right = right;
  }

  async read() {
    const { namespace, name, uid } = this.#job.object;
    const image = await this.#client.get(virtualMachineImageKind, { namespace, name });
    if (image === null || image.metadata.uid !== uid) return null;
    const copy = copyOf(image, this.#job);
    if (copy === undefined) return null;
    const isPlanned = copy.phase === 'Planned' || copy.phase === 'Fetching';
    const isWanted = image.metadata.deletionTimestamp === undefined && isPlanned;
    return { object: image, entry: image.status?.operations?.find(({ key }) => key === this.#job.key), isWanted };
  }

  write(image: VirtualMachineImage, entry: ImageOperation): Promise<VirtualMachineImage> {
    const others = (image.status?.operations ?? []).filter(({ key }) => key !== entry.key);
    const operations = [...others, entry].sort((a, b) => (a.key < b.key ? -1 : 1));
    const patch = { status: { operations } };
    return this.#client.patchFenced(this.#right, virtualMachineImageKind, image, patch, { subresource: 'status' });
  }
}

import {
  type ImageCopy,
  type ImageOperation,
  type VirtualMachineImage,
  virtualMachineImageKind,
} from '#api/v1alpha1/virtual-machine-image.ts';
import type { KubeClient } from '#kube/client.ts';
import type { Clock } from '#platform/clock.ts';
import { errorClassOf, toMessage } from '#platform/errors.ts';
import type { Logger } from '#platform/log.ts';
import type { Right } from '#platform/right.ts';
import type { JobSpec } from '../port.ts';

/** Progress is written at most this often, and said to be alive at least every LIFE_SIGN_MS. */
const WRITE_EVERY_MS = 2_000;
const LIFE_SIGN_MS = 6_000;
const MAX_CONFLICTS = 10;

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
  journal: Journal;
}

type Outcome = Pick<ImageOperation, 'outcome' | 'reason' | 'message' | 'digest' | 'sizeBytes'>;

/** Why an executor is not to go on: the object wants it no more, or another executor has taken over. */
export type EndReason = 'Cancelled' | 'Superseded';

const iso = (ms: number): string => new Date(ms).toISOString().replace(/\.\d{3}Z$/, 'Z');

/**
 * An executor's one field in its object: the entry of `status.operations` with its key. Each write reads the object anew
 * and is fenced by its version (a merge patch replaces whole lists, so entries of other copies would be lost otherwise);
 * by the way it learns whether its work is still wanted.
 */
export class Journal {
  /** Aborted when the work is not wanted any more. */
  readonly unwanted: AbortSignal;
  readonly #stop = new AbortController();
  readonly #deps: JournalDeps;
  readonly #job: JobSpec;
  readonly #right: Right;
  readonly #log: Logger;
  #entry: ImageOperation;
  #endReason: EndReason | null = null;
  #dirty = false;
  #writtenAtMs: number;
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> = Promise.resolve();
  #rate: { atMs: number; bytes: number };

  private constructor(deps: JournalDeps, job: JobSpec, right: Right, log: Logger, entry: ImageOperation) {
    this.#deps = deps;
    this.#job = job;
    this.#right = right;
    this.#log = log;
    this.#entry = entry;
    this.unwanted = this.#stop.signal;
    this.#writtenAtMs = deps.clock.monotonicMs();
    this.#rate = { atMs: this.#writtenAtMs, bytes: 0 };
  }

  /** Claims the attempt in status, before anything is done. Null: there is nothing (more) to do for this job. */
  static async claim(deps: JournalDeps, job: JobSpec, right: Right, log: Logger): Promise<Claimed | null> {
    const claim = `${deps.identity}/${crypto.randomUUID()}`;
    for (let tries = 0; ; tries += 1) {
      const found = await findWork(deps.client, job);
      if (found === null) return null;
      const { image, copy, entry: before } = found;
      const isSame = before?.attempt === job.attempt;
      if (isSame && before.outcome !== undefined) return null;
      const now = iso(deps.clock.now());
      // The next attempt of a copy on which disks stand has the same name.
      const wrote = before?.wrote === true && (isSame || copy.path !== undefined);
      const entry: ImageOperation = {
        key: job.key,
        id: job.id,
        attempt: job.attempt,
        claim,
        phase: 'Queued',
        ...(wrote ? { wrote } : {}),
        startedAt: (isSame ? before.startedAt : undefined) ?? now,
        updatedAt: now,
      };
      try {
        const written = await writeEntry(deps.client, right, image, entry);
        const journal = new Journal(deps, job, right, log, entry);
        journal.#begin();
        return { image: written, copy, wrote, journal };
      } catch (error) {
        if (errorClassOf(error) !== 'Conflict' || tries >= MAX_CONFLICTS) throw error;
      }
    }
  }

  get endReason(): EndReason | null {
    return this.#endReason;
  }

  progress(phase: string, doneBytes?: number, totalBytes?: number): void {
    const { phase: before } = this.#entry;
    if (phase !== before) this.#rate = { atMs: this.#deps.clock.monotonicMs(), bytes: doneBytes ?? 0 };
    const { progressBytes: _done, totalBytes: _total, ratePerSecond, ...rest } = this.#entry;
    this.#entry = {
      ...rest,
      phase,
      ...(doneBytes === undefined ? {} : { progressBytes: doneBytes }),
      ...(totalBytes === undefined ? {} : { totalBytes }),
      ...(phase === before && ratePerSecond !== undefined ? { ratePerSecond } : {}),
    };
    this.#dirty = true;
  }

  /** Recorded before the volume is made. Throws when it could not be, or the work is not wanted any more. */
  async writes(): Promise<void> {
    this.#entry = { ...this.#entry, wrote: true };
    const turn = this.#writing.then(() => this.#write());
    this.#writing = turn.catch(() => undefined);
    await turn;
    this.unwanted.throwIfAborted();
  }

  /** Records how it ended. Goes on trying while the right lasts: an outcome that is not recorded is work done again. */
  async finish(outcome: Outcome): Promise<void> {
    this.stop();
    await this.#writing;
    const now = iso(this.#deps.clock.now());
    const { ratePerSecond: _rate, wrote, ...rest } = this.#entry;
    // Complete, or somebody else's: libvirt makes a volume only where there is none.
    const isLeft = wrote && outcome.outcome !== 'Succeeded' && outcome.reason !== 'VolumeExists';
    this.#entry = { ...rest, ...(isLeft ? { wrote } : {}), ...outcome, phase: 'Done', updatedAt: now, finishedAt: now };
    for (let delayMs = 100; ; delayMs = Math.min(delayMs * 2, 2_000)) {
      try {
        await this.#write();
        return;
      } catch (error) {
        if (errorClassOf(error) !== 'Transient' && errorClassOf(error) !== 'OutcomeUnknown') throw error;
        this.#log.warn({ error: toMessage(error) }, 'the outcome was not recorded yet');
        await new Promise((resolve) => setTimeout(resolve, delayMs));
      }
    }
  }

  /** Writes nothing more. To be called however the work ended. */
  stop(): void {
    clearInterval(this.#timer);
  }

  #begin(): void {
    let busy = false;
    const tick = async (): Promise<void> => {
      const sinceMs = this.#deps.clock.monotonicMs() - this.#writtenAtMs;
      if (busy || this.unwanted.aborted || (!this.#dirty && sinceMs < LIFE_SIGN_MS)) return;
      busy = true;
      try {
        this.#measure();
        this.#entry = { ...this.#entry, updatedAt: iso(this.#deps.clock.now()) };
        await this.#write();
      } catch (error) {
        // Progress may be late; whether the work may go on at all is the right's business.
        this.#log.debug({ error: toMessage(error) }, 'progress was not written');
      } finally {
        busy = false;
      }
    };
    this.#timer = setInterval(() => {
      this.#writing = this.#writing.then(tick);
    }, WRITE_EVERY_MS);
    this.#timer.unref();
  }

  #measure(): void {
    const atMs = this.#deps.clock.monotonicMs();
    const bytes = this.#entry.progressBytes;
    if (bytes === undefined || atMs <= this.#rate.atMs) return;
    const ratePerSecond = Math.max(0, Math.round(((bytes - this.#rate.bytes) * 1000) / (atMs - this.#rate.atMs)));
    this.#entry = { ...this.#entry, ratePerSecond };
    this.#rate = { atMs, bytes };
  }

  async #write(): Promise<void> {
    for (let tries = 0; ; tries += 1) {
      const found = await findWork(this.#deps.client, this.#job, true);
      const mine = found?.entry?.claim === this.#entry.claim && found?.entry?.attempt === this.#job.attempt;
      if (found === null || !mine) return this.#end('Superseded');
      if (!found.isWanted) this.#end('Cancelled');
      try {
        this.#dirty = false;
        await writeEntry(this.#deps.client, this.#right, found.image, this.#entry);
        this.#writtenAtMs = this.#deps.clock.monotonicMs();
        return;
      } catch (error) {
        this.#dirty = true;
        if (errorClassOf(error) !== 'Conflict' || tries >= MAX_CONFLICTS) throw error;
      }
    }
  }

  #end(reason: EndReason): void {
    this.#endReason ??= reason;
    if (!this.unwanted.aborted) this.#stop.abort(new Error(`the copy is not wanted any more (${reason})`));
  }
}

interface Work {
  image: VirtualMachineImage;
  copy: ImageCopy;
  entry: ImageOperation | undefined;
  isWanted: boolean;
}

/** The object as it is now. Null: it, or the copy in this attempt, is gone; or not wanted, unless that is asked for. */
async function findWork(client: KubeClient, job: JobSpec, evenUnwanted = false): Promise<Work | null> {
  const { namespace, name, uid } = job.object;
  const image = await client.get(virtualMachineImageKind, { namespace, name });
  if (image === null || image.metadata.uid !== uid) return null;
  const copy = image.status?.copies?.find(({ key }) => key === job.key);
  if (copy === undefined || copy.attempt !== job.attempt) return null;
  const isWanted =
    image.metadata.deletionTimestamp === undefined && (copy.phase === 'Planned' || copy.phase === 'Fetching');
  if (!isWanted && !evenUnwanted) return null;
  return { image, copy, entry: image.status?.operations?.find(({ key }) => key === job.key), isWanted };
}

function writeEntry(client: KubeClient, right: Right, image: VirtualMachineImage, entry: ImageOperation) {
  const others = (image.status?.operations ?? []).filter(({ key }) => key !== entry.key);
  const operations = [...others, entry].sort((a, b) => (a.key < b.key ? -1 : 1));
  return client.patchFenced(
    right,
    virtualMachineImageKind,
    image,
    { status: { operations } },
    { subresource: 'status' },
  );
}

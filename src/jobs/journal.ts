import type { KubeObject } from '#kube/types.ts';
import type { Clock } from '#platform/clock.ts';
import { errorClassOf, toMessage } from '#platform/errors.ts';
import type { Logger } from '#platform/log.ts';

/** Progress is written at most this often, and said to be alive at least every LIFE_SIGN_MS. */
const WRITE_EVERY_MS = 2_000;
const LIFE_SIGN_MS = 6_000;
const MAX_CONFLICTS = 10;

/** What every record of a long operation in an object's status has. */
export interface OperationEntry {
  attempt?: number | undefined;
  claim?: string | undefined;
  phase?: string | undefined;
  progressBytes?: number | undefined;
  totalBytes?: number | undefined;
  ratePerSecond?: number | undefined;
  startedAt?: string | undefined;
  updatedAt?: string | undefined;
  finishedAt?: string | undefined;
  outcome?: string | undefined;
}

/** The object as it is now, with the executor's own field of it. */
export interface Page<O extends KubeObject, E> {
  object: O;
  entry: E | undefined;
  /** Nobody has asked for it to end. */
  isWanted: boolean;
}

/** How one kind of object keeps the record of its operations. */
export interface Book<O extends KubeObject, E extends OperationEntry> {
  /** Null: the object, or this attempt of the operation, is gone. */
  read(): Promise<Page<O, E> | null>;
  /** Fenced by the version of `object`, for what is written is a whole list or object. Returns what is stored now. */
  write(object: O, entry: E): Promise<O>;
}

/** Why an executor is not to go on: the object wants it no more, or another executor has taken over. */
export type EndReason = 'Cancelled' | 'Superseded';

export const isoSeconds = (ms: number): string => new Date(ms).toISOString().replace(/\.\d{3}Z$/, 'Z');

/**
 * Writes the claim before anything is done: `entryOf` makes it from what the object says now. Null from it: there is
 * nothing (more) to do.
 */
export async function claimPage<O extends KubeObject, E extends OperationEntry>(
  book: Book<O, E>,
  entryOf: (page: Page<O, E>) => E | null,
): Promise<{ page: Page<O, E>; entry: E } | null> {
  for (let tries = 0; ; tries += 1) {
    const page = await book.read();
    const entry = page && entryOf(page);
    if (!page || !entry) return null;
    try {
      return { page: { ...page, object: await book.write(page.object, entry) }, entry };
    } catch (error) {
      if (errorClassOf(error) !== 'Conflict' || tries >= MAX_CONFLICTS) throw error;
    }
  }
}

/**
 * An executor's one field in its object. Each write reads the object anew and is fenced by its version; by the way it
 * learns whether its work is still wanted. Begun with the entry that was claimed.
 */
export class Journal<O extends KubeObject, E extends OperationEntry> {
  /** Aborted when the work is not wanted any more. */
  readonly unwanted: AbortSignal;
  readonly #stop = new AbortController();
  readonly #book: Book<O, E>;
  readonly #clock: Clock;
  readonly #log: Logger;
  #entry: E;
  #endReason: EndReason | null = null;
  #dirty = false;
  #writtenAtMs: number;
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> = Promise.resolve();
  #rate: { atMs: number; bytes: number };

  constructor(
    book: Book<O, E>,
    entry: E,
    { clock, log, isWanted = true }: { clock: Clock; log: Logger; isWanted?: boolean },
  ) {
    this.#book = book;
    this.#entry = entry;
    this.#clock = clock;
    this.#log = log;
    this.unwanted = this.#stop.signal;
    this.#writtenAtMs = clock.monotonicMs();
    this.#rate = { atMs: this.#writtenAtMs, bytes: entry.progressBytes ?? 0 };
    if (!isWanted) this.#end('Cancelled');
    this.#begin();
  }

  get entry(): Readonly<E> {
    return this.#entry;
  }

  get endReason(): EndReason | null {
    return this.#endReason;
  }

  /** Written with the next sign of life, or with what is recorded first. `undefined` takes a field away. */
  note(fields: Partial<E>): void {
    if (fields.phase !== undefined && fields.phase !== this.#entry.phase) {
      this.#rate = { atMs: this.#clock.monotonicMs(), bytes: fields.progressBytes ?? 0 };
      this.#entry = { ...this.#entry, ratePerSecond: undefined };
    }
    this.#entry = { ...this.#entry, ...fields };
    this.#dirty = true;
  }

  /** Stands in the object when this resolves. Throws when it could not be written, or another has taken over. */
  async record(fields: Partial<E>): Promise<void> {
    this.note(fields);
    const turn = this.#writing.then(() => this.#write());
    this.#writing = turn.catch(() => undefined);
    await turn;
    if (this.#endReason === 'Superseded') this.unwanted.throwIfAborted();
  }

  /** Records how it ended. Goes on trying while the right lasts: an outcome that is not recorded is work done again. */
  async finish(outcome: Partial<E>): Promise<void> {
    this.stop();
    await this.#writing;
    const now = isoSeconds(this.#clock.now());
    const phase = { phase: 'Done', ratePerSecond: undefined, updatedAt: now, finishedAt: now };
    this.#entry = { ...this.#entry, ...phase, ...outcome };
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
      const sinceMs = this.#clock.monotonicMs() - this.#writtenAtMs;
      if (busy || this.#endReason === 'Superseded' || (!this.#dirty && sinceMs < LIFE_SIGN_MS)) return;
      busy = true;
      try {
        this.#measure();
        this.#entry = { ...this.#entry, updatedAt: isoSeconds(this.#clock.now()) };
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
    const atMs = this.#clock.monotonicMs();
    const bytes = this.#entry.progressBytes;
    if (bytes === undefined || atMs <= this.#rate.atMs) return;
    const ratePerSecond = Math.max(0, Math.round(((bytes - this.#rate.bytes) * 1000) / (atMs - this.#rate.atMs)));
    this.#entry = { ...this.#entry, ratePerSecond };
    this.#rate = { atMs, bytes };
  }

  async #write(): Promise<void> {
    for (let tries = 0; ; tries += 1) {
      const page = await this.#book.read();
      const { claim, attempt } = this.#entry;
      if (page?.entry === undefined || page.entry.claim !== claim || page.entry.attempt !== attempt) {
        return this.#end('Superseded');
      }
      if (!page.isWanted) this.#end('Cancelled');
      try {
        this.#dirty = false;
        await this.#book.write(page.object, this.#entry);
        this.#writtenAtMs = this.#clock.monotonicMs();
        return;
      } catch (error) {
        this.#dirty = true;
        if (errorClassOf(error) !== 'Conflict' || tries >= MAX_CONFLICTS) throw error;
      }
    }
  }

  /** Who was cancelled, and takes back what it did, may be superseded, too. */
  #end(reason: EndReason): void {
    if (this.#endReason !== 'Superseded')
      this.#endReason = reason === 'Superseded' ? reason : (this.#endReason ?? reason);
    if (!this.unwanted.aborted) this.#stop.abort(new Error(`the work is not wanted any more (${reason})`));
  }
}

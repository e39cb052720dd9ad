/**
 * How Host, StoragePool, VirtualNetwork and VirtualMachineOperation write their status: the whole of it is computed
 * anew, the difference is written, fenced by uid and resourceVersion. No difference, no write; and a difference in
 * mere counters is written at most once in ten seconds (where people watch a move, in two), so that a busy fleet does not
 * make a busy API server.
 */
import type { KubeClient } from '#kube/client.ts';
import type { Informer } from '#kube/informer.ts';
import { mergePatch } from '#kube/merge-patch.ts';
import type { KubeObject, ResourceKind } from '#kube/types.ts';
import type { Clock } from '#platform/clock.ts';
import { errorClassOf } from '#platform/errors.ts';
import type { Right } from '#platform/right.ts';

export const COUNTERS_EVERY_MS = 10_000;

type WithStatus = KubeObject & { status?: unknown };

export interface StatusWriterOptions<T extends WithStatus> {
  client: KubeClient;
  kind: ResourceKind<T>;
  informer: Informer<T>;
  clock: Clock;
  /** The status without its counters: what is left decides whether a write can wait. Default: nothing is a counter. */
  withoutCounters?: (status: NonNullable<T['status']>) => unknown;
  /** How often counters are written at most. Default: ten seconds. */
  countersEveryMs?: number;
}

export interface StatusWritten<T> {
  object: T;
  /** Counters differ, but were written a moment ago: look again then. */
  againInMs: number | null;
}

export class StatusWriter<T extends WithStatus> {
  readonly #options: StatusWriterOptions<T>;
  /** Monotonic ms of the last write, by uid; kept only where counters make it matter. */
  readonly #writtenAt = new Map<string, number>();

  constructor(options: StatusWriterOptions<T>) {
    this.#options = options;
  }

  /** Writes what changed. Conflict: somebody wrote first, so observe again. */
  async write(right: Right, object: T, status: NonNullable<T['status']>): Promise<StatusWritten<T>> {
    const { client, kind, informer, clock, withoutCounters, countersEveryMs = COUNTERS_EVERY_MS } = this.#options;
    const { uid, resourceVersion } = object.metadata;
    const patch = mergePatch(object.status ?? {}, status);
    if (patch === null) return { object, againInMs: null };
    const before = object.status ?? null;
    if (withoutCounters && before !== null) {
      const onlyCounters = mergePatch(withoutCounters(before), withoutCounters(status)) === null;
      const now = clock.monotonicMs();
      // The process before this one may have written it a moment ago: a restart is no reason to write a fleet's counters.
      const writtenAt = this.#writtenAt.get(uid) ?? now;
      this.#writtenAt.set(uid, writtenAt);
      const waitMs = writtenAt + countersEveryMs - now;
      if (onlyCounters && waitMs > 0) return { object, againInMs: Math.ceil(waitMs) };
    }
    let written: T;
    try {
      written = await client.patchFenced(right, kind, object, { status: patch }, { subresource: 'status' });
    } catch (error) {
      // It was deleted meanwhile: there is nobody to tell.
      if (errorClassOf(error) === 'NotFound') return { object, againInMs: null };
      throw error;
    }
    if (withoutCounters) this.#writtenAt.set(uid, clock.monotonicMs());
    informer.learn(written, resourceVersion);
    return { object: written, againInMs: null };
  }

  /** The object is gone. */
  forget(uid: string): void {
    this.#writtenAt.delete(uid);
  }
}

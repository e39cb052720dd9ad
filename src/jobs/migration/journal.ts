import { type VirtualMachine, virtualMachineKind } from '#api/v1alpha1/virtual-machine.ts';
import {
  isGivenUp,
  type MigrationOperation,
  type VirtualMachineMigration,
  virtualMachineMigrationKind,
} from '#api/v1alpha1/virtual-machine-migration.ts';
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

export type MoveJournal = Journal<VirtualMachineMigration, MigrationOperation>;

export interface Claimed {
  migration: VirtualMachineMigration;
  machine: VirtualMachine;
  journal: MoveJournal;
}

/**
 * Claims the attempt in status, before anything is done. Null: there is nothing (more) to do for this job. A move that is
 * given up is claimed, too: what was done of it is to be taken back.
 */
export async function claimMove(deps: JournalDeps, job: JobSpec, right: Right, log: Logger): Promise<Claimed | null> {
  const { client, clock } = deps;
  const { namespace, name } = job.object;
  const migration = await client.get(virtualMachineMigrationKind, { namespace, name });
  if (migration === null) return null;
  const machine = await client.get(virtualMachineKind, { namespace, name: migration.spec.machineName });
  const decided = machine?.status?.migration;
  if (machine === null || decided?.uid !== job.object.uid || decided.phase !== 'Prepared') return null;
  const claim = `${deps.identity}/${crypto.randomUUID()}`;
  const book = new MoveBook(client, job, right);
  const found = await claimPage(book, ({ entry: before }) => {
    const isSame = before?.attempt === job.attempt;
    if (isSame && before.outcome !== undefined) return null;
    const now = isoSeconds(clock.now());
    return {
      id: job.id,
      attempt: job.attempt,
      claim,
      phase: (isSame ? before.phase : undefined) ?? 'Queued',
      // Files of an earlier attempt are removed, or made anew, by this one.
      volumes: before?.volumes,
      wasPaused: isSame ? before.wasPaused : undefined,
      paused: isSame ? before.paused : undefined,
      startedAt: (isSame ? before.startedAt : undefined) ?? now,
      updatedAt: now,
    };
  });
  if (found === null) return null;
  const { object, isWanted } = found.page;
  return { migration: object, machine, journal: new Journal(book, found.entry, { clock, log, isWanted }) };
}

class MoveBook implements Book<VirtualMachineMigration, MigrationOperation> {
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
    const migration = await this.#client.get(virtualMachineMigrationKind, { namespace, name });
    if (migration === null || migration.metadata.uid !== uid) return null;
    const { phase, attempt, operation } = migration.status ?? {};
    if (phase !== 'Running' || attempt !== this.#job.attempt) return null;
    return { object: migration, entry: operation, isWanted: !isGivenUp(migration) };
  }

  write(migration: VirtualMachineMigration, entry: MigrationOperation): Promise<VirtualMachineMigration> {
    const patch = { status: { operation: replacing(migration.status?.operation ?? {}, entry) } };
    const as = { subresource: 'status' } as const;
    return this.#client.patchFenced(this.#right, virtualMachineMigrationKind, migration, patch, as);
  }
}

/** A merge patch keeps what it does not name: what is to go is named null. */
function replacing(before: object, after: object): object {
  const gone = Object.keys(before).map((key) => [key, null]);
  const kept = Object.entries(after).filter(([, value]) => value !== undefined);
  return { ...Object.fromEntries(gone), ...Object.fromEntries(kept) };
}

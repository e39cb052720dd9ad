/** Carries out one step of the plan. */
import type { MigrationOperation } from '#api/v1alpha1/virtual-machine-migration.ts';
import {
  abortJob,
  boundToHost,
  completedJob,
  defineStamped,
  destroyDomain,
  domainXml,
  releaseDefinition,
  resumeDomain,
  setStamp,
} from '#hostpool/ensure.ts';
import { destinationDocument, documentHash, stampAt } from '#libvirt/domain.ts';
import { readStamp } from '#libvirt/stamp.ts';
import { errorClassOf, VirtfleetError } from '#platform/errors.ts';
import { planDisks } from './disks.ts';
import { failureOf } from './failures.ts';
import { checkLive, moveLive } from './live.ts';
import type { Seen, Step } from './plan.ts';
import { makeVolumes, removeVolumes } from './volumes.ts';
import { sourceOf, targetOf, type Work } from './work.ts';

export type Act = Exclude<Step, { do: 'Wait' | 'Watch' | 'Conclude' }>;

export async function act(work: Work, step: Act, seen: Seen): Promise<void> {
  const { move, right, journal } = work;
  switch (step.do) {
    case 'Prepare':
      return prepare(work);
    case 'Move':
      work.handedOverAtMs = null;
      await moveLive(work, work.disks ?? [], isPausedByUser(seen));
      // What the hypervisor wrote to the files at the target is of no use for another try.
      if (work.failure !== null) work.disks = null;
      return;
    case 'RecoverPostCopy':
      await moveLive(work, work.disks ?? planDisks(move.volumes, move.sources), seen.wasPaused);
      return;
    case 'Define':
      return define(work);
    case 'AbortJob':
      await abortJob(sourceOf(work), right, move.uuid);
      return;
    case 'EndSource':
      handOver(work);
      await destroyDomain(sourceOf(work), right, move.uuid);
      return;
    case 'ResumeTarget':
      handOver(work);
      await resumeDomain(targetOf(work), right, move.uuid);
      if (work.handedOverAtMs !== null) work.stoodStillMs = work.deps.clock.monotonicMs() - work.handedOverAtMs;
      return;
    case 'ResumeSource':
      await resumeDomain(sourceOf(work), right, move.uuid);
      return;
    case 'ReleaseSource':
      await releaseDefinition(sourceOf(work), right, move.uuid);
      return;
    case 'EndTarget':
      await destroyDomain(targetOf(work), right, move.uuid);
      return;
    case 'ReleaseTarget':
      await releaseDefinition(targetOf(work), right, move.uuid);
      return;
    case 'Finish':
      return finish(work);
    case 'CleanSource':
      await journal.record({ phase: 'CleaningUp' });
      await removeVolumes(work, sourceOf(work));
      work.isClean = true;
      return;
    case 'CleanTarget':
      await journal.record({ phase: 'CleaningUp' });
      await removeVolumes(work, targetOf(work));
      await journal.record({ volumes: undefined });
      work.isClean = true;
      return;
    default:
      return step satisfies never;
  }
}

const isPausedByUser = ({ source }: Seen): boolean => source.kind === 'Present' && source.power === 'PausedByUser';

/** The machine stands still: an API server that is slow or away must not keep it so. What is seen says all of it anyway. */
function handOver({ journal }: Work): void {
  journal.note({ phase: 'HandingOver' });
}

/** Everything that can be judged or made before the machine itself is touched. */
async function prepare(work: Work): Promise<void> {
  const { move } = work;
  try {
    const disks = planDisks(move.volumes, move.sources);
    if (move.mode === 'Live') await checkLive(work, disks);
    else await checkOffline(work);
    work.isClean = false;
    work.disks = await makeVolumes(work, disks);
  } catch (error) {
    if (errorClassOf(error) === 'LeaseLost' || work.signal.aborted) throw error;
    work.tries += 1;
    work.failure = failureOf(error);
  }
}

async function checkOffline(work: Work): Promise<void> {
  const { move } = work;
  const source = sourceOf(work);
  const bound = await boundToHost(source, move.uuid);
  if (bound === null) return;
  const what = bound === 'ManagedSave' ? 'its memory is saved on' : 'it has snapshots that only';
  const rest = bound === 'ManagedSave' ? '' : ' knows of';
  throw new VirtfleetError(
    'InvalidSpec',
    'MoveFailed',
    `${move.object} cannot be moved: ${what} host ${source.name}${rest}`,
    {
      host: source.name,
      object: move.object,
      mend: bound === 'ManagedSave' ? 'Start it once, or virsh managedsave-remove there' : 'Delete the snapshots',
    },
  );
}

/** A machine that is off: the same definition there. */
async function define(work: Work): Promise<void> {
  const { move, right, journal } = work;
  const document = await domainXml(sourceOf(work), move.uuid, { inactive: true });
  const stamp = document === null ? null : readStamp(document);
  if (document === null || stamp === null) return;
  await journal.record({ phase: 'Moving' });
  const moved = (work.disks ?? []).flatMap((disk) =>
    disk.how === 'Shared' ? [] : [{ name: disk.name, path: disk.path }],
  );
  await defineStamped(targetOf(work), right, destinationDocument(document, move.incarnation, moved), (written) => ({
    ...stampAt(stamp, move.incarnation),
    definedHash: documentHash(written),
  }));
}

/** What libvirt at the target made of its document is read back, and its hash is put into the stamp. */
async function finish(work: Work): Promise<void> {
  const { move, right, journal } = work;
  const target = targetOf(work);
  await journal.record({ phase: 'Finishing', ...(await measured(work)) });
  const document = await domainXml(target, move.uuid, { inactive: true });
  const stamp = document === null ? null : readStamp(document);
  if (document === null || stamp === null) return;
  const record = await target.refreshDomain(move.uuid);
  if (record?.persistent === false) {
    // PERSIST_DEST did not come to its end: the document that it runs by becomes the one that stays.
    await defineStamped(target, right, document, (written) => ({
      ...stampAt(stamp, move.incarnation),
      definedHash: documentHash(written),
    }));
    return;
  }
  const definedHash = documentHash(document);
  await setStamp(target, right, move.uuid, { ...stampAt(stamp, move.incarnation), definedHash });
}

/** By the hypervisor's clock, and ours for what it does not know of. */
async function measured({ deps, move, stoodStillMs }: Work): Promise<Partial<MigrationOperation>> {
  if (move.mode === 'Offline') return {};
  const host = deps.hosts.get(move.target.name);
  const job = host === undefined ? null : await completedJob(host, move.uuid);
  if (job === null || job.kind === 'Other') return {};
  const { processedBytes, elapsedMs, downtimeMs, iteration } = job;
  return {
    ...(processedBytes > 0 ? { progressBytes: processedBytes, totalBytes: processedBytes } : {}),
    ...(iteration === undefined ? {} : { iteration }),
    ...(elapsedMs === undefined ? {} : { totalMilliseconds: Math.round(elapsedMs) }),
    ...(downtimeMs === undefined ? {} : { downtimeMilliseconds: Math.round(downtimeMs + stoodStillMs) }),
  };
}

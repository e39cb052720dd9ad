/** The numbers of a move as people read them. Pure. */
import { bytesToShortQuantity } from '#api/quantity.ts';
import type { MigrationOperation } from '#api/v1alpha1/virtual-machine-migration.ts';
import { duration, rateText } from '../rate-text.ts';

/** 100 % is said of what has ended well only. */
export function progressOf({ progressBytes, totalBytes }: MigrationOperation): string | undefined {
  if (!progressBytes || !totalBytes) return undefined;
  return `${Math.min(99, Math.floor((progressBytes / totalBytes) * 100))}%`;
}

export function remainingOf({ remainingSeconds }: MigrationOperation): string | undefined {
  return remainingSeconds === undefined ? undefined : duration(remainingSeconds);
}

const steps: Readonly<Record<NonNullable<MigrationOperation['phase']>, string>> = {
  Queued: 'Waits for a worker.',
  CopyingVolumes: 'Disks are being made ready at the target.',
  Moving: 'It is being sent.',
  HandingOver: 'It is being let go on at the target.',
  Finishing: 'Its definition at the target is being completed.',
  CleaningUp: 'What is of no use any more is being removed.',
  Done: 'It is done.',
};

/** What goes on. */
export function tellStep(operation: MigrationOperation | undefined): string {
  return operation?.phase === undefined ? 'It is about to begin.' : steps[operation.phase];
}

/** "1.2Gi of 2Gi at 118.2Mi/s, pass 3." Empty: there are none. */
export function tellNumbers(operation: MigrationOperation | undefined): string {
  const { progressBytes, totalBytes, iteration } = operation ?? {};
  if (operation === undefined || !progressBytes || !totalBytes) return '';
  const rate = rateText(operation.ratePerSecond);
  const at = rate === undefined ? '' : ` at ${rate}`;
  const pass = iteration !== undefined && iteration > 1 ? `, pass ${iteration}` : '';
  return `${bytesToShortQuantity(progressBytes)} of ${bytesToShortQuantity(totalBytes)}${at}${pass}.`;
}

/** "moved from h1 to h2 in 4.2 s, stood still for 210 ms" */
export function tellMoved(source: string, target: string, operation: MigrationOperation | undefined): string {
  const { downtimeMilliseconds } = operation ?? {};
  const tookMs = operation === undefined ? undefined : (operation.totalMilliseconds ?? lastedMs(operation));
  const took = tookMs === undefined ? '' : ` in ${seconds(tookMs)}`;
  const still = downtimeMilliseconds === undefined ? '' : `, stood still for ${stillness(downtimeMilliseconds)}`;
  return `moved from ${source} to ${target}${took}${still}`;
}

/** Of a machine that was off no hypervisor tells how long it took. */
function lastedMs({ startedAt, finishedAt }: MigrationOperation): number | undefined {
  return startedAt && finishedAt ? Date.parse(finishedAt) - Date.parse(startedAt) : undefined;
}

const stillness = (ms: number): string => (ms < 10_000 ? `${ms} ms` : seconds(ms));

const seconds = (ms: number): string => (ms < 100_000 ? `${(ms / 1000).toFixed(1)} s` : duration(ms / 1000));

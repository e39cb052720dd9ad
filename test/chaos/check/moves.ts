/** Machines that are between two hosts, by what is recorded before anything is done. */
import type { VirtualMachine } from '#api/v1alpha1/index.ts';
import type { Facts } from './facts.ts';

/** The hosts are read before the API: a move may have ended in between. */
const JUST_ENDED_MS = 30_000;

/** Names of its source and target; null: it is on one host. */
export function moveOf(
  { migrations }: Facts,
  { metadata, status }: VirtualMachine,
  nowMs = Date.now(),
): string[] | null {
  const own = status?.migration;
  if (own?.source && own.target) return [own.source.name, own.target.name];
  const move = migrations.find(
    ({ metadata: { namespace }, spec, status: told }) =>
      namespace === metadata.namespace &&
      spec.machineName === metadata.name &&
      told?.target !== undefined &&
      (told.finishedAt === undefined || nowMs - Date.parse(told.finishedAt) < JUST_ENDED_MS),
  );
  const { source, target } = move?.status ?? {};
  return source && target ? [source.name, target.name] : null;
}

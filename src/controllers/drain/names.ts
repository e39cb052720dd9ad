/** Names of the moves that a drain asks for: the same drain and machine give the same name, so that a restart makes none twice. Pure. */
import { createHash } from 'node:crypto';

const MOST_NAME = 253;
const MOST_LABEL = 63;

export interface DrainId {
  hostUid: string;
  /** When this drain began: another drain of the host has other names. */
  startedAt: string;
}

const short = (...parts: string[]): string => createHash('sha256').update(parts.join(' ')).digest('hex').slice(0, 8);

/** `drain-<machine>-<8 hex>`, and the number of the attempt from the second on. */
export function moveName(
  { hostUid, startedAt }: DrainId,
  machine: { name: string; uid: string },
  attempt: number,
): string {
  const end = `-${short(hostUid, startedAt, machine.uid)}${attempt > 1 ? `-${attempt}` : ''}`;
  return `drain-${machine.name}`.slice(0, MOST_NAME - end.length).replace(/[.-]+$/, '') + end;
}

/** Which attempt of this drain the move is; null: it is none of it. */
export function attemptOf(id: DrainId, machine: { name: string; uid: string }, name: string): number | null {
  if (name === moveName(id, machine, 1)) return 1;
  const attempt = Number(/-([1-9][0-9]*)$/.exec(name)?.[1]);
  return attempt > 1 && name === moveName(id, machine, attempt) ? attempt : null;
}

/** A label's value is shorter than a name may be. */
export function hostLabel(name: string): string {
  return name.length <= MOST_LABEL ? name : `${name.slice(0, MOST_LABEL - 9)}-${short(name)}`;
}

/** A network that a new process finds as an earlier one left it: its documents are compared behind what has changed. */
import { conditionStatus } from '../conditions.ts';
import { isThere, type NetworkGlance } from './observe.ts';

/** So long after a process began to lead, all hosts that answer have been listed, and what changed meanwhile is told. */
const FIRST_LOOK_MS = 15_000;

/** It is where its status says, and up there; nothing is wrong with it, and nothing was asked of it since. Pure. */
export function isAsLeft({ object, hosts }: Pick<NetworkGlance, 'object' | 'hosts'>): boolean {
  const { metadata, status } = object;
  const told = new Map((status?.hosts ?? []).map((host) => [host.name, host]));
  const there = hosts.filter(isThere);
  return (
    metadata.deletionTimestamp === undefined &&
    status?.observedGeneration === metadata.generation &&
    conditionStatus(status?.conditions, 'Ready') === 'True' &&
    there.length === told.size &&
    there.every(({ host, inSight, defined, active }) => {
      const before = told.get(host);
      const isWell = before?.active === true && !before.cutOff && !before.restartRequired && !before.message;
      return isWell && inSight && defined && active;
    })
  );
}

/** Which networks this process has looked at in full. */
export class FirstLooks {
  readonly #now: () => number;
  readonly #taken = new Set<string>();
  #startedAt: number | null = null;

  /** `now`: monotonic ms. */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** How long the first look at it can wait, ms; 0: it is taken now. */
  laterMs(glance: Pick<NetworkGlance, 'object' | 'hosts'>): number {
    this.#startedAt ??= this.#now();
    const { uid } = glance.object.metadata;
    const leftMs = this.#startedAt + FIRST_LOOK_MS - this.#now();
    if (leftMs > 0 && !this.#taken.has(uid) && isAsLeft(glance)) return leftMs;
    this.#taken.add(uid);
    return 0;
  }

  /** It is gone. */
  forget(uid: string): void {
    this.#taken.delete(uid);
  }
}

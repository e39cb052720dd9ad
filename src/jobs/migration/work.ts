import type { HostPool } from '#hostpool/pool.ts';
import type { Host } from '#hostpool/types.ts';
import type { KubeClient } from '#kube/client.ts';
import type { Clock } from '#platform/clock.ts';
import { VirtfleetError } from '#platform/errors.ts';
import type { Logger } from '#platform/log.ts';
import type { Right } from '#platform/right.ts';
import type { MoveDisk } from './disks.ts';
import type { MoveJournal } from './journal.ts';
import type { Move } from './move.ts';
import { hostInSight } from './observe.ts';
import type { Failure } from './plan.ts';

export interface MigrationDeps {
  client: KubeClient;
  hosts: HostPool;
  clock: Clock;
  fleetId: string;
  /** Names this process. */
  identity: string;
}

/** One job at work, and what it alone knows: after a crash all of it is found out anew. */
export interface Work {
  deps: MigrationDeps;
  move: Move;
  journal: MoveJournal;
  right: Right;
  /** The process stops, or the job's lock is lost. */
  signal: AbortSignal;
  log: Logger;
  /** What the disks need at the target, once that was made. */
  disks: readonly MoveDisk[] | null;
  /** What was recorded to be removed has been. */
  isClean: boolean;
  tries: number;
  failure: Failure | null;
  /** When the hypervisor had handed it over and it stood still, monotonic ms. */
  handedOverAtMs: number | null;
  /** How long it stood still after that until it was let go on. */
  stoodStillMs: number;
}

export const sourceOf = ({ deps, move }: Work): Host => seen(deps.hosts, move, move.source);
export const targetOf = ({ deps, move }: Work): Host => seen(deps.hosts, move, move.target);

/** @throws Transient HostUnreachable */
function seen(hosts: HostPool, { object }: Move, place: Move['source']): Host {
  const host = hostInSight(hosts, place);
  if (!('why' in host)) return host;
  throw new VirtfleetError('Transient', 'HostUnreachable', host.why, { host: place.name, object });
}

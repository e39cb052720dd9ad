/** What the acts of one step on a machine's host share. */
import type { Host, PoolRecord } from '#hostpool/types.ts';
import { VirtfleetError } from '#platform/errors.ts';
import type { Right } from '#platform/right.ts';
import { findPoolOnHost } from '../pool-input.ts';
import type { MachineServices, Seen } from './observe.ts';

export interface ActContext {
  services: MachineServices;
  right: Right;
  seen: Seen;
  host: Host;
  /** "VirtualMachine lab/web", for messages. */
  object: string;
}

export function poolOnHost(
  { services, host, object }: Pick<ActContext, 'services' | 'host' | 'object'>,
  poolName: string | undefined,
): PoolRecord {
  const pool = poolName ? findPoolOnHost(services.deps, host, poolName) : null;
  if (pool?.active) return pool;
  throw new VirtfleetError(
    'Transient',
    'PoolNotRunning',
    `StoragePool ${poolName} is ${pool ? 'not running' : 'not there'} on host ${host.name}`,
    {
      host: host.name,
      object,
      mend: `kubectl describe vfpool ${poolName} says why`,
    },
  );
}

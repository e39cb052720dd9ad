/** Quotas where machines are placed and grow: judged by the ledger, which one process keeps, so that two never pass at once. */

import type { ControllerDeps } from '../deps.ts';
import { namespaceIndex } from '../indexes.ts';
import { excessOf, grantedOf } from '../quota-input.ts';
import { roomOf } from '../room.ts';
import type { SizedMachine } from '../size.ts';
import type { FleetLedger } from './ledger.ts';
import type { Problem } from './plan.ts';

type Deps = Pick<ControllerDeps, 'informers'>;

/** Why the quota keeps a machine from being placed, or null. */
export function placementExcess(deps: Deps, ledger: FleetLedger, machine: SizedMachine): string | null {
  const { namespace = '', uid } = machine.metadata;
  const quotas = deps.informers.quotas.byIndex(namespaceIndex, namespace);
  if (quotas.length === 0) return null;
  return excessOf(quotas, ledger.usedIn(namespace, uid), { ...roomOf(machine), machines: 1 });
}

/** A placed machine whose spec asks for more than it was let have: it may grow, and that counts from here on (status tells of it later); or this is why not. */
export function growthProblem(deps: Deps, ledger: FleetLedger, machine: SizedMachine): Problem | null {
  const { namespace = '', uid, deletionTimestamp } = machine.metadata;
  if (!machine.status?.host || deletionTimestamp) return null;
  const room = roomOf(machine);
  const granted = grantedOf(machine);
  if (room.cpuMilli === granted.cpuMilli && room.memoryBytes === granted.memoryBytes) return null;
  const used = ledger.usedIn(namespace, uid);
  const excess = excessOf(
    deps.informers.quotas.byIndex(namespaceIndex, namespace),
    {
      cpuMilli: used.cpuMilli + granted.cpuMilli,
      memoryBytes: used.memoryBytes + granted.memoryBytes,
      machines: used.machines + 1,
    },
    {
      cpuMilli: room.cpuMilli - granted.cpuMilli,
      memoryBytes: room.memoryBytes - granted.memoryBytes,
      machines: 0,
    },
  );
  if (excess) return { kind: 'Wait', reason: 'QuotaExceeded', message: excess };
  ledger.grow(uid, room);
  return null;
}

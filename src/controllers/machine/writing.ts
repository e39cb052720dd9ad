/** How a machine's controller writes: status by its difference, fenced; and what the acts tell back. */

import type { VirtualMachine } from '#api/v1alpha1/virtual-machine.ts';
import type { VirtualMachineStatus } from '#api/v1alpha1/virtual-machine-status.ts';
import { VirtfleetError } from '#platform/errors.ts';
import type { Right } from '#platform/right.ts';
import type { StatusWriter } from '../write-status.ts';
import type { MachineServices, Seen } from './observe.ts';
import type { Rest } from './plan-migration.ts';

/** Writes the difference to what is stored; what was learned is in status with it. */
export async function write(actor: Actor, right: Right, seen: Seen, status: VirtualMachineStatus): Promise<void> {
  const stored = storedOf(actor, seen);
  if (status.host) seen.memory.decided = true;
  await actor.writer.write(right, stored, status);
}

/** The version that was observed: a later one in the cache means a conflict, and another look. */
export function storedOf({ services }: Actor, seen: Seen): VirtualMachine {
  const { namespace, name, uid, resourceVersion } = seen.machine.metadata;
  const stored = services.deps.informers.machines.get(`${namespace}/${name}`);
  if (stored?.metadata.uid === uid && stored.metadata.resourceVersion === resourceVersion) return stored;
  throw new VirtfleetError('Conflict', 'Conflict', `VirtualMachine ${namespace}/${name} has changed since it was read`);
}

export function event(
  { services }: Actor,
  { machine }: Seen,
  type: 'Normal' | 'Warning',
  reason: string,
  action: string,
  note: string,
): void {
  services.deps.recorder.event(machine, { type, reason, action, note });
}

export interface Actor {
  services: MachineServices;
  writer: StatusWriter<VirtualMachine>;
}

/** What a step leaves to be told: another step follows unless `rest` says why there is nothing to do now. */
export interface ActResult {
  rest?: Rest;
  /** The object has been let go of. */
  gone?: boolean;
}

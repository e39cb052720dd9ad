/** When a new process looks at each machine for the first time: what has changed comes before what is as it was left. */
import type { VirtualMachine } from '#api/v1alpha1/virtual-machine.ts';
import { keyOf } from '#kube/types.ts';
import type { ControllerDeps } from '../deps.ts';
import { machineIndexes } from '../indexes.ts';
import { firstLookAt, isAsLeft } from './as-left.ts';
import type { Memories } from './memory.ts';
import { domainsThatMayBe } from './sightings.ts';

/** After our own start, all hosts are connected to at once. */
export const START_GRACE_MS = 15_000;

export class FirstLooks {
  readonly #deps: ControllerDeps;
  readonly #memories: Memories;
  /** When this process began to lead; null: it does not. */
  #startedAt: number | null = null;

  constructor(deps: ControllerDeps, memories: Memories) {
    this.#deps = deps;
    this.#memories = memories;
  }

  lead(startedAt: number): void {
    this.#startedAt = startedAt;
    const { operations, migrations, machines, volumes } = this.#deps.informers;
    // What is asked of a machine does not wait, be it that one of its disks grows.
    for (const volume of volumes.list()) {
      if (volume.status?.phase !== 'Resizing') continue;
      for (const machine of machines.byIndex(machineIndexes.volume, keyOf(volume))) this.stir(machine);
    }
    for (const { metadata, spec, status } of [...operations.list(), ...migrations.list()]) {
      const machine = machines.get(`${metadata.namespace}/${spec.machineName}`);
      if (machine && status?.finishedAt === undefined) this.stir(machine);
    }
  }

  /** There is news of it, or of what it uses, since this process leads: it is not as it was left. */
  stir({ metadata }: VirtualMachine): void {
    if (this.#startedAt !== null) this.#memories.of(metadata.uid).isStirred = true;
  }

  /** For how long its first look can wait, ms. 0: it is taken now, or was taken. */
  inMs(machine: VirtualMachine): number {
    const { clock, fleetId, informers } = this.#deps;
    const memory = this.#memories.of(machine.metadata.uid);
    if (memory.verified !== null || memory.isStirred || this.#startedAt === null) return 0;
    if (!isAsLeft(machine, domainsThatMayBe(this.#deps, machine), fleetId)) return 0;
    const now = clock.now();
    memory.hiddenSince = null;
    const from = Math.max(now, this.#startedAt + START_GRACE_MS);
    memory.firstLookAt ??= firstLookAt(from, informers.machines.size, Math.random());
    return Math.max(0, memory.firstLookAt - now);
  }
}

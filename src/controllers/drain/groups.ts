/** Machines that may not all be away at once: the groups of spec.disruption. */
import type { Host } from '#api/v1alpha1/host.ts';
import type { VirtualMachine } from '#api/v1alpha1/virtual-machine.ts';
import { conditionStatus } from '../conditions.ts';
import type { ControllerDeps } from '../deps.ts';
import type { MachineView } from './rows.ts';

/** Of one look: the fleet is gone through once for each label that is named. */
export class Groups {
  readonly #machines: ControllerDeps['informers']['machines'];
  readonly #host: Host;
  readonly #byLabel = new Map<string, Map<string, VirtualMachine[]>>();

  constructor({ informers }: Pick<ControllerDeps, 'informers'>, host: Host) {
    this.#machines = informers.machines;
    this.#host = host;
  }

  /** Null: it is in no group. Machines of this host that are being moved are not counted: who plans knows them. */
  of({ metadata, spec }: VirtualMachine): MachineView['group'] {
    if (!spec.disruption) return null;
    const { groupLabel, maxUnavailable } = spec.disruption;
    const value = metadata.labels?.[groupLabel];
    if (value === undefined) return null;
    const name = nameOf(metadata.namespace, groupLabel, value);
    const others = (this.#grouped(groupLabel).get(name) ?? []).filter((other) => other.metadata.uid !== metadata.uid);
    return { name, maxUnavailable, away: others.filter((other) => this.#isAway(other)).length };
  }

  #isAway({ status }: VirtualMachine): boolean {
    const isHere = status?.host?.uid === this.#host.metadata.uid;
    if (status?.migration && !isHere) return true;
    return conditionStatus(status?.conditions, 'Running') !== 'True';
  }

  #grouped(label: string): Map<string, VirtualMachine[]> {
    const known = this.#byLabel.get(label);
    if (known) return known;
    const groups = new Map<string, VirtualMachine[]>();
    for (const machine of this.#machines.list()) {
      const value = machine.metadata.labels?.[label];
      if (value === undefined) continue;
      const name = nameOf(machine.metadata.namespace, label, value);
      const group = groups.get(name);
      if (group) group.push(machine);
      else groups.set(name, [machine]);
    }
    this.#byLabel.set(label, groups);
    return groups;
  }
}

const nameOf = (namespace: string | undefined, label: string, value: string): string =>
  `${namespace} ${label}=${value}`;

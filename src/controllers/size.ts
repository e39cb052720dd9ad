/** The size of a machine: its own word, else that of its class. Pure; the one place where a class is looked into. */
import { type CpuSize, cpu, type MemorySize } from '#api/v1alpha1/machine-size.ts';
import type { VirtualMachine } from '#api/v1alpha1/virtual-machine.ts';
import type { VirtualMachineClass } from '#api/v1alpha1/virtual-machine-class.ts';
import type { Scheduling } from '#api/v1alpha1/virtual-machine-scheduling.ts';
import type { ClassStatus } from '#api/v1alpha1/virtual-machine-status.ts';
import type { Informers } from './deps.ts';

/** What the API server would make of a cpu that says nothing. */
const ONE_CPU = cpu.parse({});

/** A machine whose size is known: everything behind the observation reads this one. */
export interface SizedMachine extends VirtualMachine {
  spec: VirtualMachine['spec'] & { cpu: CpuSize; memory: MemorySize };
}

export interface Sizing {
  machine: SizedMachine;
  /** False: a class is named that is not there, and it was never seen. The size in `machine` is then what status has, or nothing. */
  known: boolean;
  /** What status records of the class; absent without one. */
  pin?: ClassStatus;
  /** Why the class that is named cannot be had. */
  problem?: { kind: 'Wait' | 'Stall'; reason: 'ClassNotFound' | 'ClassNotAllowed'; message: string };
}

/** `found` is the class that spec.className names, when there is one. */
export function sizeOf(machine: VirtualMachine, found: VirtualMachineClass | undefined): Sizing {
  const { className } = machine.spec;
  if (className === undefined) return { machine: sized(machine, {}), known: true };
  const before = machine.status?.class;
  // A class is looked into once; one of the same name that was made later changes no machine.
  const own = before?.name === className ? before : undefined;
  const refusal = own ? undefined : refusalOf(machine, className, found);
  const pin = own ?? (found && !refusal ? pinOf(found) : before);
  return {
    machine: sized(machine, pin ?? {}, found?.spec.scheduling),
    known: pin !== undefined || isSized(machine),
    ...(pin ? { pin } : {}),
    ...(refusal ? { problem: refusal } : {}),
  };
}

export const sizeFrom = ({ classes }: Pick<Informers, 'classes'>, machine: VirtualMachine): Sizing =>
  sizeOf(machine, machine.spec.className === undefined ? undefined : classes.get(machine.spec.className));

function refusalOf(
  { metadata: { namespace = '' } }: VirtualMachine,
  className: string,
  found: VirtualMachineClass | undefined,
): Sizing['problem'] {
  if (!found)
    return {
      kind: 'Wait',
      reason: 'ClassNotFound',
      message: `there is no VirtualMachineClass ${className}; have it created, or correct spec.className`,
    };
  const { allowedNamespaces } = found.spec;
  if (!allowedNamespaces || allowedNamespaces.includes(namespace)) return undefined;
  return {
    kind: 'Stall',
    reason: 'ClassNotAllowed',
    message: `VirtualMachineClass ${className} is not offered to namespace ${namespace} (its spec.allowedNamespaces); name another class, or ask an administrator`,
  };
}

const pinOf = ({ metadata: { name, uid }, spec }: VirtualMachineClass): ClassStatus => ({
  name,
  uid,
  cpu: spec.cpu,
  memory: spec.memory,
});

function sized(
  machine: VirtualMachine,
  base: Partial<Pick<ClassStatus, 'cpu' | 'memory'>>,
  where?: ClassScheduling,
): SizedMachine {
  const { spec, status } = machine;
  if (isSized(machine) && !where) return machine;
  return {
    ...machine,
    spec: {
      ...spec,
      cpu: spec.cpu ?? base.cpu ?? ONE_CPU,
      memory: spec.memory ?? base.memory ?? { size: status?.memory?.bytes ?? 0 },
      scheduling: where ? bothOf(spec.scheduling, where) : spec.scheduling,
    },
  };
}

const isSized = (machine: VirtualMachine): machine is SizedMachine =>
  machine.spec.cpu !== undefined && machine.spec.memory !== undefined;

type ClassScheduling = NonNullable<VirtualMachineClass['spec']['scheduling']>;
type HostSelector = NonNullable<Scheduling['hostSelector']>;

function bothOf(own: Scheduling, { hostSelector, tolerations }: ClassScheduling): Scheduling {
  return {
    ...own,
    ...(hostSelector ? { hostSelector: own.hostSelector ? allOf(own.hostSelector, hostSelector) : hostSelector } : {}),
    ...(tolerations ? { tolerations: [...(own.tolerations ?? []), ...tolerations] } : {}),
  };
}

/** Labels as expressions: both may name one label, and then no host has both values. */
function allOf(own: HostSelector, other: HostSelector): HostSelector {
  const labels = Object.entries(other.matchLabels ?? {}).map(([key, value]) => ({
    key,
    operator: 'In' as const,
    values: [value],
  }));
  return { ...own, matchExpressions: [...(own.matchExpressions ?? []), ...(other.matchExpressions ?? []), ...labels] };
}

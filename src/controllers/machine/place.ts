/** Choosing a host, and what a decision pins besides. */
import type { VirtualMachine } from '#api/v1alpha1/virtual-machine.ts';
import type { Placement, VirtualMachineStatus, VolumeStatus } from '#api/v1alpha1/virtual-machine-status.ts';
import type { Host } from '#hostpool/types.ts';
import { type Capabilities, resolveMachine } from '#libvirt/capabilities.ts';
import { compareRequests, type Decision, type PlacementRequest } from '#scheduler/index.ts';
import { isoTime } from '../conditions.ts';
import { machineIndexes, UNPLACED } from '../indexes.ts';
import { grantedOf } from '../quota-input.ts';
import { roomOf } from '../room.ts';
import { type SizedMachine, sizeFrom } from '../size.ts';
import { priorityOf, type Surroundings, surroundingsOf } from '../surroundings.ts';
import { arrivalOf, placedOf, plannedVolumes, requestOf } from '../to-snapshot.ts';
import { chooseCpu, cpuStatus } from './cpu.ts';
import type { Claim } from './ledger.ts';
import type { MachineServices } from './observe.ts';
import { placementExcess } from './quota.ts';

export function claimOf(machine: SizedMachine, status: VirtualMachineStatus | undefined = machine.status): Claim {
  const { uid, creationTimestamp, resourceVersion } = machine.metadata;
  const nics = status?.interfaces ?? [];
  const arriving = arrivalOf(machine, status);
  const target = status?.migration?.target;
  return {
    uid,
    version: resourceVersion,
    uuid: status?.uuid ?? null,
    createdAt: Date.parse(creationTimestamp ?? ''),
    hostUid: status?.host?.uid ?? null,
    namespace: machine.metadata.namespace ?? '',
    granted: grantedOf(machine, status),
    machine: placedOf(machine, status),
    arrival: arriving && target ? { hostUid: target.uid, machine: arriving } : null,
    ...roomOf(machine),
    addresses: nics.flatMap((nic) =>
      (nic.addresses ?? []).flatMap((a) =>
        a.source === 'Reserved' && nic.networkUID ? [{ networkUid: nic.networkUID, address: a.address }] : [],
      ),
    ),
    macs: nics.map((nic) => nic.mac),
  };
}

export interface PlaceInput {
  services: Pick<MachineServices, 'deps' | 'placements' | 'ledger'>;
  machine: SizedMachine;
  around: Surroundings;
  volumes: VolumeStatus[];
}

/**
 * Where the machine goes, after those of higher priority that wait, too, were given their room. Who fits nowhere even
 * without that is not held up by them, and is spared the look at all of them.
 */
export function decide({ services, machine, around, volumes }: PlaceInput): Decision {
  const { deps, placements } = services;
  const index = placements.current();
  const priority = priorityOf(machine, deps.informers);
  const request = requestOf({ machine, around, volumes, priority });
  const alone = index.decide(request);
  if (alone.host === undefined) return alone;
  const kept = waitingAhead(services, machine, priority).flatMap((one) => index.reserve(one) ?? []);
  if (kept.length === 0) return alone;
  const decision = index.decide(request);
  for (const giveBack of kept) giveBack();
  if (decision.host !== undefined) return decision;
  const machines =
    kept.length === 1
      ? '1 machine of higher priority that waits'
      : `${kept.length} machines of higher priority that wait`;
  return { ...decision, message: `${decision.message} Room is kept for ${machines}.` };
}

/**
 * Machines of higher priority that are to run and have no host yet, in the order in which they are placed. The cache lags:
 * who has claimed a host has its room, though the write is still under way or in doubt.
 */
function waitingAhead(
  { deps, ledger, placements }: PlaceInput['services'],
  { metadata }: VirtualMachine,
  priority: number,
): PlacementRequest[] {
  const ahead: PlacementRequest[] = [];
  for (const other of deps.informers.machines.byIndex(machineIndexes.unplaced, UNPLACED)) {
    const theirs = priorityOf(other, deps.informers);
    if (theirs <= priority || other.metadata.uid === metadata.uid || !isWaiting(other)) continue;
    if (placements.hasHost(other.metadata.uid)) continue;
    const { machine, known } = sizeFrom(deps.informers, other);
    if (!known || placementExcess(deps, ledger, machine)) continue;
    const around = surroundingsOf(other, deps.informers);
    ahead.push(requestOf({ machine, around, volumes: plannedVolumes(other), priority: theirs }));
  }
  return ahead.sort(compareRequests);
}

/** Whether room is kept for it, if it has none. */
export function isWaiting({ metadata, spec, status }: VirtualMachine): boolean {
  if (metadata.deletionTimestamp || spec.runStrategy === 'Halted') return false;
  const state = status?.printableStatus ?? 'Scheduling';
  return state === 'Unschedulable' || (state === 'Scheduling' && spec.runStrategy === 'Always');
}

/** What status says of a machine that fits nowhere. The time is that of the first such answer: the same again is no news. */
export function nowhere({ message, rejected }: Decision, before: Placement | undefined, now: number): Placement {
  const isNews = before?.decidedAt === undefined || before.host !== undefined || before.message !== message;
  return {
    message,
    decidedAt: isNews ? isoTime(now) : before.decidedAt,
    rejected: rejected.slice(0, 32).map(({ filter, count, nearest: [nearest] = [] }) => ({
      filter,
      count,
      ...(nearest === undefined ? {} : { nearest }),
    })),
  };
}

const hypervisors = { kvm: 'KVM', qemu: 'QEMU', test: 'Test' } as const;

/** What a decision pins besides the host: hypervisor, architecture, machine type and CPU. Null: this host has no such machine type. */
export function pinned(
  machine: SizedMachine,
  decision: Decision,
  host: Host,
  fleet: Host[],
): Pick<VirtualMachineStatus, 'hypervisor' | 'architecture' | 'machineType' | 'cpu'> | null {
  const capabilities = host.facts?.capabilities;
  const domainType = decision.domainType as keyof typeof hypervisors | undefined;
  if (!capabilities || !domainType || !(domainType in hypervisors)) return null;
  const architecture = machine.spec.architecture ?? architectureFor(capabilities, domainType);
  const wanted = machine.spec.machineType ?? 'q35';
  const machineType =
    domainType === 'test' ? wanted : resolveMachine(capabilities, { arch: architecture, domainType, machine: wanted });
  if (!machineType) return null;
  return {
    hypervisor: hypervisors[domainType],
    architecture,
    machineType,
    cpu: cpuStatus(
      machine,
      chooseCpu(
        machine,
        domainType,
        fleet.map((other) => other.facts),
      ),
    ),
  };
}

function architectureFor(capabilities: Capabilities, domainType: string): string {
  const offering = capabilities.guests.filter((guest) => guest.domainTypes.includes(domainType));
  const native = offering.find((guest) => guest.arch === capabilities.host.arch);
  return (native ?? offering[0])?.arch ?? capabilities.host.arch ?? 'x86_64';
}

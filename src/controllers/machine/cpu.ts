/** Which CPU a machine is shown: chosen once and kept, chosen anew when the spec asks for another one. Pure. */
import type { VirtualMachineStatus } from '#api/v1alpha1/virtual-machine-status.ts';
import type { HostFacts } from '#hostpool/types.ts';
import type { CpuInput, DomainInput } from '#libvirt/domain.ts';
import type { SizedMachine } from '../size.ts';

export interface ChosenCpu {
  mode: CpuInput['mode'];
  model?: string | undefined;
}

/** What status records of it. */
export function cpuStatus(machine: SizedMachine, cpu: ChosenCpu): NonNullable<VirtualMachineStatus['cpu']> {
  const { mode } = machine.spec.cpu;
  return { requested: mode, mode: cpu.mode, ...(cpu.model ? { model: cpu.model } : {}), ...vcpusOf(machine) };
}

export function vcpusOf({ spec }: SizedMachine): { vcpus: number; maxVcpus: number } {
  const { cores, sockets, threads, max } = spec.cpu;
  const vcpus = cores * sockets * threads;
  return { vcpus, maxVcpus: max ?? vcpus };
}

/** A CPU that was recorded for the same wish is kept: a fleet that changes does not change machines. */
export function chooseCpu(
  machine: SizedMachine,
  domainType: DomainInput['domainType'],
  fleet: readonly (HostFacts | null)[],
): ChosenCpu {
  const { mode, model } = machine.spec.cpu;
  const recorded = machine.status?.cpu;
  if (recorded?.mode && recorded.requested === mode && (mode !== 'Custom' || recorded.model === model)) {
    return { mode: recorded.mode as ChosenCpu['mode'], model: recorded.model };
  }
  const emulated = domainType !== 'kvm';
  switch (mode) {
    case 'Custom':
      return { mode: 'custom', model };
    case 'HostModel':
      return { mode: 'host-model' };
    case 'HostPassthrough':
      // Emulation has no host CPU to pass through; all that it can emulate is what comes nearest.
      return { mode: emulated ? 'maximum' : 'host-passthrough' };
    case 'Baseline':
      return { mode: 'custom', model: emulated ? 'qemu64' : baselineModel(fleet) };
  }
}

/** The model that all hosts with KVM share; where they differ, the one that every x86 host can run. */
function baselineModel(fleet: readonly (HostFacts | null)[]): string {
  const withKvm = fleet.filter((facts) =>
    facts?.capabilities.guests.some((guest) => guest.domainTypes.includes('kvm')),
  );
  const models = new Set(withKvm.map((facts) => facts?.domainCapabilities?.hostModel.model ?? null));
  const [only] = models;
  return models.size === 1 && only ? only : 'kvm64';
}

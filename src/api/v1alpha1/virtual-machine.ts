/** VirtualMachine. */
import { age, conditionColumn, type ResourceDefinition } from '../schema/resource.ts';
import { GROUP, type KubeObject, type ResourceKind, VERSION } from './meta.ts';
import { virtualMachineConditions, virtualMachineReasons } from './virtual-machine-conditions.ts';
import { type VirtualMachineSpec, virtualMachineSpec } from './virtual-machine-spec.ts';
import { type VirtualMachineStatus, virtualMachineStatus } from './virtual-machine-status.ts';

export interface VirtualMachine extends KubeObject {
  spec: VirtualMachineSpec;
  status?: VirtualMachineStatus;
}

export const virtualMachineKind: ResourceKind<VirtualMachine> = {
  group: GROUP,
  version: VERSION,
  plural: 'virtualmachines',
  kind: 'VirtualMachine',
  namespaced: true,
};

export const virtualMachineDefinition: ResourceDefinition = {
  resource: virtualMachineKind,
  singular: 'virtualmachine',
  shortNames: ['vm', 'vfvm'],
  description:
    'VirtualMachine is a machine that runs on one of the hosts of the fleet. The host is chosen by the operator and recorded before anything is made there. Deleting it stops the machine and removes it and its disks, as deletionPolicy and reclaimPolicy say.',
  spec: virtualMachineSpec,
  status: virtualMachineStatus,
  rules: [
    {
      rule: "self.metadata.name.size() <= 63 && !self.metadata.name.contains('.')",
      message: 'metadata.name must be at most 63 characters without dots: it is the host name of the machine',
    },
    {
      rule: '!has(self.spec.uuid) || has(oldSelf.spec.uuid) || !has(oldSelf.status) || !has(oldSelf.status.uuid) || self.spec.uuid == oldSelf.status.uuid',
      message: 'spec.uuid cannot be set any more to another UUID than the machine has (status.uuid): leave it out',
      fieldPath: '.spec.uuid',
    },
  ],
  columns: [
    { name: 'Status', type: 'string', jsonPath: '.status.printableStatus', description: 'The state in one word.' },
    conditionColumn('Ready', 'The desired state is reached.'),
    { name: 'Host', type: 'string', jsonPath: '.status.host.name', description: 'Where it is.' },
    {
      name: 'IP',
      type: 'string',
      jsonPath: '.status.interfaces[0].addresses[0].address',
      description: 'Its first address.',
    },
    {
      name: 'CPU',
      type: 'integer',
      jsonPath: '.status.cpu.vcpus',
      description: 'vCPUs that it has, or will have when it is placed.',
    },
    {
      name: 'Memory',
      type: 'string',
      jsonPath: '.status.memory.size',
      description: 'Memory that it has, or will have when it is placed.',
    },
    { name: 'Class', type: 'string', jsonPath: '.spec.className', description: 'Its class.', wide: true },
    {
      name: 'Run Strategy',
      type: 'string',
      jsonPath: '.spec.runStrategy',
      description: 'Always, Manual or Halted.',
      wide: true,
    },
    conditionColumn('Running', 'Its CPUs run.', true),
    {
      name: 'Agent',
      type: 'string',
      jsonPath: '.status.conditions[?(@.type=="AgentConnected")].status',
      description: 'The guest agent answers.',
      wide: true,
    },
    {
      name: 'OS',
      type: 'string',
      jsonPath: '.status.guest.osName',
      description: 'Operating system of the guest.',
      wide: true,
    },
    {
      name: 'Restart',
      type: 'string',
      jsonPath: '.status.conditions[?(@.type=="RestartRequired")].status',
      description: 'A change of the spec waits for the next start.',
      wide: true,
    },
    { name: 'UUID', type: 'string', jsonPath: '.status.uuid', description: 'UUID of the machine.', wide: true },
    {
      name: 'Message',
      type: 'string',
      jsonPath: '.status.message',
      description: 'The state in one sentence.',
      wide: true,
    },
    age,
  ],
  selectableFields: ['.status.host.name', '.status.printableStatus', '.spec.runStrategy'],
  conditions: virtualMachineConditions,
  reasons: virtualMachineReasons,
};

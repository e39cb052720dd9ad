/** The status of a VirtualMachine: what was decided, before it is done, and what was seen. */
import { z } from 'zod';
import { conditions, observedGeneration } from '../schema/conditions.ts';
import { atomicList, int64, namedList, quantity, time } from '../schema/fields.ts';
import { objectRef, reclaimPolicy, volumeFormat } from './shared.ts';

const interfaceStatus = z.object({
  name: z.string().describe('Name of the interface in the spec.'),
  networkName: z.string().describe('The VirtualNetwork.'),
  networkUID: z.string().optional().describe('Its uid.'),
  mac: z.string().describe('MAC address.'),
  addresses: atomicList(
    z.object({
      address: z.string().describe('The address.'),
      prefix: z.int().optional().describe('Length of its network prefix.'),
      source: z
        .enum(['Reserved', 'Agent', 'Lease', 'ARP'])
        .describe(
          'How it is known. Reserved: we gave it. Agent: the guest agent says so. Lease: the DHCP server. ARP: seen on the host.',
        ),
    }),
    64,
  )
    .optional()
    .describe('Addresses, the one that we gave first.'),
  hostDevice: z.string().optional().describe('Device on the host, while the machine runs.'),
});

const volumeStatus = z.object({
  name: z.string().describe('Name of the disk in the spec; of the seed: cloud-init.'),
  role: z
    .enum(['Disk', 'Seed', 'Volume', 'CDROM'])
    .describe(
      'Disk: made from a template, belongs to the machine. Seed: of cloud-init. Volume: a StorageVolume. CDROM: a drive.',
    ),
  poolName: z.string().optional().describe('The StoragePool.'),
  poolUID: z.string().optional().describe('Its uid.'),
  volumeName: z
    .string()
    .optional()
    .describe('Name of the volume in the pool. It stands here before the volume is made.'),
  path: z.string().optional().describe('File on the host.'),
  attempt: z.int().optional().describe('Counts the times that its making was begun.'),
  sizeBytes: int64().optional().describe('Size that the guest sees.'),
  format: volumeFormat.optional().describe('Format of the file.'),
  phase: z
    .enum(['Planned', 'Ready', 'Released'])
    .describe('Planned: recorded, not yet there. Released: to be removed.'),
  uploaded: z.boolean().optional().describe('Of the seed: its contents are there completely.'),
  digest: z.string().optional().describe('Of the seed: digest of its contents.'),
  reclaimPolicy: reclaimPolicy.optional().describe('What will happen to the volume; recorded when it was planned.'),
  volumeUID: z.string().optional().describe('Uid of the StorageVolume, for role Volume.'),
  base: z
    .object({
      imageName: z.string().describe('The VirtualMachineImage.'),
      imageUID: z.string().describe('Its uid.'),
      volumeName: z.string().optional().describe('The copy of the image in the pool.'),
      path: z.string().optional().describe('File of that copy.'),
    })
    .optional()
    .describe('What the volume stands on, or what is in the drive.'),
});

/** As the class had it, without defaults: what stands here was decided. */
const classStatus = z.object({
  name: z.string().describe('The VirtualMachineClass.'),
  uid: z.string().describe('Its uid: a namesake that was made later is another class.'),
  cpu: z
    .object({
      cores: z.int().describe('Cores in each socket.'),
      sockets: z.int().describe('Sockets.'),
      threads: z.int().describe('Threads in each core.'),
      max: z.int().optional().describe('Most vCPUs.'),
      mode: z.enum(['Baseline', 'HostModel', 'HostPassthrough', 'Custom']).describe('CPU that the guest sees.'),
      model: z.string().optional().describe('CPU model, with mode Custom.'),
      features: namedList(
        z.object({
          name: z.string().describe('CPU feature.'),
          policy: z.enum(['Force', 'Require', 'Optional', 'Disable', 'Forbid']).describe('How it is asked for.'),
        }),
        32,
      )
        .optional()
        .describe('CPU features.'),
    })
    .describe('Its cpu.'),
  memory: z
    .object({ size: quantity().describe('Memory.'), max: quantity().optional().describe('Most memory.') })
    .describe('Its memory.'),
});

export const virtualMachineStatus = z.object({
  observedGeneration: observedGeneration(),
  printableStatus: z
    .enum([
      'Stopped',
      'Scheduling',
      'Provisioning',
      'Starting',
      'Running',
      'Paused',
      'Stopping',
      'Migrating',
      'Terminating',
      'CrashLoopBackOff',
      'Unschedulable',
      'Unknown',
      'Error',
    ])
    .optional()
    .describe('The state in one word, for people. Programs read the conditions.'),
  message: z.string().optional().describe('The state in one sentence, with host and cause.'),
  uuid: z.string().optional().describe('UUID of the machine, recorded before anything else is done.'),
  host: objectRef
    .optional()
    .describe('The one host that may have this machine. It stands here before the machine is made there.'),
  incarnation: z
    .int()
    .optional()
    .describe('Raised at every change of host. The same number is in the stamp on the host.'),
  run: z
    .object({
      generation: z.int().describe('Counts starts.'),
      startedAt: time().optional().describe('When the last start was decided.'),
      desired: z.enum(['On', 'Off']).optional().describe('What was asked for last, with runStrategy Manual.'),
      confirmed: z.boolean().optional().describe('It was seen running since.'),
      ended: z.boolean().optional().describe('This run is over.'),
      saved: z
        .boolean()
        .optional()
        .describe(
          'Its memory is kept on its host, and the next start goes on from there. Nothing of it is changed until then.',
        ),
    })
    .optional()
    .describe('The run of the machine, so that "never started" and "ran and ended" differ.'),
  request: z
    .object({
      name: z.string().describe('The VirtualMachineOperation.'),
      uid: z.string().describe('Its uid.'),
      type: z.enum(['Start', 'Stop', 'Restart', 'Reset', 'Pause', 'Resume', 'Save']).describe('What is asked for.'),
      phase: z.enum(['Accepted', 'Done', 'Failed']).describe('Accepted stands here before anything is done.'),
      reason: z.string().optional().describe('Why it failed, in one word.'),
      message: z.string().optional().describe('Why it failed, and the mend.'),
      time: time().describe('When it was accepted.'),
      runGeneration: z.int().optional().describe('The run in which it was accepted.'),
    })
    .optional()
    .describe('The operation that was taken last.'),
  migration: z
    .object({
      name: z.string().describe('The VirtualMachineMigration.'),
      uid: z.string().describe('Its uid.'),
      phase: z
        .enum(['Waiting', 'Planned', 'Prepared', 'Refused'])
        .describe(
          'Waiting: no host fits now. Planned: the target is chosen and its room taken. Prepared: network and images are ready there, the move may begin. Refused: it cannot be.',
        ),
      mode: z.enum(['Live', 'Offline']).optional().describe('How it is moved.'),
      source: objectRef.optional().describe('The host that it leaves.'),
      target: objectRef.optional().describe('The only other host that may have this machine while this stands here.'),
      incarnation: z.int().optional().describe('That it has at the target.'),
      startAfter: z.boolean().optional().describe('It was stopped in order to be moved, and is started at the target.'),
      reason: z.string().optional().describe('Why it waits or cannot be, in one word.'),
      message: z.string().optional().describe('Why, and the mend.'),
    })
    .optional()
    .describe(
      'The move that is under way. It is written before the first act on the target, and taken away after the last.',
    ),
  machineType: z.string().optional().describe('Board, with its exact version; kept for the life of the machine.'),
  hypervisor: z.enum(['KVM', 'QEMU', 'Test']).optional().describe('What it runs on.'),
  architecture: z.string().optional().describe('Architecture of the guest.'),
  class: classStatus
    .optional()
    .describe(
      'The class that the machine has its size of, as it was then. Kept until spec.className names another one.',
    ),
  cpu: z
    .object({
      requested: z
        .enum(['Baseline', 'HostModel', 'HostPassthrough', 'Custom'])
        .optional()
        .describe('spec.cpu.mode when the CPU was chosen. It is chosen anew when the spec asks for another one.'),
      mode: z.string().optional().describe('CPU mode in the last definition.'),
      model: z.string().optional().describe('CPU model in the last definition.'),
      vcpus: z.int().optional().describe('vCPUs that the machine has.'),
      maxVcpus: z.int().optional().describe('Most vCPUs that it can be given while it runs.'),
    })
    .optional()
    .describe('The CPU, pinned until the next start.'),
  memory: z
    .object({
      size: quantity().optional().describe('Memory that the machine has.'),
      bytes: int64().optional().describe('Memory that the machine has, in bytes.'),
      maxBytes: int64().optional().describe('Most memory that it can be given while it runs, in bytes.'),
    })
    .optional()
    .describe('The memory.'),
  interfaces: namedList(interfaceStatus, 32)
    .optional()
    .describe('Network interfaces: MAC and address are recorded before the machine is made.'),
  volumes: namedList(volumeStatus, 64)
    .optional()
    .describe('Volumes: recorded before they are made, and only what is recorded is ever removed.'),
  guest: z
    .object({
      hostname: z.string().optional().describe('What the guest calls itself.'),
      osName: z.string().optional().describe('Name of its operating system.'),
      osVersion: z.string().optional().describe('Version of its operating system.'),
      kernel: z.string().optional().describe('Its kernel.'),
      agentVersion: z.string().optional().describe('Version of its guest agent.'),
    })
    .optional()
    .describe('What the guest agent tells.'),
  stop: z
    .object({
      deadline: time().describe('When it is turned off, if the guest has not shut down.'),
      forced: z.boolean().optional().describe('It was turned off.'),
      reason: z.string().optional().describe('Why it is being stopped.'),
    })
    .optional()
    .describe('The stop that is under way.'),
  crash: z
    .object({
      count: z.int().describe('Exits in a row, each soon after its start.'),
      lastAt: time().describe('The last one.'),
      nextStartAt: time().describe('When it is started again.'),
    })
    .optional()
    .describe('The back-off after exits.'),
  pendingChanges: namedList(
    z.object({
      field: z.string().describe('Field of the spec.'),
      effect: z
        .enum(['Live', 'Restart', 'Never'])
        .describe('Live: being made. Restart: at the next start. Never: it cannot be made.'),
      message: z.string().describe('What differs, and what brings it.'),
    }),
    64,
    'field',
  )
    .optional()
    .describe('Changes of the spec that the running machine does not have yet.'),
  placement: z
    .object({
      host: z.string().optional().describe('The host that was chosen; absent: none fits.'),
      message: z.string().optional().describe('Why here; or why nowhere, with the nearest miss.'),
      decidedAt: time().optional().describe('When.'),
      score: z.string().optional().describe('Score of the host.'),
      rejected: atomicList(
        z.object({
          filter: z.string().describe('What kept the machine away.'),
          count: z.int().describe('From how many hosts.'),
          nearest: z.string().optional().describe('The host that came closest.'),
        }),
        32,
      )
        .optional()
        .describe('Hosts that did not fit, by cause.'),
    })
    .optional()
    .describe('The last placement.'),
  serial: z
    .object({
      type: z.string().optional().describe('File, or None.'),
      logPath: z.string().optional().describe('File on the host with what the machine printed.'),
    })
    .optional()
    .describe('The serial console.'),
  graphics: z
    .object({
      type: z.string().optional().describe('VNC, or None.'),
      listen: z.string().optional().describe('Address on the host.'),
      port: z.int().optional().describe('Port on the host.'),
    })
    .optional()
    .describe('The screen, while the machine runs.'),
  conditions: conditions(
    'Ready, Scheduled, Provisioned, Running, AgentConnected, RestartRequired, Drifted, Paused, NetworkInterrupted, LiveMigratable; Reconciling and Stalled while they are true.',
  ),
});
export type VirtualMachineStatus = z.infer<typeof virtualMachineStatus>;
export type InterfaceStatus = z.infer<typeof interfaceStatus>;
export type VolumeStatus = z.infer<typeof volumeStatus>;
export type ClassStatus = NonNullable<VirtualMachineStatus['class']>;
export type PrintableStatus = NonNullable<VirtualMachineStatus['printableStatus']>;
export type PendingChange = NonNullable<VirtualMachineStatus['pendingChanges']>[number];
export type GuestInfo = NonNullable<VirtualMachineStatus['guest']>;
export type RequestStatus = NonNullable<VirtualMachineStatus['request']>;
export type MigrationStatus = NonNullable<VirtualMachineStatus['migration']>;
export type Placement = NonNullable<VirtualMachineStatus['placement']>;

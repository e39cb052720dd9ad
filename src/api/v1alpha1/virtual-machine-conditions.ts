/** What a VirtualMachine's conditions judge, and the reasons they give. */
import type { ConditionTable, ReasonTable } from '../schema/conditions.ts';
import { libvirtReasons, onConditions } from './libvirt-reasons.ts';

export const virtualMachineConditions = {
  Ready: 'The desired state is reached: it runs, or it is off and that is wanted.',
  Scheduled: 'A host was chosen and recorded.',
  Provisioned: 'Its network, volumes, seed and definition are on the host.',
  Running: 'Its CPUs run. Unknown: its host is out of sight.',
  AgentConnected: 'The guest agent answers.',
  RestartRequired: 'A change of the spec waits for the next start; status.pendingChanges has the fields.',
  Drifted: 'Somebody changed its definition on the host.',
  Paused: 'Its CPUs stand still; its memory is kept.',
  NetworkInterrupted:
    'Present while it runs without being connected to a network of it, because somebody stopped that network on its host.',
  LiveMigratable: 'Whether it could be moved to another host while it runs, and if not why. Present while it runs.',
  Reconciling: 'Present while something is being done.',
  Stalled: 'Present while a person must help.',
} as const satisfies ConditionTable;
export type VirtualMachineConditionType = keyof typeof virtualMachineConditions;

const waiting = ['Ready', 'Reconciling'] as const;
const stalled = ['Ready', 'Stalled'] as const;

export const virtualMachineReasons = {
  ...onConditions(libvirtReasons, 'Ready', 'Provisioned', 'Reconciling', 'Stalled'),
  Running: { on: ['Ready', 'Running'], means: 'The machine runs.' },
  Migrating: { on: ['Ready', 'Reconciling'], means: 'It is being moved to another host; it goes on running.' },
  LiveMigratable: {
    on: ['LiveMigratable'],
    means: 'It can be moved while it runs; its disks are seen from both hosts.',
  },
  StorageCopied: {
    on: ['LiveMigratable'],
    means: 'It can be moved while it runs; disks that only its host has are copied, which takes time and bandwidth.',
  },
  PolicyForbids: {
    on: ['LiveMigratable'],
    means: 'spec.migration.policy does not allow it.',
    mend: 'Set it to Live.',
  },
  HostCPU: {
    on: ['LiveMigratable'],
    means: 'It was given the CPU of its host as it is, which no other model of host can show.',
    mend: 'Set spec.cpu.mode to Baseline and restart it.',
  },
  VolumeStays: {
    on: ['LiveMigratable'],
    means: 'It uses a StorageVolume in a pool that each host has for itself; such a volume does not move by itself.',
    mend: 'Keep it in a shared pool, or use a template disk.',
  },
  HypervisorCannot: { on: ['LiveMigratable'], means: 'Its hypervisor has no migration (the test driver).' },
  Stopped: { on: ['Ready', 'Running'], means: 'The machine is off, and that is wanted.' },
  NotRunning: { on: ['Ready', 'Running', 'AgentConnected'], means: 'The machine is off.' },
  Starting: { on: ['Ready', 'Running', 'Reconciling'], means: 'It is being started.' },
  Stopping: {
    on: ['Ready', 'Running', 'Reconciling'],
    means: 'The guest was asked to shut down; status.stop has the deadline.',
  },
  Terminating: { on: ['Ready', 'Reconciling'], means: 'The machine is being deleted.' },
  CrashLoopBackOff: {
    on: ['Ready', 'Running', 'Reconciling'],
    means: 'It ended several times soon after its start; it is started again later.',
    mend: 'Read its console (status.serial).',
  },
  Paused: {
    on: ['Ready', 'Running', 'Paused'],
    means: 'The machine is paused.',
    mend: 'Resume it by a VirtualMachineOperation.',
  },
  PausedByUser: {
    on: ['Ready', 'Running', 'Paused'],
    means: 'Somebody paused the machine.',
    mend: 'Resume it by a VirtualMachineOperation.',
  },
  PausedByHypervisor: {
    on: ['Ready', 'Running', 'Paused'],
    means: 'The hypervisor paused it: an error of a disk, or a full pool.',
    mend: 'Read the message; make room, then resume it.',
  },
  NotPaused: { on: ['Paused'], means: 'The machine is not paused.' },
  Scheduling: { on: ['Ready', 'Scheduled', 'Reconciling'], means: 'A host is being chosen.' },
  Scheduled: { on: ['Scheduled'], means: 'A host was chosen and recorded.' },
  Unschedulable: {
    on: ['Ready', 'Scheduled', 'Reconciling'],
    means: 'No host fits; status.placement says what kept it from how many.',
    mend: 'Change what the nearest miss names: labels, taints, size, pool; or add a host.',
  },
  Provisioning: {
    on: ['Ready', 'Provisioned', 'Reconciling'],
    means: 'Network, volumes, seed and definition are being made.',
  },
  Provisioned: { on: ['Provisioned'], means: 'All of it is on the host.' },
  InProgress: { on: waiting, means: 'Something is being done; the message says what.' },
  Reading: { on: waiting, means: 'The definition is being read from the host.' },
  DetachPending: {
    on: waiting,
    means: 'A device was taken out of the spec, and the guest has not let go of it yet.',
    mend: 'Unmount it in the guest, or restart the machine.',
  },
  DomainVanished: {
    on: waiting,
    means: 'The definition was made and is gone again; the host is looked at anew.',
    mend: 'Find out who removes it there.',
  },
  VolumeVanished: {
    on: waiting,
    means: 'A volume was made and is gone again; the pool is looked at anew.',
    mend: 'Find out who removes it there.',
  },
  Resizing: { on: waiting, means: 'A disk is being grown.' },
  HostUnreachable: {
    on: ['Ready', 'Running', 'Reconciling'],
    means: 'The host does not answer; what runs there is unknown, and the machine is not started elsewhere.',
    mend: 'Look at the Host.',
  },
  HostOutOfSight: {
    on: ['Ready', 'Running', 'Reconciling'],
    means: 'The host cannot be seen at the moment.',
    mend: 'Look at the Host.',
  },
  HostNotFound: {
    on: stalled,
    means: 'The Host object of the machine was deleted.',
    mend: 'Create it again with the same URI.',
  },
  LookingElsewhere: {
    on: waiting,
    means: 'Hosts that cannot be seen may have this machine; it is not made again before they were asked.',
    mend: 'Bring them back, or delete their Host objects.',
  },
  NetworkNotFound: {
    on: waiting,
    means: 'There is no VirtualNetwork of that name in the namespace.',
    mend: 'Create it, or correct interfaces[].networkName.',
  },
  ClassNotFound: {
    on: waiting,
    means:
      'There is no VirtualMachineClass of that name. A machine that is placed keeps the size that it has, and nothing of its spec is changed until the class is there.',
    mend: 'Have it created, or correct className; kubectl get vmclass lists those that there are.',
  },
  ClassNotAllowed: {
    on: stalled,
    means: 'The class may not be named by machines of this namespace.',
    mend: 'Name another class, or have the namespace added to spec.allowedNamespaces.',
  },
  QuotaExceeded: {
    on: ['Ready', 'Scheduled', 'Reconciling'],
    means:
      'With what this machine asks for its namespace would have more than a VirtualMachineQuota allows: it is not placed, or, when it has a host, stays as it is and is not started. It goes on by itself when there is room.',
    mend: 'Make it smaller again, delete other machines, or have the quota raised.',
  },
  PoolNotFound: { on: waiting, means: 'There is no StoragePool of that name.', mend: 'Correct the poolName.' },
  PoolNotAllowed: {
    on: stalled,
    means: 'The pool may not be used by this namespace.',
    mend: 'Use another pool, or have the namespace added to spec.allowedNamespaces.',
  },
  PoolNotRunning: { on: waiting, means: 'The pool is not running on the host.', mend: 'Look at the StoragePool.' },
  PoolUnknown: {
    on: stalled,
    means: 'Nothing says in which pool the image of a CD-ROM is to be kept: the machine has no disk in a pool.',
    mend: 'Name a pool in spec.pools of the image.',
  },
  ImageNotRaw: {
    on: stalled,
    means: 'A CD-ROM names an image that is not of format Raw.',
    mend: 'Name an image of format Raw (an ISO), or use the image in a template.',
  },
  ImageNotFound: {
    on: waiting,
    means: 'There is no VirtualMachineImage of that name in the namespace.',
    mend: 'Create it, or correct the imageName.',
  },
  ImageNotReady: { on: waiting, means: 'The image is being brought to the pool on that host.' },
  ImageFailed: {
    on: waiting,
    means: 'The image cannot be brought to the pool.',
    mend: 'Look at the VirtualMachineImage.',
  },
  VolumeNotFound: {
    on: waiting,
    means: 'There is no StorageVolume of that name in the namespace.',
    mend: 'Create it, or correct the volumeName.',
  },
  VolumeNotReady: { on: waiting, means: 'The StorageVolume is not ready.', mend: 'Look at it.' },
  VolumeInUse: { on: stalled, means: 'Another machine uses the StorageVolume.', mend: 'Take it out of that machine.' },
  VolumeMismatch: {
    on: stalled,
    means: 'A volume is not what was recorded: another size or another base. It is left alone.',
    mend: 'Read the message; move the file away, or bring the right one back.',
  },
  VolumeMissing: {
    on: stalled,
    means: 'A disk of the machine is not in its pool any more. It is not made anew: that would hide what was lost.',
    mend: 'Bring the file back under its name, and the machine is started; or delete the machine and make it anew.',
  },
  BaseMissing: {
    on: ['Ready', 'Reconciling', 'Stalled'],
    means:
      'The copy of an image on which a disk of the machine stands is not in its pool any more. One that came from a web server is fetched again, and then the machine is started; its checksum makes it the same bytes.',
    mend: 'Nothing, for such an image. What was taken from a volume cannot be had again as it was: bring the file back under its name.',
  },
  VolumeExists: {
    on: stalled,
    means: 'A file of that name is in the pool, and it is not recorded as ours: it is not used.',
    mend: 'Move it away.',
  },
  DiskTooSmall: {
    on: stalled,
    means: 'template.size is smaller than the image.',
    mend: 'Give at least the size of the image, or leave it out.',
  },
  SecretNotFound: {
    on: waiting,
    means: 'The Secret that cloudInit names is not in the namespace.',
    mend: 'Create it.',
  },
  SecretIncomplete: { on: waiting, means: 'The Secret lacks the key.', mend: 'Add it, or name the right one.' },
  CloudInitInvalid: {
    on: stalled,
    means: 'What cloudInit holds cannot be used.',
    mend: 'Correct the field that the message names.',
  },
  InvalidCloudInit: {
    on: stalled,
    means: 'What cloudInit holds cannot be used.',
    mend: 'Correct the field that the message names.',
  },
  SeedWithoutDisk: {
    on: stalled,
    means: 'The seed of cloud-init is kept in the pool of a disk, and there is none.',
    mend: 'Add a disk with template or volumeName.',
  },
  SeedNotReady: { on: waiting, means: 'The seed of cloud-init cannot be written yet.', mend: 'Read the message.' },
  AddressInUse: {
    on: stalled,
    means: 'Another machine has the fixed address already.',
    mend: 'Choose another, or leave ipv4 out.',
  },
  AddressInvalid: {
    on: stalled,
    means: 'The fixed address is not one that the network can give.',
    mend: 'Choose one inside its range that is not the gateway.',
  },
  AddressesExhausted: {
    on: waiting,
    means: 'The network has no address left.',
    mend: 'Widen dhcp, or delete machines.',
  },
  MACInUse: {
    on: stalled,
    means: 'Another machine has the MAC address already.',
    mend: 'Choose another, or leave mac out.',
  },
  NotKnown: {
    on: ['Running', 'Provisioned'],
    means: 'What runs on its host has not been seen yet, so nothing is claimed.',
  },
  RangeInUseOnHost: {
    on: stalled,
    means:
      'Another network on that host, perhaps one of another owner, has the same address range, so this one cannot run there.',
    mend: 'Give one of the two networks another range, or keep their machines on different hosts.',
  },
  NameCollision: {
    on: stalled,
    means: 'The host has a domain of that name which is not ours; it is left alone.',
    mend: 'Rename or remove it there, or give this machine another name.',
  },
  IdentityConflict: {
    on: stalled,
    means: 'A host has a machine of this namespace and name that was made for another object.',
    mend: 'To take it over set spec.uuid to its UUID, which the message has; or remove it there.',
  },
  UUIDInUse: {
    on: stalled,
    means: 'A host has a domain with this UUID which is not this machine; it is left alone.',
    mend: 'Undefine it there, or make an object with another spec.uuid.',
  },
  StaleCopy: {
    on: stalled,
    means: 'Another host has an older definition of this machine; nothing is done until it is gone.',
    mend: 'Undefine it there.',
  },
  NewestUnknown: {
    on: stalled,
    means:
      'It vanished from both hosts of a move, and files of its disks are on both: which are the newest is not known.',
    mend: 'Define it again where the newest are (virsh define), or delete it.',
  },
  SplitBrain: {
    on: stalled,
    means: 'Two hosts run this machine; nothing is done to either.',
    mend: 'Find out which is right, destroy and undefine the other.',
  },
  RunStrategyAlways: {
    on: ['Ready'],
    means: 'A Stop was refused: the machine would be started again.',
    mend: 'Set spec.runStrategy to Halted, or to Manual.',
  },
  RunStrategyHalted: {
    on: ['Ready'],
    means: 'A Start was refused: the machine stays off.',
    mend: 'Set spec.runStrategy to Always, or to Manual.',
  },
  NotWanted: { on: ['Scheduled', 'Provisioned', 'Running'], means: 'The machine is not to run.' },
  Unknown: { on: ['Ready', 'Running', 'AgentConnected'], means: 'It cannot be seen at the moment.' },
  AgentConnected: { on: ['AgentConnected'], means: 'The guest agent answers.' },
  AgentNotConnected: {
    on: ['AgentConnected'],
    means: 'The guest agent does not answer.',
    mend: 'Install and start qemu-guest-agent in the guest.',
  },
  UpToDate: { on: ['RestartRequired', 'Drifted'], means: 'The machine is as its spec says.' },
  RestartRequired: {
    on: ['RestartRequired'],
    means: 'A change cannot be made while the machine runs.',
    mend: 'Restart it by a VirtualMachineOperation.',
  },
  NetworkStopped: {
    on: ['NetworkInterrupted'],
    means:
      'A network was stopped on the host while the machine ran (virsh net-destroy, say). It runs again, and libvirt does not connect the machine to it by itself.',
    mend: 'Restart libvirtd on that host, which stops no machine, or restart the machine.',
  },
  DefinitionChanged: {
    on: ['Drifted'],
    means: 'The definition on the host differs from what was written there.',
    mend: 'Set driftPolicy to Enforce to put it back, or change the spec to what is wanted.',
  },
} as const satisfies ReasonTable;
export type VirtualMachineReason = keyof typeof virtualMachineReasons;

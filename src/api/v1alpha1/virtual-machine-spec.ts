/** The spec of a VirtualMachine. */
import { z } from 'zod';
import { atomicList, cel, immutable, immutableOnceSet, int32, objectName, text, uuid } from '../schema/fields.ts';
import { cpu, memory } from './machine-size.ts';
import { migrationPolicy } from './migration-policy.ts';
import { labelKey, secretKeyRef } from './shared.ts';
import { disks, interfaces } from './virtual-machine-devices.ts';
import { scheduling } from './virtual-machine-scheduling.ts';

const document = (what: string) => z.string().min(1).max(65_536).optional().describe(what);

const cloudInit = cel(
  z.object({
    userData: document(
      'What the guest does at its first boot, as cloud-init takes it (#cloud-config, a script), in plain text. Secrets belong into userDataSecretRef.',
    ),
    userDataSecretRef: secretKeyRef('userdata')
      .optional()
      .describe('The same from a Secret of this namespace. Only one of userData and userDataSecretRef may be given.'),
    networkData: document('Network configuration, version 1 or 2. Left out: DHCP on every interface.'),
    networkDataSecretRef: secretKeyRef('networkdata')
      .optional()
      .describe(
        'The same from a Secret of this namespace. Only one of networkData and networkDataSecretRef may be given.',
      ),
    metaData: document(
      'More keys of the metadata, as YAML. instance-id (the UUID of the machine) and local-hostname (its name) are set already.',
    ),
    sshAuthorizedKeys: atomicList(
      text(8192, {
        matches: '^(ssh-|ecdsa-|sk-)[A-Za-z0-9@.-]+ [A-Za-z0-9+/]+=*( [^\\n]*)?$',
        message: 'sshAuthorizedKeys must be public keys as in a .pub file: ssh-ed25519 AAAA… name',
      }),
      32,
    )
      .optional()
      .describe("Public keys that may log in as the image's default user."),
  }),
  {
    rule: '!has(self.userData) || !has(self.userDataSecretRef)',
    message: 'cloudInit: only one of userData and userDataSecretRef may be given: remove one',
    fieldPath: '.userData',
  },
  {
    rule: '!has(self.networkData) || !has(self.networkDataSecretRef)',
    message: 'cloudInit: only one of networkData and networkDataSecretRef may be given: remove one',
    fieldPath: '.networkData',
  },
);

const firmware = z.object({
  type: cel(z.enum(['BIOS', 'UEFI']), {
    rule: "self == 'BIOS'",
    message: 'firmware.type UEFI is not supported yet: use BIOS',
  })
    .default('BIOS')
    .describe('What the machine boots by. BIOS; UEFI is not supported yet.'),
});

/** CEL: every boot order once over disks and interfaces. */
const bootOrders =
  '((has(self.disks) ? self.disks.filter(d, has(d.bootOrder)).map(d, d.bootOrder) : []) + (has(self.interfaces) ? self.interfaces.filter(i, has(i.bootOrder)).map(i, i.bootOrder) : []))';

export const virtualMachineSpec = cel(
  z.object({
    runStrategy: z
      .enum(['Always', 'Manual', 'Halted'])
      .default('Always')
      .describe(
        'Always: it runs, and is started again when it stops. Manual: it is started and stopped by VirtualMachineOperations, and off until the first one. Halted: it is off; a running one is shut down.',
      ),
    terminationGracePeriodSeconds: int32(0, 86_400)
      .default(60)
      .describe('How long the guest may take to shut down before it is turned off. 0: it is turned off at once.'),
    deletionPolicy: z
      .enum(['Delete', 'Orphan'])
      .default('Delete')
      .describe(
        'When this object is deleted. Delete: the machine is stopped and removed, its template disks as their reclaimPolicy says. Orphan: machine and disks stay on the host as they are, and belong to nobody.',
      ),
    uuid: uuid('uuid')
      .optional()
      .describe(
        'UUID of the machine, also its SMBIOS UUID and cloud-init instance id; left out: the uid of this object. To take over a machine of the same namespace and name that is on a host already, give its UUID here. It cannot be changed once it is set.',
      ),
    className: objectName('className')
      .optional()
      .describe(
        'A VirtualMachineClass: cpu and memory are its, each unless it is given here. What the machine has of its class is recorded when it is placed (status.class) and stays, whatever becomes of the class. Another class may be named at any time; it has the effect that the same change of cpu and memory would have.',
      ),
    cpu: cpu
      .optional()
      .describe(
        "vCPUs, and the CPU that the guest sees. Left out: those of the class, or without one 1 vCPU. Given beside className it takes the place of all of the class's cpu.",
      ),
    memory: memory
      .optional()
      .describe(
        "Memory. Left out: that of the class; without className it must be given. Given beside className it takes the place of all of the class's memory.",
      ),
    hypervisor: z
      .enum(['Auto', 'KVM', 'QEMU', 'Test'])
      .default('Auto')
      .describe(
        "Auto: KVM where the host has it, else QEMU. KVM: hardware virtualisation only. QEMU: emulation, slow. Test: libvirt's test driver, which only pretends. What was chosen is in status. It cannot be changed.",
      ),
    architecture: z
      .enum(['x86_64', 'i686'])
      .optional()
      .describe(
        'Architecture of the guest; left out: that of the host where it is first placed. It cannot be changed.',
      ),
    machineType: text(64, {
      matches: '^[a-z0-9][a-z0-9._-]*$',
      message: 'machineType must be a machine type as the hypervisor names it: q35, pc, pc-q35-7.2',
    })
      .optional()
      .describe(
        'Board that the guest sees; left out: q35. The exact version is chosen at the first start and kept. It cannot be changed.',
      ),
    firmware: firmware.prefault({}).describe('What the machine boots by.'),
    clock: z
      .object({
        offset: z
          .enum(['UTC', 'LocalTime'])
          .default('UTC')
          .describe(
            "What the guest's hardware clock shows. LocalTime (that of the host) is for Windows. A change takes effect at the next start.",
          ),
      })
      .prefault({})
      .describe("The guest's hardware clock."),
    watchdog: z
      .object({
        model: z
          .enum(['I6300ESB', 'IB700'])
          .default('I6300ESB')
          .describe('Watchdog card that the guest sees. I6300ESB is on PCI, IB700 on ISA.'),
        action: z
          .enum(['Reset', 'PowerOff', 'Pause', 'InjectNMI', 'None'])
          .default('Reset')
          .describe('What happens when the guest no longer feeds it.'),
      })
      .optional()
      .describe('A watchdog; left out: none. A change takes effect at the next start.'),
    rng: z
      .enum(['VirtIO', 'None'])
      .default('VirtIO')
      .describe(
        'VirtIO: the guest gets randomness from the host, so that it does not wait for it at boot. A change takes effect at the next start.',
      ),
    disks: disks
      .optional()
      .describe(
        'Disks and CD-ROM drives, by name. They can be added and removed while the machine runs (VirtIO and SCSI).',
      ),
    interfaces: interfaces
      .optional()
      .describe('Network interfaces, by name. They can be added and removed while the machine runs.'),
    cloudInit: cloudInit
      .optional()
      .describe(
        "What the guest is told at its first boot: a NoCloud seed on a CD-ROM, kept in the pool of the machine's first disk. A change takes effect at the next start.",
      ),
    graphics: z
      .object({
        type: z
          .enum(['None', 'VNC'])
          .default('None')
          .describe(
            'VNC: a screen, served on the loopback address of the host. A change takes effect at the next start.',
          ),
      })
      .prefault({})
      .describe('The screen of the machine.'),
    serialConsole: z
      .object({
        log: z
          .enum(['File', 'None'])
          .default('File')
          .describe(
            'File: what the machine prints is kept in a file on its host, where status.serial says. A change takes effect at the next start.',
          ),
      })
      .prefault({})
      .describe('The serial console of the machine; it always has one.'),
    scheduling: scheduling
      .prefault({})
      .describe(
        'Where the machine may run. It is looked at when the machine is placed; a machine that has its host stays there.',
      ),
    migration: migrationPolicy
      .prefault({})
      .describe(
        'How the machine may be moved to another host: by a VirtualMachineMigration, or when its host is drained.',
      ),
    disruption: z
      .object({
        groupLabel: labelKey.describe(
          'Label of the machine: all machines of the namespace with the same value are one group. Without the label it is in none.',
        ),
        maxUnavailable: int32(1, 10_000)
          .default(1)
          .describe('So many machines of the group may move or not run when one of them is to be moved away.'),
      })
      .optional()
      .describe('How many of its kind may be away at once when a host is drained; left out: no limit.'),
    driftPolicy: z
      .enum(['Enforce', 'Report', 'Ignore'])
      .default('Report')
      .describe(
        "When somebody changed the machine's definition on its host. Enforce: put it back. Report: say so in the condition Drifted and leave it. Ignore: do not look.",
      ),
  }),
  {
    rule: 'has(self.memory) || has(self.className)',
    message: 'memory must be given (memory: {size: 2Gi}), or className, a VirtualMachineClass that has it',
    fieldPath: '.memory',
    reason: 'FieldValueRequired',
  },
  immutableOnceSet('uuid', 'uuid', 'a machine with another UUID is another VirtualMachine'),
  {
    rule: 'self.hypervisor == oldSelf.hypervisor',
    message: 'hypervisor cannot be changed after creation: make another VirtualMachine',
    fieldPath: '.hypervisor',
  },
  immutable('architecture', 'architecture', 'make another VirtualMachine'),
  immutable('machineType', 'machineType', 'make another VirtualMachine'),
  {
    rule: `${bootOrders}.all(o, ${bootOrders}.filter(p, p == o).size() == 1)`,
    message: 'bootOrder must be different for every disk and interface: number them 1, 2, 3',
  },
  {
    rule: '!has(self.disks) || self.disks.all(d, !has(d.volumeName) || self.disks.filter(e, has(e.volumeName) && e.volumeName == d.volumeName).size() == 1)',
    message: 'disks: a volumeName may be used by one disk only: remove the second',
    fieldPath: '.disks',
  },
  {
    rule: '!has(self.interfaces) || self.interfaces.all(i, !has(i.mac) || self.interfaces.filter(j, has(j.mac) && j.mac == i.mac).size() == 1)',
    message: 'interfaces: a mac may be used by one interface only: change the second, or leave it out',
    fieldPath: '.interfaces',
  },
  {
    rule: '!has(self.interfaces) || self.interfaces.all(i, !has(i.ipv4) || self.interfaces.filter(j, has(j.ipv4) && j.networkName == i.networkName && j.ipv4.address == i.ipv4.address).size() == 1)',
    message:
      'interfaces: an ipv4.address may be used by one interface of a network only: change the second, or leave it out',
    fieldPath: '.interfaces',
  },
  {
    rule: '!has(self.cloudInit) || (has(self.disks) && self.disks.exists(d, has(d.template) || has(d.volumeName)))',
    message: 'cloudInit needs a disk with template or volumeName, in whose pool its seed is kept: add one to disks',
    fieldPath: '.cloudInit',
  },
);
export type VirtualMachineSpec = z.infer<typeof virtualMachineSpec>;
export type CloudInit = z.infer<typeof cloudInit>;
export type RunStrategy = VirtualMachineSpec['runStrategy'];
export type Hypervisor = VirtualMachineSpec['hypervisor'];
export type DeletionPolicy = VirtualMachineSpec['deletionPolicy'];
export type DriftPolicy = VirtualMachineSpec['driftPolicy'];

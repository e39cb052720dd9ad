/** Host: a machine with libvirtd, reached by its URI. Cluster-scoped, an administrator's. */
import { z } from 'zod';
import { conditions, observedGeneration } from '../schema/conditions.ts';
import {
  atLeast,
  atomicList,
  cel,
  immutableOnceSet,
  namedList,
  objectName,
  quantity,
  setOf,
  text,
  time,
  uuid,
} from '../schema/fields.ts';
import { age, conditionColumn, type ResourceDefinition } from '../schema/resource.ts';
import { hostConditions, hostReasons } from './host-conditions.ts';
import { hostDrain, hostMigration, maintenance } from './host-drain.ts';
import { GROUP, type KubeObject, type ResourceKind, VERSION } from './meta.ts';
import { taint } from './shared.ts';

const ratio = (field: string) =>
  cel(text(8), {
    rule: "self.matches('^[0-9]{1,3}([.][0-9]{1,2})?$') && double(self) >= 1.0 && double(self) <= 100.0",
    message: `${field} must be a ratio between 1 and 100, in quotes: "1.5"`,
  });

/** 1 to 65535, in RE2. */
const PORT = '([1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])';
/** A DNS name, label by label. */
const NAME = '[A-Za-z0-9][A-Za-z0-9-]{0,62}([.][A-Za-z0-9][A-Za-z0-9-]{0,62})*[.]?';
const PARAMETER = '(socket=/[A-Za-z0-9._/-]{1,100}|mode=(auto|direct|legacy))';

/** What parseHostUri would refuse is refused here before; a test holds the two together. */
const uri = cel(
  text(512),
  {
    rule: "self.matches('^(qemu|test)([+](unix|tcp|tls|ssh))?://')",
    message:
      'uri must begin with qemu or test, and name the transport as ssh, tls, tcp or unix: qemu+ssh://virt@host/system',
  },
  {
    rule: `!self.contains('?') || self.matches('^[^?]*[?]${PARAMETER}(&${PARAMETER})*$')`,
    message:
      'uri may have the parameters socket and mode only; others (command, netcat, no_verify, keyfile, …) run programs or switch checks off: remove them, keys go into the Secret of credentialsRef',
  },
  {
    rule: "!self.matches('[?&]socket=') || self.matches('^(qemu[+](unix|ssh)|qemu|test[+](unix|ssh))://')",
    message: 'uri may have the parameter socket with the transports ssh and unix only: remove it',
  },
  {
    rule: "!self.contains('/..') && !self.matches('[?&]socket=.*&socket=') && !self.matches('[?&]mode=.*&mode=')",
    message: 'uri must not have .. in a path, or the same parameter twice: give the absolute path of the socket, once',
  },
  {
    rule: `self.matches('^[a-z+]+://([A-Za-z0-9_][A-Za-z0-9._-]{0,63}@)?(${NAME}|[[][0-9a-fA-F:.]+[]])?(:${PORT})?(/|$)')`,
    message:
      'uri must be driver+transport://user@host:port/path; a password, blanks and other signs are refused: qemu+ssh://virt@host:22/system',
  },
  {
    rule: "self.matches('^(qemu[^/]*://[^/?#]*(/system|/session)|test[^/]*://[^/?#]*/default)([?][^#]*)?$')",
    message: 'uri must end with the path /system or /session (test hosts: /default): qemu+ssh://virt@host/system',
  },
  {
    rule: "!self.contains('[') || (self.contains(']') && isIP(self.split('[')[1].split(']')[0]) && ip(self.split('[')[1].split(']')[0]).family() == 6)",
    message: 'uri must have an IPv6 address in the brackets: qemu+tls://[2001:db8::1]/system',
  },
  {
    rule: "!self.matches('://([^/@]*@)?[^/:]{254,}')",
    message: 'uri must name the host by at most 253 characters: qemu+tls://host/system',
  },
  {
    rule: "!self.matches('^[a-z]+[+](ssh|tls|tcp)://') || self.matches('^[a-z+]+://([^/@]*@)?([[][^]]*[]]|[^/@:]+)(:|/|$)')",
    message: 'uri must name the host for the transports ssh, tls and tcp: qemu+tls://host/system',
  },
  {
    rule: "self.matches('^[a-z]+[+](ssh|tls|tcp)://') || self.matches('^[a-z+]+:///')",
    message: 'uri must name the transport of a host as ssh, tls or tcp (qemu+ssh://host/system); unix has no host',
  },
  {
    rule: "!self.matches('^[a-z+]+://[^/]*@') || self.matches('^[a-z]+[+]ssh://')",
    message: 'uri may name a user with the transport ssh only: remove the part before @',
  },
);

export const hostSpec = cel(
  z.object({
    uri: uri.describe(
      'Where libvirtd is: a libvirt URI, driver+transport://user@host:port/path. Drivers: qemu, test. Transports: ssh (needs ssh-privatekey and known_hosts in the Secret), tls (needs ca.crt, tls.crt and tls.key), tcp (unencrypted: trusted networks only), unix (a socket beside the operator), none with test:///default (runs in the operator). Example: qemu+ssh://virt@h1.example.com/system.',
    ),
    credentialsRef: z
      .object({
        name: objectName('credentialsRef.name').describe('Name of the Secret; it is in the namespace of the operator.'),
      })
      .optional()
      .describe(
        'The Secret with what the transport needs. ssh: ssh-privatekey and known_hosts (there is no way to accept an unknown host key). tls: ca.crt, tls.crt, tls.key, and username and password where libvirtd asks for SASL. A changed Secret is used at the next connect.',
      ),
    expectedHostUUID: uuid('expectedHostUUID')
      .optional()
      .describe(
        'The UUID that this host must have (virsh capabilities, host/uuid). Left out: the one found at first contact is pinned in status. When the URI reaches another machine, nothing there is touched.',
      ),
    taints: namedList(taint, 32, 'key', 'effect')
      .optional()
      .describe('Keep machines away that do not tolerate them. Machines that are here already stay.'),
    unschedulable: z
      .boolean()
      .default(false)
      .describe(
        'True: no new machine comes here (cordon). Machines that are here stay and can be stopped and started.',
      ),
    maintenance: maintenance.prefault({}).describe('Work on the host itself.'),
    migration: hostMigration.prefault({}).describe('How machines are moved from and to this host.'),
    overcommit: z
      .object({
        cpu: ratio('overcommit.cpu')
          .default('4')
          .describe('vCPUs that may be given out for each CPU of the host. A ratio in quotes.'),
        memory: ratio('overcommit.memory')
          .default('1')
          .describe(
            'Memory that may be given out for each byte that the host has. Above 1 the host needs swap. A ratio in quotes.',
          ),
      })
      .prefault({})
      .describe('How much more than it has the host may promise to machines.'),
    reserved: z
      .object({
        cpu: atLeast('reserved.cpu', '0').default('0').describe('CPU that is kept for the host itself.'),
        memory: atLeast('reserved.memory', '0').default('512Mi').describe('Memory that is kept for the host itself.'),
      })
      .prefault({})
      .describe('What is kept from machines, before overcommit is applied.'),
  }),
  {
    rule: "!self.uri.matches('^[a-z]+[+](ssh|tls)://') || has(self.credentialsRef)",
    message:
      'credentialsRef must name a Secret for the transports ssh (ssh-privatekey, known_hosts) and tls (ca.crt, tls.crt, tls.key)',
    fieldPath: '.credentialsRef',
    reason: 'FieldValueRequired',
  },
  {
    rule: "self.uri.matches('^[a-z]+[+](ssh|tls)://') || !has(self.credentialsRef)",
    message: 'credentialsRef has no use without the transport ssh or tls: remove it, or change uri',
    fieldPath: '.credentialsRef',
    reason: 'FieldValueForbidden',
  },
  immutableOnceSet('expectedHostUUID', 'expectedHostUUID', 'for another machine make another Host'),
);
export type HostSpec = z.infer<typeof hostSpec>;

const amounts = (text: string) =>
  z
    .object({
      cpu: quantity().describe('CPUs (vCPUs where overcommit is worked in).'),
      memory: quantity().describe('Memory.'),
    })
    .optional()
    .describe(text);

export const hostStatus = z.object({
  observedGeneration: observedGeneration(),
  state: z
    .enum(['Connecting', 'Ready', 'Degraded', 'Lost'])
    .optional()
    .describe(
      'The connection: Connecting (never reached yet), Ready, Degraded (something does not answer), Lost (out of reach for longer, or it refuses us).',
    ),
  hostUUID: z.string().optional().describe('UUID that the host was pinned to at first contact.'),
  bootMark: z.string().optional().describe('Changes with every reboot of the host, and only then.'),
  hostname: z.string().optional().describe('What the host calls itself.'),
  versions: z
    .object({
      libvirt: z.string().optional().describe('Version of libvirt.'),
      hypervisor: z.string().optional().describe('Version of the hypervisor.'),
      hypervisorType: z.string().optional().describe('Name of the driver, such as QEMU or TEST.'),
    })
    .optional()
    .describe('What runs on the host.'),
  architecture: z.string().optional().describe('Architecture of the host, as libvirt names it: x86_64.'),
  domainTypes: setOf(z.string(), 16).optional().describe('Ways in which it can run machines: kvm, qemu, test.'),
  cpu: z
    .object({
      model: z.string().optional().describe('CPU model, as libvirt names it.'),
      vendor: z.string().optional().describe('CPU vendor.'),
      sockets: z.int().optional().describe('Sockets.'),
      cores: z.int().optional().describe('Cores a socket.'),
      threads: z.int().optional().describe('Threads a core.'),
    })
    .optional()
    .describe('The CPU.'),
  numaCells: namedList(
    z.object({
      id: z.int().describe('Number of the cell.'),
      cpus: z.int().optional().describe('Logical CPUs in it.'),
      memory: quantity().optional().describe('Memory in it.'),
    }),
    256,
    'id',
  )
    .optional()
    .describe('NUMA cells.'),
  capacity: amounts('What the host has.'),
  allocatable: amounts('What machines may claim: capacity less what is reserved, times overcommit.'),
  allocated: amounts('What is claimed, by machines of the fleet and by foreign domains. Written at most every 10 s.'),
  machines: z
    .object({
      total: z.int().describe('Machines of the fleet that are here.'),
      running: z.int().describe('Running machines of the fleet.'),
      stopped: z.int().describe('Machines of the fleet that are off.'),
      paused: z.int().describe('Paused machines of the fleet.'),
      other: z.int().describe('Machines of the fleet in another state.'),
      foreign: z.int().describe('Domains that are not of this fleet. They are counted and never touched.'),
    })
    .optional()
    .describe('Domains on the host, counted.'),
  foreign: namedList(
    z.object({ uuid: z.string().describe('UUID of the domain.'), name: z.string().describe('Name of the domain.') }),
    1000,
    'uuid',
  )
    .optional()
    .describe('Domains that are not of this fleet.'),
  orphans: namedList(
    z.object({
      uuid: z.string().describe('UUID of the domain.'),
      namespace: z.string().describe('Namespace in its stamp.'),
      name: z.string().describe('Name in its stamp.'),
      uid: z.string().describe('Uid of the object that it was made for.'),
      incarnation: z.int().describe('Incarnation in its stamp.'),
      since: time().describe('When it was first seen without its object.'),
    }),
    1000,
    'uuid',
  )
    .optional()
    .describe(
      'Machines of this fleet without an object. They are left alone: after a restored etcd they are real machines.',
    ),
  tombstones: namedList(
    z.object({
      uuid: z.string().describe('UUID of the abandoned domain.'),
      incarnation: z.int().describe('Incarnation that was abandoned.'),
      namespace: z.string().describe('Namespace of the deleted machine.'),
      name: z.string().describe('Name of the deleted machine.'),
      volumes: atomicList(
        z.object({
          poolName: z.string().describe('The StoragePool.'),
          volumeName: z.string().describe('Name of the volume in it.'),
        }),
        64,
      )
        .optional()
        .describe('Volumes to remove with it.'),
      macs: setOf(z.string(), 32).optional().describe('MAC addresses that stay taken until it is swept.'),
      addresses: setOf(z.string(), 64).optional().describe('Addresses that stay taken until it is swept.'),
      since: time().describe('When it was abandoned.'),
    }),
    1000,
    'uuid',
  )
    .optional()
    .describe(
      'Machines that were abandoned while the host was out of reach; it is swept of them before anything new is placed on it.',
    ),
  pools: namedList(
    z.object({
      name: z.string().describe("libvirt's name of the pool."),
      poolName: z.string().optional().describe('The StoragePool that it belongs to; absent: a foreign pool.'),
      state: z.string().describe('Active or Inactive.'),
    }),
    256,
  )
    .optional()
    .describe('Storage pools found on the host.'),
  networks: namedList(
    z.object({
      name: z.string().describe("libvirt's name of the network."),
      network: z.string().optional().describe('The VirtualNetwork, as namespace/name; absent: a foreign network.'),
      state: z.string().describe('Active or Inactive.'),
    }),
    1000,
  )
    .optional()
    .describe('Networks found on the host.'),
  drain: hostDrain.optional().describe('The drain that spec.maintenance asks for.'),
  lastInventoryAt: time().optional().describe('When the host was last listed completely. Written when it is lost.'),
  conditions: conditions(
    'Connected, Claimed, Ready, Schedulable, Drained; Reconciling and Stalled while they are true.',
  ),
});
export type HostStatus = z.infer<typeof hostStatus>;
export type HostState = NonNullable<HostStatus['state']>;
export type Tombstone = NonNullable<HostStatus['tombstones']>[number];

export interface Host extends KubeObject {
  spec: HostSpec;
  status?: HostStatus;
}

export const hostKind: ResourceKind<Host> = {
  group: GROUP,
  version: VERSION,
  plural: 'hosts',
  kind: 'Host',
  namespaced: false,
};

export const hostDefinition: ResourceDefinition = {
  resource: hostKind,
  singular: 'host',
  shortNames: ['vfhost'],
  description:
    'Host is a machine with libvirtd on which virtual machines of the fleet can run. Nothing is installed on it: the operator reaches libvirtd by its URI. Labels of this object are the labels of the host. Deleting a Host forgets it and touches no domain on it; it waits while machines are placed there.',
  spec: hostSpec,
  status: hostStatus,
  columns: [
    { name: 'URI', type: 'string', jsonPath: '.spec.uri', description: 'Where libvirtd is.' },
    conditionColumn('Ready', 'Connected, ours, and listed.'),
    conditionColumn('Schedulable', 'New machines may come here.'),
    { name: 'CPU', type: 'string', jsonPath: '.status.capacity.cpu', description: 'CPUs.' },
    { name: 'Memory', type: 'string', jsonPath: '.status.capacity.memory', description: 'Memory.' },
    {
      name: 'VMs',
      type: 'integer',
      jsonPath: '.status.machines.total',
      description: 'Machines of the fleet on the host.',
    },
    { name: 'State', type: 'string', jsonPath: '.status.state', description: 'State of the connection.', wide: true },
    {
      name: 'CPU Used',
      type: 'string',
      jsonPath: '.status.allocated.cpu',
      description: 'vCPUs that are claimed.',
      wide: true,
    },
    {
      name: 'Memory Used',
      type: 'string',
      jsonPath: '.status.allocated.memory',
      description: 'Memory that is claimed.',
      wide: true,
    },
    {
      name: 'Libvirt',
      type: 'string',
      jsonPath: '.status.versions.libvirt',
      description: 'Version of libvirt.',
      wide: true,
    },
    {
      name: 'Hypervisor',
      type: 'string',
      jsonPath: '.status.versions.hypervisor',
      description: 'Version of the hypervisor.',
      wide: true,
    },
    {
      name: 'Foreign',
      type: 'integer',
      jsonPath: '.status.machines.foreign',
      description: 'Domains that are not of this fleet.',
      wide: true,
    },
    {
      name: 'To Leave',
      type: 'integer',
      jsonPath: '.status.drain.left',
      description: 'Machines that are still to leave a host that is drained.',
      wide: true,
    },
    {
      name: 'Message',
      type: 'string',
      jsonPath: '.status.conditions[?(@.type=="Ready")].message',
      description: 'Why it is Ready or not.',
      wide: true,
    },
    age,
  ],
  selectableFields: ['.status.state'],
  conditions: hostConditions,
  reasons: hostReasons,
};

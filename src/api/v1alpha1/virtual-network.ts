/** VirtualNetwork: a network of the fleet's machines, with addresses that belong to the fleet. */
import { z } from 'zod';
import { conditions, observedGeneration } from '../schema/conditions.ts';
import { cel, int32, namedList, setOf, text } from '../schema/fields.ts';
import { age, conditionColumn, type ResourceDefinition } from '../schema/resource.ts';
import { GROUP, type KubeObject, type ResourceKind, VERSION } from './meta.ts';
import { virtualNetworkConditions, virtualNetworkReasons } from './virtual-network-conditions.ts';

const ipv4 = (field: string) =>
  cel(text(15), {
    rule: 'isIP(self) && ip(self).family() == 4',
    message: `${field} must be an IPv4 address: 10.40.0.50`,
  });

const address = (field: string) =>
  cel(text(45), { rule: 'isIP(self)', message: `${field} must be an IP address: 10.40.0.53 or fd00::53` });

const dnsName = (field: string) =>
  text(253, {
    matches: '^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?)*$',
    message: `${field} must be a DNS name in lower case: lab.example.com`,
  });

/** CEL: an IPv4 address as a number, so that two can be compared. */
const asNumber = (expression: string): string =>
  `(int(${expression}.split('.')[0]) * 16777216 + int(${expression}.split('.')[1]) * 65536 + int(${expression}.split('.')[2]) * 256 + int(${expression}.split('.')[3]))`;

const dhcpRange = cel(
  z.object({
    start: ipv4('dhcp.start').describe('First address that is given out.'),
    end: ipv4('dhcp.end').describe('Last address that is given out.'),
  }),
  {
    rule: `!isIP(self.start) || !isIP(self.end) || ip(self.start).family() != 4 || ip(self.end).family() != 4 || ${asNumber('self.start')} <= ${asNumber('self.end')}`,
    message: 'dhcp.end must not be lower than dhcp.start: exchange them',
    fieldPath: '.end',
  },
);

const cidr4 = cel(
  text(18),
  {
    rule: 'isCIDR(self) && cidr(self).ip().family() == 4',
    message: 'cidr must be an IPv4 range: 10.40.0.0/24',
  },
  {
    rule: '!isCIDR(self) || cidr(self) == cidr(self).masked()',
    message: 'cidr must begin with its network address: 10.40.0.0/24, not 10.40.0.1/24',
  },
  {
    rule: '!isCIDR(self) || (cidr(self).prefixLength() >= 8 && cidr(self).prefixLength() <= 29)',
    message: 'cidr must have a prefix between /8 and /29: a smaller range has no room for a gateway and machines',
  },
  {
    rule: '!isCIDR(self) || !(cidr(self).ip().isLoopback() || cidr(self).ip().isLinkLocalUnicast() || cidr(self).ip().isLinkLocalMulticast() || cidr(self).ip().isUnspecified() || cidr("224.0.0.0/3").containsIP(cidr(self).ip()))',
    message:
      'cidr must not be a loopback, link-local, multicast or reserved range: take one of 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16',
  },
);

const ipv4Range = cel(
  z.object({
    cidr: cidr4.describe(
      'The range of the network. Its first address is the gateway, the same on every host. It cannot change while a machine has an address in it.',
    ),
    dhcp: dhcpRange
      .optional()
      .describe(
        'Where the addresses of machines come from that do not ask for one; left out: the whole range but network, gateway and broadcast address. When it changes, machines keep the addresses that they have.',
      ),
  }),
  {
    rule: '!has(self.dhcp) || !isCIDR(self.cidr) || !isIP(self.dhcp.start) || cidr(self.cidr).containsIP(self.dhcp.start)',
    message: 'dhcp.start must be inside cidr',
    messageExpression: "'dhcp.start ' + self.dhcp.start + ' must be inside cidr ' + self.cidr",
    fieldPath: '.dhcp.start',
  },
  {
    rule: '!has(self.dhcp) || !isCIDR(self.cidr) || !isIP(self.dhcp.end) || cidr(self.cidr).containsIP(self.dhcp.end)',
    message: 'dhcp.end must be inside cidr',
    messageExpression: "'dhcp.end ' + self.dhcp.end + ' must be inside cidr ' + self.cidr",
    fieldPath: '.dhcp.end',
  },
);

const dns = cel(
  z.object({
    mode: z
      .enum(['Enabled', 'Disabled'])
      .default('Enabled')
      .describe(
        'Enabled: the gateway answers DNS queries of the machines, for their names and by forwarding. Disabled: there is no name service.',
      ),
    forwarders: setOf(address('forwarders'), 8)
      .optional()
      .describe('DNS servers that queries are forwarded to; left out: those of the host.'),
    hosts: namedList(
      z.object({
        ip: address('ip').describe('The address.'),
        names: setOf(dnsName('names'), 16).min(1).describe('Names that are answered with it.'),
      }),
      256,
      'ip',
    )
      .optional()
      .describe('Names that are answered here besides those of the machines. They change while the network runs.'),
  }),
  {
    rule: "self.mode == 'Enabled' || (!has(self.forwarders) && !has(self.hosts))",
    message: 'mode must be Enabled for forwarders and hosts to be of use: remove them, or enable the name service',
    fieldPath: '.mode',
  },
);

export const virtualNetworkSpec = cel(
  z.object({
    mode: z
      .enum(['NAT', 'Isolated'])
      .default('NAT')
      .describe(
        'NAT: machines reach the outside through their host, and are not reached from there. Isolated: they reach their host and each other only. In both, machines on different hosts do not see each other.',
      ),
    ipv4: ipv4Range
      .optional()
      .describe('IPv4 range; needed for NAT. An isolated network without it has no addresses, no DHCP and no DNS.'),
    domain: dnsName('domain').optional().describe('DNS domain of the machines, told to them by DHCP.'),
    dns: dns.prefault({}).describe('Name service of the network.'),
    mtu: int32(576, 9216).optional().describe('Largest packet, in bytes; left out: as the host has it (1500).'),
    portIsolation: z
      .enum(['Enabled', 'Disabled'])
      .default('Disabled')
      .describe('Enabled: machines on the same host do not reach each other, only their gateway.'),
  }),
  {
    rule: "self.mode != 'NAT' || has(self.ipv4)",
    message: 'ipv4 must be given with mode NAT (ipv4: {cidr: 10.40.0.0/24}), or take mode Isolated',
    fieldPath: '.ipv4',
    reason: 'FieldValueRequired',
  },
  {
    rule: 'has(self.ipv4) == has(oldSelf.ipv4)',
    message: 'ipv4 cannot be added or removed after creation: make another VirtualNetwork',
    fieldPath: '.ipv4',
  },
);
export type VirtualNetworkSpec = z.infer<typeof virtualNetworkSpec>;

export const virtualNetworkStatus = z.object({
  observedGeneration: observedGeneration(),
  bridge: z.string().optional().describe('Bridge on every host.'),
  gateway: z
    .object({
      address: z.string().optional().describe('Address of the gateway.'),
      mac: z.string().optional().describe('Its MAC address.'),
    })
    .optional()
    .describe('The gateway, the same on every host.'),
  hosts: namedList(
    z.object({
      name: z.string().describe('The Host.'),
      active: z.boolean().optional().describe('The network is running there.'),
      bridge: z.string().optional().describe('Bridge on this host.'),
      machines: z.int().optional().describe('Machines of the network there.'),
      cutOff: setOf(z.string(), 1000)
        .optional()
        .describe(
          'Machines that run there and are not connected to the network, because somebody stopped it under them; absent: none.',
        ),
      restartRequired: z
        .string()
        .optional()
        .describe('The change that waits until no machine uses the network on this host; absent: none.'),
      message: z.string().optional().describe('Why it is not running, and the mend.'),
    }),
    1000,
  )
    .optional()
    .describe('The network on each host that has machines of it.'),
  hostCount: z.int().optional().describe('Hosts on which it is running.'),
  addresses: z
    .object({
      total: z.int().optional().describe('Addresses that can be given out.'),
      allocated: z.int().optional().describe('Addresses that machines have.'),
    })
    .optional()
    .describe('Addresses, counted. Written at most every 10 s.'),
  conditions: conditions(
    'Ready, PerHostSegments, RestartRequired; RangeInUse, Interrupted, Reconciling and Stalled while they are true.',
  ),
});
export type VirtualNetworkStatus = z.infer<typeof virtualNetworkStatus>;

export interface VirtualNetwork extends KubeObject {
  spec: VirtualNetworkSpec;
  status?: VirtualNetworkStatus;
}

export const virtualNetworkKind: ResourceKind<VirtualNetwork> = {
  group: GROUP,
  version: VERSION,
  plural: 'virtualnetworks',
  kind: 'VirtualNetwork',
  namespaced: true,
};

export const virtualNetworkDefinition: ResourceDefinition = {
  resource: virtualNetworkKind,
  singular: 'virtualnetwork',
  shortNames: ['vfnet'],
  description:
    'VirtualNetwork is a network for machines of this namespace. It is made on a host with the first machine that needs it there. A machine has one address in it for as long as it lives, wherever it runs. Machines on different hosts do not see each other in it.',
  spec: virtualNetworkSpec,
  status: virtualNetworkStatus,
  columns: [
    { name: 'Mode', type: 'string', jsonPath: '.spec.mode', description: 'NAT or Isolated.' },
    { name: 'CIDR', type: 'string', jsonPath: '.spec.ipv4.cidr', description: 'The range.' },
    { name: 'Hosts', type: 'integer', jsonPath: '.status.hostCount', description: 'Hosts on which it is running.' },
    conditionColumn('Ready', 'As asked for on every host that has machines of it.'),
    { name: 'Gateway', type: 'string', jsonPath: '.status.gateway.address', description: 'The gateway.', wide: true },
    {
      name: 'Used',
      type: 'integer',
      jsonPath: '.status.addresses.allocated',
      description: 'Addresses that machines have.',
      wide: true,
    },
    {
      name: 'Total',
      type: 'integer',
      jsonPath: '.status.addresses.total',
      description: 'Addresses that can be given out.',
      wide: true,
    },
    { name: 'Bridge', type: 'string', jsonPath: '.status.bridge', description: 'Bridge on every host.', wide: true },
    {
      name: 'Message',
      type: 'string',
      jsonPath: '.status.conditions[?(@.type=="Ready")].message',
      description: 'Why it is Ready or not.',
      wide: true,
    },
    age,
  ],
  selectableFields: ['.spec.mode'],
  conditions: virtualNetworkConditions,
  reasons: virtualNetworkReasons,
};

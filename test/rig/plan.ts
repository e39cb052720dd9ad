/**
 * Where everything of a rig is found: addresses, ports and the names of namespaces and bridges. All follow from the
 * rig's slot, so that two rigs never meet and what a killed run left behind is found by name.
 */

export const slotCount = 32;

export interface Ports {
  apiServer: number;
  etcd: number;
  etcdPeer: number;
  controllerManager: number;
  redis: number;
}

export interface Plan {
  slot: number;
  /** what the names of this rig's namespaces, bridges and links begin with */
  prefix: string;
  bridge: string;
  /** the rig's network; it exists on this machine only and is routed nowhere */
  subnet: string;
  /** this machine on that network: where the operator's connections come from */
  address: string;
  ports: Ports;
}

export function planRig(slot: number): Plan {
  if (!Number.isInteger(slot) || slot < 0 || slot >= slotCount) throw new RangeError(`no such slot: ${slot}`);
  const second = 80 + slot;
  const base = 20_000 + slot * 100;
  return {
    slot,
    prefix: `vfr${slot}`,
    bridge: `vfr${slot}`,
    subnet: `10.${second}.0.0/16`,
    address: `10.${second}.0.1`,
    ports: { apiServer: base, etcd: base + 1, etcdPeer: base + 2, controllerManager: base + 3, redis: base + 4 },
  };
}

/** Ports of the operator's replica: health and metrics on one, the gateway on the other. */
export function operatorPorts(plan: Plan, replica: number): { health: number; gateway: number } {
  if (replica < 0 || replica > 19) throw new RangeError(`no ports for replica ${replica}`);
  const base = plan.ports.apiServer + 10 + replica * 2;
  return { health: base, gateway: base + 1 };
}

export type HostKind = 'qemu' | 'test';
export type Transport = 'ssh' | 'tls' | 'tcp';

export interface HostPlan {
  /** h1… for QEMU, t1… for libvirt's test driver */
  name: string;
  kind: HostKind;
  namespace: string;
  /** the root namespace's end of the veth pair: at most 15 characters */
  link: string;
  address: string;
  uuid: string;
  /** how its Host object reaches it; every QEMU host serves all three */
  transport: Transport;
  /** the Debian whose libvirt and QEMU it runs; null: this machine's own */
  suite: string | null;
  /** a daemon a driver (virtqemud, virtnetworkd, …) in place of libvirtd */
  split: boolean;
}

const transports: readonly Transport[] = ['ssh', 'tls', 'tcp'];
const maxHosts = 250;

export type Libvirt = Pick<HostPlan, 'suite' | 'split'>;

export function planHost(
  plan: Plan,
  kind: HostKind,
  index: number,
  libvirt: Libvirt = { suite: null, split: false },
): HostPlan {
  const limit = kind === 'qemu' ? maxHosts : maxHosts * 4;
  if (!Number.isInteger(index) || index < 1 || index > limit) throw new RangeError(`hosts are numbered 1 to ${limit}`);
  const name = `${kind === 'qemu' ? 'h' : 't'}${index}`;
  // 10.x.1.0 is for QEMU hosts, 10.x.2.0 to 10.x.5.0 for hosts of the test driver
  const third = kind === 'qemu' ? 1 : 2 + Math.floor((index - 1) / maxHosts);
  const fourth = ((index - 1) % maxHosts) + 2;
  const hex = (value: number, width: number) => value.toString(16).padStart(width, '0');
  return {
    name,
    kind,
    namespace: `${plan.prefix}-${name}`,
    link: `${plan.prefix}${name}`,
    address: `10.${80 + plan.slot}.${third}.${fourth}`,
    uuid: `7661${hex(plan.slot, 4)}-0000-4000-8000-${hex(kind === 'qemu' ? 0 : 1, 4)}${hex(index, 8)}`,
    transport: kind === 'test' ? 'tcp' : (transports[(index - 1) % transports.length] ?? 'tcp'),
    ...libvirt,
  };
}

export interface ImageServerPlan {
  namespace: string;
  link: string;
  address: string;
}

/** The image server has a namespace of its own: what fetches from it goes over a network, as in life. */
export function planImageServer(plan: Plan): ImageServerPlan {
  return { namespace: `${plan.prefix}-img`, link: `${plan.prefix}img`, address: `10.${80 + plan.slot}.0.2` };
}

/** libvirt's URI of a host over one transport, as a Host object carries it. */
export function hostUri(host: HostPlan, transport: Transport = host.transport): string {
  if (host.kind === 'test') return `test+tcp://${host.address}/default`;
  const user = transport === 'ssh' ? 'root@' : '';
  return `qemu+${transport}://${user}${host.address}/system`;
}

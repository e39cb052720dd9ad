import { hostname } from 'node:os';
import { type Connect, open, VIR_DOMAIN_DEFINE_VALIDATE } from '@virtfleet/libvirt';
import type { HostTarget } from '#hostpool/types.ts';
import type { RigClient } from '../../rig/client.ts';
import { bareDomain, credentialsOf } from './fixture.ts';

export const WAYS = ['unix', 'tcp', 'tls', 'ssh', 'test'] as const;
export type WayName = (typeof WAYS)[number];

/** A person at the host, who does not ask the pool. */
export interface Somebody {
  defineDomain(xml: string): Promise<void>;
  domain(what: 'start' | 'destroy' | 'undefine', name: string): Promise<void>;
  defineNetwork(xml: string): Promise<void>;
  undefineNetwork(name: string): Promise<void>;
  definePool(xml: string): Promise<void>;
  pool(what: 'start' | 'destroy' | 'undefine', name: string): Promise<void>;
  close(): Promise<void>;
}

/** One way to a host, and what is different at its end. */
export interface Way {
  target: Pick<HostTarget, 'name' | 'uri' | 'credentials'>;
  hypervisorType: 'QEMU' | 'TEST';
  hostname: string;
  /** Null: the driver has none, and one is derived. */
  hostUUID: string | null;
  /** Null: the driver does not tell what it can do for domains. */
  domainType: 'qemu' | null;
  libvirtVersion(): Promise<string>;
  domain(uuid: string, name: string): string;
  /** A guest that heeds ACPI goes off by itself; one that stays in its BIOS has to be switched off. */
  heedsAcpi: boolean;
  somebody: Somebody;
  /** Ends the daemon under us and starts it anew. Null: the driver is in our process, and ends with it. */
  daemon: { kill(): Promise<void>; start(): Promise<void> } | null;
}

export async function wayTo(name: WayName, rig: RigClient): Promise<Way> {
  return name === 'test' ? await inProcess() : throughLibvirtd(name, rig);
}

function throughLibvirtd(name: Exclude<WayName, 'test'>, rig: RigClient): Way {
  const file = `/tmp/conformance-${name}.xml`;
  const define = async (command: string, xml: string): Promise<void> => {
    await rig.exec('h1', ['sh', '-c', `cat > ${file} <<'X'\n${xml}\nX`]);
    await rig.virsh('h1', command, file);
  };
  const virsh = async (...args: [string, ...string[]]): Promise<void> => void (await rig.virsh('h1', ...args));
  return {
    target: { name: 'h1', uri: rig.host('h1').uris[name], credentials: credentialsOf(rig) },
    hypervisorType: 'QEMU',
    hostname: 'h1',
    hostUUID: rig.host('h1').uuid,
    domainType: 'qemu',
    libvirtVersion: async () =>
      (await rig.exec('h1', ['libvirtd', '--version'])).match(/libvirt\) (\S+)/)?.[1] ?? 'not told',
    domain: bareDomain,
    heedsAcpi: false,
    somebody: {
      defineDomain: (xml) => define('define', xml),
      domain: (what, of) => virsh(what, of),
      defineNetwork: (xml) => define('net-define', xml),
      undefineNetwork: (of) => virsh('net-undefine', of),
      definePool: (xml) => define('pool-define', xml),
      pool: (what, of) => virsh(`pool-${what}`, of),
      close: async () => {},
    },
    daemon: { kill: () => rig.fault('h1', 'kill'), start: () => rig.fault('h1', 'start') },
  };
}

/**
 * libvirt's own test driver, in our process: all connections of a process to test:///default are one host. It executes
 * nothing, so these parts of the suite are not asked of it:
 * - a daemon that is killed: there is none; the driver ends with the process, and everything in it;
 * - a host UUID, domain capabilities: it has neither (the pool derives an identity from address and name);
 * - a guest that does not heed ACPI: a shutdown is done at once.
 * What it lacks besides, and what no test here asks for, has its tests on real hosts alone: upload and download of
 * volumes, consoles, the guest agent, block jobs, migration, DHCP leases, keepalive, a freeze.
 */
async function inProcess(): Promise<Way> {
  const connect = await open('test:///default', { events: false, maxInFlight: 1 });
  return {
    target: { name: 'h1', uri: 'test:///default', credentials: {} },
    hypervisorType: 'TEST',
    hostname: hostname(),
    hostUUID: null,
    domainType: null,
    libvirtVersion: async () => versionText(await connect.getLibVersion()),
    domain: (uuid, name) =>
      `<domain type='test'><name>${name}</name><uuid>${uuid}</uuid><memory unit='MiB'>64</memory><vcpu>1</vcpu>
<os><type>hvm</type></os></domain>`,
    heedsAcpi: true,
    somebody: besides(connect),
    daemon: null,
  };
}

/** Another connection of the process. */
function besides(connect: Connect): Somebody {
  return {
    defineDomain: async (xml) => void (await connect.domainDefineXMLFlags(xml, VIR_DOMAIN_DEFINE_VALIDATE)),
    domain: async (what, name) => {
      const domain = await connect.domainLookupByName(name);
      if (what === 'start') await domain.create();
      else await domain[what]();
    },
    defineNetwork: async (xml) => void (await connect.networkDefineXML(xml)),
    undefineNetwork: async (name) => void (await (await connect.networkLookupByName(name)).undefine()),
    definePool: async (xml) => void (await connect.storagePoolDefineXML(xml)),
    pool: async (what, name) => {
      const pool = await connect.storagePoolLookupByName(name);
      if (what === 'start') await pool.create();
      else await pool[what]();
    },
    close: () => connect.close(),
  };
}

const versionText = (version: number): string =>
  `${Math.floor(version / 1_000_000)}.${Math.floor(version / 1_000) % 1_000}.${version % 1_000}`;

/** Reads the facts of a rig: the API, libvirt on every host by its own socket, the pools' directories, the processes. */
import { readdirSync, readFileSync } from 'node:fs';
import { type Connect, open } from '@virtfleet/libvirt';
import {
  hostKind,
  type KubeObject,
  type ResourceKind,
  type StoragePool,
  storagePoolKind,
  storageVolumeKind,
  virtualMachineImageKind,
  virtualMachineKind,
  virtualMachineMigrationKind,
  virtualMachineOperationKind,
  virtualNetworkKind,
} from '#api/v1alpha1/index.ts';
import type { KubeClient } from '#kube/client.ts';
import { readDomain } from '#libvirt/domain.ts';
import { readNetwork } from '#libvirt/network.ts';
import type { HostInfo, RigClient } from '../../rig/client.ts';
import { readQueue } from './collect-queue.ts';
import { readRuns } from './collect-runs.ts';
import type { DomainPower, Facts, SeenDomain, SeenHost, SeenNetwork } from './facts.ts';

const OPEN_TIMEOUT_MS = 3_000;
const CALL = { timeoutMs: 5_000 };
const namespaceKind: ResourceKind<KubeObject> = {
  group: '',
  version: 'v1',
  plural: 'namespaces',
  kind: 'Namespace',
  namespaced: false,
};

/**
 * The hosts are read before the API: what a decision announces is in the API before it is on a host, so that nothing
 * that is just being made looks as if it had no owner.
 */
export async function collect(rig: RigClient, client: KubeClient): Promise<Facts> {
  const pools = await client.listAll(storagePoolKind);
  const seen = await Promise.all(
    rig.hosts.filter(({ kind }) => kind === 'qemu').map((host) => readHost(rig, host, pools)),
  );
  const processes = qemuProcesses();
  const queue = await readQueue(rig.redisUrl);
  const [fleet, hosts, machines, volumes, images, networks, operations, migrations] = await Promise.all([
    client.get(namespaceKind, { name: 'kube-system' }),
    client.listAll(hostKind),
    client.listAll(virtualMachineKind),
    client.listAll(storageVolumeKind),
    client.listAll(virtualMachineImageKind),
    client.listAll(virtualNetworkKind),
    client.listAll(virtualMachineOperationKind),
    client.listAll(virtualMachineMigrationKind),
  ]);
  const withRuns = seen.map((host) => ({ ...host, runs: readRuns(rig.host(host.name).dir, host.name, machines) }));
  const objects = { hosts, machines, pools, volumes, images, networks, operations, migrations };
  return { fleet: fleet?.metadata.uid ?? '', seen: withRuns, processes, queue, ...objects };
}

async function readHost(rig: RigClient, host: HostInfo, pools: StoragePool[]): Promise<Omit<SeenHost, 'runs'>> {
  const [libvirt, poolFiles] = await Promise.all([readLibvirt(host), readPools(rig, host.name, pools)]);
  return { name: host.name, libvirt, poolFiles };
}

async function readLibvirt(host: HostInfo): Promise<SeenHost['libvirt']> {
  let connection: Connect | null = null;
  try {
    connection = await open(host.uris.unix, { readOnly: false, events: false, timeoutMs: OPEN_TIMEOUT_MS });
    return { domains: await readDomains(connection), networks: await readNetworks(connection) };
  } catch {
    return null; // that it does not answer is a fact, too
  } finally {
    connection?.abort();
  }
}

/** A domain that goes between listing and reading is not there. */
async function readDomains(connection: Connect): Promise<SeenDomain[]> {
  const domains = await connection.listAllDomains(0, CALL);
  const read = domains.map(async (domain): Promise<SeenDomain | null> => {
    try {
      const { state } = await domain.getState(0, CALL);
      const facts = readDomain(await domain.getXMLDesc(0, CALL));
      const files = facts.disks.flatMap((disk) => [...(disk.path ? [disk.path] : []), ...disk.backing]);
      return { uuid: facts.uuid, name: facts.name, power: powerOf(state), stamp: facts.stamp, files };
    } catch (error) {
      if (isGone(error)) return null;
      throw error;
    }
  });
  return (await Promise.all(read)).filter((domain) => domain !== null);
}

async function readNetworks(connection: Connect): Promise<SeenNetwork[]> {
  const networks = await connection.listAllNetworks(0, CALL);
  const read = networks.map(async (network): Promise<SeenNetwork | null> => {
    try {
      const { uuid, name, stamp, claim, reservations } = readNetwork(await network.getXMLDesc(0, CALL));
      const active = await network.isActive(CALL);
      const leases = active && stamp ? await network.getDHCPLeases(null, 0, CALL) : [];
      const held = leases.flatMap(({ mac, ipaddr: ip }) => (mac === null ? [] : [{ mac, ip }]));
      return { uuid, name, active, owner: stamp, claim, reservations, leases: held };
    } catch (error) {
      if (isGone(error)) return null;
      throw error;
    }
  });
  return (await Promise.all(read)).filter((network) => network !== null);
}

/** VIR_ERR_NO_DOMAIN and VIR_ERR_NO_NETWORK. */
const isGone = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 42 || error.code === 43);

/** libvirt's numbers: 3 paused; 5 shut off, 6 crashed; the others have a process whose CPUs run. */
function powerOf(state: number): DomainPower {
  if (state === 3) return 'Paused';
  return state === 5 || state === 6 ? 'Off' : 'Running';
}

/** By the file system and not by libvirt, which remembers what it has seen in a directory. */
async function readPools(rig: RigClient, host: string, pools: StoragePool[]): Promise<Map<string, string[]>> {
  const here = pools.filter(({ status }) => status?.hosts?.some(({ name }) => name === host));
  const files = new Map<string, string[]>();
  if (here.length === 0 || (await rig.hostStatus(host)).power === 'off') return files;
  const script = 'for d in "$@"; do [ -d "$d" ] && { echo "//$d"; ls -1A "$d"; }; done; true';
  const lines = (await rig.exec(host, ['sh', '-c', script, 'sh', ...here.map(({ spec }) => spec.targetPath)])).split(
    '\n',
  );
  let current: string[] | undefined;
  for (const line of lines) {
    if (line.startsWith('//')) {
      current = [];
      for (const pool of here.filter(({ spec }) => spec.targetPath === line.slice(2)))
        files.set(pool.metadata.name, current);
    } else if (line !== '') current?.push(line);
  }
  return files;
}

function qemuProcesses(): Facts['processes'] {
  return readdirSync('/proc').flatMap((pid) => {
    if (!/^\d+$/.test(pid)) return [];
    const argv = commandLine(pid);
    if (!/(^|\/)qemu-system-/.test(argv[0] ?? '')) return [];
    const uuid = argv[argv.indexOf('-uuid') + 1];
    // libvirt starts QEMU once more to ask what it can do: that one has no UUID.
    return argv.includes('-uuid') && uuid ? [{ uuid, pid: Number(pid) }] : [];
  });
}

function commandLine(pid: string): string[] {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
  } catch {
    return []; // it has ended
  }
}
